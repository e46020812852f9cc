//! A service on loopback that answers as the examples of the document show.
//!
//! In: requests, and the answers that a test wants otherwise. Out: the example of the operation that a request names; its
//! template is the one with the fewest parameters, as a router has it.

use serde_json::Value;
use tests::document::{Operation, entries, operations};
use tests::server::{Recorded, Reply, Server};

/// What files hold.
pub(crate) const FILE: &[u8] = b"\xd4\xc3\xb2\xa1 packets";

/// Starts the service. `otherwise` gives the body of the answers that are not to be the document's.
pub(crate) async fn start(
    otherwise: impl Fn(&Operation) -> Option<Value> + Send + Sync + 'static,
) -> Server {
    let server = Server::answering(move |_, request| match operation(request) {
        Some(operation) => reply(&operation, otherwise(&operation)),
        None => Reply::json(404, r#"{"success": false, "errors": [{"code": 7003}]}"#),
    });
    server.await.unwrap()
}

fn operation(request: &Recorded) -> Option<Operation> {
    let method = request.method.to_lowercase();
    let fits = operations()
        .into_values()
        .filter(|operation| operation.method == method && is_at(operation.path, request.path()));
    fits.min_by_key(|operation| operation.path.matches('{').count())
}

fn is_at(template: &str, path: &str) -> bool {
    let segments = template.split('/').zip(path.split('/'));
    template.matches('/').count() == path.matches('/').count()
        && segments
            .into_iter()
            .all(|(known, given)| known.starts_with('{') || known == given)
}

fn reply(operation: &Operation, otherwise: Option<Value>) -> Reply {
    let (status, response) = operation.success();
    match (otherwise, entries(&response["content"]).next()) {
        (Some(body), _) => Reply::json(200, body.to_string()),
        (None, None) => Reply::status(status),
        (None, Some(("application/json", media))) => {
            Reply::json(status, media["example"].to_string())
        }
        (None, Some((media, _))) => Reply::with(status, &[("content-type", media)], FILE),
    }
}

/// The document's example of the result of an operation.
pub(crate) fn envelope(operation: &str) -> Value {
    let (_, response) = operations()[operation].success();
    response["content"]["application/json"]["example"].clone()
}
