//! To and from jiff's instants.
//!
//! In: a text in the form of RFC 3339, or an instant. Out: the other one. It knows no time zones: an offset in a text says which
//! instant is meant, and is gone after that.

use super::Timestamp;

impl TryFrom<&Timestamp> for ::jiff::Timestamp {
    type Error = ::jiff::Error;

    /// Fails where the text is empty, or names no instant.
    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        timestamp.as_str().parse()
    }
}

impl From<::jiff::Timestamp> for Timestamp {
    /// Writes the instant in UTC, with as many digits of its second as it needs.
    fn from(instant: ::jiff::Timestamp) -> Self {
        Self(instant.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn an_instant_comes_back_as_it_went() {
        for text in ["2022-04-22T18:54:13.397413Z", "1969-12-31T23:59:59Z"] {
            let instant = ::jiff::Timestamp::try_from(&Timestamp::from(text)).unwrap();
            assert_eq!(Timestamp::from(instant).as_str(), text);
        }
    }

    #[test]
    fn an_offset_is_reckoned_with() {
        let text = Timestamp::from("2022-04-23T00:24:13+05:30");
        let instant = ::jiff::Timestamp::try_from(&text).unwrap();
        assert_eq!(instant.as_second(), 1_650_653_653);
        assert_eq!(Timestamp::from(instant).as_str(), "2022-04-22T18:54:13Z");
    }

    #[test]
    fn what_names_no_instant_is_an_error() {
        for text in ["", "soon", "2022-04-22", "2022-04-22T18:54:13"] {
            let read = ::jiff::Timestamp::try_from(&Timestamp::from(text));
            assert!(read.is_err(), "{text}");
        }
    }
}
