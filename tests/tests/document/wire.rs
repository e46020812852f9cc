//! What the client sends to every operation is what the document states: the base URL, and the headers with the credentials.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed step fails the test"
)]

use cloudflare_magic::{Client, ClientBuilder};
use serde_json::{Value, json};
use tests::document::{members, operations, root};
use tests::scripted::{Outcome, Scripted};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// The headers of a request of a client with these credentials.
async fn sent(builder: ClientBuilder) -> Vec<(String, String)> {
    let transport = Scripted::outcomes([Outcome::empty_list()]);
    let client = builder.transport(transport.clone()).build().unwrap();
    client.account(ACCOUNT).pcaps().list().await.unwrap();
    let request = transport.requests().remove(0);
    let headers = request.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()));
    headers.collect()
}

/// The schemes of the document that ask for exactly these headers.
fn schemes_of(wanted: &[(&str, &Value)]) -> bool {
    let alternatives = operations().into_values().map(|operation| {
        let own = operation.node.get("security");
        own.unwrap_or(&root()["security"])
    });
    let mut alternatives = alternatives.flat_map(members);
    let schemes = &root()["components"]["securitySchemes"];
    alternatives.any(|alternative| {
        let names: Vec<&String> = alternative.as_object().unwrap().keys().collect();
        let is_wanted = |name: &&String| {
            let scheme = &schemes[name.as_str()];
            wanted.iter().any(|(key, value)| scheme[*key] == **value)
        };
        names.len() == wanted.len() && names.iter().all(is_wanted)
    })
}

#[test]
fn the_base_url_is_the_first_server() {
    let transport = Scripted::outcomes([Outcome::empty_list()]);
    let builder = Client::builder().api_token("token").transport(transport);
    let shown = format!("{:?}", builder.build().unwrap());
    let base = &root()["servers"][0]["url"];
    assert!(shown.contains(&format!("base_url: {base}")), "{shown}");
}

#[tokio::test]
async fn the_headers_with_the_credentials_are_those_of_the_schemes() {
    let headers = sent(Client::builder().api_key("me@example.com", "key-of-me")).await;
    let named = |wanted: &str| {
        let header = headers.iter().find(|(_, value)| value == wanted);
        let schemes = root()["components"]["securitySchemes"].as_object().unwrap();
        let names = schemes
            .values()
            .filter_map(|scheme| scheme["name"].as_str());
        let (header, _) = header.unwrap_or_else(|| panic!("no header has {wanted}"));
        let name = names
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(header));
        json!(name.unwrap_or_else(|| panic!("the document has no scheme with {header}")))
    };
    let (email, key) = (named("me@example.com"), named("key-of-me"));
    assert!(schemes_of(&[("name", &email), ("name", &key)]));

    let headers = sent(Client::builder().api_token("token-of-me")).await;
    let bearer = ("authorization".to_owned(), "Bearer token-of-me".to_owned());
    assert!(headers.contains(&bearer), "{headers:?}");
    assert!(schemes_of(&[("scheme", &json!("bearer"))]));
}
