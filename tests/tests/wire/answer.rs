//! What the server answers, and whether the call gave that back.
//!
//! In: an operation of the document. Out: a reply with its example, and the faults of what the SDK made of it.

use cloudflare_magic::Error;
use serde_json::{Value, json};
use tests::document::{Operation, entries, members, resolve};
use tests::same::difference;
use tests::server::Reply;

/// What a file of this type holds: the bytes that it must begin with, which are text for all of ours.
fn file(media: &str) -> &'static str {
    match media {
        "application/vnd.tcpdump.pcap" => "\n\r\r\ncontents of a pcapng file",
        "application/zip" => "PK\u{3}\u{4}contents of an archive",
        _ => "\u{feff}contents, not JSON",
    }
}

/// The document's own answer to a successful call.
pub(crate) fn reply(operation: &Operation) -> Reply {
    let (status, response) = operation.success();
    match entries(&response["content"]).next() {
        None => Reply::status(status),
        Some(("application/json", media)) => Reply::json(status, media["example"].to_string()),
        Some((media, _)) => Reply::with(status, &[("content-type", media)], file(media)),
    }
}

/// What differs between the document's answer and what the call gave.
pub(crate) fn judge(operation: &Operation, given: Result<Value, Error>) -> Vec<String> {
    let given = match given {
        Ok(given) => given,
        Err(error) => return vec![error.to_string()],
    };
    let (_, response) = operation.success();
    let wanted = match entries(&response["content"]).next() {
        None => Value::Null,
        Some(("application/json", media)) => tidied(&media["example"]["result"]),
        Some((media, _)) => json!(file(media)),
    };
    difference(&tidied(&given), &wanted).into_iter().collect()
}

/// The value without what says nothing: `null`, empty texts, lists and objects.
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
