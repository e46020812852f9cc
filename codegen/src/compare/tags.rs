//! Tags that structs write themselves, which Rust does not show. In: two models. Out: a change for each that requests no longer have, and for
//! each with another value. Where it is an argument now, or was one, the constructor shows it.

use crate::model::{Api, Field, Setting, Struct, Tag, Type, TypeKind};
use crate::pointer::Pointer;

use super::changes::{Side, change};
use super::rules::ChangeRule;
use super::{Change, NodeLocation};

/// What the changes are about.
const NOUN: &str = "tag";

/// The changes, in the order of the new document. Types that only one of the states has are none of them.
pub(super) fn tags(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for (pointer, now) in &new.model.api.types {
        let Some((was, is)) = old_struct(&old.model.api, pointer).zip(structure(now)) else {
            continue;
        };
        let (was, had) = was;
        let in_requests = was.usage.request && now.usage.request;
        let changed = had.tags.iter().filter_map(|tag| {
            let same = is.tags.iter().find(|other| other.wire == tag.wire);
            match same {
                Some(other) if other.value == tag.value => None,
                Some(other) => Some((ChangeRule::Wire, tag, Some(other))),
                None => (in_requests && !is_set(is, &tag.wire)).then_some((
                    ChangeRule::TagLost,
                    tag,
                    None,
                )),
            }
        });
        for (rule, tag, other) in changed {
            let path = new.model.names.type_path(pointer).unwrap_or_default();
            let places = [
                Some(NodeLocation::of(old.desk, &tag.pointer)),
                other.map(|other| NodeLocation::of(new.desk, &other.pointer)),
            ];
            let (before, after) = (vec![described(tag)], other.map(described));
            let after = after.into_iter().collect();
            found.push(change(
                rule,
                NOUN,
                &path,
                before,
                after,
                rule.why(None),
                places,
            ));
        }
    }
    found
}

fn old_struct<'a>(api: &'a Api, pointer: &Pointer) -> Option<(&'a Type, &'a Struct)> {
    let ty = api.types.get(pointer)?;
    Some((ty, structure(ty)?))
}

fn structure(ty: &Type) -> Option<&Struct> {
    match &ty.kind {
        TypeKind::Struct(object) => Some(object),
        TypeKind::Enum(_) | TypeKind::Union(_) => None,
    }
}

/// Whether every request has the property: whoever creates the struct states it, or `sdk.toml` does.
fn is_set(object: &Struct, wire: &str) -> bool {
    let is_set = |field: &Field| {
        matches!(field.set, Setting::Argument | Setting::Fixed) && field.wire == wire
    };
    object.fields.iter().any(is_set)
}

/// `kind = "A"`, on one line.
fn described(tag: &Tag) -> String {
    format!("{} = {:?}", tag.wire, tag.value)
}
