//! Behaviours 88 and 89: how pages are counted, and lists whose pages say little or come again.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cloudflare_magic::api::ResourcesList;
use cloudflare_magic::{Call, Error, ErrorKind};
use serde_json::{Value, json};
use tests::server::{Recorded, Response, Server};

const PER_PAGE: u64 = 20;

/// A list of resources at a server.
fn list(server: &Server) -> Call<ResourcesList> {
    let client = server.client().build().unwrap();
    client.account("a1").magic_cloud().resources().list()
}

fn resource(number: u64) -> Value {
    json!({
        "account_id": "a1", "cloud_type": "AWS", "config": {}, "deployment_provider": "p1", "id": format!("r{number}"),
        "managed": false, "monthly_cost_estimate": {"currency": "USD", "monthly_cost": 1.5}, "name": "n", "native_id": "n",
        "observations": {}, "provider_ids": [], "provider_names_by_id": {}, "region": "eu", "resource_group": "",
        "resource_type": "aws_vpc", "sections": [], "state": {}, "tags": {}, "updated_at": "2026-07-20T08:00:00Z", "url": "u",
    })
}

fn respond(numbers: impl IntoIterator<Item = u64>, info: &Value) -> Response {
    let result: Vec<_> = numbers.into_iter().map(resource).collect();
    let mut body = json!({"success": true, "errors": [], "messages": [], "result": result});
    if !info.is_null() {
        body["result_info"] = info.clone();
    }
    Response::json(200, body.to_string())
}

fn requested(request: &Recorded) -> Option<u64> {
    let mut pairs = request.query().unwrap_or_default().split('&');
    let page = pairs.find_map(|pair| pair.strip_prefix("page="))?;
    Some(page.parse().unwrap())
}

/// The items on the page with this index, from 0.
fn items(index: u64, total: u64) -> std::ops::Range<u64> {
    let end = total.min((index + 1) * PER_PAGE);
    (index * PER_PAGE).min(end)..end
}

/// The numbers of the received items, and the error that ended them.
async fn drained(call: Call<ResourcesList>) -> (Vec<u64>, Option<Error>) {
    let mut items = call.items();
    let mut numbers = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => numbers.push(item.id.as_str()[1..].parse().unwrap()),
            Err(error) => return (numbers, Some(error)),
        }
    }
    (numbers, None)
}

/// A server that counts pages from `asked` in requests, and from `stated` in responses, with these totals.
async fn counting(asked: u64, stated: u64, total: u64, totals: fn(u64) -> Value) -> Server {
    Server::responding(move |_, request| {
        let index = requested(request).map_or(0, |page| page.saturating_sub(asked));
        let mut info = totals(total);
        info["page"] = json!(index + stated);
        respond(items(index, total), &info)
    })
    .await
    .unwrap()
}

/// What a service may say about the whole list.
const TOTALS: [fn(u64) -> Value; 4] = [
    |total| json!({"per_page": PER_PAGE, "total_count": total}),
    |total| json!({"per_page": PER_PAGE, "total_count": total, "total_pages": total.div_ceil(PER_PAGE)}),
    |total| json!({"total_count": total}),
    |_| json!({"per_page": PER_PAGE}),
];

async fn b88_all_items_are_read_whether_pages_count_from_zero_or_from_one() {
    for totals in TOTALS {
        for (asked, stated) in [(1, 1), (1, 0), (0, 0)] {
            for total in [0, 20, 21, 60] {
                let server = counting(asked, stated, total, totals).await;
                let (mut numbers, error) = drained(list(&server)).await;
                let about = format!("{asked} {stated} {total} {:?}", totals(total));
                assert!(error.is_none(), "{about}: {error:?}");
                numbers.sort_unstable();
                assert_eq!(numbers, (0..total).collect::<Vec<_>>(), "{about}");
            }
        }
    }
}

async fn b88_paging_begins_at_any_page() {
    for stated in [0, 1] {
        let server = counting(1, stated, 41, TOTALS[0]).await;
        for (page, first) in [(1, 0), (2, 20), (3, 40)] {
            let (numbers, error) = drained(list(&server).page(page)).await;
            assert!(error.is_none(), "{stated} {page}: {error:?}");
            assert_eq!(numbers, (first..41).collect::<Vec<_>>());
        }
    }
}

async fn b88_has_more_is_right_in_both() {
    for stated in [0, 1] {
        for totals in TOTALS {
            let server = counting(1, stated, 50, totals).await;
            let mut found = Vec::new();
            let mut pages = list(&server).pages();
            while let Some(page) = pages.next().await {
                found.push(page.unwrap().has_more());
            }
            assert_eq!(found, [true, true, false], "{stated}");
        }
        for totals in &TOTALS[..2] {
            let server = counting(1, stated, 40, *totals).await;
            let first = list(&server).await.unwrap();
            let last = list(&server).page(2).await.unwrap();
            assert_eq!((first.has_more(), last.has_more()), (true, false));
        }
    }
}

async fn b88_a_page_number_that_does_not_move_ends_the_list() {
    // It has new items each time, but it may be any part of the list.
    let server = Server::responding(|number, _| {
        let info = json!({"page": 0, "per_page": PER_PAGE, "total_count": 100});
        respond(items(number as u64, 100), &info)
    })
    .await
    .unwrap();
    let (numbers, error) = drained(list(&server)).await;
    assert_eq!(numbers.len(), 20);
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(
        error
            .to_string()
            .contains("page 2 was requested, but the response is page 0"),
        "{error}"
    );
}

async fn b89_without_result_info_pages_are_read_until_one_is_short() {
    for (total, requests) in [(0, 1), (5, 2), (20, 2), (41, 3), (40, 3)] {
        let server = Server::responding(move |_, request| {
            let index = requested(request).unwrap_or(1) - 1;
            respond(items(index, total), &Value::Null)
        })
        .await
        .unwrap();
        let (numbers, error) = drained(list(&server)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(numbers, (0..total).collect::<Vec<_>>());
        assert_eq!(server.requests().len(), requests, "{total}");
    }
}

async fn b89_a_list_that_repeats_itself_while_its_total_grows_ends() {
    // The page is ignored; each request adds items at the end, at the front, or only to the total.
    type Growth = fn(u64) -> (std::ops::Range<u64>, u64);
    let growths: [Growth; 4] = [
        |_| (0..20, 0),
        |request| (0..20, 20 * request),
        |request| (0..20, 1000 * request),
        // One new item in front, and the others pushed back.
        |request| (1000 - request..1020 - request, request),
    ];
    for growth in growths {
        let server = Server::responding(move |number, request| {
            let (numbers, grown) = growth(number as u64);
            let page = requested(request).unwrap_or(1);
            let info = json!({"page": page, "per_page": PER_PAGE, "total_count": 5000 + grown});
            respond(numbers, &info)
        })
        .await
        .unwrap();
        let (_, error) = drained(list(&server)).await;
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Incomplete, "{error}");
        assert!(server.requests().len() < 10);
    }
}

async fn b89_items_that_are_added_meanwhile_shift_others_and_none_is_lost() {
    let added = Arc::new(AtomicU64::new(0));
    let shared = Arc::clone(&added);
    let server = Server::responding(move |_, request| {
        // Two items are added in front before each request. The newest has the highest number.
        let total = 100 + shared.fetch_add(2, Ordering::Relaxed);
        let index = requested(request).unwrap_or(1) - 1;
        let info = json!({"page": index, "per_page": PER_PAGE, "total_count": total});
        respond(items(index, total).map(|place| total - 1 - place), &info)
    })
    .await
    .unwrap();
    let (mut numbers, error) = drained(list(&server)).await;
    assert!(error.is_none(), "{error:?}");
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, (0..100).collect::<Vec<_>>());
}

tests::over_each_protocol! {
    b88_all_items_are_read_whether_pages_count_from_zero_or_from_one,
    b88_paging_begins_at_any_page,
    b88_has_more_is_right_in_both,
    b88_a_page_number_that_does_not_move_ends_the_list,
    b89_without_result_info_pages_are_read_until_one_is_short,
    b89_a_list_that_repeats_itself_while_its_total_grows_ends,
    b89_items_that_are_added_meanwhile_shift_others_and_none_is_lost,
}
