//! The envelope: errors of every shape, present and missing results, unknown values.

use cloudflare_magic::{CloudType, CreateProvider, ErrorKind, SimplePcapRequest};
use tests::server::{Response, Server};

use super::{ACCOUNT, PROVIDER, account, provider, provider_with, providers};

async fn b24_a_gateways_page_is_one_line() {
    let page = "<html><head><title>api.cloudflare.com | 502: Bad gateway</title></head>lots</html>";
    let response = Response::with(
        502,
        &[("content-type", "text/html"), ("cf-ray", "8f2c-AMS")],
        page,
    );
    let error = providers(response).await.unwrap_err();
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

    let error = providers(Response::with(520, &[], "error code: 520"))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("520: error code: 520"),
        "{error}"
    );
}

async fn b25_a_page_with_status_200_is_a_decode_error() {
    let error = providers(Response::html(200, "<html><title>Maintenance</title>"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("Maintenance"), "{error}");
}

async fn b26_json_served_as_text_is_accepted() {
    let body = r#"{"success":true,"result":[]}"#;
    assert_eq!(
        providers(Response::with(200, &[("content-type", "text/plain")], body))
            .await
            .unwrap(),
        []
    );
    assert_eq!(providers(Response::with(200, &[], body)).await.unwrap(), []);
}

async fn b27_success_false_with_status_200_is_an_api_error() {
    let body = r#"{"success":false,"errors":[{"code":1012,"message":"feature not enabled"}],"messages":[],"result":null}"#;
    for error in [
        providers(Response::json(200, body)).await.unwrap_err(),
        provider(Response::json(200, body)).await.unwrap_err(),
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

async fn b28_code_and_trace_id_are_typed() {
    let body = r#"{"success":false,"errors":[{"code":102000,"message":"bad","documentation_url":"https://example.com/d",
        "meta":{"trace_id":"t-77","l10n_key":"x"},"source":{"pointer":"/friendly_name"}}]}"#;
    let error = provider(Response::json(400, body)).await.unwrap_err();
    let first = &error.errors()[0];
    assert_eq!(first.code().unwrap().code(), 102_000);
    assert_eq!(
        (first.trace_id(), first.pointer()),
        (Some("t-77"), Some("/friendly_name"))
    );
    assert_eq!(first.documentation_url(), Some("https://example.com/d"));
    assert!(error.to_string().contains("trace id t-77"), "{error}");
}

async fn b29_the_error_chain_is_kept() {
    let body = r#"{"success":false,"errors":[{"code":6003,"message":"Invalid request headers",
        "error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]}]}"#;
    let error = provider(Response::json(400, body)).await.unwrap_err();
    assert_eq!(error.errors()[0].chain()[0].code().unwrap().code(), 6111);
}

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
            let error = providers(Response::json(status, &body)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Api, "{errors}");
        }
    }
    let error = providers(Response::json(
        403,
        r#"{"success":false,"errors":[{"code":"1001","message":null}]}"#,
    ))
    .await
    .unwrap_err();
    assert_eq!(error.errors()[0].code().unwrap().code(), 1001);
}

async fn b31_the_message_of_other_envelopes_is_read() {
    let bodies = [
        r#"{"error":{"code":9109,"message":"no access"}}"#,
        r#"{"type":"https://example.com/p","title":"Forbidden","detail":"no access","status":403}"#,
        r#"{"error":"no access"}"#,
        r#"{"message":"no access"}"#,
    ];
    for body in bodies {
        let error = providers(Response::with(
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

async fn b32_a_missing_result_is_an_error_only_if_one_is_expected() {
    for body in ["", "  ", r#"{"success":true,"errors":[]}"#] {
        assert_eq!(
            providers(Response::json(200, body))
                .await
                .unwrap_err()
                .kind(),
            ErrorKind::Decode,
            "{body:?}"
        );
        assert_eq!(
            provider(Response::json(200, body))
                .await
                .unwrap_err()
                .kind(),
            ErrorKind::Decode,
            "{body:?}"
        );
        let (account, _server) = account(Response::json(200, body)).await;
        account.pcaps().stop("c1").await.unwrap();
    }
    let (account, _server) = account(Response::status(204)).await;
    account.pcaps().stop("c1").await.unwrap();
    assert_eq!(
        provider(Response::result("null")).await.unwrap_err().kind(),
        ErrorKind::Decode
    );
}

async fn b33_unknown_enum_values_are_kept_and_sent_back() {
    let result = provider_with(r#""cloud_type":"ORACLE \u00e9""#);
    let server = Server::start([Response::result(&result), Response::result(&result)])
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

async fn b34_unknown_fields_are_reachable_through_the_body() {
    let (account, _server) = account(Response::result(&provider_with(r#""brand_new":7"#))).await;
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

async fn b35_null_is_accepted_for_options_and_collections() {
    let found = provider(Response::result(&provider_with(
        r#""description":null,"status":null"#,
    )))
    .await
    .unwrap();
    assert_eq!(found.description, None);
    assert_eq!(providers(Response::result("null")).await.unwrap(), []);
}

async fn b83_a_union_is_an_object() {
    for result in ["null", "[]", "7", r#""sentinel""#] {
        let (account, _server) = account(Response::result(result)).await;
        let body = SimplePcapRequest::builder()
            .packet_limit(100)
            .time_limit(10)
            .build();
        let created = account.pcaps().create(body).await.unwrap_err();
        assert_eq!(created.kind(), ErrorKind::Decode, "{result}");
        let line = created.to_string();
        assert!(line.contains("result: expected an object, found"), "{line}");
        assert!(!line.contains("sentinel"), "{line}");
        let (account, _server) = super::account(Response::result(&format!("[{result}]"))).await;
        let line = account.pcaps().list().await.unwrap_err().to_string();
        assert!(
            line.contains("result[0]: expected an object, found"),
            "{line}"
        );
    }
}

async fn b36_one_bad_item_among_fifty_is_named() {
    let mut items = vec![PROVIDER.to_owned(); 50];
    items[17] = provider_with(r#""id":17"#);
    let error = providers(Response::result(&format!("[{}]", items.join(","))))
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

tests::over_each_protocol! {
    b24_a_gateways_page_is_one_line,
    b25_a_page_with_status_200_is_a_decode_error,
    b26_json_served_as_text_is_accepted,
    b27_success_false_with_status_200_is_an_api_error,
    b28_code_and_trace_id_are_typed,
    b29_the_error_chain_is_kept,
    b30_errors_of_any_shape_stay_api_errors,
    b31_the_message_of_other_envelopes_is_read,
    b32_a_missing_result_is_an_error_only_if_one_is_expected,
    b33_unknown_enum_values_are_kept_and_sent_back,
    b34_unknown_fields_are_reachable_through_the_body,
    b35_null_is_accepted_for_options_and_collections,
    b83_a_union_is_an_object,
    b36_one_bad_item_among_fifty_is_named,
}
