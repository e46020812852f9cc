//! Endpoints that the SDK has no method for, and raw responses: the same pipeline, with the same promises.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::Duration;

use cloudflare_magic::{CreateProvider, ErrorKind, Method};
use serde::Deserialize;
use tests::scripted::{Outcome, Scripted};
use tests::server::{Response, Server};

#[derive(Debug, Deserialize, PartialEq)]
struct Tunnel {
    id: String,
}

async fn a_custom_request_is_sent_with_credentials_query_and_body() {
    let server = Server::responding(|number, _| match number {
        0 => Response::result(r#"[{"id":"t1"}]"#),
        1 => Response::result(r#"{"id":"t2"}"#),
        2 => Response::with(200, &[("content-type", "text/plain")], "as it comes"),
        _ => Response::status(204),
    })
    .await
    .unwrap();
    let client = server
        .client()
        .base_url(format!("{}/v4", server.url()))
        .build()
        .unwrap();
    let tunnels = client
        .request(Method::GET, "/accounts/a1/cfd_tunnel")
        .query("name", "a&b")
        .query("name", "c")
        .query("is deleted", false)
        .list::<Tunnel>()
        .header("x-mine", "yes")
        .await
        .unwrap();
    assert_eq!(tunnels, [Tunnel { id: "t1".into() }]);
    let response = client
        .request(Method::POST, "/accounts/a1/cfd_tunnel")
        .json(&serde_json::json!({"name": "n"}))
        .result::<Tunnel>()
        .send()
        .await
        .unwrap();
    assert_eq!(
        (response.value().id.as_str(), response.attempts()),
        ("t2", 1)
    );
    let raw = client.request(Method::PUT, "/x").raw().await.unwrap();
    assert_eq!(raw, "as it comes");
    client
        .request(Method::DELETE, "/x/y")
        .empty()
        .await
        .unwrap();

    let requests = server.requests();
    let lines: Vec<_> = requests
        .iter()
        .map(|request| format!("{} {} {}", request.method, request.target, request.text()))
        .collect();
    assert_eq!(
        lines,
        [
            "GET /v4/accounts/a1/cfd_tunnel?name=a%26b&name=c&is%20deleted=false ",
            r#"POST /v4/accounts/a1/cfd_tunnel {"name":"n"}"#,
            "PUT /v4/x ",
            "DELETE /v4/x/y ",
        ]
    );
    assert_eq!(requests[0].header("x-mine"), Some("yes"));
    assert!(
        requests
            .iter()
            .all(|request| request.header("authorization") == Some("Bearer token"))
    );
    assert_eq!(requests[2].header("content-length"), Some("0"));
}

#[tokio::test(start_paused = true)]
async fn a_custom_request_is_retried_as_its_method_allows() {
    for (method, repeatable, sent) in [
        (Method::GET, None, 3),
        (Method::HEAD, None, 3),
        (Method::OPTIONS, None, 3),
        (Method::PUT, None, 3),
        (Method::DELETE, Some(false), 1),
        (Method::POST, None, 1),
        (Method::POST, Some(true), 3),
        (Method::PATCH, None, 1),
    ] {
        let transport = Scripted::outcomes([Outcome::status(503)]);
        let mut request = transport
            .client()
            .build()
            .unwrap()
            .request(method.clone(), "/x");
        if let Some(repeatable) = repeatable {
            request = request.repeatable(repeatable);
        }
        let error = request
            .empty()
            .timeout(Duration::from_secs(5))
            .await
            .unwrap_err();
        assert_eq!(transport.requests().len(), sent, "{method}");
        assert!(
            transport
                .requests()
                .iter()
                .all(|requests| requests.method == method)
        );
        let name = format!("request.{}: 503", method.as_str().to_lowercase());
        assert!(error.to_string().starts_with(&name), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_path_to_another_host_or_folder_is_never_sent() {
    let transport = Scripted::outcomes([Outcome::empty_list()]);
    let client = transport.client().build().unwrap();
    for path in [
        "",
        "x",
        "//evil.example",
        "https://evil.example",
        "/a/../b",
        "/a?b",
        "/%2e%2e",
        "/a b",
        "/a#b",
    ] {
        let error = client.request(Method::GET, path).raw().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidInput, 0),
            "{path}"
        );
    }
    for method in [
        Method::CONNECT,
        Method::TRACE,
        Method::from_bytes(b"PURGE").unwrap(),
    ] {
        let error = client.request(method, "/x").raw().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    let error = client
        .request(Method::GET, "/x")
        .empty()
        .header("host", "evil.example")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(transport.requests().is_empty());
}

async fn a_raw_response_is_not_decoded() {
    let server = Server::responding(|_, _| Response::result(r#"{"id": 7, "odd": true}"#))
        .await
        .unwrap();
    let account = server.client().build().unwrap().account("a1");
    let get = account.magic_cloud().providers().get("p1");
    assert_eq!(get.clone().await.unwrap_err().kind(), ErrorKind::Decode);
    let response = get.raw().send().await.unwrap();
    assert!(response.value().ends_with(br#"{"id": 7, "odd": true}}"#));
    assert_eq!(response.body(), response.value());
    assert_eq!(
        server.requests()[1].path(),
        "/accounts/a1/magic/cloud/providers/p1"
    );
}

/// What an application sends and reads before the SDK's types have it.
async fn what_the_types_lack_is_sent_and_read() {
    let server = Server::responding(|_, _| {
        Response::result(
            r#"{"id":"p1","cloud_type":"AWS","friendly_name":"m","labels":["net"],"last_updated":"",
            "lifecycle_state":"ACTIVE","state":"PENDING","state_v2":"PENDING"}"#,
        )
    })
    .await
    .unwrap();
    let account = server.client().build().unwrap().account("a1");
    let providers = account.magic_cloud().providers();
    let call = providers
        .create(CreateProvider::new("AWS", "n"))
        .query("dry run", true)
        .query("tag", "a&b")
        .query("tag", 7)
        .body_field("labels", ["net"])
        .body_field("friendly_name", "m");
    let created = call.send().await.unwrap();
    let body: serde_json::Value = serde_json::from_slice(created.body()).unwrap();
    assert_eq!(body["result"]["labels"][0], "net");
    assert!(created.value().id == "p1" && created.value().cloud_type == "AWS");

    let request = &server.requests()[0];
    assert_eq!(
        request.target,
        "/accounts/a1/magic/cloud/providers?dry%20run=true&tag=a%26b&tag=7"
    );
    assert_eq!(
        request.text(),
        r#"{"cloud_type":"AWS","friendly_name":"m","labels":["net"]}"#
    );
    let refused = providers.get("p1").body_field("x", 1).await.unwrap_err();
    assert_eq!(
        (refused.kind(), refused.attempts()),
        (ErrorKind::InvalidInput, 0)
    );
    assert_eq!(server.requests().len(), 1);
}

/// The setters that take an `Option` change nothing without a value.
async fn options_are_sent_where_they_have_a_value() {
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let account = server.client().build().unwrap().account("a1");
    let resources = account.magic_cloud().resources();
    let none = None::<&str>;
    let list = resources
        .list()
        .page(2_u8)
        .maybe_page(None)
        .maybe_per_page(Some(5));
    list.maybe_region(None)
        .maybe_cloudflare(Some(true))
        .maybe_provider_id(Some("p1".into()))
        .resource_id(none)
        .search(Some("vpc"))
        .await
        .unwrap();
    assert_eq!(
        server.requests()[0].target,
        "/accounts/a1/magic/cloud/resources?page=2&per_page=5&cloudflare=true&provider_id=p1&search=vpc"
    );
}

tests::over_each_protocol! {
    what_the_types_lack_is_sent_and_read,
    options_are_sent_where_they_have_a_value,
    a_custom_request_is_sent_with_credentials_query_and_body,
    a_raw_response_is_not_decoded,
}
