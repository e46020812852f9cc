//! To and from chrono's instants.
//!
//! In: a text in the form of RFC 3339, or an instant. Out: the other one. Reading can keep the offset of the text; writing
//! always uses UTC, because an offset may have seconds, and RFC 3339 has no room for these.

use ::chrono::{DateTime, FixedOffset, ParseError, SecondsFormat, TimeZone, Utc};

use super::Timestamp;

impl TryFrom<&Timestamp> for DateTime<FixedOffset> {
    type Error = ParseError;

    /// Keeps the offset. Fails where the text is empty, or names no instant.
    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        Self::parse_from_rfc3339(timestamp.as_str())
    }
}

impl TryFrom<&Timestamp> for DateTime<Utc> {
    type Error = ParseError;

    /// Fails where the text is empty, or names no instant.
    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        DateTime::<FixedOffset>::try_from(timestamp).map(|instant| instant.to_utc())
    }
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Timestamp {
    /// Writes the instant in UTC, with as many digits of its second as it needs.
    fn from(instant: DateTime<Tz>) -> Self {
        Self(
            instant
                .to_utc()
                .to_rfc3339_opts(SecondsFormat::AutoSi, true),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;
    use ::chrono::{DateTime, FixedOffset, Utc};

    #[test]
    fn an_instant_comes_back_as_it_went() {
        for text in ["2022-04-22T18:54:13.397413Z", "1969-12-31T23:59:59Z"] {
            let instant = DateTime::<Utc>::try_from(&Timestamp::from(text)).unwrap();
            assert_eq!(Timestamp::from(instant).as_str(), text);
        }
    }

    #[test]
    fn an_offset_is_reckoned_with() {
        let text = Timestamp::from("2022-04-23T00:24:13+05:30");
        let local = DateTime::<FixedOffset>::try_from(&text).unwrap();
        assert_eq!(local.offset().local_minus_utc(), 5 * 3600 + 30 * 60);
        let instant = DateTime::<Utc>::try_from(&text).unwrap();
        assert_eq!(instant.timestamp(), 1_650_653_653);
        assert_eq!(Timestamp::from(local), Timestamp::from(instant));
        assert_eq!(Timestamp::from(local).as_str(), "2022-04-22T18:54:13Z");
    }

    #[test]
    fn an_offset_with_seconds_does_not_move_the_instant() {
        let odd = FixedOffset::east_opt(3 * 3600 + 29).unwrap();
        let instant = DateTime::<Utc>::from_timestamp(1_650_653_653, 0).unwrap();
        let written = Timestamp::from(instant.with_timezone(&odd));
        assert_eq!(written.as_str(), "2022-04-22T18:54:13Z");
    }

    #[test]
    fn what_names_no_instant_is_an_error() {
        for text in ["", "soon", "2022-04-22", "2022-04-22T18:54:13"] {
            let read = DateTime::<Utc>::try_from(&Timestamp::from(text));
            assert!(read.is_err(), "{text}");
        }
    }
}
