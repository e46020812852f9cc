//! The header `Retry-After`: how long the service asks to wait.
//!
//! In: the headers of a response and the current date and time. Out: a duration of at most a day. Anything else is treated as if
//! there were no header: a number with a sign or a fraction, words, a date that does not exist or is in the past, and a wait of more
//! than a day.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};
use httpdate::parse_http_date;

/// Longer values are treated as malformed.
const MAX_SECONDS: u64 = 24 * 60 * 60;

/// How long to wait from now on. `wall` returns the current date and time; it is only called for a header with a date.
pub(crate) fn read(headers: &HeaderMap, wall: impl FnOnce() -> SystemTime) -> Option<Duration> {
    let text = text(headers, &RETRY_AFTER)?;
    let seconds = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()?
    } else {
        until(text, headers, wall())?
    };
    if seconds <= MAX_SECONDS {
        Some(Duration::from_secs(seconds))
    } else {
        None
    }
}

/// The seconds until a date in the future. They are counted from the server's `Date` header if there is one: the server computed
/// the date by that clock, and ours may be wrong.
fn until(date: &str, headers: &HeaderMap, wall: SystemTime) -> Option<u64> {
    let theirs = text(headers, &DATE).and_then(seconds);
    let now = match theirs {
        Some(theirs) => theirs,
        None => since_1970(wall)?,
    };
    seconds(date)?
        .checked_sub(now)
        .filter(|seconds| *seconds > 0)
}

/// Seconds from 1970 to a date in one of the three forms of RFC 9110.
fn seconds(date: &str) -> Option<u64> {
    parse_http_date(date).ok().and_then(since_1970)
}

fn since_1970(time: SystemTime) -> Option<u64> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    Some(since.as_secs())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    if text.is_empty() { None } else { Some(text) }
}

#[cfg(test)]
mod tests {
    use super::read;
    use http::HeaderMap;
    use std::time::{Duration, UNIX_EPOCH};

    const NOON: &str = "Sun, 06 Nov 1994 12:00:00 GMT";

    /// The wait that a header means at 11:59:58 of our own clock.
    fn waits(retry_after: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert("date", date.parse().unwrap());
        }
        let wall = UNIX_EPOCH + Duration::from_millis(784_123_198_700);
        read(&headers, || wall).map(|wait| wait.as_secs())
    }

    #[test]
    fn b18_b19_seconds_and_dates_are_read() {
        assert_eq!(waits("2", None), Some(2));
        assert_eq!(waits(" 120 ", None), Some(120));
        assert_eq!(waits("0", None), Some(0));
        assert_eq!(waits(NOON, None), Some(2));
        assert_eq!(waits("Sunday, 06-Nov-94 12:00:00 GMT", None), Some(2));
        assert_eq!(waits("Sun Nov  6 12:00:00 1994", None), Some(2));
    }

    #[test]
    fn b19_a_date_is_measured_by_the_clock_of_the_server_that_set_it() {
        assert_eq!(waits(NOON, Some("Sun, 06 Nov 1994 11:59:00 GMT")), Some(60));
        assert_eq!(waits(NOON, Some("yesterday")), Some(2));
        assert_eq!(waits(NOON, Some(NOON)), None);
    }

    #[test]
    fn b20_malformed_values_are_ignored() {
        for text in [
            "-5",
            "+5",
            "soon",
            "NaN",
            "inf",
            "1e12",
            "1000000000000",
            "99999999999999999999999",
            "2.5",
            "",
            "Sun, 06 Nov 1994 11:00:00 GMT",
            "Sat, 06 Nov 2094 12:00:00 GMT",
            "Sun, 06 Nov 1994 12:00:00",
            "Sun, 06 Nov 1994 12:00:00 CET",
            "Sun, 6 Nov 94 12:00:00 GMT",
            "Foo, 06 Nov 1994 12:00:00 GMT",
            "Sun, 00 Nov 1994 12:00:00 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 12:00 GMT",
            "Sun, 06 Nov 1994 12:00:00:00 GMT",
            "Sun, -6 Nov 1994 12:00:00 GMT",
            "Sun, 06 Nov 0000 12:00:00 GMT",
            "Sunday, 06-Nov-94-1 12:00:00 GMT",
            "Sun Nov \u{e9} 12:00:00 1994",
        ] {
            assert_eq!(waits(text, None), None, "{text}");
        }
    }
}
