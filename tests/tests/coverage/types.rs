//! Types, fields, variants and values: the model and the generated Rust have the same, both ways.
//!
//! In: the model with its names, and the Rust as text. Out: nothing.

use std::collections::{BTreeMap, BTreeSet};

use codegen::model::{Enum, Scalar, Struct, Type, TypeKind, Union};
use codegen::pointer::Pointer;
use tests::document::model;

use crate::assert_none;
use crate::rust::{self, Code};

/// The names of the model's types of one kind, ids apart.
fn named(kind: fn(&TypeKind) -> bool) -> BTreeSet<String> {
    let types = model().api.types.iter();
    let types = types.filter(|(_, ty)| kind(&ty.kind));
    types.map(|(pointer, _)| name(pointer)).collect()
}

fn name(pointer: &Pointer) -> String {
    model().names.types[pointer].clone()
}

fn keys<T>(map: &BTreeMap<String, T>) -> BTreeSet<String> {
    map.keys().cloned().collect()
}

#[test]
fn structs_are_types_handles_and_builders() {
    let code = rust::read();
    let mut expected = named(|kind| matches!(kind, TypeKind::Struct(_)));
    expected.extend(
        model()
            .names
            .handles
            .values()
            .map(|handle| handle.ty.clone()),
    );
    let builders = keys(&code.structs);
    let builders = builders.iter().filter(|name| is_builder(&code, name));
    expected.extend(builders.cloned());
    assert_eq!(keys(&code.structs), expected);
}

/// Whether a type is the builder of a struct: it has the struct's name with `Builder`.
fn is_builder(code: &Code, name: &str) -> bool {
    let of = name.strip_suffix("Builder");
    of.is_some_and(|of| code.methods_of(of).contains("builder"))
}

#[test]
fn tuple_structs_are_the_ids() {
    let ids = model().api.ids.keys().cloned().collect();
    assert_eq!(rust::read().tuples, ids);
}

#[test]
fn enums_are_types_and_endpoints() {
    let code = rust::read();
    let mut expected = named(|kind| matches!(kind, TypeKind::Enum(_) | TypeKind::Union(_)));
    expected.extend(
        model()
            .names
            .methods
            .values()
            .map(|names| names.endpoint.clone()),
    );
    assert_eq!(keys(&code.enums), expected);
}

#[test]
fn everything_is_exported() {
    let code = rust::read();
    let mut types: BTreeSet<_> = model().names.types.values().cloned().collect();
    types.extend(code.tuples.iter().cloned());
    types.extend(
        keys(&code.structs)
            .into_iter()
            .filter(|name| is_builder(&code, name)),
    );
    assert_eq!(code.exports["types"], types);

    let handles = model()
        .names
        .handles
        .values()
        .map(|handle| handle.ty.clone());
    let endpoints = model()
        .names
        .methods
        .values()
        .map(|names| names.endpoint.clone());
    assert_eq!(code.exports["api"], handles.chain(endpoints).collect());
}

#[test]
fn types_hold_what_the_model_says() {
    let code = rust::read();
    let mut faults = Vec::new();
    for (pointer, ty) in &model().api.types {
        let name = name(pointer);
        let found = match &ty.kind {
            TypeKind::Struct(object) => fields(&code, &name, ty, object),
            TypeKind::Enum(list) => values(&code, &name, list),
            TypeKind::Union(union) => variants(&code, &name, union),
        };
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("{name} ({pointer}): {fault}")),
        );
    }
    assert_none(&faults);
}

/// Fields with their names here and on the wire, their misspellings, and whether users see them.
fn fields(code: &Code, name: &str, ty: &Type, object: &Struct) -> Vec<String> {
    let actual: Vec<_> = code.structs[name]
        .iter()
        .map(|field| {
            (
                field.name.trim_start_matches("r#"),
                field.wire.as_str(),
                field.public,
                field.aliases.as_slice(),
                field.is_read,
            )
        })
        .collect();
    let mut expected = Vec::new();
    for field in &object.fields {
        let aliases = if ty.usage.response {
            field.aliases.as_slice()
        } else {
            &[]
        };
        let name = model().names.fields[&field.pointer].as_str();
        let is_public = field.fixed.is_none();
        expected.push((name, field.wire.as_str(), is_public, aliases, true));
    }
    if object.additional.is_some() {
        let name = "additional_properties";
        expected.push((name, name, true, &[], false));
    }
    let mut faults = differ(&actual, &expected);
    if ty.usage.request {
        faults.extend(settable(code, name, object));
    }
    faults
}

/// Each field of a request can be set: by `new`, by the builder, or by a setter. A builder sets all of them.
fn settable(code: &Code, name: &str, object: &Struct) -> Vec<String> {
    let methods = code.methods_of(name);
    let builder = format!("{name}Builder<");
    let builders = code
        .methods
        .iter()
        .filter(|(known, _)| known.starts_with(&builder));
    let named: BTreeSet<_> = builders.flat_map(|(_, methods)| methods).collect();
    let actual = object
        .fields
        .iter()
        .filter(|field| field.fixed.is_none() && !field.read_only);
    actual
        .filter(|field| {
            let name = &model().names.fields[&field.pointer];
            let by_new = field.required && methods.contains("new");
            if methods.contains("builder") {
                return !named.contains(name);
            }
            !by_new && !methods.contains(name.as_str())
        })
        .map(|field| format!("{} cannot be actual", field.wire))
        .collect()
}

/// Variants in the document's order, each with its value, and the catch-all at the end.
fn values(code: &Code, name: &str, list: &Enum) -> Vec<String> {
    let values = &code.values[name];
    let none = String::from("no value");
    let actual: Vec<_> = code.enums[name]
        .iter()
        .map(|variant| {
            (
                variant.as_str(),
                values.get(variant).unwrap_or(&none).clone(),
            )
        })
        .collect();
    let mut expected: Vec<_> = list
        .values
        .iter()
        .map(|value| {
            let text = match &value.value {
                Scalar::Text(text) | Scalar::Number(text) => text.clone(),
                Scalar::Integer(number) => number.to_string(),
                Scalar::Bool(value) => value.to_string(),
            };
            (model().names.variants[&value.pointer].as_str(), text)
        })
        .collect();
    expected.push(("Unknown", none.clone()));
    differ(&actual, &expected)
}

fn variants(code: &Code, name: &str, union: &Union) -> Vec<String> {
    let actual: Vec<_> = code.enums[name].iter().map(String::as_str).collect();
    let variants = union
        .variants
        .iter()
        .map(|variant| model().names.variants[&variant.pointer].as_str());
    differ(&actual, &variants.chain(["Unknown"]).collect::<Vec<_>>())
}

fn differ<T: PartialEq + std::fmt::Debug>(actual: &[T], expected: &[T]) -> Vec<String> {
    let missing = expected
        .iter()
        .filter(|one| !actual.contains(one))
        .map(|one| format!("{one:?} is missing"));
    let beyond = actual
        .iter()
        .filter(|one| !expected.contains(one))
        .map(|one| format!("{one:?} is not in the model"));
    let faults: Vec<_> = missing.chain(beyond).collect();
    if faults.is_empty() && actual != expected {
        return vec!["the order is not the document's".to_owned()];
    }
    faults
}
