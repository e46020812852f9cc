//! Operations, parameters and handles: each is a method that a user can call.
//!
//! In: the document, the model's names, and the Rust as text. Out: nothing.

use std::collections::BTreeSet;

use codegen::model::{Location, Operation, Resource, Ty};
use tests::document::{self, model};

use crate::assert_none;
use crate::rust::{self, Code};

fn all() -> Vec<(&'static Resource, &'static Operation)> {
    let resources = model().api.root.walk();
    let pairs = resources.into_iter().flat_map(|resource| {
        resource
            .operations
            .iter()
            .map(move |operation| (resource, operation))
    });
    pairs.collect()
}

#[test]
fn every_operation_is_a_method_of_its_handle() {
    let code = rust::read();
    let mut faults = Vec::new();
    for (resource, operation) in all() {
        let handle = &model().names.handles[&resource.key].ty;
        let names = &model().names.methods[&operation.pointer];
        if !code.methods_of(handle).contains(names.method.as_str()) {
            faults.push(format!(
                "{}: {handle} has no {}",
                operation.id, names.method
            ));
        }
        let Some(call) = code.endpoints.get(&names.endpoint) else {
            faults.push(format!(
                "{}: {} is no endpoint",
                operation.id, names.endpoint
            ));
            continue;
        };
        let document = document::operations()[operation.id.as_str()];
        let actual = (call.function.as_str(), call.arguments.as_slice());
        let expected = [names.operation.clone(), document.path.to_owned()];
        if actual != (document.method, &expected) {
            faults.push(format!("{}: {actual:?} is not {expected:?}", operation.id));
        }
    }
    assert_none(&faults);
}

#[test]
fn handles_have_no_methods_beyond_operations_waiters_and_children() {
    let code = rust::read();
    for resource in model().api.root.walk() {
        let Some(handle) = model().names.handles.get(&resource.key) else {
            continue;
        };
        let operations = resource.operations.iter();
        let operations =
            operations.map(|operation| model().names.methods[&operation.pointer].method.as_str());
        let waiters = resource
            .operations
            .iter()
            .flat_map(|operation| &operation.waiters);
        let waiters = waiters.map(|waiter| model().names.waiters[&waiter.key].method.as_str());
        let children = resource.children.iter();
        let children = children.map(|child| model().names.handles[&child.key].method.as_str());
        let expected: BTreeSet<_> = operations.chain(waiters).chain(children).collect();
        assert_eq!(code.methods_of(&handle.ty), expected, "{}", handle.ty);
    }
    assert_eq!(code.endpoints.len(), document::operations().len());
}

/// Optional parameters are setters of the call, each with one that takes an `Option`; required ones are arguments, which the compiler and the wire tests prove.
#[test]
fn every_optional_parameter_is_a_setter() {
    let code = rust::read();
    for (_, operation) in all() {
        let names = &model().names.methods[&operation.pointer];
        let optional = operation
            .parameters
            .iter()
            .filter(|parameter| !parameter.required);
        let mut expected = BTreeSet::new();
        for parameter in optional {
            let name = &model().names.parameters[&parameter.pointer];
            // An `Option` is a list of at most one value.
            if !matches!(parameter.ty, Ty::List(_)) {
                expected.insert(format!("maybe_{name}"));
            }
            expected.insert(name.clone());
        }
        let setters: BTreeSet<_> = setters(&code, &names.endpoint)
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(setters, expected, "{}", operation.id);
    }
}

fn setters<'a>(code: &'a Code, endpoint: &str) -> BTreeSet<&'a str> {
    code.methods_of(&format!("Call<{endpoint}>"))
}

/// The parameters of the model are those of the document.
#[test]
fn every_parameter_is_in_the_model() {
    for (_, operation) in all() {
        let document = document::operations()[operation.id.as_str()];
        for (location, place) in [
            (Location::Path, "path"),
            (Location::Query, "query"),
            (Location::Header, "header"),
            (Location::Cookie, "cookie"),
        ] {
            let actual = operation
                .parameters
                .iter()
                .filter(|parameter| parameter.location == location);
            let actual: BTreeSet<_> = actual.map(|parameter| parameter.name.as_str()).collect();
            let expected = document
                .parameters(place)
                .map(|parameter| parameter["name"].as_str().unwrap());
            assert_eq!(actual, expected.collect(), "{}: {place}", operation.id);
        }
    }
}

/// The permissions that an operation names in errors are those of the document, and its documentation names them.
#[test]
fn b96_every_operation_has_the_permissions_of_the_document() {
    let code = rust::read();
    let mut without = Vec::new();
    for (_, operation) in all() {
        let names = &model().names.methods[&operation.pointer];
        let call = &code.endpoints[&names.endpoint];
        let expected = &operation.permission.token_groups;
        assert_eq!(&call.permissions, expected, "{}", operation.id);
        if expected.is_empty() {
            without.push(operation.id.as_str());
        }
    }
    assert_eq!(all().len(), 42);
    assert_eq!(
        without,
        ["providers-discover", "resources-catalog-policy-preview"]
    );
}

/// Whether a request may be sent again is what the method or `sdk.toml` says.
#[test]
fn every_operation_says_whether_it_may_be_repeated() {
    let code = rust::read();
    for (_, operation) in all() {
        let names = &model().names.methods[&operation.pointer];
        let call = &code.endpoints[&names.endpoint];
        let repeatable = call.repeatable;
        let repeatable = repeatable.unwrap_or_else(|| operation.method.is_idempotent());
        assert_eq!(repeatable, operation.repeatable, "{}", operation.id);
    }
}
