//! Behaviours 97, 98 and 101: credentials that are echoed, malformed tokens, and secrets in what a program writes down.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::{Client, Error, ErrorKind};
use tests::server::{Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SENTINEL: &str = "hush/sentinel+0451=";

/// The sentinel in the forms in which servers echo a header.
fn forms() -> [String; 4] {
    [
        SENTINEL.to_owned(),
        SENTINEL.replace('/', "\\/"),
        "hush%2Fsentinel%2B0451%3D".to_owned(),
        "hush&#47;sentinel&#43;0451&#61;".to_owned(),
    ]
}

/// All that an error and its sources print.
fn printed(error: &Error) -> String {
    let mut printed = format!("{error} {error:#?}");
    let mut cause = std::error::Error::source(error);
    while let Some(source) = cause {
        printed.push_str(&format!(" {source} {source:?}"));
        cause = source.source();
    }
    printed
}

fn echoes(echo: &str) -> Vec<Response> {
    let padding = "x ".repeat(140);
    let errors = format!(
        r#"[{{"code":9106,"message":"no {echo}","error_chain":[{{"message":"for {echo}"}}]}}]"#
    );
    let json = format!(r#"{{"success":false,"errors":{errors},"result":null}}"#);
    let page = format!("<html><title>denied {echo}</title></html>");
    let text = format!("denied: Authorization: Bearer {echo}");
    let long = format!("{padding}{echo}");
    let location = "https://hush%2Fsentinel%2B0451%3D/";
    vec![
        Response::json(403, &json),
        Response::json(200, &json),
        Response::json(200, format!(r#"{{"success":true,"result":["{echo}"]}}"#)),
        Response::html(403, &page),
        Response::html(200, &page),
        Response::with(403, &[], &text),
        Response::with(403, &[], &long),
        Response::with(307, &[("location", location)], ""),
    ]
}

async fn b98_an_echoed_credential_is_blanked_out() {
    for echo in forms() {
        for response in echoes(&echo) {
            for by_key in [false, true] {
                let server = Server::start([response.clone(), response.clone()])
                    .await
                    .unwrap();
                let client = server.trusted(Client::builder()).max_attempts(1);
                let client = match by_key {
                    false => client.api_token(SENTINEL),
                    true => client.api_key("me@example.com", SENTINEL),
                };
                let pcaps = client.build().unwrap().account(ACCOUNT).pcaps();
                let list = pcaps.list().await.unwrap_err();
                let download = pcaps.download("c1").await.unwrap_err();
                for error in [list, download] {
                    let printed = printed(&error);
                    assert!(!printed.contains("sentinel"), "{echo}: {printed}");
                }
            }
        }
    }
}

async fn b98_a_credential_that_was_replaced_is_blanked_out_too() {
    let page = Response::html(403, &format!("<html><title>{SENTINEL}</title></html>"));
    let server = Server::start([page]).await.unwrap();
    let client = server.trusted(Client::builder()).api_token(SENTINEL);
    let client = client.build().unwrap();
    client.set_api_token("another-token").unwrap();
    let error = client.account(ACCOUNT).pcaps().list().await.unwrap_err();
    assert!(error.to_string().contains("***"), "{error}");
    assert!(!printed(&error).contains("sentinel"), "{error}");
}

#[test]
fn b97_a_token_in_quotes_or_with_its_scheme_is_a_config_error() {
    for (token, part) in [
        ("\"sentinel\"", "is in quotes"),
        ("'sentinel'\n", "is in quotes"),
        ("Bearer sentinel", "begins with `Bearer `"),
        ("bearer sentinel", "begins with `Bearer `"),
    ] {
        let built = Client::builder().api_token(token).build();
        let client = Client::builder().api_token("token").build().unwrap();
        for error in [built.unwrap_err(), client.set_api_token(token).unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Config);
            let line = error.to_string();
            assert!(line.contains(part) && !line.contains("sentinel"), "{line}");
        }
    }
    let built = Client::builder()
        .api_key("me@example.com", "'sentinel'")
        .build();
    assert!(built.unwrap_err().to_string().contains("is in quotes"));
}

tests::over_each_protocol! {
    b98_an_echoed_credential_is_blanked_out,
    b98_a_credential_that_was_replaced_is_blanked_out_too,
}
