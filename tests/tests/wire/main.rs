//! Every operation over a real socket: what is asked is what the document describes, and what is answered is what it shows.
//!
//! In: one case per operation, and the document. Out: nothing; all faults of all operations are told together.

#![allow(
    clippy::unwrap_used,
    reason = "a test says what it could not do by failing"
)]

use std::collections::BTreeSet;

use cloudflare_magic::Client;
use cloudflare_magic::api::Account;
use tests::document::operations;
use tests::server::Server;

mod answer;
mod case;
mod catalog;
mod failures;
mod onramps;
mod pcaps;
mod providers;
mod request;
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

/// Bodies are built by setters: together the cases of an operation send every property that its schema has.
#[test]
fn every_property_of_every_body_is_sent() {
    let cases = cases();
    let mut missing = Vec::new();
    for (id, operation) in operations() {
        let media = &operation.node["requestBody"]["content"]["application/json"];
        let cases = cases.iter().filter(|case| case.operation == id);
        let bodies: Vec<_> = cases.filter_map(|case| case.body.as_ref()).collect();
        for name in answer::properties(&media["schema"]) {
            if !bodies.iter().any(|body| body.get(name).is_some()) {
                missing.push(format!("{id}: {name}"));
            }
        }
    }
    assert_none(&missing);
}

#[tokio::test]
async fn requests_and_answers_are_those_of_the_document() {
    let operations = operations();
    let mut found = Vec::new();
    for case in cases() {
        let operation = &operations[case.operation];
        let server = Server::start([answer::reply(operation)]).await.unwrap();
        let given = (case.call)(account(&server), ID).await;
        let mut faults = answer::judge(operation, given);
        match server.requests().as_slice() {
            [request] => faults.extend(request::judge(operation, &case, request)),
            requests => faults.push(format!("{} requests were sent", requests.len())),
        }
        let id = operation.id;
        found.extend(faults.into_iter().map(|fault| format!("{id}: {fault}")));
    }
    assert_none(&found);
}

#[tokio::test]
async fn every_operation_signs_in_by_key_as_well() {
    let operations = operations();
    let mut found = Vec::new();
    for case in cases() {
        let reply = answer::reply(&operations[case.operation]);
        let server = Server::start([reply]).await.unwrap();
        let client = Client::builder().api_key("user@example.com", "key");
        let client = client.base_url(server.url()).build().unwrap();
        let given = (case.call)(client.account(ACCOUNT), ID).await;
        let requests = server.requests();
        let signed = requests.iter().all(|request| {
            request.headers_named("x-auth-email") == ["user@example.com"]
                && request.headers_named("x-auth-key") == ["key"]
                && request.header("authorization").is_none()
        });
        if given.is_err() || requests.len() != 1 || !signed {
            found.push(format!("{}: {requests:?}", case.operation));
        }
    }
    assert_none(&found);
}
