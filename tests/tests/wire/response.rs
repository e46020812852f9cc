//! The response of the server, and the check that the call returned it.
//!
//! In: an operation of the document. Out: a response with its example, and the differences of the SDK's result.

use cloudflare_magic::Error;
use serde_json::{Value, json};
use tests::document::{Operation, entries, members, resolve};
use tests::same::difference;
use tests::server::Response;

/// The contents of a file of this type: its signature, which is text for all types of the document.
fn file(media: &str) -> &'static str {
    match media {
        "application/vnd.tcpdump.pcap" => "\n\r\r\ncontents of a pcapng file",
        "application/zip" => "PK\u{3}\u{4}contents of an archive",
        _ => "\u{feff}contents, not JSON",
    }
}

/// The document's example of a successful response.
pub(crate) fn respond(operation: &Operation) -> Response {
    let (status, response) = operation.success();
    match entries(&response["content"]).next() {
        None => Response::status(status),
        Some(("application/json", media)) => Response::json(status, media["example"].to_string()),
        Some((media, _)) => Response::with(status, &[("content-type", media)], file(media)),
    }
}

/// The differences between the document's example and the result of the call.
pub(crate) fn faults(operation: &Operation, actual: Result<Value, Error>) -> Vec<String> {
    let actual = match actual {
        Ok(actual) => actual,
        Err(error) => return vec![error.to_string()],
    };
    let (_, response) = operation.success();
    let expected = match entries(&response["content"]).next() {
        None => Value::Null,
        Some(("application/json", media)) => tidied(&media["example"]["result"]),
        Some((media, _)) => json!(file(media)),
    };
    difference(&tidied(&actual), &expected)
        .into_iter()
        .collect()
}

/// The value without `null`, empty texts, lists and objects.
fn tidied(value: &Value) -> Value {
    let nothings = [json!(null), json!(""), json!([]), json!({})];
    match value {
        Value::Object(object) => {
            let entries = object
                .iter()
                .map(|(key, value)| (key.clone(), tidied(value)));
            Value::Object(
                entries
                    .filter(|(_, value)| !nothings.contains(value))
                    .collect(),
            )
        }
        Value::Array(items) => items.iter().map(tidied).collect(),
        other => other.clone(),
    }
}

/// The properties of a schema and of its members.
pub(crate) fn properties(schema: &'static Value) -> Vec<&'static str> {
    let schema = resolve(schema);
    let own = entries(&schema["properties"]).map(|(name, _)| name);
    let compositions = ["allOf", "oneOf", "anyOf"].iter();
    let inner = compositions
        .flat_map(|key| members(&schema[*key]))
        .flat_map(properties);
    own.chain(inner).collect()
}
