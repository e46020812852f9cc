//! Differences of the Rust surface. In: two surfaces and the renames between them. Out: the differences, each with its rule.

use std::collections::BTreeSet;

use crate::surface::{Entry, EntryKind, Surface, SurfaceLine};

use super::classify::{classify_changed, classify_unpaired};
use super::renames::Renames;
use super::rules::{ChangeRule, Level};
use super::signatures::{distinct, render_entry};

/// One difference between two surfaces.
#[derive(Clone, Debug)]
pub(super) struct Difference<'a> {
    pub(super) rule: ChangeRule,
    /// The path under the new names.
    pub(super) path: String,
    pub(super) kind: EntryKind,
    pub(super) old: Option<&'a Entry>,
    pub(super) new: Option<&'a Entry>,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

/// The two surfaces, and the names that differ between them.
struct Pair<'a> {
    old: &'a Surface,
    new: &'a Surface,
    renames: &'a Renames,
}

/// All differences: those of the old surface in its order, then what is new.
pub(super) fn differences<'a>(
    old: &'a Surface,
    new: &'a Surface,
    renames: &'a Renames,
) -> Vec<Difference<'a>> {
    let pair = Pair { old, new, renames };
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, entry) in &old.entries {
        let after = pair.path_after(path, entry);
        match new.entries.get(&after) {
            Some(other) => {
                found.extend(pair.renamed(path, &after, entry, other));
                found.extend(pair.changed(path, &after, entry, other));
                found.extend(pair.deprecation(path, &after, entry, other));
                seen.insert(after);
            }
            None if goes_with_owner(entry, old, |owner| {
                new.entries.contains_key(&renames.path(owner))
            }) => {}
            None => found.push(Difference {
                rule: ChangeRule::Removed,
                path: path.clone(),
                kind: entry.kind,
                old: Some(entry),
                new: None,
                before: render_entry(path, entry, old),
                after: Vec::new(),
            }),
        }
    }
    for (path, entry) in new.entries.iter().filter(|(path, _)| !seen.contains(*path)) {
        if !goes_with_owner(entry, new, |owner| seen.contains(owner)) {
            found.push(Difference {
                rule: ChangeRule::Added,
                path: path.clone(),
                kind: entry.kind,
                old: None,
                new: Some(entry),
                before: Vec::new(),
                after: render_entry(path, entry, new),
            });
        }
    }
    found.extend(pair.lost_names());
    with_constructors(found)
}

/// Whether an entry is added or removed together with a type, or with the method whose call it is set on: only the owner is reported then.
fn goes_with_owner(entry: &Entry, surface: &Surface, stays: impl Fn(&str) -> bool) -> bool {
    let Some(path) = &entry.owner else {
        return false;
    };
    let owner = surface.entries.get(path).map(|owner| owner.kind);
    owner.is_some_and(|kind| kind.is_type() || kind == EntryKind::Method) && !stays(path)
}

impl<'a> Pair<'a> {
    /// The current path of an old entry. The constructor of a type can be `new` or `builder`.
    fn path_after(&self, path: &str, entry: &Entry) -> String {
        let after = self.renames.path(path);
        if entry.kind != EntryKind::Constructor || self.new.entries.contains_key(&after) {
            return after;
        }
        let owner = after.rsplit_once("::").map_or("", |(owner, _)| owner);
        let others = ["new", "builder"].map(|name| format!("{owner}::{name}"));
        let other = others
            .into_iter()
            .find(|other| self.new.entries.contains_key(other));
        other.unwrap_or(after)
    }

    /// The old names that the old surface kept and the new one does not, and the other paths of types that are still there.
    fn lost_names(&self) -> Vec<Difference<'a>> {
        let is_there = |path: &String| {
            self.new.old_names.contains_key(path)
                || self.new.exports.contains_key(path)
                || self.new.entries.contains_key(path)
        };
        let old = self.old.old_names.iter();
        let old = old.map(|(path, now)| (path, now, "#[deprecated] "));
        let exports = self.old.exports.iter().map(|(path, now)| (path, now, ""));
        let stays = |now: &String| self.new.entries.contains_key(&self.renames.path(now));
        let exports = exports.filter(|(_, now, _)| stays(now));
        let lost = old.chain(exports).filter(|(path, ..)| !is_there(path));
        let difference = |(path, now, mark): (&String, &String, &str)| {
            let entry = self.old.entries.get(now)?;
            Some(Difference {
                rule: ChangeRule::Removed,
                path: path.clone(),
                kind: entry.kind,
                old: Some(entry),
                new: None,
                before: vec![format!("{mark}{path} = {now}")],
                after: Vec::new(),
            })
        };
        lost.filter_map(difference).collect()
    }

    fn renamed(
        &self,
        path: &str,
        after: &str,
        old: &'a Entry,
        new: &'a Entry,
    ) -> Option<Difference<'a>> {
        let is_other_constructor = new.kind == EntryKind::Constructor;
        // It is defined elsewhere now, and has its old path too.
        if self.new.exports.get(path).is_some_and(|now| now == after) {
            return None;
        }
        let rule = match self.new.old_names.get(path) {
            Some(now) if now == after => ChangeRule::OldNameDeprecated,
            _ => ChangeRule::Renamed,
        };
        (self.renames.is_renamed(path) && !is_other_constructor).then(|| Difference {
            rule,
            path: after.to_owned(),
            kind: new.kind,
            old: Some(old),
            new: Some(new),
            before: vec![path.to_owned()],
            after: vec![after.to_owned()],
        })
    }

    fn deprecation(
        &self,
        path: &str,
        after: &str,
        old: &'a Entry,
        new: &'a Entry,
    ) -> Option<Difference<'a>> {
        let rule = match (old.deprecated, new.deprecated) {
            (false, true) => ChangeRule::Deprecated,
            (true, false) => ChangeRule::Undeprecated,
            (true, true) | (false, false) => return None,
        };
        let marked = |path: &str, entry: &Entry, surface: &Surface| {
            let mark = if entry.deprecated {
                "#[deprecated] "
            } else {
                ""
            };
            let text = render_entry(path, entry, surface)
                .into_iter()
                .next()
                .unwrap_or_default();
            vec![format!("{mark}{text}")]
        };
        Some(Difference {
            rule,
            path: after.to_owned(),
            kind: new.kind,
            old: Some(old),
            new: Some(new),
            before: marked(path, old, self.old),
            after: marked(after, new, self.new),
        })
    }

    /// The difference between two states of one entry, under the most severe of the rules that apply.
    fn changed(
        &self,
        path: &str,
        after: &str,
        old: &'a Entry,
        new: &'a Entry,
    ) -> Option<Difference<'a>> {
        let known = self.renames.lines(path, old, new);
        let mut rules = Vec::new();
        let (mut was, mut is) = (Vec::new(), Vec::new());
        if old.kind != new.kind {
            rules.push(ChangeRule::KindChanged);
        }
        for (line, known) in old.lines.iter().zip(&known) {
            match new.lines.iter().find(|other| other.key() == known.key()) {
                Some(other) => {
                    let Some(rule) = classify_changed(known, other) else {
                        continue;
                    };
                    rules.push(rule);
                    is.push(other);
                }
                None => rules.push(classify_unpaired(line, Level::Breaking)),
            }
            was.push(line);
        }
        let is_new = |line: &&SurfaceLine| !known.iter().any(|other| other.key() == line.key());
        for line in new.lines.iter().filter(is_new) {
            rules.push(classify_unpaired(line, Level::Additive));
            is.push(line);
        }
        let mut rule = rules
            .into_iter()
            .min_by_key(|rule| (rule.level(), rule.compiles(), *rule))?;
        let (mut was, mut is) = (distinct(was), distinct(is));
        if new.kind == EntryKind::Constructor {
            (was, is) = (
                render_entry(path, old, self.old),
                render_entry(after, new, self.new),
            );
            if rule.level() == Level::Breaking && !rule.compiles() {
                rule = ChangeRule::ArgumentsChanged;
            }
        }
        Some(Difference {
            rule,
            path: after.to_owned(),
            kind: new.kind,
            old: Some(old),
            new: Some(new),
            before: was,
            after: is,
        })
    }
}

/// Where the constructor of a type is added or removed, the setters of its fields are part of that change.
fn with_constructors(differences: Vec<Difference<'_>>) -> Vec<Difference<'_>> {
    let (mut constructors, mut others): (Vec<_>, Vec<_>) =
        differences.into_iter().partition(|difference| {
            difference.kind == EntryKind::Constructor
                && matches!(difference.rule, ChangeRule::Added | ChangeRule::Removed)
        });
    for constructor in &mut constructors {
        let owner = |difference: &Difference<'_>| {
            let path = difference
                .path
                .rsplit_once("::")
                .map(|(owner, _)| owner.to_owned());
            path.unwrap_or_default()
        };
        let own = owner(constructor);
        others.retain(|other| {
            let is_there = other.old.is_some() && other.new.is_some();
            let is_setter =
                other.kind == EntryKind::Field && other.rule == constructor.rule && is_there;
            let goes = is_setter && owner(other) == own;
            if goes {
                constructor.before.extend(other.before.clone());
                constructor.after.extend(other.after.clone());
            }
            !goes
        });
    }
    others.extend(constructors);
    others
}
