//! Equal inline schemas that are one type. In: two models. Out: a change for each type that was one with others and no longer is, and for
//! each that became one with others.

use std::collections::BTreeMap;

use crate::model::{Api, TypeKind};
use crate::naming::Names;
use crate::pointer::Pointer;
use crate::surface::EntryKind;

use super::changes::{Side, change};
use super::rules::ChangeRule;
use super::{Change, NodeLocation};

/// The changes, in the order of the new document. Types that only one of the states has are none of them.
pub(super) fn shared(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let (before, after) = (&old.model.names, &new.model.names);
    let parted = apart(&new.model.api, before, after).into_iter();
    let parted = parted.map(|pair| report(ChangeRule::Parted, pair, old, new));
    let joined = apart(&new.model.api, after, before).into_iter();
    let joined = joined.map(|pair| report(ChangeRule::Joined, pair, old, new));
    parted.chain(joined).flatten().collect()
}

/// The types that are one with an earlier type by these names, and not by those; each with the first that it is one with.
fn apart<'a>(api: &'a Api, one: &Names, other: &Names) -> Vec<(&'a Pointer, &'a Pointer)> {
    let is_known =
        |pointer: &&Pointer| one.types.contains_key(*pointer) && other.types.contains_key(*pointer);
    let mut firsts: BTreeMap<&Pointer, &Pointer> = BTreeMap::new();
    let mut found = Vec::new();
    for pointer in api.types.keys().filter(is_known) {
        let first = *firsts.entry(item(one, pointer)).or_insert(pointer);
        if item(other, first) != item(other, pointer) {
            found.push((pointer, first));
        }
    }
    found
}

/// The type whose item this one is a name of.
fn item<'n>(names: &'n Names, pointer: &'n Pointer) -> &'n Pointer {
    names.same.get(pointer).unwrap_or(pointer)
}

fn report(
    rule: ChangeRule,
    (pointer, first): (&Pointer, &Pointer),
    old: &Side<'_>,
    new: &Side<'_>,
) -> Option<Change> {
    let paths = |side: &Side<'_>| {
        let names = &side.model.names;
        Some((names.type_path(pointer)?, names.type_path(first)?))
    };
    let ((was, was_first), (is, is_first)) = (paths(old)?, paths(new)?);
    let (before, after) = match rule {
        ChangeRule::Parted => (vec![was_first], vec![is.clone()]),
        _ => (vec![was], vec![is_first]),
    };
    let kind = match new.model.api.types.get(pointer)?.kind {
        TypeKind::Struct(_) => EntryKind::Struct,
        TypeKind::Enum(_) => EntryKind::Enum,
        TypeKind::Union(_) => EntryKind::Union,
    };
    let places = [old.desk, new.desk].map(|desk| Some(NodeLocation::of(desk, pointer)));
    let why = rule.why(Some(kind));
    Some(change(rule, kind.noun(), &is, before, after, why, places))
}
