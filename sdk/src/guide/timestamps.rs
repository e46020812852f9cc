//! Timestamps: kept as the service writes them, and turned into instants by the crate of your choice.
//!
//! The service leaves a field of this kind empty where nothing has happened yet, and its texts have not always been dates. So
//! reading never fails on one: an optional field that is empty is `None`, and any other text is a
//! [`Timestamp`](crate::Timestamp) that holds it unchanged. It has no order, since texts with different offsets do not sort by time.
//!
//! The features `jiff`, `chrono` and `time` add conversions to and from the instants of the crates of these names. They fail where
//! the text names no instant:
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
//! // With the feature `time`, which cannot write every year.
//! let instant = time::OffsetDateTime::try_from(&submitted)?;
//! assert_eq!(Timestamp::try_from(instant)?, submitted);
//! # }
//! # Ok(())
//! # }
//! ```
