//! Behaviours 53 and 55: downloads.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::{Download, Error, ErrorKind, Phase};
use tests::server::{Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const PCAP: &str = "application/vnd.tcpdump.pcap";
/// A capture without packets: only the header.
const EMPTY: &[u8; 24] = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0";

fn account(server: &Server) -> Account {
    let client = server
        .client()
        .timeout(Duration::from_millis(300))
        .idle_timeout(Duration::from_secs(2));
    client.build().unwrap().account(ACCOUNT)
}

async fn capture(response: Response) -> Result<Download, Error> {
    let server = Server::start([response]).await.unwrap();
    let download = account(&server).pcaps().download("c1").await;
    assert_eq!(server.requests()[0].header("accept"), Some(PCAP));
    download
}

async fn whole(response: Response) -> Result<Vec<u8>, Error> {
    let server = Server::start([response]).await.unwrap();
    let download = account(&server).pcaps().download("c1").await?;
    download.bytes(1 << 20).await.map(|bytes| bytes.to_vec())
}

async fn b53_an_error_in_place_of_the_file_is_an_error() {
    let refusal = r#"{"success":false,"errors":[{"code":1012,"message":"feature not enabled"}],"result":null}"#;
    for kind in [
        "application/json",
        "application/json; charset=utf-8",
        PCAP,
        "application/octet-stream",
        "text/plain",
    ] {
        let error = capture(Response::with(200, &[("content-type", kind)], refusal))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{kind}");
        assert_eq!(error.errors()[0].code().unwrap().code(), 1012);
    }
    let error = capture(Response::json(200, r#"{"success":true,"result":{}}"#))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);

    for kind in ["text/html", PCAP] {
        let page = Response::with(
            200,
            &[("content-type", kind)],
            "\n<!DOCTYPE html><title>Please wait</title>",
        );
        let error = capture(page).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{kind}");
        assert!(
            error.to_string().contains("Please wait") && error.to_string().contains(PCAP),
            "{error}"
        );
    }
}

async fn b53_a_failing_status_is_an_error() {
    let error = capture(Response::json(
        404,
        r#"{"success":false,"errors":[{"code":7003,"message":"no such"}]}"#,
    ))
    .await
    .unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Api, 404)
    );
}

async fn b53_a_file_of_json_is_a_file_if_files_can_be_json() {
    let body = r#"{"resources":[]}"#;
    for headers in [
        &[("content-type", "application/octet-stream")][..],
        &[
            ("content-type", "application/json"),
            ("content-disposition", "attachment; filename=\"a/r.json\""),
        ],
    ] {
        let server = Server::start([Response::with(200, headers, body)])
            .await
            .unwrap();
        let download = account(&server)
            .magic_cloud()
            .resources()
            .export()
            .await
            .unwrap();
        if headers.len() > 1 {
            assert_eq!(download.file_name().as_deref(), Some("r.json"));
        }
        assert_eq!(download.content_length(), Some(16));
        assert_eq!(download.bytes(16).await.unwrap(), body);
    }
}

async fn b55_an_empty_capture_is_a_file() {
    assert_eq!(
        whole(Response::with(200, &[("content-type", PCAP)], EMPTY))
            .await
            .unwrap(),
        EMPTY
    );
}

async fn b55_only_the_idle_time_is_limited() {
    let mut slow = Response::head(200, &[("content-type", PCAP), ("content-length", "34")])
        .send(EMPTY.to_vec());
    for _ in 0..10 {
        slow = slow.wait(Duration::from_millis(60)).send("x");
    }
    // Longer than the client's total limit of 300 ms.
    assert_eq!(whole(slow.clone()).await.unwrap().len(), 34);

    let server = Server::start([slow]).await.unwrap();
    let download = account(&server)
        .pcaps()
        .download("c1")
        .timeout(Duration::from_millis(300))
        .await
        .unwrap();
    let error = download.bytes(100).await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Timeout {
            phase: Phase::Total
        }
    );
}

async fn b55_a_stalled_download_is_ended() {
    let stalled = Response::head(200, &[("content-length", "100")])
        .send(EMPTY.to_vec())
        .hang();
    let server = Server::start([stalled]).await.unwrap();
    let client = server
        .client()
        .idle_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let mut download = client
        .account(ACCOUNT)
        .pcaps()
        .download("c1")
        .await
        .unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap().len(), 24);
    let error = download.chunk().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout { phase: Phase::Idle });
    assert!(
        error
            .to_string()
            .starts_with("pcaps.download: 200 OK: timed out"),
        "{error}"
    );
    assert!(download.chunk().await.unwrap().is_none());
}

async fn b41_a_short_file_is_truncated() {
    let cut = Response::head(200, &[("content-length", "100")])
        .send(EMPTY.to_vec())
        .close();
    let error = whole(cut).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated);
}

async fn a_file_is_no_larger_than_the_limit() {
    let error = capture(Response::with(200, &[], EMPTY))
        .await
        .unwrap()
        .bytes(23)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

tests::over_each_protocol! {
    b53_an_error_in_place_of_the_file_is_an_error,
    b53_a_failing_status_is_an_error,
    b53_a_file_of_json_is_a_file_if_files_can_be_json,
    b55_an_empty_capture_is_a_file,
    b55_only_the_idle_time_is_limited,
    b55_a_stalled_download_is_ended,
    b41_a_short_file_is_truncated,
    a_file_is_no_larger_than_the_limit,
}
