//! Whether a response is one that the document lists for its operation.

use serde_json::Value;
use tests::document::{Operation, entries};
use tests::schema::{self, Message};

use crate::door::Reply;

/// Statuses that the service can send for every request, whatever the document lists; 501 is the fake's own.
const ASIDE: [u16; 4] = [401, 403, 429, 501];

/// One line for each fault of a response.
pub(crate) fn faults(operation: &Operation, reply: &Reply) -> Vec<String> {
    let found = misfits(operation, reply);
    let start = format!("{}, status {}", operation.id, reply.status);
    let found = found.into_iter();
    found.map(|fault| format!("{start}: {fault}")).collect()
}

fn misfits(operation: &Operation, reply: &Reply) -> Vec<String> {
    let status = reply.status.to_string();
    let listed = |wanted: &str| {
        let mut responses = operation.responses();
        responses.find(|(status, _)| *status == wanted)
    };
    let fallback = || listed("default").filter(|_| reply.status >= 400);
    let Some((_, node)) = listed(&status).or_else(fallback) else {
        return match ASIDE.contains(&reply.status) {
            true => Vec::new(),
            false => vec![format!("not listed: {}", text(reply))],
        };
    };
    match entries(&node["content"]).next() {
        None if reply.body.is_empty() => Vec::new(),
        None => vec![format!("has a body: {}", text(reply))],
        Some(("application/json", media)) => json(&media["schema"], reply),
        Some((media, _)) if media != reply.media_type => {
            vec![format!("is {}, not {media}", reply.media_type)]
        }
        Some(_) if reply.body.is_empty() => vec!["has no body".to_owned()],
        Some(_) => Vec::new(),
    }
}

fn json(schema: &'static Value, reply: &Reply) -> Vec<String> {
    if reply.media_type != "application/json" {
        return vec![format!("is {}, not application/json", reply.media_type)];
    }
    match serde_json::from_slice(&reply.body) {
        Ok(value) => schema::faults(schema, &value, Message::Response),
        Err(error) => vec![format!("is not JSON: {error}")],
    }
}

fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}
