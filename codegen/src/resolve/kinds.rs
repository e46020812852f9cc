//! Which kinds of JSON values a type has, and which structs a value of it can be.

use std::collections::BTreeSet;

use crate::model::{Api, JsonKind, Struct, Ty, TypeKind, Union};
use crate::pointer::Pointer;

/// The kinds of values of a type.
pub(super) fn kinds(api: &Api, ty: &Ty) -> Vec<JsonKind> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        found.insert(match ty {
            Ty::Bool => JsonKind::Bool,
            Ty::Integer(_) => JsonKind::Integer,
            Ty::Float(_) => JsonKind::Number,
            Ty::Text | Ty::Secret | Ty::Id(_) | Ty::Binary | Ty::File => JsonKind::Text,
            Ty::Timestamp => JsonKind::DateTime,
            Ty::List(_) => JsonKind::List,
            Ty::Map(_) | Ty::Object => JsonKind::Object,
            Ty::Any => JsonKind::Any,
            Ty::Nullable(inner) => {
                open.push(inner);
                continue;
            }
            Ty::Named(pointer) | Ty::Boxed(pointer) => match kind_of(api, pointer) {
                Some(TypeKind::Enum(list)) => {
                    found.extend(list.values.iter().map(|value| value.value.kind()));
                    continue;
                }
                Some(TypeKind::Union(union)) => {
                    if seen.insert(pointer) {
                        open.extend(union.variants.iter().map(|variant| &variant.ty));
                    }
                    continue;
                }
                Some(TypeKind::Struct(_)) | None => JsonKind::Object,
            },
        });
    }
    found.into_iter().collect()
}

/// The structs that a value can be: one, or those of a union inside a union. `None` where it can be something else.
pub(super) fn structures<'a>(api: &'a Api, ty: &'a Ty) -> Option<Vec<&'a Struct>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        let pointer = ty.own()?;
        match kind_of(api, pointer)? {
            TypeKind::Struct(object) => found.push(object),
            TypeKind::Union(Union { variants, .. }) => {
                if seen.insert(pointer) {
                    open.extend(variants.iter().rev().map(|variant| &variant.ty));
                }
            }
            TypeKind::Enum(_) => return None,
        }
    }
    Some(found)
}

fn kind_of<'a>(api: &'a Api, pointer: &Pointer) -> Option<&'a TypeKind> {
    api.types.get(pointer).map(|ty| &ty.kind)
}
