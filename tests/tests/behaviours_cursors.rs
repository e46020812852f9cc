//! Behaviours 144 and 147: lists whose document states where cursors are, and lists inside the result.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed unwrap fails the test"
)]

use std::time::{Duration, Instant};

use cloudflare_magic::endpoint::{Custom, Paged};
use cloudflare_magic::{Call, Error, ErrorKind, Method};
use serde::Deserialize;
use serde_json::{Value, json};
use tests::server::{Recorded, Response, Server};

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Item {
    id: u64,
}

/// A page with these items and this next cursor. What else it says of pages is wrong, and must not be looked at.
fn respond(items: impl IntoIterator<Item = u64>, next: &Value) -> Response {
    let items: Vec<_> = items.into_iter().map(|id| json!({"id": id})).collect();
    let mut body = json!({
        "success": true, "errors": [], "messages": [], "result": items,
        "result_info": {"page": 1, "per_page": 2, "total_pages": 9, "cursor": "wrong"}, "paging": {},
    });
    if !next.is_null() {
        body["paging"]["next_token"] = next.clone();
    }
    Response::json(200, body.to_string())
}

/// The cursor of a request; with another parameter for it, or with the number of a page, the test fails.
fn cursor(request: &Recorded) -> Option<String> {
    let query = request.query().unwrap_or_default();
    assert!(
        !query.contains("page=") && !query.contains("cursor="),
        "{query}"
    );
    let mut tokens = query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("token="));
    let token = tokens.next().map(str::to_owned);
    assert!(
        tokens.next().is_none() && query.contains("colour=red"),
        "{query}"
    );
    token
}

fn list(server: &Server) -> Call<Custom<Paged<Item>>> {
    let client = server.client().build().unwrap();
    let request = client
        .request(Method::GET, "/things")
        .query("colour", "red");
    request
        .by_cursor("token", &["paging", "next_token"])
        .paged()
}

/// The ids of the received items, and the error that ended them.
async fn drained(call: Call<Custom<Paged<Item>>>) -> (Vec<u64>, Option<Error>) {
    let mut items = call.items();
    let mut numbers = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => numbers.push(item.id),
            Err(error) => {
                assert!(items.next().await.is_none(), "nothing follows an error");
                return (numbers, Some(error));
            }
        }
    }
    (numbers, None)
}

async fn b144_pages_follow_the_cursor_to_the_last() {
    for end in [json!(""), json!(null)] {
        let server = Server::responding(move |_, request| match cursor(request).as_deref() {
            None => respond(0..2, &json!("a b&c")),
            // An empty page in the middle of the list.
            Some("a%20b%26c") => respond(0..0, &json!("d/e")),
            Some("d%2Fe") => respond(2..3, &json!(7)),
            Some("7") => respond(3..5, &end),
            Some(other) => panic!("{other}"),
        });
        let server = server.await.unwrap();
        let (numbers, error) = drained(list(&server)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(numbers, (0..5).collect::<Vec<_>>());
        assert_eq!(server.requests().len(), 4);

        let first = list(&server).await.unwrap();
        assert_eq!(first.result_info.cursor.as_deref(), Some("a b&c"));
        assert!(first.has_more());
        let last = list(&server).query("token", "7").await.unwrap();
        assert!(!last.has_more() && last.items.len() == 2);
        let mut pages = list(&server).pages();
        let mut more = Vec::new();
        while let Some(page) = pages.next().await {
            more.push(page.unwrap().has_more());
        }
        assert_eq!(more, [true, true, false]);
    }
}

async fn b144_a_list_without_a_cursor_is_one_page() {
    // The page is full, and its numbers say that there are more.
    let server = Server::responding(|_, request| {
        assert_eq!(cursor(request), None);
        respond(0..2, &Value::Null)
    });
    let server = server.await.unwrap();
    let (numbers, error) = drained(list(&server)).await;
    assert!(error.is_none() && numbers == [0, 1], "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

async fn b144_paging_begins_at_the_cursor_of_the_call() {
    let server = Server::responding(|_, request| {
        let total = json!({"total_count": 4});
        let (items, next) = match cursor(request).as_deref() {
            Some("middle") => ([{ json!({"id": 2}) }], json!({"next_token": "z"})),
            Some("z") => ([{ json!({"id": 3}) }], json!({})),
            other => panic!("{other:?}"),
        };
        let body = json!({"success": true, "result": items, "result_info": total, "paging": next});
        Response::json(200, body.to_string())
    });
    let server = server.await.unwrap();
    // The total counts items before the cursor too: none is missing.
    let (numbers, error) = drained(list(&server).query("token", "middle")).await;
    assert!(error.is_none() && numbers == [2, 3], "{error:?}");
    let second = server.requests()[1].clone();
    assert_eq!(second.query(), Some("colour=red&token=z"));
}

async fn b144_a_cursor_that_comes_again_ends_the_list_with_an_error() {
    // Two cursors in turn, with new items each time, or always the same response.
    for same in [false, true] {
        let server = Server::responding(move |number, _| match (same, number as u64) {
            (true, _) => respond(0..2, &json!("x")),
            (false, number) => respond([number], &json!(["x", "y"][number as usize % 2])),
        });
        let server = server.await.unwrap();
        let (numbers, error) = drained(list(&server)).await;
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Incomplete, "{error}");
        let (items, requests) = if same { (2, 2) } else { (3, 3) };
        assert_eq!((numbers.len(), server.requests().len()), (items, requests));

        let (numbers, error) = drained(list(&server).allow_incomplete()).await;
        assert!(error.is_none() && !numbers.is_empty(), "{error:?}");
    }
}

async fn b144_what_is_no_cursor_is_an_error_and_not_the_end() {
    let server = Server::responding(|number, _| match number {
        0 => respond(0..1, &json!("a")),
        _ => respond(1..2, &json!({"token": "b"})),
    });
    let server = server.await.unwrap();
    let (numbers, error) = drained(list(&server)).await;
    let error = error.unwrap();
    assert_eq!(
        (numbers.as_slice(), error.kind()),
        (&[0][..], ErrorKind::Decode)
    );
    assert!(error.to_string().contains("paging.next_token"), "{error}");
}

async fn b144_an_error_on_a_later_page_ends_the_list_and_a_passing_one_does_not() {
    for (status, fails) in [(403, true), (503, false)] {
        let server = Server::responding(move |number, request| {
            if number == 1 {
                let body = r#"{"success":false,"errors":[{"code":7,"message":"no"}]}"#;
                return Response::json(status, body);
            }
            match cursor(request).as_deref() {
                None => respond(0..2, &json!("a")),
                Some(_) => respond(2..3, &Value::Null),
            }
        });
        let server = server.await.unwrap();
        let (numbers, error) = drained(list(&server)).await;
        assert_eq!(
            error.as_ref().map(Error::kind),
            fails.then_some(ErrorKind::Api)
        );
        assert_eq!(numbers.len(), if fails { 2 } else { 3 }, "{error:?}");
        if let Some(error) = error {
            assert_eq!(error.errors()[0].message(), "no");
        }
    }
}

async fn b144_each_page_has_the_limits_of_the_call() {
    let server = Server::responding(|number, _| match number {
        0 => respond(0..2, &json!("a")),
        _ => Response::silence(),
    });
    let server = server.await.unwrap();
    let begun = Instant::now();
    let (numbers, error) = drained(list(&server).deadline(Duration::from_millis(400))).await;
    assert!(matches!(error.unwrap().kind(), ErrorKind::Timeout { .. }));
    assert!(numbers == [0, 1] && begun.elapsed() < Duration::from_secs(10));

    let server = Server::responding(|_, _| respond(0..500, &json!("a")));
    let server = server.await.unwrap();
    let (_, error) = drained(list(&server).max_body_size(1000)).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::BodyTooLarge);
}

/// What else the result has says nothing of the list, but where nothing beside the result does.
async fn b147_a_list_inside_the_result_is_paged_by_cursor_and_by_number() {
    let page = |items: &[u64], more: Value| {
        let items: Vec<_> = items.iter().map(|id| json!({"id": id})).collect();
        let mut result = json!({"items": items, "truncated": true, "page": "no number"});
        for (key, value) in more.as_object().unwrap() {
            result[key] = value.clone();
        }
        json!({"success": true, "errors": [], "messages": [], "result": result})
    };
    let request = |server: &Server| {
        let client = server.client().build().unwrap();
        client.request(Method::GET, "/things").list_key("items")
    };
    let server = Server::responding(move |_, request| {
        let body = match request.query() {
            None => page(&[0, 1], json!({"next": "a"})),
            Some("token=a") => page(&[], json!({"next": "b"})),
            Some("token=b") => page(&[2], json!({"next": ""})),
            other => panic!("{other:?}"),
        };
        Response::json(200, body.to_string())
    });
    let server = server.await.unwrap();
    let list = request(&server).by_cursor("token", &["result", "next"]);
    let (numbers, error) = drained(list.paged()).await;
    assert!(
        error.is_none() && numbers == [0, 1, 2],
        "{error:?} {numbers:?}"
    );

    // Where the totals are: inside the result, beside it, or some here and some there.
    for beside in [&[][..], &["page", "per_page", "total_count"], &["per_page"]] {
        let server = Server::responding(move |_, request| {
            let (number, items): (u64, &[u64]) = match request.query() {
                None | Some("page=1") => (1, &[0, 1]),
                Some("page=2") => (2, &[2]),
                other => panic!("{other:?}"),
            };
            // Neither is a cursor.
            let mut body = page(items, json!({"cursor": {"line": 1}, "cursors": [7]}));
            body["result_info"] = json!({});
            for (key, value) in [("page", number), ("per_page", 2), ("total_count", 3)] {
                let is_beside = beside.contains(&key);
                body[if is_beside { "result_info" } else { "result" }][key] = value.into();
            }
            Response::json(200, body.to_string())
        });
        let server = server.await.unwrap();
        let (numbers, error) = drained(request(&server).paged()).await;
        assert!(error.is_none() && numbers == [0, 1, 2], "{error:?}");
        assert_eq!(server.requests().len(), 2);
        // One page is not the list.
        let part = request(&server).list::<Item>().await.unwrap_err();
        assert_eq!(part.kind(), ErrorKind::Incomplete, "{part}");
        assert_eq!(part.last_value::<Vec<Item>>().unwrap().len(), 2);
    }
}

async fn b147_a_result_without_its_list_is_an_error_with_the_place() {
    for (result, expected) in [
        (json!({"items": null}), None),
        (json!(null), None),
        (json!({"count": 0}), Some("result: `items` is missing")),
        (
            json!([{"id": 1}]),
            Some("result: expected an object, found an array"),
        ),
        (
            json!({"items": [{"id": 1}, {"id": "x"}]}),
            Some("result.items[1].id: "),
        ),
        (
            json!({"items": {}}),
            Some("result.items: expected an array"),
        ),
    ] {
        let body = json!({"success": true, "result": result}).to_string();
        let server = Server::responding(move |_, _| Response::json(200, body.clone()));
        let server = server.await.unwrap();
        let client = server.client().build().unwrap();
        let request = client.request(Method::GET, "/things").list_key("items");
        match (request.list::<Item>().await, expected) {
            (Ok(items), None) => assert!(items.is_empty()),
            (Err(error), Some(expected)) => {
                assert_eq!(error.kind(), ErrorKind::Decode);
                assert!(error.to_string().contains(expected), "{error}");
            }
            other => panic!("{result}: {other:?}"),
        }
    }
}

tests::over_each_protocol! {
    b144_pages_follow_the_cursor_to_the_last,
    b144_a_list_without_a_cursor_is_one_page,
    b144_paging_begins_at_the_cursor_of_the_call,
    b144_a_cursor_that_comes_again_ends_the_list_with_an_error,
    b144_what_is_no_cursor_is_an_error_and_not_the_end,
    b144_an_error_on_a_later_page_ends_the_list_and_a_passing_one_does_not,
    b144_each_page_has_the_limits_of_the_call,
    b147_a_list_inside_the_result_is_paged_by_cursor_and_by_number,
    b147_a_result_without_its_list_is_an_error_with_the_place,
}
