//! The base URL of all requests.
//!
//! In: a URL from the builder or the environment. Out: a checked prefix without a trailing slash, or the reason why it cannot
//! be used. Credentials are sent to this host only, so the rules are strict: `https`, or `http` to a loopback host.

use std::net::IpAddr;

use http::Uri;

use crate::service::BASE_URL;

/// A checked base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    host: String,
    secure: bool,
}

impl BaseUrl {
    /// The base URL of the service, as the document states it.
    pub(crate) fn of_service() -> Result<Self, String> {
        Self::parse(BASE_URL, false)
    }

    /// Checks a base URL. `allow_plain` allows `http` to any host.
    pub(crate) fn parse(text: &str, allow_plain: bool) -> Result<Self, String> {
        let text = text.trim();
        if text.contains('#') {
            return Err("it has a fragment".to_owned());
        }
        if text.contains('?') {
            return Err("it has a query".to_owned());
        }
        let uri: Uri = text.parse().map_err(|_| "it is not a URL".to_owned())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("it does not start with https:// and a host".to_owned());
        };
        if authority.as_str().contains('@') {
            return Err(
                "it has a user name or a password; use the builder's credentials".to_owned(),
            );
        }
        check_path(uri.path())?;
        let host = authority.host().to_ascii_lowercase();
        if host.is_empty() {
            return Err("it has no host".to_owned());
        }
        let secure = match scheme {
            "https" => true,
            "http" if allow_plain || is_loopback(&host) => false,
            "http" => {
                return Err("http would send the credentials unencrypted; use https, a loopback host, or allow_plain_http(true)".to_owned());
            }
            _ => return Err(format!("its scheme is {scheme}, not https")),
        };
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            host,
            secure,
        })
    }

    /// The URL without a trailing slash: paths are appended to it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, in lower case.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Whether requests are sent over TLS.
    #[cfg(any(feature = "rustls", feature = "native-tls", test))]
    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether the host is a loopback host, which is never proxied: to a proxy it would mean the proxy's own machine.
    #[cfg(any(feature = "rustls", feature = "native-tls", test))]
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }
}

/// Whether the host is `localhost` or an address of a loopback range. Short forms such as `127.1` are treated as names.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Errors for a path that a URL parser would rewrite, so that the path that is checked is the path that is sent.
fn check_path(path: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    let inner = path.strip_prefix('/').unwrap_or(path);
    let inner = inner.trim_end_matches('/');
    let segments = inner.split('/').filter(|_| !inner.is_empty());
    for segment in segments {
        if matches!(segment, "" | "." | "..") || !segment.chars().all(plain) {
            return Err("its path has an empty, `.` or `..` segment, or a character that would need escaping".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    fn fault(text: &str) -> String {
        BaseUrl::parse(text, false).unwrap_err()
    }

    #[test]
    fn b04_plain_http_only_to_loopback_hosts() {
        for text in [
            "http://127.0.0.1:80/v4/",
            "http://[::1]:80",
            "http://LOCALHOST/a",
            "http://127.9.9.9",
        ] {
            let base = BaseUrl::parse(text, false).unwrap();
            assert!(base.is_loopback() && !base.is_secure(), "{text}");
        }
        for text in [
            "http://example.com",
            "http://localhost.example.com",
            "http://127.1",
            "http://2130706433",
            "http://0.0.0.0",
        ] {
            assert!(fault(text).contains("unencrypted"), "{text}");
            assert!(BaseUrl::parse(text, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn b04_userinfo_query_and_fragment_are_refused() {
        assert!(fault("https://u:p@example.com").contains("password"));
        assert!(fault("https://token@example.com/").contains("user name"));
        assert!(fault("https://example.com/?a=b").contains("query"));
        assert!(fault("https://example.com/#x").contains("fragment"));
    }

    #[test]
    fn b04_what_is_not_a_base_url_is_refused() {
        for text in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https:///x",
            "/v4",
            "https://exa mple.com",
            "javascript:x",
        ] {
            assert!(BaseUrl::parse(text, true).is_err(), "{text}");
        }
        for text in [
            "https://h/a/../b",
            "https://h/./b",
            "https://h/a//b",
            "https://h//b",
            "https://h/%2e%2e",
            "https://h/a\\b",
        ] {
            assert!(BaseUrl::parse(text, true).is_err(), "{text}");
        }
    }

    #[test]
    fn the_trailing_slash_is_removed() {
        assert_eq!(
            BaseUrl::parse(" https://h/client/v4/ ", false)
                .unwrap()
                .as_str(),
            "https://h/client/v4"
        );
        assert_eq!(
            BaseUrl::of_service().unwrap().as_str(),
            "https://api.cloudflare.com/client/v4"
        );
    }
}
