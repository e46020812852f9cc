//! Tags that structs write themselves, which Rust does not show. In: two models. Out: a change for each that requests no longer have, and for
//! each with another value. Where it is an argument now, or was one, the constructor shows it.

use crate::model::{Field, Setting, Struct, Tag, TypeKind};

use super::changes::{Side, change};
use super::rules::ChangeRule;
use super::{Change, NodeLocation};

/// What the changes are about.
const NOUN: &str = "tag";

/// The changes, in the order of the new document. Types that only one of the states has are none of them.
pub(super) fn tags(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for (pointer, now) in &new.model.api.types {
        let Some(before) = old.model.api.types.get(pointer) else {
            continue;
        };
        let (TypeKind::Struct(was), TypeKind::Struct(is)) = (&before.kind, &now.kind) else {
            continue;
        };
        let in_requests = before.usage.request && now.usage.request;
        let path = new.model.names.type_path(pointer).unwrap_or_default();
        for tag in &was.tags {
            let other = is.tags.iter().find(|other| other.wire == tag.wire);
            let rule = match other {
                Some(other) if other.value != tag.value => ChangeRule::Wire,
                None if in_requests && !is_set(is, &tag.wire) => ChangeRule::TagLost,
                _ => continue,
            };
            let places = [
                Some(NodeLocation::of(old.desk, &tag.pointer)),
                other.map(|other| NodeLocation::of(new.desk, &other.pointer)),
            ];
            let (before, after) = (vec![described(tag)], other.map(described));
            let after = after.into_iter().collect();
            let why = rule.why(None);
            found.push(change(rule, NOUN, &path, before, after, why, places));
        }
    }
    found
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
