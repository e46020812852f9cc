//! Every operation over a real socket: the request is as the document describes, and the result is the document's example.
//!
//! In: one case per operation, and the document. Out: nothing; the faults of all operations are reported together.

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::collections::BTreeSet;

use cloudflare_magic::Client;
use cloudflare_magic::api::Account;
use tests::document::operations;
use tests::server::Server;

mod case;
mod catalog;
mod failures;
#[cfg(feature = "test-util")]
mod fake;
mod onramps;
mod pcaps;
mod providers;
mod request;
mod response;
mod siblings;

use case::{ACCOUNT, Case, ID};

fn cases() -> Vec<Case> {
    let mut cases = pcaps::cases();
    cases.extend(providers::cases());
    cases.extend(onramps::cases());
    cases.extend(catalog::cases());
    cases
}

/// The account of a client that calls this server with a token.
fn account(server: &Server) -> Account {
    server.client().build().unwrap().account(ACCOUNT)
}

/// Fails with one line per fault.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_operation_of_the_document_is_called() {
    let called: BTreeSet<_> = cases().iter().map(|case| case.operation).collect();
    assert_eq!(called, operations().into_keys().collect());
}

/// The cases of an operation together send every property of its body's schema, by the setters.
#[test]
fn every_property_of_every_body_is_sent() {
    let cases = cases();
    let mut missing = Vec::new();
    for (id, operation) in operations() {
        let media = &operation.node["requestBody"]["content"]["application/json"];
        let cases = cases.iter().filter(|case| case.operation == id);
        let bodies: Vec<_> = cases.filter_map(|case| case.body.as_ref()).collect();
        for name in response::properties(&media["schema"]) {
            if !bodies.iter().any(|body| body.get(name).is_some()) {
                missing.push(format!("{id}: {name}"));
            }
        }
    }
    assert_none(&missing);
}

async fn requests_and_responses_are_those_of_the_document() {
    let operations = operations();
    let mut found = Vec::new();
    for case in cases() {
        let operation = &operations[case.operation];
        let server = Server::start([response::respond(operation)]).await.unwrap();
        let actual = (case.call)(account(&server), ID).await;
        let mut faults = response::faults(operation, actual);
        match server.requests().as_slice() {
            [request] => faults.extend(request::faults(operation, &case, request)),
            requests => faults.push(format!("{} requests were sent", requests.len())),
        }
        let id = operation.id;
        found.extend(faults.into_iter().map(|fault| format!("{id}: {fault}")));
    }
    assert_none(&found);
}

async fn every_operation_sends_an_api_key_too() {
    let operations = operations();
    let mut found = Vec::new();
    for case in cases() {
        let response = response::respond(&operations[case.operation]);
        let server = Server::start([response]).await.unwrap();
        let client = server.trusted(Client::builder());
        let client = client.api_key("user@example.com", "key").build().unwrap();
        let actual = (case.call)(client.account(ACCOUNT), ID).await;
        let requests = server.requests();
        let signed = requests.iter().all(|request| {
            request.headers_named("x-auth-email") == ["user@example.com"]
                && request.headers_named("x-auth-key") == ["key"]
                && request.header("authorization").is_none()
        });
        if actual.is_err() || requests.len() != 1 || !signed {
            found.push(format!("{}: {requests:?}", case.operation));
        }
    }
    assert_none(&found);
}

tests::over_each_protocol! {
    requests_and_responses_are_those_of_the_document,
    every_operation_sends_an_api_key_too,
}
