//! Where all requests of a client go.
//!
//! In: the base URL, and the address of a request. Out: the address as reqwest wants it. The server is known beforehand, so that
//! no call has to take its name apart again; and a request to any other, which would carry the credentials there, goes nowhere.

use http::Uri;
use http::uri::{Authority, PathAndQuery};
use reqwest::Url;

/// The server of the base URL.
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

    /// The address of a request.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, String> {
        let path = uri.path_and_query().map_or("", PathAndQuery::as_str);
        let url = self.url.join(path);
        let url = url.map_err(|error| format!("the address is no URL: {error}"))?;
        // What comes out counts too: below a URL, a path that begins with two slashes names another server.
        if requested(uri) == requested(&self.uri) && reached(&url) == reached(&self.url) {
            return Ok(url);
        }
        Err("the request leads to another server than the base URL".to_owned())
    }
}

/// The server that a request names.
fn requested(uri: &Uri) -> (Option<&str>, Option<&str>) {
    (uri.scheme_str(), uri.authority().map(Authority::as_str))
}

/// The server that a URL leads to.
fn reached(url: &Url) -> (&str, Option<&str>, Option<u16>) {
    (url.scheme(), url.host_str(), url.port())
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn addresses_stay_as_they_are() {
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
    fn b02_no_address_leads_to_another_server() {
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
