//! What all variants of a union have: properties of one name and one type, so that users read them without a `match`.

use crate::model::{Api, Field, Holding, Setting, Ty, TypeKind, Union};
use crate::pointer::Pointer;

/// Fills in `common` of all unions.
pub(super) fn find(api: &mut Api) {
    let found: Vec<(Pointer, Vec<(String, Ty)>)> = api
        .types
        .iter()
        .filter_map(|(pointer, ty)| match &ty.kind {
            TypeKind::Union(union) => Some((pointer.clone(), common(api, union))),
            TypeKind::Struct(_) | TypeKind::Enum(_) => None,
        })
        .collect();
    for (pointer, common) in found {
        if let Some(TypeKind::Union(union)) = api.types.get_mut(&pointer).map(|ty| &mut ty.kind) {
            union.common = common;
        }
    }
}

fn common(api: &Api, union: &Union) -> Vec<(String, Ty)> {
    let mut lists = union
        .variants
        .iter()
        .map(|variant| fields(api, &variant.ty));
    let first = lists.next().unwrap_or_default();
    let others: Vec<&[Field]> = lists.collect();
    let everywhere = |field: &&Field| {
        others.iter().all(|list| {
            list.iter()
                .any(|other| other.wire == field.wire && same(field, other))
        })
    };
    first
        .iter()
        .filter(|field| is_readable(field))
        .filter(everywhere)
        .map(|field| (field.wire.clone(), field.ty.clone()))
        .collect()
}

fn same(one: &Field, other: &Field) -> bool {
    let is_always_there = |field: &Field| field.required && !field.nullable;
    one.ty == other.ty && is_readable(other) && is_always_there(one) == is_always_there(other)
}

/// A fixed value is private, and an accessor could not distinguish absent, `null` and a value.
fn is_readable(field: &Field) -> bool {
    field.set != Setting::Fixed && field.held != Holding::TriState
}

fn fields<'a>(api: &'a Api, ty: &Ty) -> &'a [Field] {
    match ty
        .own()
        .and_then(|pointer| api.types.get(pointer))
        .map(|ty| &ty.kind)
    {
        Some(TypeKind::Struct(object)) => &object.fields,
        _ => &[],
    }
}
