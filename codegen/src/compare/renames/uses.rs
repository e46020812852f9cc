//! Renamed types that changed as well. In: two surfaces, and the renames that are known. Out: one more pair of names.
//!
//! A removed type and a new one are the same where each item that is in both surfaces names the new one in place of the old one, and
//! at least half of the members are in both.

use std::collections::{BTreeMap, BTreeSet};

use crate::surface::{EntryKind, Role, Surface, words};

use super::Renames;

/// A removed type and the new one that takes its place.
pub(super) fn pair(renames: &Renames, old: &Surface, new: &Surface) -> Option<(String, String)> {
    let is_gone = |name: &str| is_type(old, name) && !new.entries.contains_key(&renames.path(name));
    let taken: BTreeSet<&String> = renames.paths.values().collect();
    let is_new = |name: &str| {
        is_type(new, name) && !old.entries.contains_key(name) && !taken.contains(&name.to_owned())
    };
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (was, is) in replaced(renames, old, new) {
        if is_gone(&was) {
            uses.entry(was).or_default().insert(is);
        }
    }
    let users = |name: &str| uses.values().filter(|names| names.contains(name)).count();
    uses.iter().find_map(|(was, names)| {
        let is = names.first().filter(|_| names.len() == 1)?;
        let fits = is_new(is) && users(is) == 1 && are_alike(old, was, new, is);
        fits.then(|| (was.clone(), is.clone()))
    })
}

fn is_type(surface: &Surface, name: &str) -> bool {
    let entry = surface.entries.get(name);
    entry.is_some_and(|entry| entry.kind.is_type() && entry.kind != EntryKind::Id)
}

/// The words in which the lines of items differ that are in both surfaces.
fn replaced(renames: &Renames, old: &Surface, new: &Surface) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, entry) in &old.entries {
        let Some(after) = new.entries.get(&renames.path(path)) else {
            continue;
        };
        let lines = renames.lines(path, entry, after);
        for line in lines.iter().filter(|line| line.role != Role::Trait) {
            let other = after.lines.iter().find(|other| other.key() == line.key());
            found.extend(other.into_iter().flat_map(|other| {
                let (was, is) = (words(&line.text), words(&other.text));
                let pairs = was.len() == is.len();
                let pairs = pairs.then(|| was.into_iter().zip(is));
                pairs.into_iter().flatten().filter(|(was, is)| was != is)
            }));
        }
    }
    found
}

fn are_alike(old: &Surface, was: &str, new: &Surface, is: &str) -> bool {
    let kind = |surface: &Surface, name: &str| surface.entries.get(name).map(|entry| entry.kind);
    let (before, after) = (members(old, was), members(new, is));
    let shared = before.intersection(&after).count();
    kind(old, was) == kind(new, is) && shared > 0 && shared * 2 >= before.len().max(after.len())
}

/// The names of the fields or variants of a type.
fn members<'a>(surface: &'a Surface, owner: &str) -> BTreeSet<&'a str> {
    let parts = surface.entries.iter().filter(|(_, entry)| {
        entry.owner.as_deref() == Some(owner)
            && matches!(entry.kind, EntryKind::Field | EntryKind::Variant)
    });
    let names = parts.filter_map(|(path, _)| path.rsplit("::").next());
    names.filter(|name| *name != "Unknown").collect()
}
