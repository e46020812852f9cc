//! The origin of all requests of a client: scheme, host and port of the base URL.
//!
//! In: the base URL, and the URI of a request. Out: the URI as reqwest's `Url`. The origin is parsed once, not once per call; a
//! request to any other origin, which would receive the credentials, is an error.

use http::Uri;
use http::uri::{Authority, PathAndQuery};
use reqwest::Url;

/// The origin of the base URL.
pub(crate) struct Origin {
    uri: Uri,
    url: Url,
}

impl Origin {
    pub(crate) fn parse(base_url: &str) -> Result<Self, String> {
        Ok(Self {
            uri: Uri::try_from(base_url).map_err(|error| error.to_string())?,
            url: Url::parse(base_url).map_err(|error| error.to_string())?,
        })
    }

    /// The host, as errors name it.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether requests are sent over TLS.
    pub(super) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The URL of a request. Errors if it has another origin.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, String> {
        let path = uri.path_and_query().map_or("", PathAndQuery::as_str);
        let url = self.url.join(path);
        let url = url.map_err(|error| format!("the request's address is not a URL: {error}"))?;
        // The joined URL is checked too: joining a path that begins with two slashes changes the host.
        if uri_origin(uri) == uri_origin(&self.uri) && url_origin(&url) == url_origin(&self.url) {
            return Ok(url);
        }
        Err("the request's address has another scheme or authority than the base URL".to_owned())
    }
}

fn uri_origin(uri: &Uri) -> (Option<&str>, Option<&str>) {
    (uri.scheme_str(), uri.authority().map(Authority::as_str))
}

fn url_origin(url: &Url) -> (&str, Option<&str>, Option<u16>) {
    (url.scheme(), url.host_str(), url.port())
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn addresses_are_not_changed() {
        let origin = Origin::parse("https://api.example:8443/client/v4").unwrap();
        for address in [
            "https://api.example:8443/client/v4/accounts/a1/pcaps",
            "https://api.example:8443/client/v4/x?type=a%26b&type=c%20d%2F%C3%A9&page=2",
            "https://api.example:8443/x/:id/@me/a=b,c;d(e)'f'*!$&+",
            "https://api.example:8443/",
        ] {
            let url = origin.url(&address.parse().unwrap()).unwrap();
            assert_eq!(url.as_str(), address);
        }
    }

    #[test]
    fn b02_requests_to_other_origins_are_refused() {
        let origin = Origin::parse("https://api.example/v4").unwrap();
        for address in [
            "https://evil.example/v4/x",
            "https://api.example:8443/v4/x",
            "http://api.example/v4/x",
            "https://user@api.example/v4/x",
            "https://api.example//evil.example/x",
            r"https://api.example/\evil.example/x",
            r"https://api.example/\/evil.example/x",
            "/v4/x",
        ] {
            assert!(origin.url(&address.parse().unwrap()).is_err(), "{address}");
        }
    }
}
