//! The modules of items. In: the handles and who uses a type. Out: the module in which each item is defined, and those from which it is
//! seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Layout;
use crate::model::Resource;
use crate::pointer::Pointer;

use super::case::plain;
use super::{Namer, Names};

/// The module of items that several resources use.
pub(crate) const SHARED: &str = "shared";

/// For each resource, those from the top of the tree down to it.
type Lines<'a> = BTreeMap<&'a str, Vec<&'a Resource>>;

/// Where each item is defined: paths of modules below the generated code, such as `zones::dns_records`.
#[derive(Clone, Debug, Default)]
pub struct Homes {
    /// Handles with their endpoints, by resource key.
    pub handles: BTreeMap<String, String>,
    /// Types, by the node that defines them.
    pub types: BTreeMap<Pointer, String>,
    /// Ids, by name.
    pub ids: BTreeMap<String, String>,
}

impl Names {
    /// The home of an item that these resources use, in flat layout: the file of the only one, else that of shared items.
    fn flat_home(&self, users: &[&str]) -> String {
        let home = match users {
            [only] => self.homes.handles.get(*only),
            _ => None,
        };
        home.cloned().unwrap_or_else(|| SHARED.to_owned())
    }

    /// The same in nested layout: the module of the nearest handle at or above all of them.
    fn nested_home(&self, lines: &Lines<'_>, users: &[&str]) -> String {
        let mut all = users.iter().map(|key| lines.get(key).map(Vec::as_slice));
        let first = all.next().flatten().unwrap_or_default();
        let common = all.fold(first, |common, line| {
            let same = common
                .iter()
                .zip(line.unwrap_or_default())
                .take_while(|(one, other)| one.key == other.key);
            let length = same.count();
            common.get(..length).unwrap_or_default()
        });
        let last = common.last();
        let home = last.and_then(|resource| self.homes.handles.get(&resource.key));
        home.cloned().unwrap_or_else(|| SHARED.to_owned())
    }

    /// The Rust path of a type below the crate.
    pub fn type_path(&self, pointer: &Pointer) -> Option<String> {
        let name = self.types.get(pointer)?;
        Some(self.below(self.homes.types.get(pointer), name))
    }

    /// The Rust path of an id below the crate.
    pub fn id_path(&self, name: &str) -> String {
        self.below(self.homes.ids.get(name), name)
    }

    /// The Rust path of a handle below the crate.
    pub fn handle_path(&self, key: &str) -> Option<String> {
        let handle = self.handles.get(key)?;
        Some(match self.layout {
            Layout::Flat => format!("api::{}", handle.ty),
            Layout::Nested => self.below(self.homes.handles.get(key), &handle.ty),
        })
    }

    /// The Rust path of an endpoint below the crate, beside the handle with this path.
    pub fn endpoint_path(&self, handle: &str, endpoint: &str) -> String {
        match handle.rsplit_once("::") {
            Some((module, _)) => format!("{module}::{endpoint}"),
            None => endpoint.to_owned(),
        }
    }

    fn below(&self, home: Option<&String>, name: &str) -> String {
        match (self.layout, home) {
            (Layout::Nested, Some(home)) => format!("{home}::{name}"),
            (Layout::Nested, None) | (Layout::Flat, _) => name.to_owned(),
        }
    }
}

impl Namer<'_> {
    /// Finds the home of every type and id.
    pub(super) fn places(&mut self) {
        let lines = self.api.lines();
        let home = |names: &Names, users: &[&str]| match names.layout {
            Layout::Flat => names.flat_home(users),
            Layout::Nested => names.nested_home(&lines, users),
        };
        for pointer in self.api.types.keys() {
            let home = home(&self.names, &self.names.users.of_type(pointer));
            self.names.homes.types.insert(pointer.clone(), home);
        }
        for name in self.api.ids.keys() {
            let home = home(&self.names, &self.names.users.of_id(name));
            self.names.homes.ids.insert(name.clone(), home);
        }
        if self.names.layout == Layout::Nested {
            self.referenced();
        }
    }

    /// Notes who refers to a type or an id, so that its module imports it: the homes of types, and of the handles that return a handle with
    /// arguments.
    fn referenced(&mut self) {
        for resource in self.api.root.walk() {
            let Some(home) = self.names.homes.handles.get(&resource.key) else {
                continue;
            };
            let arguments = resource.children.iter().flat_map(|child| &child.parameters);
            for id in arguments.filter_map(|argument| argument.ty.id()) {
                let seen = Seen::Id(id.to_owned());
                self.importers.entry(seen).or_default().insert(home.clone());
            }
        }
        for (pointer, ty) in &self.api.types {
            let Some(home) = self.names.homes.types.get(pointer) else {
                continue;
            };
            for used in ty.uses() {
                let id = used.id().map(|id| Seen::Id(id.to_owned()));
                let named = used.named().map(|named| Seen::Type(named.clone()));
                for seen in id.into_iter().chain(named) {
                    self.importers.entry(seen).or_default().insert(home.clone());
                }
            }
        }
    }

    /// The modules in which a type is seen: its home, those of the handles that use it, and those of the types that refer to it.
    pub(super) fn seen_in(&self, pointer: &Pointer) -> BTreeSet<String> {
        let home = self.names.homes.types.get(pointer);
        let users = self.names.users.of_type(pointer);
        self.modules_of(home, users, &Seen::Type(pointer.clone()))
    }

    /// The same for an id.
    pub(super) fn id_seen_in(&self, name: &str) -> BTreeSet<String> {
        let home = self.names.homes.ids.get(name);
        let users = self.names.users.of_id(name);
        self.modules_of(home, users, &Seen::Id(name.to_owned()))
    }

    fn modules_of(&self, home: Option<&String>, users: Vec<&str>, seen: &Seen) -> BTreeSet<String> {
        if self.names.layout == Layout::Flat {
            return BTreeSet::new();
        }
        let users = users.into_iter();
        let users = users.filter_map(|key| self.names.homes.handles.get(key));
        let importers = self.importers.get(seen).into_iter().flatten();
        home.into_iter()
            .chain(users)
            .chain(importers)
            .cloned()
            .collect()
    }
}

/// What a module can import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    /// A type, by the node that defines it.
    Type(Pointer),
    /// An id, by its name.
    Id(String),
}

/// The file of a module: `zones/dns_records.rs`.
pub(crate) fn file_of(module: &str) -> String {
    let parts: Vec<&str> = module.split("::").map(plain).collect();
    format!("{}.rs", parts.join("/"))
}
