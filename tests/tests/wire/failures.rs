//! The document's examples of failures: each becomes an error with its codes, messages and pointers.
//!
//! In: the document's examples of failures. Out: nothing.

use std::collections::BTreeSet;

use cloudflare_magic::{ApiError, Error, ErrorCode, ErrorKind};
use serde_json::{Value, json};
use tests::document::{members, node, operations, resolve};
use tests::server::{Response, Server};

use crate::case::{Case, ID};
use crate::{account, cases};

async fn documented_failures_are_typed_errors() {
    let operations = operations();
    let (mut tried, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for case in cases() {
        for (status, example) in operations[case.operation].failures() {
            let response = Response::json(status, example.to_string());
            let server = Server::start([response]).await.unwrap();
            let error = (case.call)(account(&server), ID).await.unwrap_err();
            assert_failure(case.operation, status, example, &error);
            tried.insert((case.operation, status));
        }
    }
    for (id, operation) in operations {
        shown.extend(operation.failures().map(|(status, _)| (id, status)));
    }
    assert!(!shown.is_empty(), "the document shows failures");
    assert_eq!(tried, shown);
}

async fn b96_refusals_name_the_permissions_of_each_operation() {
    let operations = operations();
    let (mut called, mut without) = (BTreeSet::new(), BTreeSet::new());
    for case in cases() {
        let place = operations[case.operation].node;
        let named: Vec<_> = members(&place["x-api-token-group"]).collect();
        called.insert(case.operation);
        if named.is_empty() {
            without.insert(case.operation);
        }
        for (status, code) in [(401, 1), (403, 10_000)] {
            let error = refused(&case, status, code).await;
            assert!(error.is_auth() && !error.is_not_found(), "{error}");
            let (line, hint) = (error.to_string(), error.hint().unwrap());
            for permission in &named {
                let quoted = format!("`{}`", permission.as_str().unwrap());
                assert!(
                    line.contains(&quoted) && hint.contains(&quoted),
                    "{error}: {hint}"
                );
            }
            assert_eq!(
                hint.contains("is not known"),
                named.is_empty(),
                "{error}: {hint}"
            );
        }
        let lacks = refused(&case, 403, 1012).await;
        assert!(
            !lacks.is_auth() && lacks.hint().unwrap().contains("account team"),
            "{lacks}"
        );
        let malformed = refused(&case, 400, 6003).await;
        assert!(malformed.is_auth(), "{malformed}");
    }
    assert_eq!((called.len(), without.len()), (42, 2));
}

async fn refused(case: &Case, status: u16, code: u32) -> Error {
    let body =
        json!({"success": false, "errors": [{"code": code, "message": "no"}], "result": null});
    let response = Response::json(status, body.to_string());
    let server = Server::start([response]).await.unwrap();
    (case.call)(account(&server), ID).await.unwrap_err()
}

fn assert_failure(operation: &str, status: u16, example: &'static Value, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Api, "{operation}: {error}");
    assert_eq!(error.status().unwrap().as_u16(), status, "{operation}");
    let actual: Vec<_> = error.errors().iter().map(shown).collect();
    let expected: Vec<_> = members(&example["errors"]).map(documented).collect();
    assert_eq!(actual, expected, "{operation}");
    assert!(
        !actual.is_empty(),
        "{operation}: a failure without a reason"
    );
    for reason in error.errors() {
        let code = reason.code().unwrap();
        let known = !matches!(code, ErrorCode::Unknown(_));
        assert_eq!(known, is_listed(code), "{operation}: {code:?}");
        let words = format!("[{code}] {}", reason.message());
        assert!(error.to_string().contains(&words), "{error}");
    }
}

/// One reason as the SDK returns it.
fn shown(reason: &ApiError) -> Value {
    json!({
        "code": reason.code().map(ErrorCode::code),
        "message": reason.message(),
        "pointer": reason.pointer(),
        "parameter": reason.parameter(),
        "trace_id": reason.trace_id(),
        "documentation_url": reason.documentation_url(),
    })
}

/// The same from the document's example.
fn documented(reason: &Value) -> Value {
    json!({
        "code": reason["code"],
        "message": reason["message"],
        "pointer": reason["source"]["pointer"],
        "parameter": reason["source"]["parameter"],
        "trace_id": reason["meta"]["trace_id"],
        "documentation_url": reason["documentation_url"],
    })
}

/// Whether the document lists this code.
fn is_listed(code: &ErrorCode) -> bool {
    let schema = node("/components/schemas/mcn_error/properties/code");
    members(&resolve(schema)["enum"]).any(|known| *known == json!(code))
}

tests::over_each_protocol! {
    documented_failures_are_typed_errors,
    b96_refusals_name_the_permissions_of_each_operation,
}
