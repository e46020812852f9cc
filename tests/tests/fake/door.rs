//! Requests to the fake as bytes, by the operations of the document.
//!
//! In: an operation with the values of its path, query and body. Out: what came back.

use bytes::Bytes;
use cloudflare_magic::testing::FakeService;
use serde_json::Value;
use tests::document::Operation;

/// The account of most requests.
pub(crate) const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// A request to an operation.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) operation: Operation,
    /// The path parameters by name.
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) body: Bytes,
}

impl Request {
    /// A request in the usual account, with this id for every other path parameter.
    pub(crate) fn new(operation: Operation, id: &str) -> Self {
        let names = operation.parameters("path");
        let names = names.filter_map(|parameter| parameter["name"].as_str());
        let path = names.map(|name| {
            let value = if name == "account_id" { ACCOUNT } else { id };
            (name.to_owned(), value.to_owned())
        });
        Self {
            operation,
            path: path.collect(),
            query: Vec::new(),
            body: None,
        }
    }

    pub(crate) fn query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends it. `None` if the fake broke the connection, as a test can ask.
    pub(crate) async fn send(&self, fake: &FakeService) -> Option<Reply> {
        let mut target = format!("/client/v4{}", self.operation.path);
        for (name, value) in &self.path {
            target = target.replace(&format!("{{{name}}}"), value);
        }
        for (index, (name, value)) in self.query.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            target.push_str(&format!("{mark}{name}={}", encoded(value)));
        }
        let body = self.body.as_ref().map(Value::to_string);
        let request = http::Request::builder()
            .method(self.operation.method.to_uppercase().as_str())
            .uri(target)
            .header("authorization", "Bearer token")
            .body(Bytes::from(body.unwrap_or_default()));
        let response = fake.exchange(request.unwrap()).await.ok()?;
        let media_type = response.headers().get("content-type");
        let media_type = media_type.map(|value| value.to_str().unwrap().to_owned());
        Some(Reply {
            status: response.status().as_u16(),
            media_type: media_type.unwrap_or_default(),
            body: response.into_body(),
        })
    }
}

impl Reply {
    /// The body as JSON; `null` if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
