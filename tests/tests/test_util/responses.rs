//! Responses by kind, in the service's envelope.

use cloudflare_magic::endpoint::{Empty, List, Raw, Single};
use cloudflare_magic::testing::{EMPTY_CAPTURE, MockTransport};
use cloudflare_magic::{Method, Pcap, PcapStatus, api};
use serde_json::Value;

use crate::{account, capture, provider, resource};

#[tokio::test]
async fn a_result_is_in_an_envelope() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    let response = account(&mock).pcaps().get("c1").send().await.unwrap();
    assert_eq!(response.value().status(), Some(&PcapStatus::Success));
    assert_eq!(response.status(), 200);
    assert_eq!(response.ray_id(), Some("0000000000000001-TST"));
    assert_eq!(response.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(
        (&body["success"], &body["errors"], &body["messages"]),
        (&true.into(), &Value::Array(vec![]), &Value::Array(vec![]))
    );
    assert_eq!(body["result"]["id"], "c1");
}

#[tokio::test]
async fn a_list_has_its_totals() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersList>()
        .returns([provider("p1"), provider("p2")]);
    mock.expect::<api::ProvidersList>().returns(Vec::new());
    let providers = account(&mock).magic_cloud().providers();
    let response = providers.list().send().await.unwrap();
    let info = response.result_info().unwrap();
    assert_eq!(
        (info.page, info.count, info.total_count, info.total_pages),
        (Some(1), Some(2), Some(2), Some(1))
    );
    assert_eq!(response.value()[1].id.as_str(), "p2");
    assert!(providers.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_paged_list_is_served_page_by_page() {
    let mock = MockTransport::new();
    let pages = [vec![resource("r1"), resource("r2")], vec![resource("r3")]];
    mock.expect::<api::ResourcesList>()
        .query("region", "eu-1")
        .returns_pages(pages);
    let resources = account(&mock).magic_cloud().resources();
    let mut items = resources.list().region("eu-1").items();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.unwrap().name);
    }
    assert_eq!(names, ["r1", "r2", "r3"]);
    assert_eq!(mock.requests().len(), 2);
    assert_eq!(mock.requests()[1].query_value("page"), Some("2"));
    mock.verify();

    // Requested by number, and each as often as the test sets.
    let pages = || [vec![resource("r1")], vec![resource("r2")]];
    mock.expect::<api::ResourcesList>()
        .times(2)
        .returns_pages(pages());
    for number in [2, 1, 1, 2] {
        let page = resources.list().page(number).await.unwrap();
        assert_eq!(page.items[0].name, format!("r{number}"));
        assert_eq!(page.has_more(), number == 1);
    }
    let error = resources.list().page(2).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert!(crate::report(&mock).contains("which is used up: it is expected 2 times"));
}

#[tokio::test]
async fn a_paged_list_can_be_one_page_or_none() {
    let mock = MockTransport::new();
    mock.expect::<api::ResourcesList>()
        .returns([resource("r1")]);
    mock.expect::<api::ResourcesList>().returns_pages([[]; 0]);
    let resources = account(&mock).magic_cloud().resources();
    let page = resources.list().await.unwrap();
    assert_eq!((page.items.len(), page.has_more()), (1, false));
    let page = resources.list().await.unwrap();
    assert_eq!((page.items.len(), page.has_more()), (0, false));
}

#[tokio::test]
async fn an_empty_success_and_files_are_responses_too() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsStop>().returns_nothing();
    mock.expect::<api::PcapsDownload>()
        .returns_bytes(EMPTY_CAPTURE);
    mock.expect::<api::ResourcesExport>()
        .returns_file("resources.csv", "id,name\n");
    let account = account(&mock);
    account.pcaps().stop("c1").await.unwrap();

    let file = account.pcaps().download("c1").await.unwrap();
    assert_eq!(file.content_type(), Some("application/vnd.tcpdump.pcap"));
    assert_eq!((file.content_length(), file.file_name()), (Some(24), None));
    assert_eq!(file.bytes(100).await.unwrap(), EMPTY_CAPTURE);

    let file = account.magic_cloud().resources().export().await.unwrap();
    assert_eq!(file.content_type(), Some("application/octet-stream"));
    assert_eq!(file.file_name().as_deref(), Some("resources.csv"));
    assert_eq!(file.bytes(100).await.unwrap(), "id,name\n");
}

/// The mock does not check the file: the client does.
#[tokio::test]
async fn a_body_that_is_not_a_capture_is_an_error_as_in_production() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsDownload>()
        .returns_bytes("no capture");
    assert!(account(&mock).pcaps().download("c1").await.is_err());
}

#[tokio::test]
async fn endpoints_without_a_method_are_expected_by_path() {
    const PATH: &str = "/accounts/{account_id}/names";
    let mock = MockTransport::new();
    mock.expect_request::<List<String>>(Method::GET, PATH)
        .path("account_id", "a1")
        .returns(["n".to_owned()]);
    mock.expect_request::<Single<u32>>(Method::PUT, "/zones")
        .body("n")
        .returns(7);
    mock.expect_request::<Empty>(Method::DELETE, "/zones/z1")
        .returns_nothing();
    mock.expect_request::<Raw>(Method::GET, "/zones")
        .query("a", "b&c")
        .returns_bytes("as it is");
    let client = mock.client();
    let names = client
        .request(Method::GET, "/accounts/a1/names")
        .list::<String>();
    assert_eq!(names.await.unwrap(), ["n"]);
    let number = client
        .request(Method::PUT, "/zones")
        .json(&"n")
        .result::<u32>();
    assert_eq!(number.await.unwrap(), 7);
    client
        .request(Method::DELETE, "/zones/z1")
        .empty()
        .await
        .unwrap();
    let raw = client
        .request(Method::GET, "/zones")
        .query("a", "b&c")
        .raw();
    assert_eq!(raw.await.unwrap(), "as it is");
}

/// The mock matches the sent request, as the service does.
#[tokio::test]
async fn it_does_not_matter_which_method_sends_the_request() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .times(2)
        .returns(capture("c1", "success"));
    let own = mock
        .client()
        .request(Method::GET, "/accounts/a1/pcaps/c1")
        .result::<Pcap>();
    let raw = account(&mock).pcaps().get("c1").raw();
    assert_eq!(own.await.unwrap().status(), Some(&PcapStatus::Success));
    assert!(raw.await.unwrap().starts_with(b"{"));
}
