//! Behaviours 24 to 41 and 44 to 47: what becomes of answers, good, bad and odd.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where its expectation does"
)]

use cloudflare_magic::api::{Account, PcapsGet};
use cloudflare_magic::{Call, CloudType, CreateProvider, Error, ErrorKind, Pcap, Provider};
use tests::server::{Reply, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const PROVIDER: &str = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"prod","last_updated":"2024-01-01T00:00:00Z",
    "lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}"#;

async fn account(reply: Reply) -> (Account, Server) {
    let server = Server::start([reply]).await.unwrap();
    (server.client().build().unwrap().account(ACCOUNT), server)
}

async fn providers(reply: Reply) -> Result<Vec<Provider>, Error> {
    let (account, _server) = account(reply).await;
    account.magic_cloud().providers().list().await
}

async fn provider(reply: Reply) -> Result<Provider, Error> {
    let (account, _server) = account(reply).await;
    account.magic_cloud().providers().get("p1").await
}

async fn pcap(result: &str) -> Result<Pcap, Error> {
    let (account, _server) = account(Reply::result(result)).await;
    account.pcaps().get("c1").await
}

/// The provider with one key replaced or added; a later key wins over an earlier one.
fn provider_with(more: &str) -> String {
    format!("{},{more}}}", PROVIDER.trim_end_matches('}'))
}

#[tokio::test]
async fn b24_a_gateways_page_is_one_line() {
    let page = "<html><head><title>api.cloudflare.com | 502: Bad gateway</title></head>lots</html>";
    let reply = Reply::with(
        502,
        &[("content-type", "text/html"), ("cf-ray", "8f2c-AMS")],
        page,
    );
    let error = providers(reply).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Http);
    assert_eq!(
        (error.status().unwrap().as_u16(), error.ray_id()),
        (502, Some("8f2c-AMS"))
    );
    let line = error.to_string();
    assert!(
        line.starts_with(
            "magic_cloud.providers.list: 502 Bad Gateway: api.cloudflare.com | 502: Bad gateway ("
        ),
        "{line}"
    );
    assert!(
        line.contains("cf-ray 8f2c-AMS") && !line.contains("lots"),
        "{line}"
    );

    let error = providers(Reply::with(520, &[], "error code: 520"))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("520: error code: 520"),
        "{error}"
    );
}

#[tokio::test]
async fn b25_a_page_with_status_200_is_a_decode_error() {
    let error = providers(Reply::html(200, "<html><title>Maintenance</title>"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("Maintenance"), "{error}");
}

#[tokio::test]
async fn b26_json_served_as_text_is_accepted() {
    let body = r#"{"success":true,"result":[]}"#;
    assert_eq!(
        providers(Reply::with(200, &[("content-type", "text/plain")], body))
            .await
            .unwrap(),
        []
    );
    assert_eq!(providers(Reply::with(200, &[], body)).await.unwrap(), []);
}

#[tokio::test]
async fn b27_success_false_with_status_200_is_an_api_error() {
    let body = r#"{"success":false,"errors":[{"code":1012,"message":"feature not enabled"}],"messages":[],"result":null}"#;
    for error in [
        providers(Reply::json(200, body)).await.unwrap_err(),
        provider(Reply::json(200, body)).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.errors()[0].code().unwrap().code(), 1012);
        assert!(
            error
                .to_string()
                .contains("200 OK: [1012] feature not enabled"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn b28_code_and_trace_id_are_typed() {
    let body = r#"{"success":false,"errors":[{"code":102000,"message":"bad","documentation_url":"https://example.com/d",
        "meta":{"trace_id":"t-77","l10n_key":"x"},"source":{"pointer":"/friendly_name"}}]}"#;
    let error = provider(Reply::json(400, body)).await.unwrap_err();
    let first = &error.errors()[0];
    assert_eq!(first.code().unwrap().code(), 102_000);
    assert_eq!(
        (first.trace_id(), first.pointer()),
        (Some("t-77"), Some("/friendly_name"))
    );
    assert_eq!(first.documentation_url(), Some("https://example.com/d"));
    assert!(error.to_string().contains("trace id t-77"), "{error}");
}

#[tokio::test]
async fn b29_the_error_chain_is_kept() {
    let body = r#"{"success":false,"errors":[{"code":6003,"message":"Invalid request headers",
        "error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]}]}"#;
    let error = provider(Reply::json(400, body)).await.unwrap_err();
    assert_eq!(error.errors()[0].chain()[0].code().unwrap().code(), 6111);
}

#[tokio::test]
async fn b30_errors_of_any_shape_stay_api_errors() {
    for errors in [
        "null",
        r#""denied""#,
        r#"[{"code":"1001","message":null}]"#,
        "[]",
        "{}",
        "7",
        r#"[null,[{"code":1}]]"#,
    ] {
        let body = format!(r#"{{"success":false,"errors":{errors},"result":null}}"#);
        for status in [200, 403] {
            let error = providers(Reply::json(status, &body)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Api, "{errors}");
        }
    }
    let error = providers(Reply::json(
        403,
        r#"{"success":false,"errors":[{"code":"1001","message":null}]}"#,
    ))
    .await
    .unwrap_err();
    assert_eq!(error.errors()[0].code().unwrap().code(), 1001);
}

#[tokio::test]
async fn b31_other_envelopes_give_their_message() {
    let bodies = [
        r#"{"error":{"code":9109,"message":"no access"}}"#,
        r#"{"type":"https://example.com/p","title":"Forbidden","detail":"no access","status":403}"#,
        r#"{"error":"no access"}"#,
        r#"{"message":"no access"}"#,
    ];
    for body in bodies {
        let error = providers(Reply::with(
            403,
            &[("content-type", "application/problem+json")],
            body,
        ))
        .await
        .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert!(
            error.to_string().contains("403 Forbidden: ")
                && error.to_string().contains("no access"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn b32_a_missing_result_is_an_error_only_where_one_is_expected() {
    for body in ["", "  ", r#"{"success":true,"errors":[]}"#] {
        assert_eq!(
            providers(Reply::json(200, body)).await.unwrap_err().kind(),
            ErrorKind::Decode,
            "{body:?}"
        );
        assert_eq!(
            provider(Reply::json(200, body)).await.unwrap_err().kind(),
            ErrorKind::Decode,
            "{body:?}"
        );
        let (account, _server) = account(Reply::json(200, body)).await;
        account.pcaps().stop("c1").await.unwrap();
    }
    let (account, _server) = account(Reply::status(204)).await;
    account.pcaps().stop("c1").await.unwrap();
    assert_eq!(
        provider(Reply::result("null")).await.unwrap_err().kind(),
        ErrorKind::Decode
    );
}

#[tokio::test]
async fn b33_unknown_enum_values_are_kept_and_sent_back() {
    let result = provider_with(r#""cloud_type":"ORACLE \u00e9""#);
    let server = Server::start([Reply::result(&result), Reply::result(&result)])
        .await
        .unwrap();
    let providers = server
        .client()
        .build()
        .unwrap()
        .account(ACCOUNT)
        .magic_cloud()
        .providers();
    let found = providers.get("p1").await.unwrap();
    assert!(matches!(found.cloud_type, CloudType::Unknown(_)));
    assert_eq!(found.cloud_type.to_string(), "ORACLE é");
    providers
        .create(CreateProvider::new(found.cloud_type, "copy"))
        .await
        .unwrap();
    assert!(
        server.requests()[1]
            .text()
            .contains(r#""cloud_type":"ORACLE é""#)
    );
}

#[tokio::test]
async fn b34_unknown_fields_are_reachable_through_the_body() {
    let (account, _server) = account(Reply::result(&provider_with(r#""brand_new":7"#))).await;
    let response = account
        .magic_cloud()
        .providers()
        .get("p1")
        .send()
        .await
        .unwrap();
    assert_eq!(response.value().friendly_name, "prod");
    let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body["result"]["brand_new"], 7);
    assert!(!format!("{response:?}").contains("brand_new"));
}

#[tokio::test]
async fn b35_null_is_fine_for_options_and_collections() {
    let found = provider(Reply::result(&provider_with(
        r#""description":null,"status":null"#,
    )))
    .await
    .unwrap();
    assert_eq!(found.description, None);
    assert_eq!(providers(Reply::result("null")).await.unwrap(), []);
}

#[tokio::test]
async fn b36_one_bad_item_among_fifty_is_named() {
    let mut items = vec![PROVIDER.to_owned(); 50];
    items[17] = provider_with(r#""id":17"#);
    let error = providers(Reply::result(&format!("[{}]", items.join(","))))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let line = error.to_string();
    assert!(
        line.starts_with(
            "magic_cloud.providers.list: 200 OK: result[17].id: expected a string, found a number"
        ),
        "{line}"
    );
}

#[tokio::test]
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
        let error = provider(Reply::result(&result)).await.unwrap_err();
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

#[tokio::test]
async fn b38_the_last_of_duplicate_keys_wins() {
    let found = provider(Reply::result(&provider_with(r#""id":"p2","id":"p3""#)))
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

#[tokio::test]
async fn b39_numbers_are_exact_or_an_error_with_a_path() {
    let limit =
        async |number: &str| pcap(&format!(r#"{{"type":"full","byte_limit":{number}}}"#)).await;
    for (number, expected) in [
        ("300.0", 300),
        ("3e2", 300),
        ("9007199254740993", 9_007_199_254_740_993),
        ("-1", -1),
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

#[tokio::test]
async fn b40_moments_are_kept_as_text() {
    let item = |moment: &str| format!(r#"{{"type":"simple","submitted":{moment}}}"#);
    for (moment, expected) in [
        (r#""""#, None),
        ("null", None),
        (
            r#""2022-04-22T18:54:13.397413Z""#,
            Some("2022-04-22T18:54:13.397413Z"),
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

#[tokio::test]
async fn b41_a_short_body_is_truncated() {
    let cut = Reply::head(200, &[("content-length", "100")])
        .send(r#"{"success":true,"result":[]}"#)
        .close();
    let error = providers(cut).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated);
    assert!(error.to_string().contains("28 of 100 bytes"), "{error}");

    let chunked = Reply::head(200, &[("transfer-encoding", "chunked")])
        .send("5\r\n{\"suc\r\n")
        .close();
    assert_eq!(
        providers(chunked).await.unwrap_err().kind(),
        ErrorKind::Truncated
    );
}

#[tokio::test]
async fn b44_an_endless_body_ends_at_the_limit() {
    let endless = Reply::head(200, &[]).send(vec![b' '; 3 << 20]).hang();
    let server = Server::start([
        endless,
        Reply::head(200, &[("content-length", "99999999999")]).hang(),
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
#[tokio::test]
async fn b44_a_compressed_body_is_measured_after_unpacking() {
    let packed = include_bytes!("data/mebibyte.json.gz");
    let headers = [
        ("content-encoding", "gzip"),
        ("content-type", "application/json"),
    ];
    let server = Server::start([
        Reply::with(200, &headers, packed),
        Reply::with(200, &headers, packed),
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
#[tokio::test]
async fn b44_without_the_feature_no_compression_is_asked_for() {
    let (account, server) = account(Reply::result("[]")).await;
    account.pcaps().list().await.unwrap();
    assert_eq!(server.requests()[0].header("accept-encoding"), None);
}

#[tokio::test]
async fn b45_a_deep_body_is_a_decode_error() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(
            providers(Reply::result(&deep)).await.unwrap_err().kind(),
            ErrorKind::Decode
        );
        assert_eq!(
            provider(Reply::result(&deep)).await.unwrap_err().kind(),
            ErrorKind::Decode
        );
        // Not even what explains a failure may end the process.
        assert_eq!(
            provider(Reply::json(400, &deep)).await.unwrap_err().kind(),
            ErrorKind::Http
        );
    }
}

#[tokio::test]
async fn b46_a_mark_is_skipped_and_bad_text_is_located() {
    let body = "\u{feff}{\"success\":true,\"result\":[]}";
    assert_eq!(providers(Reply::json(200, body)).await.unwrap(), []);
    let error = providers(Reply::with(
        200,
        &[],
        b"{\"success\":true,\"x\":\"\xff\",\"result\":[]}",
    ))
    .await
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("byte 21"), "{error}");
}

#[tokio::test]
async fn b47_huge_or_many_headers_are_a_bounded_error() {
    let huge = "x".repeat(100_000);
    let error = providers(Reply::with(200, &[("x-huge", &huge)], "{}"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::HeadersTooLarge);
    assert!(error.to_string().len() < 300);

    let many = "x-a: 1\r\n".repeat(50_000);
    let error = providers(Reply::raw(format!("HTTP/1.1 200 OK\r\n{many}\r\n")))
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Io | ErrorKind::HeadersTooLarge),
        "{error}"
    );
    assert!(error.to_string().len() < 300);
}

#[tokio::test]
async fn b49_a_list_that_says_it_has_more_is_an_error() {
    let body = format!(
        r#"{{"success":true,"result":[{PROVIDER}],"result_info":{{"page":1,"per_page":1,"count":1,"total_count":2}}}}"#
    );
    let error = providers(Reply::json(200, body)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(error.to_string().contains("2 items"), "{error}");
}

#[test]
fn calls_travel_between_threads() {
    fn travels<T: Send + 'static>() {}
    travels::<Call<PcapsGet>>();
    travels::<<Call<PcapsGet> as IntoFuture>::IntoFuture>();
}
