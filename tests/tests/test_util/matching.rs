//! Which requests match an expectation, and which do not.

use cloudflare_magic::endpoint::Raw;
use cloudflare_magic::testing::MockTransport;
use cloudflare_magic::{
    Client, CloudType, CreateProvider, Method, PcapId, PcapRequest, SimplePcapRequest,
    UpdateProvider, api,
};
use serde_json::{Value, json};

use crate::{account, capture, panic_of, provider, report};

#[tokio::test]
async fn path_query_and_header_are_conditions() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersGet>()
        .path("provider_id", "p1")
        .query("status", true)
        .returns(provider("one"));
    mock.expect::<api::ProvidersGet>()
        .header("X-Trace", "t")
        .returns(provider("two"));
    mock.expect::<api::ProvidersGet>()
        .path("account_id", "a1")
        .returns(provider("three"));
    let providers = account(&mock).magic_cloud().providers();
    for (call, expected) in [
        (providers.get("p2"), "three"),
        (providers.get("p1").header("x-trace", "t"), "two"),
        (providers.get("p1").status(true), "one"),
    ] {
        assert_eq!(call.await.unwrap().id.as_str(), expected);
    }
}

#[tokio::test]
async fn each_value_of_a_repeated_parameter_matches() {
    let mock = MockTransport::new();
    mock.expect::<api::ResourcesList>()
        .query("search", "a b")
        .query("search", "c&d")
        .returns([]);
    let resources = account(&mock).magic_cloud().resources();
    resources.list().search(["a b", "x", "c&d"]).await.unwrap();
    mock.verify();
    mock.expect::<api::ResourcesList>()
        .query("search", "a")
        .query("search", "c")
        .returns([]);
    let _ = resources.list().search(["a"]).await.unwrap_err();
    let report = report(&mock);
    assert!(
        report.contains("query `search`\n    expected \"c\"\n    sent     \"a\"\n"),
        "{report}"
    );
}

#[tokio::test]
async fn a_body_is_expected_as_the_type_that_is_sent() {
    let mock = MockTransport::new();
    let request = || {
        SimplePcapRequest::builder()
            .packet_limit(100)
            .time_limit(60)
            .build()
    };
    mock.expect::<api::PcapsCreate>()
        .body(PcapRequest::from(request()))
        .returns(capture("c1", "pending"));
    mock.expect::<api::PcapsCreate>()
        .body(request())
        .returns(capture("c1", "pending"));
    let pcaps = account(&mock).pcaps();
    for _ in 0..2 {
        pcaps.create(request()).await.unwrap();
    }
}

#[tokio::test]
async fn the_whole_body_is_compared_or_only_named_fields() {
    let mock = MockTransport::new();
    let named = json!({"friendly_name": "n"});
    mock.expect::<api::ProvidersPatch>()
        .body_includes(&named)
        .times(2)
        .returns(provider("p1"));
    mock.expect::<api::ProvidersPatch>()
        .body(&named)
        .returns(provider("p1"));
    let providers = account(&mock).magic_cloud().providers();
    let named = UpdateProvider::new().friendly_name("n");
    for body in [named.clone().description("d"), named.clone(), named.clone()] {
        providers.patch("p1", body).await.unwrap();
    }
    mock.verify();
    mock.expect::<api::ProvidersPatch>()
        .body(UpdateProvider::new().description("d"))
        .returns(provider("p1"));
    let _ = providers
        .patch("p1", named.description("d"))
        .await
        .unwrap_err();
    let report = report(&mock);
    assert!(
        report.contains("body.friendly_name\n    expected nothing\n    sent     \"n\"\n"),
        "{report}"
    );
}

#[tokio::test]
async fn a_request_without_a_body_has_none() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsStop>()
        .body(json!({}))
        .returns_nothing();
    let _ = account(&mock).pcaps().stop("c1").await.unwrap_err();
    let report = report(&mock);
    assert!(
        report.contains("  body\n    expected {}\n    sent     nothing"),
        "{report}"
    );
}

#[tokio::test]
async fn a_custom_check_is_a_condition() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersList>()
        .times(..)
        .matching("no query", |request| request.query().is_empty())
        .returns([]);
    let providers = account(&mock).magic_cloud().providers();
    providers.list().await.unwrap();
    let _ = providers.list().status(true).await.unwrap_err();
    let report = report(&mock);
    assert!(
        report.contains("request\n    expected no query\n"),
        "{report}"
    );
}

/// A list and a create share their path.
#[tokio::test]
async fn the_method_is_compared() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsCreate>()
        .returns(capture("c1", "pending"));
    mock.expect::<api::PcapsList>().returns([]);
    assert!(account(&mock).pcaps().list().await.unwrap().is_empty());
    let request = SimplePcapRequest::builder()
        .packet_limit(100)
        .time_limit(60)
        .build();
    account(&mock).pcaps().create(request).await.unwrap();
}

#[tokio::test]
async fn the_whole_path_is_compared() {
    let mock = MockTransport::new();
    mock.expect_request::<Raw>(Method::GET, "/zones")
        .times(..)
        .returns_bytes("all");
    let client = mock.client();
    client.request(Method::GET, "/zones").raw().await.unwrap();
    let other = client.request(Method::GET, "/accounts/a1/zones").raw();
    let _ = other.await.unwrap_err();
    assert!(report(&mock).contains("GET /accounts/a1/zones"));
}

/// The path with `ownership` in place of an id is that of another operation.
#[tokio::test]
async fn a_literal_is_not_taken_for_an_id() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .times(..)
        .returns(capture("c1", "success"));
    mock.expect::<api::OwnershipList>().returns([]);
    account(&mock).pcaps().ownership().list().await.unwrap();
    mock.verify();
}

#[tokio::test]
async fn expectations_are_served_in_order_and_used_up() {
    let mock = MockTransport::new();
    for status in ["pending", "running"] {
        mock.expect::<api::PcapsGet>()
            .returns(capture("c1", status));
    }
    mock.expect::<api::PcapsGet>()
        .path("pcap_id", PcapId::from("c2"))
        .returns(capture("c2", "failed"));
    mock.expect::<api::PcapsGet>()
        .times(1..)
        .returns(capture("c1", "success"));
    let pcaps = account(&mock).pcaps();
    let mut seen = Vec::new();
    for id in ["c1", "c1", "c1", "c2", "c2", "c1"] {
        seen.push(pcaps.get(id).await.unwrap().status().unwrap().to_string());
    }
    assert_eq!(
        seen,
        [
            "pending", "running", "success", "failed", "success", "success"
        ]
    );
}

#[tokio::test]
async fn a_clone_of_an_expectation_can_have_another_response() {
    let mock = MockTransport::new();
    let stop = mock.expect::<api::PcapsStop>().path("pcap_id", "c1");
    stop.clone().fails(500, 1001, "busy");
    stop.returns_nothing();
    account(&mock).pcaps().stop("c1").await.unwrap();
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn an_application_keeps_its_own_settings() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsList>().returns([]);
    let builder = Client::builder()
        .api_key("a@b.example", "HUSH")
        .base_url("https://proxy.example/cloudflare/v9")
        .user_agent_suffix("app/1");
    let client = mock.install(builder).build().unwrap();
    client.account("a1").pcaps().list().await.unwrap();
    let request = &mock.requests()[0];
    assert_eq!(request.path(), "/cloudflare/v9/accounts/a1/pcaps");
    let agent = request.header("user-agent").unwrap();
    assert!(agent.ends_with("app/1"), "{agent}");
    assert!(!format!("{request:?}").contains("HUSH"));
    for name in ["authorization", "x-auth-key", "x-auth-email"] {
        assert_eq!(request.header(name), None);
    }
}

#[tokio::test]
async fn requests_can_be_read() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersCreate>()
        .returns(provider("p1"));
    let providers = account(&mock).magic_cloud().providers();
    let create = CreateProvider::new(CloudType::Aws, "n").description("d");
    providers
        .create(create.clone())
        .header("x-mine", "m")
        .await
        .unwrap();
    let [request] = mock.requests().try_into().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.path(), "/accounts/a1/magic/cloud/providers");
    assert_eq!(request.header("x-mine"), Some("m"));
    assert_eq!(request.json::<CreateProvider>(), create);
    assert_eq!(request.json::<Value>()["friendly_name"], "n");
    assert_eq!(request.header("authorization"), None);
}

#[test]
fn an_expectation_that_can_match_nothing_panics_at_once() {
    let mock = MockTransport::new();
    let get = || mock.expect::<api::PcapsGet>();
    assert_eq!(
        panic_of(|| drop(get().path("provider_id", "p1"))),
        "`GET /accounts/{account_id}/pcaps/{pcap_id}` has no path parameter `provider_id`"
    );
    assert_eq!(
        panic_of(|| drop(get().header("a b", ""))),
        "`a b` is not a header name"
    );
    for name in ["Authorization", "X-Auth-Key", "cookie"] {
        assert!(
            panic_of(|| drop(get().header(name, "HUSH"))).ends_with("which a mock does not store")
        );
    }
    type Anything = cloudflare_magic::endpoint::Custom<Raw>;
    assert!(panic_of(|| drop(mock.expect::<Anything>())).contains("expect_request"));
    for path in ["", "/", "zones", "/zones/", "/a//b"] {
        let expect = || drop(mock.expect_request::<Raw>(Method::GET, path));
        assert!(
            panic_of(expect).ends_with("is not a valid path of a request"),
            "{path}"
        );
    }
    let keys = std::collections::BTreeMap::from([((1, 2), 3)]);
    assert!(panic_of(|| drop(get().body(&keys))).starts_with("this cannot be written as JSON: "));
    mock.verify();
}
