//! Properties that hold for all inputs, where a table of cases could miss one.
//!
//! In: generated texts and bytes. Out: nothing. Calls are sent over a real socket.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed step fails the test"
)]

use std::cell::Cell;
use std::fmt::Debug;

use cloudflare_magic::api::Account;
use cloudflare_magic::{CloudType, CreateProvider, Error, ErrorKind, Method, Pcap};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};
use serde_json::{Map, Value};
use tests::query::pairs;
use tests::scripted::{Outcome, Scripted};
use tests::server::{Recorded, Response, Server};
use tokio::runtime::{Builder, Runtime};

/// A server that sends one response to every request, and an account to call it with.
struct Rig {
    runtime: Runtime,
    server: Server,
    account: Account,
    seen: Cell<usize>,
}

impl Rig {
    fn responding(response: Response) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let server = runtime.block_on(Server::responding(move |_, _| response.clone()));
        let server = server.unwrap();
        let account = server.client().build().unwrap().account("a");
        Self {
            runtime,
            server,
            account,
            seen: Cell::new(0),
        }
    }

    /// Sends a call, and returns its result and the requests that it caused.
    fn send<T>(
        &self,
        call: impl IntoFuture<Output = Result<T, Error>>,
    ) -> (Result<T, Error>, Vec<Recorded>) {
        let result = self.runtime.block_on(call.into_future());
        let mut requests = self.server.requests();
        let new = requests.split_off(self.seen.get());
        self.seen.set(self.seen.get() + new.len());
        (result, new)
    }
}

/// Fails with the smallest input for which the test fails.
fn for_all<T: Debug>(inputs: impl Strategy<Value = T>, test: impl Fn(T) -> TestCaseResult) {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if let Err(failure) = TestRunner::new(config).run(&inputs, test) {
        panic!("{failure}");
    }
}

/// Texts that are special in a path, a query or a header.
const PIECES: &[&str] = &[
    ".",
    "..",
    "/",
    "\\",
    "%2e",
    "%2F",
    "%",
    "?",
    "#",
    "&",
    "=",
    "+",
    " ",
    ";",
    ":",
    "@",
    "\0",
    "\r\n",
    "\u{e9}",
    "\u{202e}",
    "a",
    "Z9",
    "_-",
    "ownership",
    "x-evil: 1",
];
/// Any texts, among them many that could break out of a path, a query or a header.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(select(PIECES), 0..6).prop_map(|pieces| pieces.concat()),
        "[A-Za-z0-9_-]{1,140}",
        any::<String>(),
    ]
}

/// Either an id is a segment of the path, whole and unchanged, or nothing is sent.
#[test]
fn ids_never_leave_their_segment() {
    let rig = Rig::responding(Response::result("{}"));
    let is_id = |id: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (1..=128).contains(&id.len()) && id.chars().all(plain) && id != "ownership"
    };
    for_all(hostile(), |id| {
        let (result, requests) = rig.send(rig.account.pcaps().get(id.as_str()));
        if is_id(&id) {
            prop_assert!(result.is_ok());
            prop_assert_eq!(requests.len(), 1);
            prop_assert_eq!(&requests[0].target, &format!("/accounts/a/pcaps/{id}"));
        } else {
            prop_assert_eq!(result.unwrap_err().kind(), ErrorKind::InvalidInput);
            prop_assert!(requests.is_empty());
        }
        Ok(())
    });
}

/// The server reads the values that were set: the same values of the same name, in order.
#[test]
fn b51_query_values_arrive_unchanged() {
    let rig = Rig::responding(Response::result("[]"));
    let inputs = (vec(hostile(), 0..4), hostile());
    for_all(inputs, |(search, region)| {
        let call = rig.account.magic_cloud().resources().list();
        let (result, requests) = rig.send(
            call.search(search.iter().map(String::as_str))
                .region(region.as_str()),
        );
        prop_assert!(result.is_ok(), "{result:?}");
        let sent = pairs(requests[0].query().unwrap_or_default());
        let search = search.into_iter().map(|text| ("search".to_owned(), text));
        let wanted: Vec<_> = search.chain([("region".to_owned(), region)]).collect();
        prop_assert_eq!(sent, wanted);
        prop_assert!(requests[0].target.is_ascii());
        Ok(())
    });
}

/// A header parameter is one header with that value, or nothing is sent.
#[test]
fn header_values_never_leave_their_line() {
    let rig = Rig::responding(Response::result("{}"));
    for_all(hostile(), |text| {
        let body = CreateProvider::new(CloudType::Aws, "prod");
        let call = rig.account.magic_cloud().providers().create(body);
        let (result, requests) = rig.send(call.forwarded(text.as_str()));
        match requests.as_slice() {
            [] => prop_assert_eq!(result.unwrap_err().kind(), ErrorKind::InvalidInput),
            [request] => {
                // The server drops the space around values.
                prop_assert_eq!(request.headers_named("forwarded"), vec![text.trim()]);
                prop_assert_eq!(request.header("x-evil"), None);
            }
            _ => prop_assert!(false, "{} requests", requests.len()),
        }
        Ok(())
    });
}

/// Texts in a body are valid JSON, whatever they contain.
#[test]
fn body_texts_arrive_unchanged() {
    let rig = Rig::responding(Response::result("{}"));
    for_all(hostile(), |text| {
        let body = CreateProvider::new(text.as_str(), text.as_str());
        let (_, requests) = rig.send(rig.account.magic_cloud().providers().create(body));
        let sent: Value = serde_json::from_slice(&requests[0].body).unwrap();
        let wanted = serde_json::json!({"cloud_type": text, "friendly_name": text});
        prop_assert_eq!(sent, wanted);
        Ok(())
    });
}

/// Any JSON, with keys and texts that need escapes.
fn json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![hostile(), "[a-c\"\\\\]{0,2}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i16>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            vec((text.clone(), inner), 0..8)
                .prop_map(|entries| Value::from(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// The same text with a few characters in other places: mostly no JSON any more.
fn broken(text: &str, changes: &[(usize, &str, bool)]) -> String {
    let mut characters: Vec<String> = text.chars().map(String::from).collect();
    for (at, new, replace) in changes {
        let at = at % (characters.len() + 1);
        let end = (at + usize::from(*replace)).min(characters.len());
        characters.splice(at..end, [(*new).to_owned()]);
    }
    characters.concat()
}

const SYNTAX: &[&str] = &[
    "", "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "+", "null", "tru", " ",
    "\t", "\u{1}", "\\u00e9", "\\ud83d", "\"a\":", "\u{e9}",
];

/// A value with its fractions as texts of twelve digits: `serde_json` reads them with an error in the last ones.
fn rough(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            format!("{:.12e}", number.as_f64().unwrap_or_default()).into()
        }
        Value::Array(items) => items.into_iter().map(rough).collect(),
        Value::Object(entries) => {
            let entries = entries.into_iter();
            entries.map(|(key, value)| (key, rough(value))).collect()
        }
        other => other,
    }
}

/// A body is JSON to the SDK where it is to `serde_json`, and holds the same; numbers that would be rounded are errors.
#[test]
fn bodies_are_what_serde_json_says_they_are() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let change = (any::<usize>(), select(SYNTAX), any::<bool>());
    for_all(
        (json(), vec(change, 0..4), any::<bool>()),
        |(value, changes, pretty)| {
            let text = match pretty {
                true => serde_json::to_string_pretty(&value).unwrap(),
                false => value.to_string(),
            };
            let text = broken(&text, &changes);
            let transport = Scripted::outcomes([Outcome::result(&text)]);
            let client = transport.client().build().unwrap();
            let call = client.request(Method::GET, "/x").result::<Value>();
            let read = runtime.block_on(call.into_future());
            let body = format!(r#"{{"success":true,"errors":[],"messages":[],"result":{text}}}"#);
            let wanted = serde_json::from_str::<Value>(&body).map(|mut body| body["result"].take());
            match (read, wanted) {
                (Ok(read), Ok(wanted)) => prop_assert_eq!(rough(read), rough(wanted)),
                (Err(error), Ok(_)) => {
                    prop_assert!(
                        error.to_string().contains("does not fit"),
                        "{}: {}",
                        text,
                        error
                    );
                }
                (Err(error), Err(_)) => prop_assert_eq!(error.kind(), ErrorKind::Decode),
                (Ok(_), Err(error)) => prop_assert!(false, "{}: {}", text, error),
            }
            Ok(())
        },
    );
}

/// A type of the SDK is the same from a response and from any text or tree of `serde_json`.
#[test]
fn types_are_the_same_from_a_response_and_from_serde() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    for_all((json(), json()), |(id, other)| {
        let value = serde_json::json!({"type": "simple", "id": id, "filter_v1": other, "x": other});
        let transport = Scripted::outcomes([Outcome::result(&value.to_string())]);
        let account = transport.client().build().unwrap().account("a1");
        let read = runtime
            .block_on(account.pcaps().get("c1").into_future())
            .ok();
        prop_assert_eq!(
            &serde_json::from_str::<Pcap>(&value.to_string()).ok(),
            &read
        );
        prop_assert_eq!(&serde_json::from_value::<Pcap>(value).ok(), &read);
        Ok(())
    });
}
