//! Renames. In: two surfaces. Out: the old one under the new names, so that a rename is one change and not one for each
//! occurrence of the name.
//!
//! An entry is the same when it has the same node, property, value or operation in the document. A type whose schema was
//! renamed is recognized by its members, if no other type has the same ones, or else by its uses.

mod uses;

use std::collections::{BTreeMap, BTreeSet};

use crate::naming::plain;
use crate::surface::{Entry, EntryKind, Role, Surface, SurfaceLine, with_words};

/// The old surface under the new names.
pub(super) struct Renames {
    /// New path of each entry that has one, by old path.
    paths: BTreeMap<String, String>,
    /// New names of types, by old name.
    words: BTreeMap<String, String>,
}

impl Renames {
    pub(super) fn find(old: &Surface, new: &Surface) -> Self {
        let mut renames = Self {
            paths: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        let known: BTreeMap<&str, &str> = new
            .entries
            .iter()
            .filter(|(path, _)| !old.entries.contains_key(*path))
            .filter_map(|(path, entry)| Some((entry.identity.as_deref()?, path.as_str())))
            .collect();
        let by_identity = |renames: &mut Self, wanted: fn(&Entry) -> bool| {
            for (path, entry) in old.entries.iter().filter(|(_, entry)| wanted(entry)) {
                let identity = entry.identity.as_deref().unwrap_or_default();
                let is_gone = !new.entries.contains_key(&renames.path(path));
                if let Some(found) = known.get(identity).filter(|_| is_gone) {
                    renames.note(path, entry, found, new);
                }
            }
        };
        // What keeps its old name says what it is called now.
        for (was, is) in new.old_names.iter().chain(&new.exports) {
            if let (Some(entry), Some(_)) = (old.entries.get(was), new.entries.get(is)) {
                renames.note(was, entry, is, new);
            }
        }
        // Owners come first: a part of a renamed type is not renamed itself.
        by_identity(&mut renames, |entry| entry.kind.is_type());
        while renames.by_shape(old, new) || renames.by_uses(old, new) {}
        by_identity(&mut renames, |entry| {
            matches!(
                entry.kind,
                EntryKind::Handle | EntryKind::Method | EntryKind::Waiter
            )
        });
        renames.endpoints(old, new);
        by_identity(&mut renames, |entry| !entry.kind.is_type());
        renames
    }

    /// Records the names of endpoints, which are derived from those of their handles and methods.
    fn endpoints(&mut self, old: &Surface, new: &Surface) {
        for (path, entry) in old
            .entries
            .iter()
            .filter(|(_, entry)| entry.kind == EntryKind::Method)
        {
            if let Some(after) = new.entries.get(&self.path(path)) {
                self.name_types(entry, after);
            }
        }
    }

    /// Whether this entry itself is renamed, not only its owner.
    pub(super) fn is_renamed(&self, old: &str) -> bool {
        self.paths.contains_key(old)
    }

    /// The path of an old entry, or of an argument of it, under the new names.
    pub(super) fn path(&self, old: &str) -> String {
        if let Some(found) = self.paths.get(old) {
            return found.clone();
        }
        if let Some(word) = self.words.get(old) {
            return word.clone();
        }
        if let Some((method, argument)) = old.split_once('(') {
            return format!("{}({argument}", self.path(method));
        }
        match old.rsplit_once("::") {
            Some(("api", name)) => format!("api::{}", self.word(name)),
            Some((owner, name)) => {
                let owner = match owner
                    .strip_prefix("Call<")
                    .and_then(|owner| owner.strip_suffix('>'))
                {
                    Some(endpoint) => format!("Call<{}>", self.path(endpoint)),
                    None => self.path(owner),
                };
                format!("{owner}::{name}")
            }
            None => self.word(old),
        }
    }

    /// The lines of an entry under the new names, the entry's own among them.
    pub(super) fn lines(&self, path: &str, entry: &Entry, after: &Entry) -> Vec<SurfaceLine> {
        let mut lines: Vec<SurfaceLine> = entry.lines.iter().map(|line| self.line(line)).collect();
        let Some(new) = self.paths.get(path) else {
            return lines;
        };
        let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        let (was, is) = (last(path), last(new));
        let clear = (
            format!("clear_{}", plain(&was)),
            format!("clear_{}", plain(&is)),
        );
        let mut own = vec![(was, is), clear];
        // The method that returns a handle has a name of its own.
        let ways = |lines: &[SurfaceLine]| {
            let mut ways = lines.iter().filter(|line| line.role == Role::Function);
            let first = ways.next().map(|line| line.name.clone());
            first.filter(|_| ways.next().is_none())
        };
        if let (EntryKind::Handle, Some(old), Some(new)) =
            (entry.kind, ways(&lines), ways(&after.lines))
        {
            own.push((old, new));
        }
        let owner = |entry: &Entry| entry.owner.as_deref().map(last).unwrap_or_default();
        let (was_on, is_on) = (owner(entry), owner(after));
        for line in &mut lines {
            if !was_on.is_empty() && line.on == was_on {
                line.on.clone_from(&is_on);
            }
            if let Some((old, new)) = own.iter().find(|(old, _)| *old == line.name) {
                line.text = with_words(&line.text, |word| (word == old).then_some(new.as_str()));
                line.name.clone_from(new);
            }
        }
        lines
    }

    /// A line under the new names.
    fn line(&self, line: &SurfaceLine) -> SurfaceLine {
        // The name of a variant is not the name of a type, even if they are equal.
        let (kept, text) = match line.role {
            Role::Variant => line
                .text
                .split_at_checked(line.name.len())
                .unwrap_or_default(),
            _ => ("", line.text.as_str()),
        };
        let mut renamed = line.clone();
        renamed.text = format!("{kept}{}", self.words(text));
        renamed.on = self.words(&line.on);
        renamed.returns = self.words(&line.returns);
        if matches!(line.role, Role::Type | Role::Trait) {
            renamed.name = self.words(&line.name);
        }
        for argument in &mut renamed.arguments {
            argument.ty = self.words(&argument.ty);
        }
        renamed
    }

    fn word(&self, word: &str) -> String {
        self.words.get(word).map_or(word, String::as_str).to_owned()
    }

    /// A text with each name of a type in it renamed.
    fn words(&self, text: &str) -> String {
        with_words(text, |word| self.words.get(word).map(String::as_str))
    }

    /// Records a new name, with those of the types that are named after it.
    fn note(&mut self, path: &str, entry: &Entry, found: &str, new: &Surface) {
        self.paths.insert(path.to_owned(), found.to_owned());
        if let Some(after) = new.entries.get(found) {
            self.name_types(entry, after);
        }
    }

    fn name_types(&mut self, old: &Entry, new: &Entry) {
        let types = |entry: &Entry| {
            let lines = entry.lines.iter().filter(|line| line.role == Role::Type);
            lines.map(|line| line.name.clone()).collect::<Vec<_>>()
        };
        let pairs = types(old).into_iter().zip(types(new));
        for (old, new) in pairs.filter(|(old, new)| old != new) {
            self.words
                .insert(format!("{old}Builder"), format!("{new}Builder"));
            self.words.insert(old, new);
        }
    }

    /// Pairs one more removed type with the new one in its place; returns false when there is none.
    fn by_uses(&mut self, old: &Surface, new: &Surface) -> bool {
        let Some((was, is)) = uses::pair(self, old, new) else {
            return false;
        };
        if let Some(entry) = old.entries.get(&was) {
            self.note(&was, entry, &is, new);
        }
        true
    }

    /// Pairs one more removed type with the only new one that has the same members; returns false when there is none.
    fn by_shape(&mut self, old: &Surface, new: &Surface) -> bool {
        let gone = old.entries.iter().filter(|(path, entry)| {
            entry.kind.is_type() && !new.entries.contains_key(&self.path(path))
        });
        let taken: BTreeSet<&String> = self.paths.values().collect();
        let come = new.entries.iter().filter(|(path, entry)| {
            entry.kind.is_type() && !old.entries.contains_key(*path) && !taken.contains(path)
        });
        let mut shapes: BTreeMap<Vec<String>, Vec<&String>> = BTreeMap::new();
        for (path, _) in come {
            shapes
                .entry(shape(new, path, SurfaceLine::clone))
                .or_default()
                .push(path);
        }
        let gone: Vec<(&String, &Entry, Vec<String>)> = gone
            .map(|(path, entry)| (path, entry, shape(old, path, |line| self.line(line))))
            .collect();
        for (path, entry, shape) in &gone {
            let alone = gone.iter().filter(|(_, _, other)| other == shape).count() == 1;
            if let (Some([found]), true) = (shapes.get(shape).map(Vec::as_slice), alone) {
                let found = (*found).clone();
                self.note(path, entry, &found, new);
                return true;
            }
        }
        false
    }
}

/// The members of a type, without its own name.
fn shape(
    surface: &Surface,
    path: &str,
    renamed: impl Fn(&SurfaceLine) -> SurfaceLine,
) -> Vec<String> {
    let own = |line: &SurfaceLine| {
        let line = renamed(line);
        let text = format!("{} {}", line.on, line.text);
        with_words(&text, |word| (word == path).then_some("Self"))
    };
    let parts = surface
        .entries
        .iter()
        .filter(|(other, entry)| other.as_str() == path || entry.owner.as_deref() == Some(path));
    let mut shape: Vec<String> = parts.flat_map(|(_, entry)| &entry.lines).map(own).collect();
    shape.sort();
    shape
}
