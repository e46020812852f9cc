//! The headers `Ratelimit` and `Ratelimit-Policy`.
//!
//! In: `"default";r=50;t=30` and `"burst";q=100;w=60`, one or several of them. Out: [`Limits`]. Malformed items are skipped: an
//! unexpected header must not stop a client.

use std::cmp::Ordering;
use std::time::Duration;

use http::{HeaderMap, HeaderName, StatusCode};

use super::{RateLimit, RatePolicy};
use crate::base::redact;

static RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");
static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// More than a day is treated as malformed.
const MAX_SECONDS: u64 = 24 * 60 * 60;

/// The name of the limit that all operations and accounts of a user share.
const SHARED: &str = "default";

/// The limits in a response.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// The tightest of all: the one with the least left, and of several such limits the one with the latest reset.
    pub(super) tightest: Option<RateLimit>,
    /// The tightest that all operations and accounts share.
    pub(super) shared: Option<Left>,
    /// The tightest of the others: they concern the operation and its account.
    pub(super) own: Option<Left>,
}

/// How many calls a limit has left, and the time until its reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) remaining: u64,
    pub(super) reset_in: Duration,
}

impl Limits {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        if !headers.contains_key(&RATELIMIT) {
            return Self::default();
        }
        let limits: Vec<_> = limits(headers).collect();
        let left = |shared: bool| {
            let named = limits
                .iter()
                .filter(|limit| shared == (limit.name == SHARED));
            named
                .min_by(|one, other| tighter(one, other))
                .map(|limit| Left {
                    remaining: limit.remaining,
                    reset_in: limit.reset_in,
                })
        };
        Self {
            shared: left(true),
            own: left(false),
            tightest: limits
                .into_iter()
                .min_by(tighter)
                .map(|limit| with_policy(headers, limit)),
        }
    }

    /// Whether nothing is left of the limit that all operations share.
    pub(super) fn is_shared_exhausted(&self) -> bool {
        self.shared.is_some_and(|left| left.remaining == 0)
    }
}

fn tightest(headers: &HeaderMap) -> Option<RateLimit> {
    Some(with_policy(headers, limits(headers).min_by(tighter)?))
}

fn with_policy(headers: &HeaderMap, limit: RateLimit) -> RateLimit {
    let policy = policy(headers, &limit.name);
    RateLimit { policy, ..limit }
}

fn tighter(one: &RateLimit, other: &RateLimit) -> Ordering {
    let ends = other.reset_in.cmp(&one.reset_in);
    one.remaining.cmp(&other.remaining).then(ends)
}

fn limits(headers: &HeaderMap) -> impl Iterator<Item = RateLimit> {
    items(headers, &RATELIMIT).filter_map(|item| {
        let (name, parameters) = split_name(item);
        Some(RateLimit {
            name,
            remaining: number(parameters, "r")?,
            reset_in: seconds(parameters, "t")?,
            policy: None,
        })
    })
}

/// The time until the reset of the limit that a call exceeded: for status 429 and a limit with nothing left. Used where there is
/// no `Retry-After`.
pub(crate) fn refused_for(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    if status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    exhausted(&tightest(headers)?)
}

/// The time until the reset of a limit with nothing left.
pub(super) fn exhausted(limit: &RateLimit) -> Option<Duration> {
    Some(limit.reset_in).filter(|wait| limit.remaining == 0 && !wait.is_zero())
}

/// The policy of that name. If there is only one policy, its name is ignored: the service uses different names in the two headers.
fn policy(headers: &HeaderMap, name: &str) -> Option<RatePolicy> {
    let mut policies: Vec<_> = items(headers, &POLICY)
        .filter_map(|item| {
            let (name, parameters) = split_name(item);
            Some(RatePolicy {
                name,
                quota: number(parameters, "q")?,
                window: seconds(parameters, "w"),
            })
        })
        .collect();
    match policies.iter().position(|policy| policy.name == name) {
        Some(at) => Some(policies.swap_remove(at)),
        None if policies.len() == 1 => policies.pop(),
        None => None,
    }
}

/// The items of a list header, which may be sent several times.
fn items<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| split_unquoted(text, ','))
}

/// The name of an item, without its quotes, and the parameters after it.
fn split_name(item: &str) -> (String, &str) {
    let name = split_unquoted(item, ';').next().unwrap_or_default();
    let parameters = item.get(name.len()..).unwrap_or_default();
    (redact::line(name.trim().trim_matches('"')), parameters)
}

fn seconds(parameters: &str, key: &str) -> Option<Duration> {
    let seconds = number(parameters, key).filter(|seconds| *seconds <= MAX_SECONDS)?;
    Some(Duration::from_secs(seconds))
}

/// The value of a parameter: digits only, without a sign or a fraction.
fn number(parameters: &str, key: &str) -> Option<u64> {
    let pairs = split_unquoted(parameters, ';').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|(known, _)| known.trim().eq_ignore_ascii_case(key));
    let (_, value) = values.next()?;
    let value = value.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.parse().ok()
    } else {
        None
    }
}

/// Splits a text at each separator that is not in quotes.
fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
}

#[cfg(test)]
mod tests {
    use super::tightest;
    use http::HeaderMap;
    use std::time::Duration;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn read(ratelimit: &str) -> Option<(String, u64, u64)> {
        let limit = tightest(&headers(&[("ratelimit", ratelimit)]))?;
        Some((limit.name, limit.remaining, limit.reset_in.as_secs()))
    }

    #[test]
    fn b22_a_limit_is_read() {
        let default = |remaining, reset| Some(("default".to_owned(), remaining, reset));
        assert_eq!(read(r#""default";r=50;t=30"#), default(50, 30));
        assert_eq!(read(r#" "default" ; R = 0 ; t=7;pk=:x: "#), default(0, 7));
        assert_eq!(read("default;t=7;r=1"), default(1, 7));
        assert_eq!(
            read(r#""a,b;r=9";r=3;t=2"#),
            Some(("a,b;r=9".to_owned(), 3, 2))
        );
    }

    #[test]
    fn b22_the_tightest_of_several_counts() {
        assert_eq!(
            read(r#""a";r=5;t=9, "b";r=0;t=2, "c";r=0;t=4, odd"#).unwrap(),
            ("c".to_owned(), 0, 4)
        );
        let two = headers(&[("ratelimit", "a;r=5;t=9"), ("ratelimit", "b;r=1;t=9")]);
        assert_eq!(tightest(&two).unwrap().name, "b");
    }

    #[test]
    fn the_policy_is_found_by_name_unless_there_is_only_one() {
        let limit = ("ratelimit", r#""default";r=50;t=30"#);
        let policy = |text| {
            tightest(&headers(&[limit, ("ratelimit-policy", text)]))
                .unwrap()
                .policy
        };
        let single = policy(r#""burst";q=100;w=60"#).unwrap();
        assert_eq!((single.name.as_str(), single.quota), ("burst", 100));
        assert_eq!(single.window, Some(Duration::from_secs(60)));
        let named = policy(r#""burst";q=100;w=60,"default";q=1200;w=300"#).unwrap();
        assert_eq!(named.quota, 1200);
        assert_eq!(policy(r#""a";q=1;w=1,"b";q=2;w=2"#), None);
        assert_eq!(policy("nonsense"), None);
    }

    #[test]
    fn b23_malformed_items_are_skipped() {
        for text in [
            "",
            ";;;",
            r#"""#,
            r#""default""#,
            r#""default";r=;t=7"#,
            r#""default";r=-1;t=7"#,
            r#""default";r=0.0;t=7"#,
            r#""default";r=0"#,
            r#""default";r=0;t=NaN"#,
            r#""default";r=0;t=1e3"#,
            r#""default";r=0;t=99999999999999999999999"#,
            r#""default";r=0;t=86401"#,
            r#""default;r=0;t=7"#,
            "100, 100;w=60",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
