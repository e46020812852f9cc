//! To and from the instants of the crate `time`.
//!
//! In: a text in the form of RFC 3339, or an instant. Out: the other one. Reading keeps the offset of the text; writing always
//! uses UTC, because an offset may have seconds, and RFC 3339 has no room for these.

use ::time::error::{Format, Parse};
use ::time::format_description::well_known::Rfc3339;
use ::time::{OffsetDateTime, UtcOffset};

use super::Timestamp;

impl TryFrom<&Timestamp> for OffsetDateTime {
    type Error = Parse;

    /// Keeps the offset. Fails where the text is empty, or names no instant.
    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        Self::parse(timestamp.as_str(), &Rfc3339)
    }
}

impl TryFrom<OffsetDateTime> for Timestamp {
    type Error = Format;

    /// Writes the instant in UTC, with as many digits of its second as it needs. Fails for a year before 0 or after 9999.
    fn try_from(instant: OffsetDateTime) -> Result<Self, Self::Error> {
        let instant = instant
            .checked_to_offset(UtcOffset::UTC)
            .ok_or(Format::InvalidComponent("year"))?;
        instant.format(&Rfc3339).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;
    use ::time::{OffsetDateTime, UtcOffset};

    #[test]
    fn an_instant_comes_back_as_it_went() {
        for text in ["2022-04-22T18:54:13.397413Z", "1969-12-31T23:59:59Z"] {
            let instant = OffsetDateTime::try_from(&Timestamp::from(text)).unwrap();
            assert_eq!(Timestamp::try_from(instant).unwrap().as_str(), text);
        }
    }

    #[test]
    fn an_offset_is_reckoned_with() {
        let text = Timestamp::from("2022-04-23T00:24:13+05:30");
        let instant = OffsetDateTime::try_from(&text).unwrap();
        assert_eq!(instant.unix_timestamp(), 1_650_653_653);
        assert_eq!(instant.offset(), UtcOffset::from_hms(5, 30, 0).unwrap());
        let written = Timestamp::try_from(instant).unwrap();
        assert_eq!(written.as_str(), "2022-04-22T18:54:13Z");
    }

    #[test]
    fn what_rfc_3339_cannot_say_is_an_error_or_said_in_utc() {
        let odd = UtcOffset::from_hms(3, 0, 29).unwrap();
        let instant = OffsetDateTime::from_unix_timestamp(1_650_653_653).unwrap();
        let written = Timestamp::try_from(instant.to_offset(odd)).unwrap();
        assert_eq!(written.as_str(), "2022-04-22T18:54:13Z");
        let early = OffsetDateTime::from_unix_timestamp(-99_999_999_999).unwrap();
        assert!(Timestamp::try_from(early).is_err());
    }

    #[test]
    fn what_names_no_instant_is_an_error() {
        for text in ["", "soon", "2022-04-22", "2022-04-22T18:54:13"] {
            let read = OffsetDateTime::try_from(&Timestamp::from(text));
            assert!(read.is_err(), "{text}");
        }
    }
}
