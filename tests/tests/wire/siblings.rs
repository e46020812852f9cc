//! Ids that name another endpoint: `pcaps().get("ownership")` would list the buckets. Where the document has a literal
//! segment in the place of an id, that id is rejected before anything is sent.
//!
//! In: the paths of the document. Out: nothing.

use std::collections::BTreeSet;

use cloudflare_magic::ErrorKind;
use tests::document::{Operation, operations};
use tests::server::{Response, Server};

use crate::{account, cases};

async fn b08_an_id_that_names_another_endpoint_is_refused() {
    let server = Server::responding(|_, _| Response::result("null"))
        .await
        .unwrap();
    let operations = operations();
    let mut tried = BTreeSet::new();
    for case in cases() {
        for literal in siblings(&operations[case.operation]) {
            let error = (case.call)(account(&server), literal).await.unwrap_err();
            let id = case.operation;
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id}: {error}");
            assert!(error.to_string().contains(literal), "{error}");
            tried.insert(literal);
        }
    }
    assert!(tried.contains("ownership") && tried.contains("discover"));
    assert_eq!(server.requests(), []);
}

/// The literal segments of other paths in the place where this operation has its id.
fn siblings(operation: &Operation) -> BTreeSet<&'static str> {
    let own: Vec<_> = operation.path.split('/').collect();
    let Some(place) = own.iter().rposition(|segment| segment.starts_with('{')) else {
        return BTreeSet::new();
    };
    let others = operations()
        .into_values()
        .map(|other| other.path.split('/').collect::<Vec<_>>());
    others
        .filter(|other| other.len() > place && other[..place] == own[..place])
        .map(|other| other[place])
        .filter(|segment| !segment.starts_with('{'))
        .collect()
}

#[test]
fn siblings_are_seen_on_all_paths() {
    let operations = operations();
    let of = |id: &str| siblings(&operations[id]);
    assert_eq!(
        of("resources-catalog-read"),
        ["export", "policy-preview"].into()
    );
    assert_eq!(of("onramps-apply"), ["magic_wan_address_space"].into());
    assert_eq!(of("resources-catalog-list"), [].into());
}

tests::over_each_protocol! {
    b08_an_id_that_names_another_endpoint_is_refused,
}
