//! The order of timestamps: by the instant.
//!
//! In: two texts. Out: which instant is earlier. A text that is no timestamp of RFC 3339 is before all that are.

use std::cmp::Ordering;

use super::Timestamp;

impl Ord for Timestamp {
    /// By the instant, then by the text, so that only equal texts are equal.
    fn cmp(&self, other: &Self) -> Ordering {
        let instants = (Instant::read(&self.0), Instant::read(&other.0));
        instants
            .0
            .cmp(&instants.1)
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether a text is a timestamp of RFC 3339.
#[allow(dead_code, reason = "generated unions use what their document needs")]
pub(super) fn is_instant(text: &str) -> bool {
    Instant::read(text).is_some()
}

/// A point in time. The fields are compared in this order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Instant<'a> {
    /// Seconds from the year 0, in UTC.
    seconds: i64,
    /// The digits of the fraction of a second, without zeros at the end: as texts they sort like numbers.
    fraction: &'a str,
}

impl<'a> Instant<'a> {
    /// Reads `2022-04-22T18:54:13.397413Z`. `None` if the text has another form or a number is out of its range.
    fn read(text: &'a str) -> Option<Self> {
        let year = number(text, 0, 4, 0..=9999)?;
        let month = number(text, 5, 7, 1..=12)?;
        let day = number(text, 8, 10, 1..=days_of(year, month))?;
        let hour = number(text, 11, 13, 0..=23)?;
        let minute = number(text, 14, 16, 0..=59)?;
        // 60 is a leap second.
        let second = number(text, 17, 19, 0..=60)?;
        let marks = [(4, "-"), (7, "-"), (13, ":"), (16, ":")];
        let is_marked = marks
            .iter()
            .all(|(at, mark)| text.get(*at..at + 1) == Some(mark));
        let has_time = matches!(text.get(10..11), Some("T" | "t" | " "));
        let (fraction, offset) = split(text.get(19..)?)?;
        if !(is_marked && has_time) {
            return None;
        }
        let days = days_before(year, month) + day;
        let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second;
        Some(Self { seconds, fraction })
    }
}

/// The number between two places of a text, which must be digits.
fn number(text: &str, from: usize, to: usize, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
    let digits = text.get(from..to)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_number)?;
    range.contains(&number).then_some(number)
}

/// The digits of the fraction, and the offset from UTC in minutes.
fn split(rest: &str) -> Option<(&str, i64)> {
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
            let (fraction, zone) = rest.split_at(end);
            (Some(fraction).filter(|digits| !digits.is_empty())?, zone)
        }
        None => ("", rest),
    };
    let offset = match zone.get(..1)? {
        "Z" | "z" if zone.len() == 1 => 0,
        sign @ ("+" | "-") if zone.len() == 6 && zone.get(3..4) == Some(":") => {
            let minutes = number(zone, 1, 3, 0..=23)? * 60 + number(zone, 4, 6, 0..=59)?;
            if sign == "-" { -minutes } else { minutes }
        }
        _ => return None,
    };
    Some((fraction.trim_end_matches('0'), offset))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The days from the year 0 to the first day of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let earlier = year - 1;
    let leaps = earlier.div_euclid(4) - earlier.div_euclid(100) + earlier.div_euclid(400);
    let months = (1..month).map(|month| days_of(year, month));
    year * 365 + leaps + months.sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::super::Timestamp;

    #[test]
    fn timestamps_sort_by_the_instant() {
        let sorted = [
            "",
            "2022-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2026-07-20",
            "soon",
            "0000-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "1999-12-31T23:59:60Z",
            "2022-04-22T18:54:13.097Z",
            "2022-04-22T18:54:13.397413Z",
            "2022-04-22T18:54:13.3974130000001Z",
            "2022-04-22T18:54:13.4Z",
            "2022-04-22T18:54:14Z",
            "2022-04-22T21:00:00+02:00",
            "2022-04-22T19:00:01Z",
            "2022-04-22T12:30:00-07:00",
            "2024-02-29T00:00:00Z",
            "2024-03-01T00:00:00Z",
        ];
        let sorted = sorted.map(Timestamp::from);
        let mut mixed = sorted.clone();
        mixed.reverse();
        mixed.sort();
        assert_eq!(mixed, sorted);
    }

    #[test]
    fn only_equal_texts_are_equal() {
        let [one, other] = ["2022-04-22T18:54:13Z", "2022-04-22T18:54:13.0Z"].map(Timestamp::from);
        assert_ne!(one, other);
        assert!(other < one, "by the text");
        assert!(one == "2022-04-22T18:54:13Z" && one != *"2022-04-22T18:54:13.0Z");
    }
}
