//! Timestamps: kept as the service writes them, and converted to instants with the date library of your choice.
//!
//! The service sends an empty string if something has not happened yet, and its strings have not always been dates. So decoding
//! never fails on a timestamp: an optional field that is empty is `None`, and any other text is a
//! [`Timestamp`](crate::Timestamp) that keeps it unchanged. Timestamps sort by the instant, whatever their offset; texts that are no
//! timestamps come first. Two are only equal if their texts are.
//!
//! The features `jiff`, `chrono` and `time` add conversions to and from the types of the crates of these names. A conversion fails
//! if the text is not a valid date and time. A request takes a text or a `Timestamp`; an
//! instant is converted first:
//!
//! ```
//! use cloudflare_magic::Timestamp;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let submitted = Timestamp::from("2022-04-22T18:54:13.397413Z");
//! assert_eq!(submitted.as_str(), "2022-04-22T18:54:13.397413Z");
//!
//! # #[cfg(feature = "jiff")] {
//! // With the feature `jiff`.
//! let instant = jiff::Timestamp::try_from(&submitted)?;
//! assert_eq!(Timestamp::from(instant), submitted);
//! # }
//! # #[cfg(feature = "chrono")] {
//! // With the feature `chrono`. `DateTime<FixedOffset>` keeps the offset.
//! let instant = chrono::DateTime::<chrono::Utc>::try_from(&submitted)?;
//! assert_eq!(Timestamp::from(instant), submitted);
//! # }
//! # #[cfg(feature = "time")] {
//! // With the feature `time`, which cannot format every year.
//! let instant = time::OffsetDateTime::try_from(&submitted)?;
//! assert_eq!(Timestamp::try_from(instant)?, submitted);
//! # }
//! # Ok(())
//! # }
//! ```
