//! Behaviours 48 to 50: lists over several pages.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cloudflare_magic::api::ResourcesList;
use cloudflare_magic::{Call, Error, ErrorKind, Resource};
use futures_core::Stream;
use serde_json::{Value, json};
use tests::server::{Recorded, Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// A list of resources at a server.
fn list(server: &Server) -> Call<ResourcesList> {
    let client = server.client().build().unwrap();
    client.account(ACCOUNT).magic_cloud().resources().list()
}

fn resource(number: u64) -> Value {
    json!({
        "account_id": ACCOUNT, "cloud_type": "AWS", "config": {}, "deployment_provider": "p1", "id": format!("r{number}"),
        "managed": false, "monthly_cost_estimate": {"currency": "USD", "monthly_cost": 1.5}, "name": "n", "native_id": "n",
        "observations": {}, "provider_ids": [], "provider_names_by_id": {}, "region": "eu", "resource_group": "",
        "resource_type": "aws_vpc", "sections": [], "state": {}, "tags": {}, "updated_at": "2026-07-20T08:00:00Z", "url": "u",
    })
}

fn respond(numbers: impl IntoIterator<Item = u64>, info: &Value) -> Response {
    let result: Vec<_> = numbers.into_iter().map(resource).collect();
    let body = json!({"success": true, "errors": [], "messages": [], "result": result, "result_info": info});
    Response::json(200, body.to_string())
}

fn page(request: &Recorded) -> u64 {
    let query = request.query().unwrap_or_default();
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    page.map_or(1, |page| page.parse().unwrap())
}

/// A server that pages correctly: 20 items on a page.
async fn honest(total: u64) -> Server {
    Server::responding(move |_, request| {
        let page = page(request);
        let numbers = (page - 1) * 20..(page * 20).min(total).max((page - 1) * 20);
        let count = numbers.end - numbers.start;
        let info = json!({"page": page, "per_page": 20, "count": count, "total_count": total});
        respond(numbers, &info)
    })
    .await
    .unwrap()
}

/// The numbers of the received items, and the error that ended them.
async fn drained(call: Call<ResourcesList>) -> (Vec<u64>, Option<Error>) {
    let mut items = call.items();
    let mut numbers = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => numbers.push(number(&item)),
            Err(error) => {
                assert!(items.next().await.is_none(), "nothing follows an error");
                return (numbers, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none(), "nothing follows the end");
    (numbers, None)
}

fn number(resource: &Resource) -> u64 {
    resource.id.as_str()[1..].parse().unwrap()
}

async fn b50_all_pages_are_read_and_none_beyond_the_last_is_requested() {
    for (total, requests) in [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3)] {
        let server = honest(total).await;
        let (numbers, error) = drained(list(&server)).await;
        assert_eq!(numbers, (0..total).collect::<Vec<_>>());
        assert!(error.is_none(), "{error:?}");
        assert_eq!(server.requests().len(), requests, "{total} items");
    }
}

async fn b50_pages_keep_the_settings_of_the_call() {
    let server = honest(41).await;
    let call = list(&server).region("eu west").header("x-mine", "a");
    let mut pages = call.pages();
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        counts.push((page.result_info.page, page.items.len()));
    }
    assert_eq!(counts, [(Some(1), 20), (Some(2), 20), (Some(3), 1)]);
    let queries: Vec<_> = server
        .requests()
        .iter()
        .map(|request| {
            assert_eq!(request.header("x-mine"), Some("a"));
            request.query().unwrap().to_owned()
        })
        .collect();
    assert_eq!(
        queries,
        [
            "region=eu%20west",
            "region=eu%20west&page=2",
            "region=eu%20west&page=3"
        ]
    );
}

async fn b50_paging_begins_at_the_page_of_the_call() {
    let server = honest(41).await;
    let (numbers, error) = drained(list(&server).page(2)).await;
    assert_eq!(numbers, (20..41).collect::<Vec<_>>());
    assert!(error.is_none());
    let requests: Vec<_> = server.requests().iter().map(page).collect();
    assert_eq!(requests, [2, 3]);
    // A page beyond the end is empty, which is not an error.
    assert_eq!(drained(list(&server).page(9)).await.0, Vec::<u64>::new());
}

async fn b50_no_page_is_requested_before_it_is_awaited() {
    let server = honest(41).await;
    let mut items = list(&server).items();
    assert!(server.requests().is_empty());
    for _ in 0..20 {
        items.next().await.unwrap().unwrap();
    }
    assert_eq!(server.requests().len(), 1);
}

async fn b50_without_totals_a_full_page_is_followed_by_another() {
    let server = Server::responding(|_, request| {
        let (page, count) = match page(request) {
            1 => (1, 2),
            2 => (2, 2),
            page => (page, 0),
        };
        respond(page * 10..page * 10 + count, &json!({"per_page": 2}))
    })
    .await
    .unwrap();
    let (numbers, error) = drained(list(&server)).await;
    assert_eq!(numbers, [10, 11, 20, 21]);
    assert!(error.is_none());
    // Here only an empty page shows the end.
    assert_eq!(server.requests().len(), 3);

    let silent = Server::start([respond(0..3, &Value::Null)]).await.unwrap();
    assert_eq!(drained(list(&silent)).await.0, [0, 1, 2]);
}

async fn b50_items_that_vanish_between_pages_are_not_an_error() {
    let total = Arc::new(AtomicU64::new(41));
    let shared = Arc::clone(&total);
    let server = Server::responding(move |_, request| {
        let total = shared.load(Ordering::Relaxed);
        let page = page(request);
        let start = ((page - 1) * 20).min(total);
        let info = json!({"page": page, "per_page": 20, "total_count": total});
        respond(start..(page * 20).min(total), &info)
    })
    .await
    .unwrap();
    let mut items = list(&server).items();
    for _ in 0..20 {
        items.next().await.unwrap().unwrap();
    }
    total.store(15, Ordering::Relaxed);
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

async fn b48_a_server_that_ignores_the_page_does_not_loop() {
    // It sends the number of the page; or it repeats the requested number; or it sends no number.
    let infos: [fn(u64) -> Value; 4] = [
        |_| json!({"page": 1, "per_page": 2, "total_count": 9}),
        |page| json!({"page": page, "per_page": 2, "total_count": 9}),
        |page| json!({"page": page, "total_pages": 1000}),
        |_| json!({"per_page": 2}),
    ];
    for info in infos {
        let server = Server::responding(move |_, request| respond(0..2, &info(page(request))))
            .await
            .unwrap();
        let (numbers, error) = drained(list(&server)).await;
        assert_eq!(numbers, [0, 1], "a repeated page is not returned twice");
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Incomplete);
        assert_eq!(error.operation(), Some("magic_cloud.resources.list"));
        assert!(
            error.to_string().contains("page 2 was requested"),
            "{error}"
        );
        assert_eq!(server.requests().len(), 2);
    }
}

async fn b48_another_first_page_than_the_requested_one_is_an_error() {
    let info = json!({"page": 1, "per_page": 20, "total_count": 90});
    let server = Server::start([respond(0..20, &info)]).await.unwrap();
    let (numbers, error) = drained(list(&server).page(3)).await;
    assert!(numbers.is_empty());
    assert_eq!(error.unwrap().kind(), ErrorKind::Incomplete);
}

async fn b49_a_list_with_fewer_items_than_its_total_is_an_error_at_its_end() {
    // The service says fifty items per page, but sends ten.
    let info = json!({"page": 1, "per_page": 50, "total_count": 30, "total_pages": 1});
    let server = Server::start([respond(0..10, &info)]).await.unwrap();
    let (numbers, error) = drained(list(&server)).await;
    assert_eq!(
        numbers.len(),
        10,
        "the received items are returned first, then the error"
    );
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(error.to_string().contains("30 items"), "{error}");

    // A gap in the middle.
    let server = Server::responding(|_, request| {
        let page = page(request);
        let count = if page == 2 { 0 } else { 2 };
        respond(
            page * 2..page * 2 + count,
            &json!({"page": page, "total_pages": 3}),
        )
    })
    .await
    .unwrap();
    let (numbers, error) = drained(list(&server)).await;
    assert_eq!(numbers, [2, 3]);
    assert!(error.unwrap().to_string().contains("page 2 of 3 is empty"));
}

async fn b49_an_error_between_pages_ends_the_stream() {
    let info = json!({"page": 1, "per_page": 2, "total_count": 4});
    let refused = Response::json(
        403,
        r#"{"success":false,"errors":[{"code":10000,"message":"no"}]}"#,
    );
    let server = Server::start([respond(0..2, &info), refused])
        .await
        .unwrap();
    let (numbers, error) = drained(list(&server)).await;
    assert_eq!(numbers, [0, 1]);
    assert_eq!(error.unwrap().status().unwrap().as_u16(), 403);
    assert_eq!(server.requests().len(), 2);
}

async fn they_are_streams_that_can_be_sent_between_threads() {
    async fn second<T, S: Stream<Item = Result<T, Error>> + Send + Unpin + 'static>(
        mut stream: S,
    ) -> T {
        let mut next =
            async || std::future::poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await;
        next().await.unwrap().unwrap();
        next().await.unwrap().unwrap()
    }
    let server = honest(41).await;
    assert_eq!(number(&second(list(&server).items()).await), 1);
    let pages = second(list(&server).pages());
    assert_eq!(number(&tokio::spawn(pages).await.unwrap().items[0]), 20);
}

tests::over_each_protocol! {
    b50_all_pages_are_read_and_none_beyond_the_last_is_requested,
    b50_pages_keep_the_settings_of_the_call,
    b50_paging_begins_at_the_page_of_the_call,
    b50_no_page_is_requested_before_it_is_awaited,
    b50_without_totals_a_full_page_is_followed_by_another,
    b50_items_that_vanish_between_pages_are_not_an_error,
    b48_a_server_that_ignores_the_page_does_not_loop,
    b48_another_first_page_than_the_requested_one_is_an_error,
    b49_a_list_with_fewer_items_than_its_total_is_an_error_at_its_end,
    b49_an_error_between_pages_ends_the_stream,
    they_are_streams_that_can_be_sent_between_threads,
}
