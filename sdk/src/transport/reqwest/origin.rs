//! Where all requests of a client go.
//!
//! In: the base URL, and the address of a request. Out: the address as reqwest wants it. The server is known beforehand, so that
//! no call has to take its name apart again; and a request to any other, which would carry the credentials there, goes nowhere.

use http::Uri;
use http::uri::{Authority, PathAndQuery};
use reqwest::Url;

/// The server of the base URL.
pub(super) struct Origin {
    uri: Uri,
    url: Url,
}

impl Origin {
    pub(super) fn parse(base_url: &str) -> Result<Self, String> {
        let uri = Uri::try_from(base_url).map_err(|error| error.to_string());
        let url = Url::parse(base_url).map_err(|error| error.to_string());
        let fault = |fault| format!("the base URL cannot be used: {fault}");
        Ok(Self {
            uri: uri.map_err(fault)?,
            url: url.map_err(fault)?,
        })
    }

    /// The address of a request.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, String> {
        let path = uri.path_and_query().map_or("", PathAndQuery::as_str);
        // Below a URL, what begins with two slashes is another server.
        if server(uri) != server(&self.uri) || path.starts_with("//") {
            return Err("the request leads to another server than the base URL".to_owned());
        }
        let url = self.url.join(path);
        url.map_err(|error| format!("the address is no URL: {error}"))
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
            "/v4/x",
        ] {
            assert!(origin.url(&address.parse().unwrap()).is_err(), "{address}");
        }
    }
}
