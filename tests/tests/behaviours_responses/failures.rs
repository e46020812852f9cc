//! Responses that are failures although they look like something else, and failures that are temporary.

use cloudflare_magic::{CloudType, CreateProvider, ErrorKind};
use tests::server::{Response, Server};

use super::{ACCOUNT, account};

/// `pcaps.stop` and `ownership.delete` have no result.
async fn b82_errors_with_status_200_are_errors_where_no_result_is_expected() {
    for body in [
        r#"{"errors":[{"code":1001,"message":"no"}],"result":null}"#,
        r#"{"errors":[{"code":1001,"message":"no"}]}"#,
        r#"{"error":{"code":1001,"message":"no"}}"#,
        r#"{"error":"no"}"#,
        r#"{"type":"about:blank","title":"no","status":403}"#,
    ] {
        let (account, _server) = account(Response::json(200, body)).await;
        let error = account.pcaps().ownership().delete("o1").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{body}: {error}");
        assert_eq!(error.errors()[0].message(), "no", "{body}");
    }
    for body in [
        r#"{"success":true,"errors":[{"code":1001}]}"#,
        r#"{"message":"deleted"}"#,
        "{}",
        "",
    ] {
        let (account, _server) = account(Response::json(200, body)).await;
        account.pcaps().ownership().delete("o1").await.unwrap();
    }
}

async fn b92_a_part_that_was_not_asked_for_is_an_error() {
    let part = |body: &str| Response::with(206, &[("content-range", "bytes 0-1/9")], body);
    let whole = r#"{"success":true,"result":[]}"#;
    let server = Server::start([part(whole), part("\u{b2}"), part(whole)])
        .await
        .unwrap();
    let client = server.client().max_attempts(1).build().unwrap();
    let pcaps = client.account(ACCOUNT).pcaps();
    for error in [
        pcaps.list().await.unwrap_err(),
        pcaps.download("c1").await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains("206 Partial Content"), "{error}");
    }
    let asked = pcaps.list().header("range", "bytes=0-1");
    assert!(asked.await.unwrap().is_empty());
}

async fn b93_temporary_statuses_are_repeated_where_the_operation_may_be() {
    for status in [408, 421, 425] {
        let done = Response::result("[]");
        let server = Server::start([Response::status(status), done])
            .await
            .unwrap();
        let client = server.client().build().unwrap();
        let providers = client.account(ACCOUNT).magic_cloud().providers();
        assert!(providers.list().await.unwrap().is_empty(), "{status}");

        let server = Server::start([Response::status(status)]).await.unwrap();
        let client = server.client().build().unwrap();
        let providers = client.account(ACCOUNT).magic_cloud().providers();
        let create = CreateProvider::new(CloudType::Aws, "name");
        let error = providers.create(create).await.unwrap_err();
        assert_eq!(
            (error.attempts(), server.requests().len()),
            (1, 1),
            "{error}"
        );
    }
}

async fn b94_a_404_of_the_service_and_one_of_a_proxy_are_told_apart() {
    let own =
        r#"{"success":false,"errors":[{"code":1001,"message":"no such capture"}],"result":null}"#;
    let route = r#"{"success":false,"errors":[{"code":7003,"message":"no route"}],"result":null}"#;
    for (response, kind, is_not_found) in [
        (Response::json(404, own), ErrorKind::Api, true),
        (Response::json(404, route), ErrorKind::Api, false),
        (
            Response::json(404, r#"{"message":"no route"}"#),
            ErrorKind::Api,
            false,
        ),
        (
            Response::html(404, "<html><title>Not Found</title>"),
            ErrorKind::Http,
            false,
        ),
        (Response::status(404), ErrorKind::Http, false),
    ] {
        let (account, _server) = account(response).await;
        let error = account.pcaps().get("c1").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.is_not_found()),
            (kind, is_not_found),
            "{error}"
        );
    }
}

async fn b95_the_chain_of_errors_is_in_the_line() {
    let chain = r#"[{"code":6111,"message":"Invalid format for Authorization header"}]"#;
    let errors =
        format!(r#"[{{"code":6003,"message":"Invalid request headers","error_chain":{chain}}}]"#);
    let body = format!(r#"{{"success":false,"errors":{errors},"messages":[],"result":null}}"#);
    let (account, server) = account(Response::json(400, body)).await;
    let error = account.pcaps().list().await.unwrap_err();
    let line = "[6003] Invalid request headers: [6111] Invalid format for Authorization header";
    assert!(
        error.to_string().contains(line) && error.is_auth(),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

tests::over_each_protocol! {
    b82_errors_with_status_200_are_errors_where_no_result_is_expected,
    b92_a_part_that_was_not_asked_for_is_an_error,
    b93_temporary_statuses_are_repeated_where_the_operation_may_be,
    b94_a_404_of_the_service_and_one_of_a_proxy_are_told_apart,
    b95_the_chain_of_errors_is_in_the_line,
}
