//! Which types have values of their own to be read and written.
//!
//! In: the model, and the document. Out: the types with the nodes that define them, and how many are left out: those with files are sent and
//! never read; those that are merged of several schemas have no node that says all of them, and are tried inside the types around them.

use std::collections::BTreeSet;

use codegen::model::{Api, Ty, Type, TypeKind};
use codegen::pointer::Pointer;
use serde_json::Value;

/// How deep the members of a schema are read.
const DEPTH: usize = 16;

/// The types, by what becomes of them.
#[derive(Debug, Default)]
pub(crate) struct Tried<'a> {
    pub(crate) types: Vec<&'a Pointer>,
    pub(crate) with_files: usize,
    pub(crate) merged: usize,
}

impl<'a> Tried<'a> {
    /// Of the types of a model that have a name.
    pub(crate) fn new(
        api: &'a Api,
        root: &Value,
        named: impl Iterator<Item = &'a Pointer>,
    ) -> Self {
        let with_files = with_files(api);
        let mut tried = Self::default();
        for pointer in named {
            if with_files.contains(pointer) {
                tried.with_files += 1;
            } else if api
                .types
                .get(pointer)
                .is_some_and(|ty| is_merged(root, pointer, ty))
            {
                tried.merged += 1;
            } else {
                tried.types.push(pointer);
            }
        }
        tried
    }
}

/// The types that hold a file, themselves or in a type of theirs.
fn with_files(api: &Api) -> BTreeSet<&Pointer> {
    let mut found = BTreeSet::new();
    loop {
        let known = found.len();
        let holds = |ty: &Type| {
            let mut uses = ty.uses().into_iter();
            uses.any(|ty| is_file(ty) || ty.named().is_some_and(|name| found.contains(name)))
        };
        let more = api.types.iter().filter(|(_, ty)| holds(ty));
        let more: Vec<&Pointer> = more.map(|(pointer, _)| pointer).collect();
        found.extend(more);
        if found.len() == known {
            return found;
        }
    }
}

fn is_file(ty: &Ty) -> bool {
    match ty {
        Ty::File => true,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => is_file(inner),
        _ => false,
    }
}

/// Whether the node of a type does not list what the type requires: it is one of the schemas that the type is merged of, or there is none.
fn is_merged(root: &Value, pointer: &Pointer, ty: &Type) -> bool {
    let Some(schema) = root.pointer(&pointer.to_string()) else {
        return true;
    };
    let TypeKind::Struct(object) = &ty.kind else {
        return false;
    };
    let mut listed = BTreeSet::new();
    list(root, schema, DEPTH, &mut listed);
    let mut required = object.fields.iter().filter(|field| field.required);
    required.any(|field| !listed.contains(field.wire.as_str()))
}

/// Adds the names of the properties that a schema lists, itself or in its members.
fn list<'a>(root: &'a Value, schema: &'a Value, depth: usize, listed: &mut BTreeSet<&'a str>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    let target = schema["$ref"]
        .as_str()
        .and_then(|target| root.pointer(target.strip_prefix('#')?));
    if let Some(target) = target {
        list(root, target, depth, listed);
    }
    let properties = schema["properties"].as_object().into_iter().flatten();
    listed.extend(properties.map(|(name, _)| name.as_str()));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for member in schema[keyword].as_array().into_iter().flatten() {
            list(root, member, depth, listed);
        }
    }
}
