//! Behaviours 97, 98 and 101: credentials that are echoed, malformed tokens, and secrets in what a program writes down.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::{
    BucketOwnership, Client, CreateOwnership, Error, ErrorKind, Exposed, Method,
};
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
        Response::with(403, &[("cf-ray", echo)], ""),
        Response::with(403, &[("ratelimit", &format!("\"{echo}\";r=1;t=1"))], ""),
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
                let client = client.build().unwrap();
                let pcaps = client.account(ACCOUNT).pcaps();
                let list = pcaps.list().await.unwrap_err();
                let download = pcaps.download("c1").await.unwrap_err();
                for error in [list, download] {
                    let printed = printed(&error);
                    assert!(!printed.contains("sentinel"), "{echo}: {printed}");
                }
                let limits = format!("{:?}", client.rate_limit());
                assert!(!limits.contains("sentinel"), "{echo}: {limits}");
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

const URI: &str = "r2://b/d?account-id=a1&access-key-id=sentinel&secret-access-key=sentinel";

fn ownership() -> String {
    let times = r#""submitted":"2022-04-22T18:54:13.397413Z","validated":"""#;
    format!(r#"{{"id":"o1","filename":"f","status":"pending","destination_conf":"{URI}",{times}}}"#)
}

async fn b101_what_a_program_writes_down_has_no_keys_and_what_it_sends_has() {
    let created = Response::result(&ownership());
    let server = Server::start([created.clone(), created]).await.unwrap();
    let client = server.client().build().unwrap();
    let buckets = client.account(ACCOUNT).pcaps().ownership();
    let bucket = buckets.create(CreateOwnership::new(URI)).await.unwrap();
    assert_eq!(
        server.requests()[0].text(),
        format!(r#"{{"destination_conf":"{URI}"}}"#)
    );

    let written = serde_json::to_string(&bucket).unwrap();
    assert!(
        !written.contains("sentinel") && written.contains("r2://b/d?account-id=a1"),
        "{written}"
    );
    let packed = rmp_serde::to_vec(&bucket).unwrap();
    assert!(!String::from_utf8_lossy(&packed).contains("sentinel"));
    let exposed = serde_json::to_string(&Exposed(&bucket)).unwrap();
    assert_eq!(exposed.matches("sentinel").count(), 2);

    let read: BucketOwnership = serde_json::from_str(&exposed).unwrap();
    assert!(read == bucket && !read.destination_conf.is_blanked());
    let read: BucketOwnership = serde_json::from_str(&written).unwrap();
    assert!(read.destination_conf.is_blanked());
    let again = CreateOwnership::new(read.destination_conf.clone());
    let error = buckets.create(again).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    let custom = client.request(Method::POST, "/x").json(&read).raw().await;
    assert_eq!(custom.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(server.requests().len(), 1);
}

tests::over_each_protocol! {
    b101_what_a_program_writes_down_has_no_keys_and_what_it_sends_has,
    b98_an_echoed_credential_is_blanked_out,
    b98_a_credential_that_was_replaced_is_blanked_out_too,
}
