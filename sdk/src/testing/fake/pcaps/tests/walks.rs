//! Random requests: whatever is sent, responses have the keys of the document, and captures only go forward.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use serde_json::{Value, json};

use crate::testing::fake::ids::Ids;
use crate::testing::{FakeProcess, FakeService, ManualClock};

const ROOT: &str = "/client/v4/accounts/a1/pcaps";
const BUCKETS: [&str; 5] = [
    "gs://captures/magic",
    "s3://captures?region=eu",
    "r2://b?account-id=a&access-key-id=KEY&secret-access-key=KEY",
    "s3://captures",
    "nowhere",
];

/// A fake, what was seen of it, and the dice.
struct Walk {
    fake: FakeService,
    ids: Ids,
    captures: Vec<String>,
    buckets: Vec<String>,
    /// How far each capture has come.
    progress: BTreeMap<String, usize>,
}

impl Walk {
    async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Bytes) {
        let request = Request::builder()
            .method(method)
            .uri(format!("{ROOT}{path}"));
        let request = request.header("authorization", "Bearer t");
        let body = match body {
            Value::Null => Bytes::new(),
            body => Bytes::from(body.to_string()),
        };
        let response = self
            .fake
            .exchange(request.body(body).unwrap())
            .await
            .unwrap();
        let status = response.status().as_u16();
        let known = [200, 204, 400, 404, 409, 422, 429, 501];
        assert!(known.contains(&status), "{status} {path}");
        (status, response.into_body())
    }

    fn one_of(&mut self, of: &[Value]) -> Value {
        self.ids.pick(of).unwrap().clone()
    }

    fn capture(&mut self) -> Value {
        let bucket = Value::from(*self.ids.pick(&BUCKETS).unwrap());
        let all = [
            (
                "type",
                vec![
                    json!("simple"),
                    json!("full"),
                    json!("full"),
                    json!("other"),
                ],
            ),
            ("system", vec![json!("magic-transit")]),
            (
                "time_limit",
                vec![json!(1), json!(60), json!(300), json!(3600), json!(1.5)],
            ),
            (
                "packet_limit",
                vec![json!(1), json!(100.0), json!(10_000), json!(0), json!("1")],
            ),
            ("byte_limit", vec![json!(1), json!(10_000), json!(-1)]),
            (
                "colo_name",
                vec![json!("ord02"), json!("ORD"), json!(""), json!("a/b")],
            ),
            ("destination_conf", vec![bucket]),
            (
                "offset_time",
                vec![json!("1970-01-01T00:00:00Z"), json!("soon"), json!(1)],
            ),
            (
                "filter_v1",
                vec![
                    json!({}),
                    json!({"protocol": 6, "destination_port": 443.0}),
                    json!({"source_address": "192.0.2.99"}),
                    json!({"source_address": "192.0.2.0/24"}),
                    json!({"source_port": -1, "other": null}),
                    json!([]),
                ],
            ),
        ];
        let mut body = json!({});
        for (key, values) in all {
            let value = self.one_of(&values);
            let rare = ["byte_limit", "offset_time", "filter_v1"].contains(&key);
            // Values at the front are the good ones: most of the time they are taken.
            if self.ids.below(5) > 0 {
                body[key] = values[0].clone();
            } else {
                body[key] = value;
            }
            if self.ids.below(20) == 0 || (rare && self.ids.below(2) == 0) {
                body.as_object_mut().unwrap().remove(key);
            }
        }
        body
    }

    fn id(&mut self, of_buckets: bool) -> String {
        let known = if of_buckets {
            &self.buckets
        } else {
            &self.captures
        };
        let id = self.ids.pick(known).cloned();
        id.unwrap_or_else(|| "none".to_owned())
    }

    async fn step(&mut self) {
        let none = Value::Null;
        match self.ids.below(12) {
            0..=2 => {
                let body = self.capture();
                let (status, bytes) = self.send(Method::POST, "", &body).await;
                if status == 200 {
                    let created = self.see(&result(&bytes));
                    self.captures.push(created);
                }
            }
            3 => {
                let (_, bytes) = self.send(Method::GET, "", &none).await;
                for capture in result(&bytes).as_array().unwrap() {
                    self.see(capture);
                }
            }
            4 => {
                let path = format!("/{}", self.id(false));
                let (status, bytes) = self.send(Method::GET, &path, &none).await;
                if status == 200 {
                    self.see(&result(&bytes));
                }
            }
            5 => {
                let path = format!("/{}/download", self.id(false));
                let (status, bytes) = self.send(Method::GET, &path, &none).await;
                if status == 200 {
                    assert!(!super::dissect::file(&bytes).packets.is_empty());
                }
            }
            6 => {
                let path = format!("/{}/stop", self.id(false));
                self.send(Method::PUT, &path, &none).await;
            }
            7 | 8 => self.add_bucket().await,
            9 => {
                let path = format!("/ownership/{}", self.id(true));
                if self.ids.below(4) == 0 {
                    self.send(Method::DELETE, &path, &none).await;
                }
                self.fake
                    .fail_next_process(FakeProcess::Capture, "bad luck");
            }
            _ => {
                let seconds = [1, 10, 60, 400, 100_000];
                let seconds = *self.ids.pick(&seconds).unwrap();
                self.fake.advance(Duration::from_secs(seconds)).await;
            }
        }
    }

    async fn add_bucket(&mut self) {
        let uri = *self.ids.pick(&BUCKETS).unwrap();
        let body = json!({"destination_conf": uri});
        let (status, bytes) = self.send(Method::POST, "/ownership", &body).await;
        if status == 200 {
            self.buckets.push(bucket(&result(&bytes)));
        }
        let right = if uri.contains("://") {
            self.fake.challenge(uri)
        } else {
            None
        };
        let text = right.filter(|_| self.ids.below(4) > 0);
        let body =
            json!({"destination_conf": uri, "ownership_challenge": text.unwrap_or_default()});
        let (status, bytes) = self.send(Method::POST, "/ownership/validate", &body).await;
        if status == 200 {
            bucket(&result(&bytes));
        }
        let (_, bytes) = self.send(Method::GET, "/ownership", &Value::Null).await;
        for one in result(&bytes).as_array().unwrap() {
            bucket(one);
        }
    }

    /// Checks a capture. Returns its id.
    fn see(&mut self, capture: &Value) -> String {
        let order = [
            "pending",
            "running",
            "conversion_pending",
            "conversion_running",
            "success",
            "failed",
        ];
        let status = capture["status"].as_str().unwrap();
        let at = order.iter().position(|known| *known == status).unwrap();
        let id = capture["id"].as_str().unwrap().to_owned();
        assert_eq!(id.len(), 32);
        let before = self.progress.insert(id.clone(), at).unwrap_or_default();
        assert!(before <= at && (before < 4 || before == at), "{capture}");
        let mut keys = vec![
            "filter_v1",
            "id",
            "status",
            "submitted",
            "system",
            "time_limit",
            "type",
        ];
        match capture["type"].as_str().unwrap() {
            "simple" => {
                keys.push("offset_time");
                assert!(at == 0 || at > 3);
            }
            _ => {
                keys.extend(["colo_name", "destination_conf"]);
                for key in [
                    "byte_limit",
                    "error_message",
                    "packets_captured",
                    "stop_requested",
                ] {
                    if capture.get(key).is_some() {
                        keys.push(key);
                    }
                }
                assert_eq!(capture.get("error_message").is_some(), status == "failed");
            }
        }
        assert_eq!(keys_of(capture), BTreeSet::from_iter(keys));
        id
    }
}

/// Checks a bucket. Returns its id.
fn bucket(bucket: &Value) -> String {
    let wanted = [
        "destination_conf",
        "filename",
        "id",
        "status",
        "submitted",
        "validated",
    ];
    assert_eq!(keys_of(bucket), BTreeSet::from(wanted));
    let is_proved = bucket["status"] == "success";
    assert_eq!(bucket["validated"] != "", is_proved);
    bucket["id"].as_str().unwrap().to_owned()
}

fn keys_of(object: &Value) -> BTreeSet<&str> {
    let keys = object.as_object().unwrap().keys();
    keys.map(String::as_str).collect()
}

fn result(bytes: &Bytes) -> Value {
    let mut envelope: Value = serde_json::from_slice(bytes).unwrap();
    assert!(!envelope.to_string().contains("KEY"));
    envelope["result"].take()
}

#[tokio::test]
async fn whatever_is_sent_captures_only_go_forward() {
    let mut ended = BTreeMap::new();
    for seed in 0..60 {
        let fake = FakeService::builder()
            .clock(ManualClock::new())
            .no_rate_limit();
        let mut walk = Walk {
            fake: fake.seed(seed).build(),
            ids: Ids::new(seed),
            captures: Vec::new(),
            buckets: Vec::new(),
            progress: BTreeMap::new(),
        };
        for _ in 0..100 {
            walk.step().await;
        }
        for progress in walk.progress.values() {
            *ended.entry(*progress).or_insert(0) += 1;
        }
    }
    // The walks see captures that succeed and that fail.
    assert!(ended[&4] > 20 && ended[&5] > 20, "{ended:?}");
}
