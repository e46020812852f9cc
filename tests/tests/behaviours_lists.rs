//! Behaviours 90 and 91: lists of which the service sends only a part, and lists of custom requests.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed unwrap fails the test"
)]

use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::{Client, CustomRequest, Error, ErrorKind, Method, Provider};
use serde::Deserialize;
use serde_json::{Value, json};
use tests::server::{Response, Server};

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Item {
    id: u64,
}

fn respond(result: &Value, info: &Value) -> Response {
    let body = json!({"success": true, "errors": [], "messages": [], "result": result, "result_info": info});
    Response::json(200, body.to_string())
}

async fn account(result: &Value, info: &Value) -> (Server, Account) {
    let (result, info) = (result.clone(), info.clone());
    let server = Server::responding(move |_, _| respond(&result, &info));
    let server = server.await.unwrap();
    let account = server.client().build().unwrap().account("a1");
    (server, account)
}

fn providers() -> Value {
    json!([{
        "id": "p1", "cloud_type": "AWS", "friendly_name": "n", "last_updated": "", "lifecycle_state": "ACTIVE",
        "state": "SUCCEEDED", "state_v2": "SUCCEEDED",
    }])
}

async fn b90_an_incomplete_list_carries_its_items_and_can_be_allowed() {
    for info in [
        json!({"count": 1, "total_count": 7}),
        json!({"total_pages": 2}),
        json!({"cursors": {"after": "c"}}),
    ] {
        let (_server, account) = account(&providers(), &info).await;
        let list = account.magic_cloud().providers().list();
        let error = list.clone().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Incomplete);
        let items = error.last_value::<Vec<Provider>>().unwrap();
        assert_eq!(items[0].id.as_str(), "p1");
        assert!(!format!("{error:?} {error:#?}").contains("p1"));
        assert!(std::error::Error::source(&error).is_none());

        let response = list.allow_incomplete().send().await.unwrap();
        assert_eq!(response.value(), items);
        assert!(response.result_info().is_some());
    }
}

async fn b90_totals_that_count_something_else_do_not_make_a_list_incomplete() {
    let info =
        json!({"count": 1, "page": 1, "per_page": 20, "total_count": 2000, "total_pages": 100});
    let pcaps = json!([{"id": "c1", "type": "simple", "status": "success"}]);
    let (_server, found) = account(&pcaps, &info).await;
    let response = found.pcaps().list().send().await.unwrap();
    assert_eq!(response.value().len(), 1);
    assert_eq!(response.result_info().unwrap().total_count, Some(2000));

    let bucket = json!([{
        "id": "b1", "status": "success", "submitted": "", "validated": "", "filename": "f", "destination_conf": "gs://b",
    }]);
    let (_server, found) = account(&bucket, &info).await;
    let ownership = found.pcaps().ownership();
    let response = ownership.list().send().await.unwrap();
    assert_eq!(response.value().len(), 1);
    assert_eq!(response.result_info().unwrap().total_count, Some(2000));
    let waiter = ownership.wait_until_validated("b1");
    assert!(waiter.interval(Duration::from_millis(1)).await.is_ok());

    // A cursor counts nothing: it shows that there is more.
    let (_server, found) = account(&pcaps, &json!({"cursor": "c"})).await;
    let error = found.pcaps().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
}

async fn b90_pages_that_are_incomplete_can_be_allowed() {
    let info = json!({"page": 1, "per_page": 50, "total_count": 30});
    let (server, _) = account(&json!([{"id": 1}]), &info).await;
    // Its second page would be the first one again.
    let client = server.client().build().unwrap();
    let (items, error) = drained(request(&client).items()).await;
    assert_eq!(items, [1]);
    assert_eq!(error.unwrap().kind(), ErrorKind::Incomplete);
    let allowed = request(&client).paged().allow_incomplete();
    let (items, error) = drained(allowed.items()).await;
    assert_eq!(items, [1]);
    assert!(error.is_none(), "{error:?}");
}

fn request(client: &Client) -> CustomRequest {
    client
        .request(Method::GET, "/things")
        .query("colour", "red")
}

/// The ids of the received items, and the error that ended them.
async fn drained(mut items: cloudflare_magic::Items<Item>) -> (Vec<u64>, Option<Error>) {
    let mut numbers = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => numbers.push(item.id),
            Err(error) => return (numbers, Some(error)),
        }
    }
    (numbers, None)
}

/// Pages of two items each, three pages.
fn items(index: u64) -> Value {
    json!([{"id": index * 2}, {"id": index * 2 + 1}])
}

async fn b91_custom_requests_have_pages_and_items() {
    let server = Server::responding(|_, request| {
        let pairs = request.query().unwrap_or_default().split('&');
        let mut pages = pairs.filter_map(|pair| pair.strip_prefix("page="));
        let page: u64 = pages.next().map_or(1, |page| page.parse().unwrap());
        assert!(pages.next().is_none());
        respond(
            &items(page - 1),
            &json!({"page": page, "per_page": 2, "total_count": 6}),
        )
    })
    .await
    .unwrap();
    let client = server.client().build().unwrap();
    let (numbers, error) = drained(request(&client).items()).await;
    assert_eq!(numbers, (0..6).collect::<Vec<_>>());
    assert!(error.is_none(), "{error:?}");
    assert_eq!(server.requests()[2].target, "/things?colour=red&page=3");

    let second = request(&client).query("page", 2);
    let page = second.paged::<Item>().await.unwrap();
    assert_eq!((page.items[0].id, page.has_more()), (2, true));
    let last = request(&client).query("page", 3);
    assert!(!last.paged::<Item>().await.unwrap().has_more());

    let mut pages = request(&client).pages::<Item>();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.items, [Item { id: 0 }, Item { id: 1 }]);

    // A whole list of such an endpoint is not whole.
    let error = request(&client).list::<Item>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    let some = error.last_value::<Vec<Item>>().unwrap();
    assert_eq!(some.len(), 2);
}

async fn b91_pages_follow_cursors() {
    for nested in [false, true] {
        let server = Server::responding(move |_, request| {
            let query = request.query().unwrap_or_default();
            let (index, next) = match query.split_once("cursor=").map(|(_, cursor)| cursor) {
                None => (0, "a%26b"),
                Some("a%2526b") => (1, "c/d="),
                Some("c%2Fd%3D") => (2, ""),
                Some(cursor) => panic!("{cursor}"),
            };
            let info = match nested {
                false => json!({"cursor": next, "count": 2}),
                true => json!({"cursors": {"after": next}}),
            };
            respond(&items(index), &info)
        })
        .await
        .unwrap();
        let client = server.client().build().unwrap();
        let (numbers, error) = drained(request(&client).items()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(numbers, (0..6).collect::<Vec<_>>());
        assert_eq!(server.requests().len(), 3);
        let page = request(&client).paged::<Item>().await.unwrap();
        assert!(page.has_more());
        assert_eq!(page.result_info.cursor.as_deref(), Some("a%26b"));

        let error = request(&client).list::<Item>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Incomplete);
        assert!(error.to_string().contains("cursor"), "{error}");
        let some = error.last_value::<Vec<Item>>().unwrap();
        assert_eq!(some.len(), 2);
        let some = request(&client).list::<Item>().allow_incomplete().await;
        assert_eq!(some.unwrap().len(), 2);
    }
}

async fn b91_a_cursor_that_comes_again_ends_the_list() {
    // The items are new each time, or the same.
    for same in [false, true] {
        let server = Server::responding(move |number, _| {
            let index = if same { 0 } else { number as u64 };
            respond(&items(index), &json!({"cursor": "c"}))
        })
        .await
        .unwrap();
        let client = server.client().build().unwrap();
        let (_, error) = drained(request(&client).items()).await;
        assert_eq!(error.unwrap().kind(), ErrorKind::Incomplete);
        assert_eq!(server.requests().len(), 2);
    }
}

tests::over_each_protocol! {
    b90_an_incomplete_list_carries_its_items_and_can_be_allowed,
    b90_totals_that_count_something_else_do_not_make_a_list_incomplete,
    b90_pages_that_are_incomplete_can_be_allowed,
    b91_custom_requests_have_pages_and_items,
    b91_pages_follow_cursors,
    b91_a_cursor_that_comes_again_ends_the_list,
}
