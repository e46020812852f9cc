//! The trips: each type with values in every form, and with the document's examples.
//!
//! In: the table of types. Out: nothing; all faults are reported together.

use std::collections::BTreeMap;

use codegen::model::{ResponseKind, Ty, TypeKind};
use codegen::pointer::Pointer;
use serde_json::{Value, json};
use tests::document::{model, node};
use tests::same::difference;
use tests::schema::{self, Message};

use crate::instance::{Form, values};
use crate::table::{TYPES, Trip};
use crate::{assert_none, expected};

/// The types of the model with their names and functions.
fn types() -> impl Iterator<Item = (&'static Pointer, &'static str, Trip)> {
    let trips: BTreeMap<_, _> = TYPES.iter().copied().collect();
    let names = model().names.types.iter();
    names.map(move |(pointer, name)| (pointer, name.as_str(), trips[name.as_str()]))
}

/// The fault of the round trip of a value.
fn fault(pointer: &Pointer, trip: Trip, value: &Value) -> Option<String> {
    match trip(&value.to_string()) {
        Ok(actual) => difference(&actual, &expected::of(pointer, value)),
        Err(error) => Some(format!("{error}: {value}")),
    }
}

#[test]
fn every_type_writes_what_it_has_read() {
    let mut faults = Vec::new();
    for form in Form::ALL {
        for (pointer, name, trip) in types() {
            for value in values(pointer, form) {
                let fault = fault(pointer, trip, &value);
                faults.extend(fault.map(|fault| format!("{name}, {form:?}: {fault}")));
            }
        }
    }
    assert_none(&faults);
}

/// The values above fit the document's schemas, which the trips rely on.
#[test]
fn the_values_fit_the_schemas() {
    let mut faults = Vec::new();
    for (pointer, name, _) in types() {
        for form in [Form::Full, Form::Required] {
            for value in values(pointer, form) {
                let found = schema::faults(node(&pointer.to_string()), &value, Message::Any);
                faults.extend(
                    found
                        .into_iter()
                        .map(|fault| format!("{name}, {form:?}: {fault}")),
                );
            }
        }
    }
    assert_none(&faults);
}

/// A value without one of its required properties cannot be read.
#[test]
fn a_missing_required_property_is_an_error() {
    let mut faults = Vec::new();
    for (pointer, name, trip) in types() {
        let ty = &model().api.types[pointer];
        let TypeKind::Struct(object) = &ty.kind else {
            continue;
        };
        for field in object
            .fields
            .iter()
            .filter(|field| field.required && !field.nullable)
        {
            let mut value = values(pointer, Form::Required).remove(0);
            value.as_object_mut().unwrap().remove(&field.wire);
            if trip(&value.to_string()).is_ok() {
                faults.push(format!("{name}: {} may be missing", field.wire));
            }
        }
    }
    assert_none(&faults);
}

/// The service sends `null` for empty collections; in responses they are read as empty.
#[test]
fn b35_required_collections_in_responses_may_be_null() {
    let mut faults = Vec::new();
    for (pointer, name, trip) in types() {
        let ty = &model().api.types[pointer];
        let TypeKind::Struct(object) = &ty.kind else {
            continue;
        };
        let collections = object
            .fields
            .iter()
            .filter(|field| matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Object));
        for field in collections.filter(|field| field.required && !ty.usage.request) {
            let mut value = values(pointer, Form::Full).remove(0);
            value[&field.wire] = Value::Null;
            let fault = fault(pointer, trip, &value);
            faults.extend(fault.map(|fault| format!("{name}.{}: {fault}", field.wire)));
        }
    }
    assert_none(&faults);
}

/// A union keeps objects of an unknown shape, and refuses everything else.
#[test]
fn b83_unions_keep_other_objects_and_refuse_the_rest() {
    for (pointer, name, trip) in types() {
        if !matches!(model().api.types[pointer].kind, TypeKind::Union(_)) {
            continue;
        }
        for value in [json!({"type": "new", "a": [null]}), json!({})] {
            assert_eq!(trip(&value.to_string()), Ok(value), "{name}");
        }
        for value in [json!([1]), json!("a"), json!(7), json!(null)] {
            let error = trip(&value.to_string()).unwrap_err();
            assert!(error.contains("expected an object"), "{name}: {error}");
        }
    }
}

/// Misspelt keys of the service are read, and the right spelling is written.
#[test]
fn misspelt_keys_are_read_and_written_right() {
    let mut tried = 0;
    for (pointer, name, trip) in types() {
        let ty = &model().api.types[pointer];
        let TypeKind::Struct(object) = &ty.kind else {
            continue;
        };
        let misspelt = object.fields.iter().filter(|_| ty.usage.response);
        for (field, alias) in
            misspelt.flat_map(|field| field.aliases.iter().map(move |alias| (field, alias)))
        {
            let right = values(pointer, Form::Full).remove(0);
            let mut wrong = right.clone();
            let inner = wrong.as_object_mut().unwrap().remove(&field.wire).unwrap();
            wrong[alias] = inner;
            assert_eq!(
                trip(&wrong.to_string()),
                trip(&right.to_string()),
                "{name}.{alias}"
            );
            tried += 1;
        }
    }
    assert!(tried >= model().api.aliases.len());
}

#[test]
fn examples_of_schemas_round_trip() {
    let mut faults = Vec::new();
    let mut tried = 0;
    for (pointer, name, trip) in types() {
        if let Some(example) = node(&pointer.to_string()).get("example") {
            let fault = fault(pointer, trip, example);
            faults.extend(fault.map(|fault| format!("{name}: {fault}")));
            tried += 1;
        }
    }
    assert_none(&faults);
    assert!(tried > 20, "only {tried} types have an example");
}

#[test]
fn examples_of_bodies_and_responses_round_trip() {
    let trips: BTreeMap<_, _> = types().map(|(pointer, _, trip)| (pointer, trip)).collect();
    let mut faults = Vec::new();
    let mut tried = 0;
    let operations = model()
        .api
        .root
        .walk()
        .into_iter()
        .flat_map(|resource| &resource.operations);
    for operation in operations {
        let mut examples = Vec::new();
        for media in operation.body.iter().flat_map(|body| &body.media) {
            let example = node(&media.pointer.to_string()).get("example");
            examples.extend(media.ty.as_ref().zip(example));
        }
        for content in operation
            .responses
            .iter()
            .flat_map(|success| &success.contents)
        {
            if let ResponseKind::Result { ty, .. } = &content.kind {
                let example = &node(&content.pointer.to_string())["example"]["result"];
                examples.push((ty, example));
            }
        }
        for (pointer, value) in examples
            .into_iter()
            .flat_map(|(ty, example)| named(ty, example))
        {
            tried += 1;
            let fault = fault(pointer, trips[pointer], value);
            faults.extend(fault.map(|fault| format!("{}: {fault}", operation.id)));
        }
    }
    assert_none(&faults);
    assert!(tried > 40, "only {tried} values were found");
}

/// The values of types with names in an example: itself, or its items.
fn named(ty: &'static Ty, example: &'static Value) -> Vec<(&'static Pointer, &'static Value)> {
    match (ty, example) {
        (Ty::Named(pointer), example) => vec![(pointer, example)],
        (Ty::List(inner), Value::Array(items)) => {
            items.iter().flat_map(|item| named(inner, item)).collect()
        }
        _ => Vec::new(),
    }
}
