//! The modules of items. In: the handles and who uses a type. Out: the module in which each item is defined, and those from which it is
//! seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Layout;
use crate::model::{Api, Id, Resource};
use crate::pointer::Pointer;

use super::case::plain;
use super::{Namer, Names};

/// The module of items that several resources use.
pub(crate) const SHARED: &str = "shared";

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
    pub(super) fn flat_home(&self, users: &BTreeSet<String>) -> String {
        let only = users.first().filter(|_| users.len() == 1);
        let home = only.and_then(|key| self.homes.handles.get(key));
        home.cloned().unwrap_or_else(|| SHARED.to_owned())
    }

    /// The same in nested layout: the module of the nearest handle at or above all of them.
    pub(super) fn nested_home(&self, lines: &Lines, users: &BTreeSet<String>) -> String {
        let mut all = users.iter().map(|key| lines.of(key));
        let first = all.next().unwrap_or_default();
        let common = all.fold(first, |common, line| {
            let same = common
                .iter()
                .zip(line)
                .take_while(|(one, other)| one == other);
            let length = same.count();
            common.get(..length).unwrap_or_default()
        });
        let home = common.last().and_then(|key| self.homes.handles.get(key));
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
        let lines = Lines::new(self.api);
        let home = |names: &Names, users: &BTreeSet<String>| match names.layout {
            Layout::Flat => names.flat_home(users),
            Layout::Nested => names.nested_home(&lines, users),
        };
        for (pointer, ty) in &self.api.types {
            let home = home(&self.names, &ty.users);
            self.names.homes.types.insert(pointer.clone(), home);
        }
        for (name, id) in &self.api.ids {
            let home = home(&self.names, &id.users);
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
        let users = self.api.types.get(pointer).map(|ty| &ty.users);
        let home = self.names.homes.types.get(pointer);
        self.modules_of(home, users, &Seen::Type(pointer.clone()))
    }

    /// The same for an id.
    pub(super) fn id_seen_in(&self, name: &str, id: &Id) -> BTreeSet<String> {
        let home = self.names.homes.ids.get(name);
        self.modules_of(home, Some(&id.users), &Seen::Id(name.to_owned()))
    }

    fn modules_of(
        &self,
        home: Option<&String>,
        users: Option<&BTreeSet<String>>,
        seen: &Seen,
    ) -> BTreeSet<String> {
        if self.names.layout == Layout::Flat {
            return BTreeSet::new();
        }
        let users = users.into_iter().flatten();
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

/// The handles at and above each, from the top.
pub(super) struct Lines(BTreeMap<String, Vec<String>>);

impl Lines {
    pub(super) fn new(api: &Api) -> Self {
        let mut lines = Self(BTreeMap::new());
        for child in &api.root.children {
            lines.add(child, &[]);
        }
        lines
    }

    fn add(&mut self, resource: &Resource, above: &[String]) {
        let mut line = above.to_vec();
        line.push(resource.key.clone());
        for child in &resource.children {
            self.add(child, &line);
        }
        self.0.insert(resource.key.clone(), line);
    }

    fn of(&self, key: &str) -> &[String] {
        self.0.get(key).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The file of a module: `zones/dns_records.rs`.
pub(crate) fn file_of(module: &str) -> String {
    let parts: Vec<&str> = module.split("::").map(plain).collect();
    format!("{}.rs", parts.join("/"))
}
