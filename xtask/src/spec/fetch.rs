//! Fetches a document over HTTP with the system's `curl`.
//!
//! In comes a URL; out come the bytes behind it, or why there are none. Only `https`, also after a redirect; plain `http` for this
//! machine alone. Redirects are followed here, one request each, so that every URL is checked before anything is sent to it.

use std::io;
use std::net::IpAddr;

use self::curl::{Curl, Response};

mod curl;

const MAX_REDIRECTS: usize = 5;

/// A document that was fetched.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) content: Vec<u8>,
    /// The URLs that led to it, the one that was named first.
    pub(crate) urls: Vec<String>,
}

/// The bytes at `url`.
pub(crate) fn fetch(url: &str) -> io::Result<Fetched> {
    let mut scheme = Scheme::of(url)?;
    let mut url = url.to_owned();
    let mut urls = Vec::new();
    for _ in 0..=MAX_REDIRECTS {
        let response = Curl::default().get(&url, scheme)?;
        urls.push(url);
        let Some(next) = target(&response)? else {
            let content = response.body;
            return Ok(Fetched { content, urls });
        };
        scheme = scheme.redirected_to(next)?;
        url = next.to_owned();
    }
    Err(io::Error::other("there are too many redirects"))
}

/// Where a response redirects to; none where it holds the document.
fn target(response: &Response) -> io::Result<Option<&str>> {
    match (response.status, &response.redirect) {
        (200..=299, _) => Ok(None),
        (300..=399, Some(next)) => Ok(Some(next)),
        (status, _) => {
            let reason = reason(status);
            Err(io::Error::other(format!(
                "the server responds with {status}{reason}"
            )))
        }
    }
}

/// What a status means, for those that a person meets: HTTP/2 does not send it.
fn reason(status: u16) -> &'static str {
    match status {
        400 => " Bad Request",
        401 => " Unauthorized",
        403 => " Forbidden",
        404 => " Not Found",
        410 => " Gone",
        429 => " Too Many Requests",
        500 => " Internal Server Error",
        502 => " Bad Gateway",
        503 => " Service Unavailable",
        504 => " Gateway Timeout",
        _ => "",
    }
}

/// How a URL is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    /// Over TLS, from anywhere.
    Https,
    /// In the clear, from this machine.
    Loopback,
}

impl Scheme {
    fn of(url: &str) -> io::Result<Self> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
        let is_url =
            !authority.is_empty() && !url.contains(|letter: char| letter.is_ascii_control());
        match scheme.to_ascii_lowercase().as_str() {
            "https" if is_url => Ok(Self::Https),
            "http" if is_loopback(authority) => Ok(Self::Loopback),
            "http" | "ftp" | "file" if is_url => {
                Err(io::Error::other("only `https` URLs are fetched"))
            }
            _ => Err(io::Error::other(
                "this is no URL such as `https://example.com/openapi.yaml`",
            )),
        }
    }

    /// Only a server of this machine redirects to one of this machine.
    fn redirected_to(self, next: &str) -> io::Result<Self> {
        match (self, Self::of(next)) {
            (_, Ok(Self::Https)) => Ok(Self::Https),
            (Self::Loopback, Ok(Self::Loopback)) => Ok(Self::Loopback),
            (_, Ok(Self::Loopback) | Err(_)) => {
                Err(io::Error::other("a redirect leads away from `https`"))
            }
        }
    }
}

/// Whether `host` or `host:port` is this machine. An authority with a user's name is not: the host comes after it.
fn is_loopback(authority: &str) -> bool {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if is_port(port) => host,
        _ => authority,
    };
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_allowed() {
        for (url, expected) in [
            ("https://example.com/a", Scheme::Https),
            ("HTTPS://example.com:8443/a?b", Scheme::Https),
            ("http://127.0.0.1:1/a", Scheme::Loopback),
            ("http://127.0.0.1", Scheme::Loopback),
            ("http://[::1]:1/a", Scheme::Loopback),
            ("http://[::1]/a", Scheme::Loopback),
            ("http://localhost/a", Scheme::Loopback),
        ] {
            assert_eq!(Scheme::of(url).unwrap(), expected, "{url}");
        }
        for url in [
            "http://example.com/a",
            "http://127.0.0.1.example.com/a",
            "http://127.0.0.1@example.com/a",
            "http://127.0.0.1:80@example.com/a",
            "http://example.com#@127.0.0.1/a",
            "http://example.com\\@127.0.0.1/a",
            "http://2130706433/a",
            "ftp://example.com/a",
            "file:///etc/passwd",
        ] {
            Scheme::of(url).expect_err(url);
        }
        let refused = |url| Scheme::of(url).unwrap_err().to_string();
        assert!(refused("http://example.com").contains("only `https`"));
        assert!(refused("https://").contains("no URL"));
        assert!(refused("https://example.com/\n").contains("no URL"));
    }

    #[test]
    fn a_redirect_stays_with_https_or_with_this_machine() {
        let (secure, local) = ("https://example.com/a", "http://127.0.0.1:1/a");
        assert_eq!(Scheme::Https.redirected_to(secure).unwrap(), Scheme::Https);
        assert_eq!(
            Scheme::Loopback.redirected_to(secure).unwrap(),
            Scheme::Https
        );
        assert_eq!(
            Scheme::Loopback.redirected_to(local).unwrap(),
            Scheme::Loopback
        );
        Scheme::Https.redirected_to(local).unwrap_err();
        for scheme in [Scheme::Https, Scheme::Loopback] {
            for url in [
                "http://example.com/a",
                "ftp://example.com/a",
                "file:///a",
                "",
            ] {
                scheme.redirected_to(url).expect_err(url);
            }
        }
    }
}
