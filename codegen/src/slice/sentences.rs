//! Sentences that are missing in the slice.
//!
//! Input: the tree of the slice. Output: the nodes that need a sentence for readers of the SDK and have none.
//! OpenAPI requires a description of every response: each gets the standard phrase of its status, until somebody writes a
//! better one.

use crate::document::check::{INFO, OPERATION, PARAMETER, RESPONSE, SCHEMA, Shape, TAG};
use crate::document::{Node, Value};
use crate::pointer::Pointer;

use super::render::{Finding, FindingKind};

/// The title that OpenAPI requires of every document.
const TITLE: &str = "A part of upstream's API";

/// Writes what OpenAPI requires, and lists what is missing.
pub(super) fn complete(root: &mut Node) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(
        root,
        Shape::at(&Pointer::root()),
        &Pointer::root(),
        None,
        &mut findings,
    );
    findings
}

/// `name` is the key of the node in the map that contains it: a property, a component, a status.
fn walk(
    node: &mut Node,
    shape: Shape,
    pointer: &Pointer,
    name: Option<&str>,
    findings: &mut Vec<Finding>,
) {
    if shape.is_object() && node.is_map() && node.get("$ref").is_none() {
        object(node, shape, pointer, name, findings);
    }
    let is_names = shape.is_names();
    match &mut node.value {
        Value::Map(entries) if shape.is_object() || is_names => {
            for (key, node) in entries.iter_mut() {
                let name = is_names.then_some(key);
                walk(node, shape.below(key), &pointer.push(key), name, findings);
            }
        }
        Value::List(members) if shape.is_list() => {
            for (index, member) in members.iter_mut().enumerate() {
                walk(
                    member,
                    shape.below("0"),
                    &pointer.push_index(index),
                    None,
                    findings,
                );
            }
        }
        _ => {}
    }
}

fn object(
    node: &mut Node,
    shape: Shape,
    pointer: &Pointer,
    name: Option<&str>,
    findings: &mut Vec<Finding>,
) {
    let written = if shape.is(&RESPONSE) {
        Some(("description", phrase(name.unwrap_or_default())))
    } else {
        shape.is(&INFO).then_some(("title", TITLE))
    };
    if let Some((word, text)) = written {
        if !says_something(node, word) {
            let value = Value::String(text.to_owned());
            node.set(word, Node::made(value, node.input));
        }
        if node.get(word).and_then(Node::as_str) == Some(text) {
            findings.push(Finding::new(
                FindingKind::SentenceWritten,
                pointer.push(word).as_str(),
                text,
            ));
        }
    }
    let wanted = if shape.is(&OPERATION) {
        Some("summary")
    } else if shape.is(&PARAMETER) || shape.is(&TAG) || (shape.is(&SCHEMA) && name.is_some()) {
        Some("description")
    } else {
        None
    };
    if let Some(word) = wanted.filter(|word| !says_something(node, word)) {
        findings.push(Finding::new(
            FindingKind::SentenceMissing,
            pointer.as_str(),
            word,
        ));
    }
}

fn says_something(node: &Node, word: &str) -> bool {
    node.get(word)
        .and_then(Node::as_str)
        .is_some_and(|text| !text.trim().is_empty())
}

/// The standard phrase of a status.
fn phrase(status: &str) -> &'static str {
    match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No Content",
        "206" => "Partial Content",
        "301" => "Moved Permanently",
        "302" => "Found",
        "303" => "See Other",
        "304" => "Not Modified",
        "307" => "Temporary Redirect",
        "308" => "Permanent Redirect",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "402" => "Payment Required",
        "403" => "Forbidden",
        "404" => "Not Found",
        "405" => "Method Not Allowed",
        "406" => "Not Acceptable",
        "408" => "Request Timeout",
        "409" => "Conflict",
        "410" => "Gone",
        "411" => "Length Required",
        "412" => "Precondition Failed",
        "413" => "Content Too Large",
        "414" => "URI Too Long",
        "415" => "Unsupported Media Type",
        "416" => "Range Not Satisfiable",
        "422" => "Unprocessable Content",
        "423" => "Locked",
        "428" => "Precondition Required",
        "429" => "Too Many Requests",
        "451" => "Unavailable For Legal Reasons",
        "500" => "Internal Server Error",
        "501" => "Not Implemented",
        "502" => "Bad Gateway",
        "503" => "Service Unavailable",
        "504" => "Gateway Timeout",
        "default" => "Any other response",
        other => match other.as_bytes().first() {
            Some(b'1') => "Informational",
            Some(b'2') => "Success",
            Some(b'3') => "Redirection",
            Some(b'4') => "Client error",
            Some(b'5') => "Server error",
            _ => "Response",
        },
    }
}
