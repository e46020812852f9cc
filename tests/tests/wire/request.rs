//! Checks a request against the document's description of its operation.
//!
//! In: the operation, the values that the case set, and the request as received. Out: one line per fault. Method, path,
//! parameters, media types and schemas are compared with the document.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde_json::{Value, json};
use tests::document::{Operation, entries, resolve};
use tests::query::pairs;
use tests::schema::{self, Message};
use tests::server::Recorded;

use crate::case::{ACCOUNT, Case, ID};

/// The faults of a request.
pub(crate) fn faults(operation: &Operation, case: &Case, request: &Recorded) -> Vec<String> {
    let mut check = Check {
        operation,
        case,
        request,
        found: Vec::new(),
    };
    check.line();
    check.query();
    check.headers();
    check.body();
    check.found
}

struct Check<'a> {
    operation: &'a Operation,
    case: &'a Case,
    request: &'a Recorded,
    found: Vec<String>,
}

impl Check<'_> {
    /// Records a fault if the values differ.
    fn same<T: PartialEq + Debug + ?Sized>(&mut self, what: &str, actual: &T, expected: &T) {
        if actual != expected {
            let fault = format!("{what} is {actual:?}, not {expected:?}");
            self.found.push(fault);
        }
    }

    /// Checks that a header is sent once with this value, or not at all.
    fn header(&mut self, name: &str, expected: Option<&str>) {
        let actual = self.request.headers_named(name);
        self.same(name, actual.as_slice(), expected.as_slice());
    }

    /// Records what the schema does not allow in the value.
    fn fits(&mut self, what: &str, schema: &'static Value, value: &Value) {
        let faults = schema::faults(schema, value, Message::Request);
        let faults = faults.iter().map(|fault| format!("{what}{fault}"));
        self.found.extend(faults);
    }

    /// The names of the document's parameters with this `in`.
    fn names(&self, place: &'static str) -> BTreeSet<&'static str> {
        let parameters = self.operation.parameters(place);
        parameters
            .filter_map(|parameter| parameter["name"].as_str())
            .collect()
    }

    fn line(&mut self) {
        let method = self.operation.method.to_uppercase();
        self.same("method", self.request.method.as_str(), method.as_str());
        let mut path = self.operation.path.replace("{account_id}", ACCOUNT);
        for name in self.names("path") {
            path = path.replace(&format!("{{{name}}}"), ID);
        }
        self.same("path", self.request.path(), path.as_str());
    }

    fn query(&mut self) {
        let pairs = pairs(self.request.query().unwrap_or_default());
        let actual: Vec<_> = pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.same("query", actual.as_slice(), self.case.query);

        let names = actual.iter().map(|(name, _)| *name).collect();
        self.same("the set of query parameters", &names, &self.names("query"));
        for parameter in self.operation.parameters("query") {
            let name = parameter["name"].as_str().unwrap_or_default();
            let values = actual.iter().filter(|(known, _)| *known == name);
            let values: Vec<_> = values.map(|(_, value)| *value).collect();
            let value = typed(&parameter["schema"], &values);
            self.fits(&format!("query {name}"), &parameter["schema"], &value);
        }
    }

    fn headers(&mut self) {
        let actual = self.case.headers.iter().map(|(name, _)| *name).collect();
        self.same(
            "the set of header parameters",
            &actual,
            &self.names("header"),
        );
        for (name, value) in self.case.headers {
            self.header(name, Some(value));
        }
        let (_, success) = self.operation.success();
        let media = entries(&success["content"]).map(|(media, _)| media).next();
        self.header("accept", Some(media.unwrap_or("application/json")));
        self.header("accept-encoding", cfg!(feature = "gzip").then_some("gzip"));
        self.header("authorization", Some("Bearer token"));
        self.same(
            "the number of hosts",
            &self.request.headers_named("host").len(),
            &1,
        );
        let agent = self.request.header("user-agent").unwrap_or_default();
        self.same("user-agent", &agent.starts_with("cloudflare-magic/"), &true);
    }

    fn body(&mut self) {
        let Some(body) = self.operation.node.get("requestBody") else {
            let expected = matches!(self.operation.method, "post" | "put" | "patch");
            self.header("content-length", expected.then_some("0"));
            self.header("content-type", None);
            self.same("body", self.request.text().as_str(), "");
            return;
        };
        let length = self.request.body.len().to_string();
        self.header("content-type", Some("application/json"));
        self.header("content-length", Some(&length));
        let sent = serde_json::from_slice(&self.request.body).unwrap_or(Value::Null);
        self.same("body", &Some(&sent), &self.case.body.as_ref());
        let media = &resolve(body)["content"]["application/json"];
        self.fits("body", &media["schema"], &sent);
    }
}

/// The values of a parameter as JSON of the type that its schema names.
fn typed(schema: &'static Value, values: &[&str]) -> Value {
    let schema = resolve(schema);
    match (schema["type"].as_str(), values) {
        (Some("array"), values) => {
            let items = values.iter().map(|value| typed(&schema["items"], &[value]));
            items.collect()
        }
        (Some("boolean" | "integer" | "number"), [value]) => {
            serde_json::from_str(value).unwrap_or_else(|_| json!(value))
        }
        (_, [value]) => json!(value),
        (_, values) => json!(values),
    }
}
