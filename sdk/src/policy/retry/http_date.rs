//! Dates as HTTP writes them.
//!
//! In: the text of a header. Out: seconds since 1970, or `None`. The three forms of RFC 9110 are read, the two obsolete ones
//! too. Everything is UTC. Whether the weekday fits the date is not checked: nothing depends on it.

/// Seconds from 1970 to the date. `now`, in the same seconds, says which century a year of two digits belongs to.
pub(super) fn parse(text: &str, now: u64) -> Option<u64> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    match words[..] {
        // Sun, 06 Nov 1994 08:49:37 GMT
        [weekday, day, month, year, time, "GMT"] => {
            is_weekday(weekday.strip_suffix(',')?)?;
            seconds(long_year(year)?, month, day, time)
        }
        // Sunday, 06-Nov-94 08:49:37 GMT
        [weekday, date, time, "GMT"] => {
            is_weekday(weekday.strip_suffix(',')?)?;
            let mut parts = date.split('-');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            if parts.next().is_some() {
                return None;
            }
            seconds(short_year(year, now)?, month, day, time)
        }
        // Sun Nov  6 08:49:37 1994
        [weekday, month, day, time, year] => {
            is_weekday(weekday)?;
            seconds(long_year(year)?, month, day, time)
        }
        _ => None,
    }
}

fn is_weekday(word: &str) -> Option<()> {
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    DAYS.iter()
        .any(|day| *day == word || day.get(..3) == Some(word))
        .then_some(())
}

fn long_year(text: &str) -> Option<u64> {
    if text.len() == 4 { number(text) } else { None }
}

/// A year of two digits lies at most 50 years ahead; else it is one of the century before.
fn short_year(text: &str, now: u64) -> Option<u64> {
    const MEAN_YEAR: u64 = 31_556_952;
    if text.len() != 2 {
        return None;
    }
    let this_year = 1970 + now / MEAN_YEAR;
    let year = this_year - this_year % 100 + number(text)?;
    Some(if year > this_year + 50 {
        year - 100
    } else {
        year
    })
}

fn seconds(year: u64, month: &str, day: &str, time: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = MONTHS.iter().position(|known| *known == month)?;
    let day = number(day).filter(|day| (1..=days_in(year, month)).contains(day))?;
    if year < 1970 {
        return None;
    }
    let days = days_before_year(year) - days_before_year(1970)
        + (0..month).map(|month| days_in(year, month)).sum::<u64>()
        + day
        - 1;
    Some(days * 86_400 + time_of_day(time)?)
}

fn time_of_day(text: &str) -> Option<u64> {
    let mut parts = text.split(':');
    let mut part = |limit: u64| {
        let text = parts.next().filter(|text| text.len() == 2)?;
        number(text).filter(|number| *number <= limit)
    };
    // A leap second is the 60th.
    let (hours, minutes, seconds) = (part(23)?, part(59)?, part(60)?);
    match parts.next() {
        None => Some(hours * 3600 + minutes * 60 + seconds),
        Some(_) => None,
    }
}

/// Days from the year 1 to the first day of `year`.
fn days_before_year(year: u64) -> u64 {
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400
}

/// `month` counts from 0.
fn days_in(year: u64, month: usize) -> u64 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 if is_leap => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

/// Digits and nothing else: `parse` alone would let a sign through.
fn number(text: &str) -> Option<u64> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::parse;

    /// 2026-07-27.
    const NOW: u64 = 1_785_110_400;

    #[test]
    fn the_three_forms_are_read() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(parse(text, NOW), Some(784_111_777), "{text}");
        }
        assert_eq!(
            parse("Thu, 29 Feb 2024 23:59:60 GMT", NOW),
            Some(1_709_251_200)
        );
        assert_eq!(parse("Mon, 27 Jul 2026 00:00:00 GMT", NOW), Some(NOW));
        assert_eq!(parse("Thu, 01 Jan 1970 00:00:00 GMT", NOW), Some(0));
        assert_eq!(
            parse("Friday, 01-Jan-27 00:00:00 GMT", NOW),
            Some(1_798_761_600)
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 6 Nov 94 08:49:37 GMT",
            "Foo, 06 Nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Thu, 29 Feb 2023 00:00:00 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:00 GMT",
            "Sun, -6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 0000 08:49:37 GMT",
            "Sunday, 06-Nov-94-1 08:49:37 GMT",
            "Sun Nov é 08:49:37 1994",
        ] {
            assert_eq!(parse(text, NOW), None, "{text}");
        }
    }
}
