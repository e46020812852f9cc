//! Bodies: types that do not fit, numbers, lengths, depth, text.

use cloudflare_magic::{ErrorKind, Pcap};
use serde_json::json;
use tests::server::{Response, Server};

use super::{ACCOUNT, PROVIDER, pcap, provider, provider_with, providers};

async fn b37_a_type_flip_names_path_and_kinds_and_no_body() {
    let flips = [
        (
            provider_with(r#""friendly_name":["sentinel"]"#),
            "result.friendly_name: expected a string, found an array",
        ),
        (
            r#""sentinel""#.to_owned(),
            "result: expected an object, found a string",
        ),
        (
            r#"["sentinel"]"#.to_owned(),
            "result: expected an object, found an array",
        ),
        (r#"{"sentinel":1}"#.to_owned(), "is missing"),
    ];
    for (result, expected) in flips {
        let error = provider(Response::result(&result)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(
            error.to_string().contains(expected) && !error.to_string().contains("sentinel"),
            "{error}"
        );
    }
    let error = pcap(r#"{"type":"full","byte_limit":"sentinel"}"#)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("result.byte_limit: expected an integer"),
        "{error}"
    );
}

async fn b38_the_last_of_duplicate_keys_wins() {
    let found = provider(Response::result(&provider_with(r#""id":"p2","id":"p3""#)))
        .await
        .unwrap();
    assert_eq!(found.id.as_str(), "p3");
    let Pcap::Full(full) = pcap(
        r#"{"type":"simple","type":"full","destinaton_conf":"wrong","destination_conf":"gs://b"}"#,
    )
    .await
    .unwrap() else {
        panic!("not a full capture");
    };
    assert_eq!(full.destination_conf.unwrap().expose(), "gs://b");
}

/// Free-form values keep their numbers, and the raw body keeps the text.
async fn b38_numbers_in_free_form_values_and_in_the_body_are_exact() {
    let config = r#"{"serial":18446744073709551615,"least":-9223372036854775808,"cost":0.30000000000000004,"whole":1.0}"#;
    let result = json!({
        "account_id": ACCOUNT, "cloud_type": "AWS", "deployment_provider": "p1", "id": "r1", "managed": false, "name": "n",
        "monthly_cost_estimate": {"currency": "USD", "monthly_cost": 1.5}, "native_id": "n", "observations": {},
        "provider_ids": [], "provider_names_by_id": {}, "region": "eu", "resource_group": "", "resource_type": "aws_vpc",
        "sections": [], "state": {}, "tags": {}, "updated_at": "2026-07-20T08:00:00Z", "url": "u",
    });
    let result = result.to_string();
    for more in ["", r#","id":"r2""#] {
        let result = format!(
            r#"{},"config":{config}{more}}}"#,
            result.trim_end_matches('}')
        );
        let (account, _server) = super::account(Response::result(&result)).await;
        let resources = account.magic_cloud().resources();
        let response = resources.get("r1").send().await.unwrap();
        let read = serde_json::to_string(&response.value().config).unwrap();
        let expected: serde_json::Value = serde_json::from_str(config).unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&read).unwrap(),
            expected
        );
        for number in [
            "18446744073709551615",
            "-9223372036854775808",
            "0.30000000000000004",
            "1.0",
        ] {
            assert!(read.contains(number), "{read}");
        }
        let body = String::from_utf8_lossy(response.body());
        assert!(body.contains(config), "{body}");
    }
}

async fn b39_numbers_are_exact_or_an_error_with_a_path() {
    let limit =
        async |number: &str| pcap(&format!(r#"{{"type":"full","byte_limit":{number}}}"#)).await;
    for (number, expected) in [
        ("300.0", 300),
        ("3e2", 300),
        ("9007199254740993", 9_007_199_254_740_993),
        ("-1", -1),
        ("-9223372036854775808", i64::MIN),
    ] {
        let Pcap::Full(full) = limit(number).await.unwrap() else {
            panic!("not a full capture")
        };
        assert_eq!(full.byte_limit, Some(expected), "{number}");
    }
    for number in [
        "1180591620717411303424",
        "1e400",
        "0.5",
        "-9223372036854775809",
    ] {
        let error = limit(number).await.unwrap_err();
        assert!(
            error
                .to_string()
                .contains("result.byte_limit: expected an integer"),
            "{error}"
        );
    }
}

async fn b40_timestamps_are_kept_as_text() {
    let item = |moment: &str| format!(r#"{{"type":"simple","submitted":{moment}}}"#);
    for (moment, expected) in [
        (r#""""#, None),
        ("null", None),
        (
            r#""2022-04-22T18:54:13.397413Z""#,
            Some("2022-04-22T18:54:13.397413Z"),
        ),
        (
            r#""2022-04-22T18:54:13+05:30""#,
            Some("2022-04-22T18:54:13+05:30"),
        ),
        (r#""99 Smarch""#, Some("99 Smarch")),
    ] {
        let Pcap::Simple(simple) = pcap(&item(moment)).await.unwrap() else {
            panic!("not a simple capture")
        };
        assert_eq!(
            simple.submitted.as_ref().map(AsRef::as_ref),
            expected,
            "{moment}"
        );
    }
}

async fn b41_a_short_body_is_truncated() {
    let cut = Response::head(200, &[("content-length", "100")])
        .send(r#"{"success":true,"result":[]}"#)
        .close();
    let error = providers(cut).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated);
    assert!(error.to_string().contains("28 of 100 bytes"), "{error}");
}

async fn b41_a_failure_whose_body_does_not_arrive_says_so() {
    let cut = Response::head(404, &[("content-length", "100")]).close();
    let error = providers(cut).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Http);
    assert!(error.to_string().contains("did not arrive"), "{error}");
    let empty = Response::head(404, &[("content-length", "0")]);
    let error = providers(empty).await.unwrap_err();
    assert!(error.to_string().contains("has no body"), "{error}");
}

// Chunks are HTTP/1.1.
#[tokio::test]
async fn b41_a_short_body_in_chunks_is_truncated() {
    let chunked = Response::head(200, &[("transfer-encoding", "chunked")])
        .send("5\r\n{\"suc\r\n")
        .close();
    assert_eq!(
        providers(chunked).await.unwrap_err().kind(),
        ErrorKind::Truncated
    );
}

async fn b44_an_endless_body_ends_at_the_limit() {
    let endless = Response::head(200, &[]).send(vec![b' '; 3 << 20]).hang();
    let server = Server::start([
        endless,
        Response::head(200, &[("content-length", "99999999999")]).hang(),
    ])
    .await
    .unwrap();
    let client = server.client().max_body_size(1 << 20).build().unwrap();
    let announced = "the body is larger than 1048576 bytes";
    for _ in 0..2 {
        let error = client.account(ACCOUNT).pcaps().list().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
        assert!(error.to_string().contains(announced), "{error}");
    }
}

#[cfg(feature = "gzip")]
async fn b44_a_compressed_body_is_measured_after_decompression() {
    let packed = include_bytes!("../data/mebibyte.json.gz");
    let headers = [
        ("content-encoding", "gzip"),
        ("content-type", "application/json"),
    ];
    let server = Server::start([
        Response::with(200, &headers, packed),
        Response::with(200, &headers, packed),
    ])
    .await
    .unwrap();
    let small = server.client().max_body_size(1 << 20).build().unwrap();
    let error = small.account(ACCOUNT).pcaps().stop("c1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert!(
        server.requests()[0]
            .header("accept-encoding")
            .unwrap()
            .contains("gzip")
    );
    let large = server.client().max_body_size(2 << 20).build().unwrap();
    large.account(ACCOUNT).pcaps().stop("c1").await.unwrap();
}

#[cfg(not(feature = "gzip"))]
async fn b44_without_the_feature_no_compression_is_requested() {
    let (account, server) = super::account(Response::result("[]")).await;
    account.pcaps().list().await.unwrap();
    assert_eq!(server.requests()[0].header("accept-encoding"), None);
}

async fn b45_a_deep_body_is_a_decode_error() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(
            providers(Response::result(&deep)).await.unwrap_err().kind(),
            ErrorKind::Decode
        );
        assert_eq!(
            provider(Response::result(&deep)).await.unwrap_err().kind(),
            ErrorKind::Decode
        );
        // The body of a failure must not end the process either.
        assert_eq!(
            provider(Response::json(400, &deep))
                .await
                .unwrap_err()
                .kind(),
            ErrorKind::Http
        );
    }
}

async fn b46_a_byte_order_mark_is_skipped_and_bad_text_is_located() {
    let body = "\u{feff}{\"success\":true,\"result\":[]}";
    assert_eq!(providers(Response::json(200, body)).await.unwrap(), []);
    let error = providers(Response::with(
        200,
        &[],
        b"{\"success\":true,\"x\":\"\xff\",\"result\":[]}",
    ))
    .await
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("byte 21"), "{error}");
}

async fn b47_huge_or_many_headers_are_a_bounded_error() {
    let huge = "x".repeat(100_000);
    let error = providers(Response::with(200, &[("x-huge", &huge)], "{}"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::HeadersTooLarge);
    assert!(error.to_string().len() < 300);
}

// These bytes are HTTP/1.1.
#[tokio::test]
async fn b47_a_flood_of_headers_is_a_bounded_error() {
    let many = "x-a: 1\r\n".repeat(50_000);
    let error = providers(Response::raw(format!("HTTP/1.1 200 OK\r\n{many}\r\n")))
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Io | ErrorKind::HeadersTooLarge),
        "{error}"
    );
    assert!(error.to_string().len() < 300);
}

async fn b49_a_list_that_says_it_has_more_is_an_error() {
    let body = format!(
        r#"{{"success":true,"result":[{PROVIDER}],"result_info":{{"page":1,"per_page":1,"count":1,"total_count":2}}}}"#
    );
    let error = providers(Response::json(200, body)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(error.to_string().contains("2 items"), "{error}");
}

tests::over_each_protocol! {
    b37_a_type_flip_names_path_and_kinds_and_no_body,
    b38_the_last_of_duplicate_keys_wins,
    b38_numbers_in_free_form_values_and_in_the_body_are_exact,
    b39_numbers_are_exact_or_an_error_with_a_path,
    b40_timestamps_are_kept_as_text,
    b41_a_failure_whose_body_does_not_arrive_says_so,
    b41_a_short_body_is_truncated,
    b44_an_endless_body_ends_at_the_limit,
    #[cfg(feature = "gzip")]
    b44_a_compressed_body_is_measured_after_decompression,
    #[cfg(not(feature = "gzip"))]
    b44_without_the_feature_no_compression_is_requested,
    b45_a_deep_body_is_a_decode_error,
    b46_a_byte_order_mark_is_skipped_and_bad_text_is_located,
    b47_huge_or_many_headers_are_a_bounded_error,
    b49_a_list_that_says_it_has_more_is_an_error,
}
