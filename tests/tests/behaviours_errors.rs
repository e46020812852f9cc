//! Behaviours 99 and 100: what errors and their sources print.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io;
use std::time::Duration;

use cloudflare_magic::transport::TransportError;
use cloudflare_magic::{Client, Error, ErrorKind, Pcap};
use tests::server::{Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const PCAP: &str = "application/vnd.tcpdump.pcap";

/// The texts of an error and of its sources, from the outermost.
fn texts(error: &Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut cause = std::error::Error::source(error);
    while let Some(source) = cause {
        texts.push(source.to_string());
        cause = source.source();
    }
    texts
}

/// No text of a source is in the text before it, as reports print them one after the other.
fn assert_each_once(error: &Error) {
    let texts = texts(error);
    for pair in texts.windows(2) {
        assert!(!pair[0].contains(&pair[1]), "{texts:?}");
    }
    let all = texts.join(": ");
    for internal in [
        "last value",
        "LastValue",
        "client error",
        "hyper",
        "reqwest",
    ] {
        assert!(!all.contains(internal), "{texts:?}");
    }
}

async fn b99_a_report_of_all_sources_prints_each_text_once() {
    let closed = Client::builder()
        .api_token("token")
        .base_url("http://127.0.0.1:9");
    let pcaps = closed
        .max_attempts(1)
        .build()
        .unwrap()
        .account(ACCOUNT)
        .pcaps();
    let error = pcaps.list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.get_ref().unwrap().is::<TransportError>());
    assert_each_once(&error);

    let length = [
        ("content-type", "application/json"),
        ("content-length", "99"),
    ];
    let responses = [
        Response::head(200, &length).send("{").close(),
        Response::raw("").close(),
        Response::html(502, "<title>Bad</title>"),
        Response::result("7"),
        Response::result(r#"{"id":"c1","status":"failed","error_message":"no bucket"}"#),
    ];
    let server = Server::start(responses).await.unwrap();
    let client = server.client().max_attempts(1).build().unwrap();
    let pcaps = client.account(ACCOUNT).pcaps();
    for _ in 0..4 {
        assert_each_once(&pcaps.get("c1").await.unwrap_err());
    }
    let error = pcaps.wait_until_ready("c1").await.unwrap_err();
    assert_each_once(&error);
    assert_eq!(texts(&error).len(), 1);
    let last: &Pcap = error.last_value().unwrap();
    assert!(format!("{last:?}").contains("no bucket"), "{last:?}");
}

async fn b100_errors_that_are_not_about_the_response_do_not_begin_with_its_status() {
    let file = Response::with(200, &[("content-type", PCAP)], b"\xd4\xc3\xb2\xa1rest");
    let pending = Response::result(r#"{"id":"c1","status":"pending"}"#);
    let server = Server::start([file, pending]).await.unwrap();
    let client = server.client().build().unwrap();
    let pcaps = client.account(ACCOUNT).pcaps();
    let download = pcaps.download("c1").await.unwrap();
    let error = download
        .to_file("/no/such/folder/c1.pcap")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::File);
    assert!(
        error.to_string().starts_with("pcaps.download: \"/no/such"),
        "{error}"
    );
    assert_eq!(error.status().unwrap(), 200);
    let disk = error
        .get_ref()
        .unwrap()
        .downcast_ref::<io::Error>()
        .unwrap();
    assert_eq!(disk.kind(), io::ErrorKind::NotFound);
    assert_each_once(&error);

    let wait = pcaps.wait_until_ready("c1").limit(Duration::from_millis(1));
    let error = wait.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitTimeout);
    assert!(!error.to_string().contains("200 OK"), "{error}");
}

tests::over_each_protocol! {
    b99_a_report_of_all_sources_prints_each_text_once,
    b100_errors_that_are_not_about_the_response_do_not_begin_with_its_status,
}
