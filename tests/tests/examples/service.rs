//! A service on loopback that responds with the examples of the document.
//!
//! In: requests, and the responses that a test replaces. Out: the example of the operation that a request names: of the matching
//! templates the one with the fewest parameters, as in a router.

use serde_json::Value;
use tests::document::{Operation, entries, operations};
use tests::server::{Recorded, Response, Server};

/// The contents of files.
pub(crate) const FILE: &[u8] = b"\xd4\xc3\xb2\xa1 packets";

/// Starts the service. `otherwise` returns the body of a response that replaces the document's example.
pub(crate) async fn start(
    otherwise: impl Fn(&Operation) -> Option<Value> + Send + Sync + 'static,
) -> Server {
    let server = Server::responding(move |_, request| match operation(request) {
        Some(operation) => respond(&operation, otherwise(&operation)),
        None => Response::json(404, r#"{"success": false, "errors": [{"code": 7003}]}"#),
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
            .all(|(known, sent)| known.starts_with('{') || known == sent)
}

fn respond(operation: &Operation, otherwise: Option<Value>) -> Response {
    let (status, response) = operation.success();
    match (otherwise, entries(&response["content"]).next()) {
        (Some(body), _) => Response::json(200, body.to_string()),
        (None, None) => Response::status(status),
        (None, Some(("application/json", media))) => {
            Response::json(status, media["example"].to_string())
        }
        (None, Some((media, _))) => Response::with(status, &[("content-type", media)], FILE),
    }
}

/// The document's example of the result of an operation.
pub(crate) fn envelope(operation: &str) -> Value {
    let (_, response) = operations()[operation].success();
    response["content"]["application/json"]["example"].clone()
}
