//! A moment of the fake's time, to the millisecond.
//!
//! In: the time of day of a clock, or a text of RFC 3339. Out: comparisons, sums, and the text that the service would send. The model
//! never reads a clock: each request has its moment.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

const MILLISECONDS_A_DAY: u64 = 24 * 60 * 60 * 1000;

/// A moment: milliseconds since 1970.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub(crate) struct Moment(u64);

impl Moment {
    /// The last moment, 9999-12-31T23:59:59.999Z: dates of RFC 3339 and of HTTP end here, and so does the fake's time.
    pub(crate) const LAST: Self = Self(253_402_300_799_999);

    /// The moment of a clock.
    pub(crate) fn of(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(milliseconds(since)).min(Self::LAST)
    }

    /// The moment as a time of day.
    pub(crate) fn time_of_day(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.0)
    }

    /// The moment so much later.
    pub(crate) fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(milliseconds(duration))).min(Self::LAST)
    }

    /// The moment so much earlier; at the earliest 1970.
    pub(crate) fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(milliseconds(duration)))
    }

    /// The time since an earlier moment; zero if that is later.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// Milliseconds since 1970.
    pub(crate) fn milliseconds(self) -> u64 {
        self.0
    }

    /// The moment as the service writes it, such as `2026-01-01T00:00:00.000Z`.
    pub(crate) fn text(self) -> String {
        let (days, within) = (self.0 / MILLISECONDS_A_DAY, self.0 % MILLISECONDS_A_DAY);
        let (year, month, day) = date(days);
        let (seconds, fraction) = (within / 1000, within % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z")
    }

    /// Reads a date and time of RFC 3339. `None` for anything else, and for times before 1970.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_at_checked(10)?;
        let time = time.strip_prefix(['T', 't', ' '])?;
        let (clock, offset) = time.split_at(time.find(['Z', 'z', '+', '-'])?);
        let offset = offset_minutes(offset)?;
        let days = days(part(date, 0..4)?, part(date, 5..7)?, part(date, 8..10)?)?;
        let (hour, minute, second) = (part(clock, 0..2)?, part(clock, 3..5)?, part(clock, 6..8)?);
        if hour > 23 || minute > 59 || second > 60 || !has_marks(date, clock) {
            return None;
        }
        let seconds = (days * 24 + hour) * 3600 + minute * 60 + second - offset * 60;
        let milliseconds = seconds * 1000 + fraction(clock.get(8..)?)?;
        u64::try_from(milliseconds).ok().map(Self)
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The digits at these places.
fn part(text: &str, at: std::ops::Range<usize>) -> Option<i64> {
    let digits = text.get(at)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| digits.parse().ok())?
}

/// Whether the marks between the digits are right.
fn has_marks(date: &str, clock: &str) -> bool {
    let mark = |text: &str, at: usize| text.as_bytes().get(at).copied();
    mark(date, 4) == Some(b'-')
        && mark(date, 7) == Some(b'-')
        && mark(clock, 2) == Some(b':')
        && mark(clock, 5) == Some(b':')
}

/// Milliseconds of a fraction such as `.25`; zero if it is empty.
fn fraction(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let digits = text.strip_prefix('.')?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{digits}00").get(..3)?.parse().ok()
}

/// Minutes of an offset: `Z`, `+02:00`.
fn offset_minutes(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    if text.len() != 6 || text.as_bytes().get(3) != Some(&b':') {
        return None;
    }
    let (hours, minutes) = (part(text, 1..3)?, part(text, 4..6)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Year, month and day of a number of days since 1970, in the Gregorian calendar.
fn date(days: u64) -> (u64, u64, u64) {
    // Counted from 1 March of the year 0, so that a leap day is the last day of a year.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

/// Days since 1970 of a date; negative before. `None` if there is no such date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1..=longest).contains(&day) {
        return None;
    }
    let shifted_year = year - i64::from(month <= 2);
    let (era, of_era) = (shifted_year.div_euclid(400), shifted_year.rem_euclid(400));
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    let days_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    Some(era * 146_097 + days_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::Moment;
    use std::time::Duration;

    #[test]
    fn texts_are_read_and_written() {
        for (text, milliseconds) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2024-02-29T23:59:59.250Z", 1_709_251_199_250),
            ("2026-01-01T00:00:00.000Z", 1_767_225_600_000),
            ("2100-03-01T00:00:00.001Z", 4_107_542_400_001),
        ] {
            assert_eq!(Moment(milliseconds).text(), text);
            assert_eq!(Moment::parse(text), Some(Moment(milliseconds)), "{text}");
        }
        let same = Moment::parse("2026-01-01T00:00:00Z");
        for text in [
            "2026-01-01T02:00:00+02:00",
            "2025-12-31t19:30:00.0004-04:30",
        ] {
            assert_eq!(Moment::parse(text), same, "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "today",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.5x",
            "1969-12-31T23:59:59Z",
            "2026/01/01T00:00:00Z",
            "2026-01-01T00:00:00+0200",
            "äöü26-01-01T00:00:00Z",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn time_ends_with_the_year_9999() {
        let last = Moment::default().plus(Duration::MAX);
        assert_eq!(last, Moment::LAST);
        assert_eq!(last.text(), "9999-12-31T23:59:59.999Z");
        let date = httpdate::fmt_http_date(last.time_of_day());
        assert_eq!(date, "Fri, 31 Dec 9999 23:59:59 GMT");
    }

    #[test]
    fn every_day_of_four_centuries_survives() {
        let day = Duration::from_secs(24 * 60 * 60);
        let mut moment = Moment::default();
        for _ in 0..146_100 {
            assert_eq!(Moment::parse(&moment.text()), Some(moment));
            moment = moment.plus(day);
        }
        assert_eq!(moment.minus(day).since(Moment::default()), day * 146_099);
    }
}
