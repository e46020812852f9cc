//! Where all requests of a client go.
//!
//! In: the base URL, and the address of a request. Out: the address as reqwest wants it. The server is known beforehand, so that
//! no call has to take its name apart again; and a request to any other, which would carry the credentials there, goes nowhere.

use http::Uri;
use http::uri::Authority;
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
        if server(uri) != server(&self.uri) {
            return Err("the request leads to another server than the base URL".to_owned());
        }
        // Its parts are set and not joined: whatever a path begins with, it cannot name another server.
        let mut url = self.url.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Ok(url)
    }
}

fn server(uri: &Uri) -> (Option<&str>, Option<&str>) {
    (uri.scheme_str(), uri.authority().map(Authority::as_str))
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
            "https://api.example:8443//evil.example/x",
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
            "/v4/x",
        ] {
            assert!(origin.url(&address.parse().unwrap()).is_err(), "{address}");
        }
        for path in [
            r"/\evil.example/x",
            r"/\/evil.example/x",
            "//evil.example/x",
        ] {
            let address = format!("https://api.example{path}").parse().unwrap();
            let host = origin.url(&address).unwrap().host_str().map(str::to_owned);
            assert_eq!(host.as_deref(), Some("api.example"), "{path}");
        }
    }
}
