//! Deprecated names of renamed items. In: `[deprecated_names]` of `sdk.toml`. Out: the names, or faults of entries without an effect.
//!
//! Types and methods can keep an old name beside the new one; no other item can.

use std::collections::BTreeSet;

use crate::config::{ConfigRule, Layout, OldNameRule};
use crate::model::Resource;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::case::{plain, upper_camel};
use super::scope::Name;
use super::{Namer, OldName};

impl Namer<'_> {
    /// Reserves the old names, which must be free, for the items that have the new ones.
    pub(super) fn old_names(&mut self) {
        for (path, rule) in &self.config.deprecated_names {
            let (old, now) = (self.split(path), self.split(&rule.value.name));
            let found = match (old.handle, now.handle) {
                (None, None) if old.module == now.module => self.old_type(rule, old.own),
                (Some(handle), Some(same)) if handle == same => {
                    self.old_method(rule, handle, old.own, now.own)
                }
                _ => Err(
                    "the two names are not of the same type, or not of methods of the same handle",
                ),
            };
            match found {
                Ok(operation) => {
                    rule.mark();
                    self.names.old.push(OldName {
                        path: path.clone(),
                        now: rule.value.name.clone(),
                        since: rule.value.since.clone(),
                        operation,
                    });
                }
                Err(why) => {
                    let message = format!("this entry keeps no old name: {why}");
                    let help = "remove the entry, or correct it: \"<old path>\" = { name = \"<path now>\", since = \"<version>\" }, for a type or a method `api::<Handle>::<method>`";
                    let fault = Fault::new(Input::Config, rule.place.clone(), message, help);
                    self.faults.push(fault.on_key().stale());
                }
            }
        }
    }

    /// The handle and the name of the method in a path; or the module and the name of the type.
    fn split<'p>(&self, path: &'p str) -> Parts<'p> {
        let (owner, own) = path.rsplit_once("::").unwrap_or(("", path));
        let is_method = match self.names.layout {
            Layout::Flat => owner.starts_with("api::"),
            Layout::Nested => plain(own).starts_with(|first: char| first.is_ascii_lowercase()),
        };
        match (is_method, self.names.layout) {
            (true, _) => Parts {
                handle: Some(owner),
                module: "",
                own,
            },
            (false, Layout::Nested) => Parts {
                handle: None,
                module: owner,
                own,
            },
            (false, Layout::Flat) => Parts {
                handle: None,
                module: "",
                own: path,
            },
        }
    }

    fn old_type(
        &mut self,
        rule: &ConfigRule<OldNameRule>,
        old: &str,
    ) -> Result<Option<Pointer>, &'static str> {
        let now = rule.value.name.as_str();
        let mut types = self.api.types.keys();
        let found = types.find(|pointer| self.names.type_path(pointer).as_deref() == Some(now));
        let mut ids = self.api.ids.iter();
        let id = ids.find(|(name, _)| self.names.id_path(name) == now);
        let (pointer, modules) = match (found, id) {
            (Some(pointer), _) => (pointer.clone(), self.seen_in(pointer)),
            (None, Some((name, id))) => {
                let pointer = id.pointers.first().cloned().unwrap_or_default();
                (pointer, self.id_seen_in(name))
            }
            (None, None) => return Err("no type has the new name"),
        };
        let builder = self.api.has_builder(&pointer);
        self.reserve(rule, old, &modules, &pointer)?;
        if builder {
            self.reserve(rule, &format!("{old}Builder"), &modules, &pointer)?;
        }
        Ok(None)
    }

    fn old_method(
        &mut self,
        rule: &ConfigRule<OldNameRule>,
        handle: &str,
        old: &str,
        now: &str,
    ) -> Result<Option<Pointer>, &'static str> {
        let resources = self.api.root.walk();
        let is_meant =
            |resource: &&Resource| self.names.handle_path(&resource.key).as_deref() == Some(handle);
        let resource = resources
            .into_iter()
            .find(is_meant)
            .ok_or("no handle has this name")?;
        let home = self.names.homes.handles.get(&resource.key);
        let modules = home.into_iter().cloned().collect();
        let handles = self.names.handles.get(&resource.key);
        let ty = handles.map(|names| names.ty.clone()).unwrap_or_default();
        let method =
            |pointer: &Pointer| self.names.methods.get(pointer).map(|it| it.method.as_str());
        let operations = resource.operations.iter();
        let found = operations
            .clone()
            .find(|operation| method(&operation.pointer) == Some(now));
        let pointer = found.ok_or("no method has the new name")?.pointer.clone();
        let children = resource.children.iter();
        let mut children = children.filter_map(|child| self.names.handles.get(&child.key));
        let is_taken = operations
            .clone()
            .any(|operation| method(&operation.pointer) == Some(old))
            || children.any(|child| child.method == old)
            || self.is_waiter(resource, old);
        if is_taken {
            return Err("the old name is that of another method");
        }
        let endpoint = format!("{ty}{}", upper_camel(old));
        self.reserve(rule, &endpoint, &modules, &pointer)?;
        Ok(Some(pointer))
    }

    fn is_waiter(&self, resource: &Resource, name: &str) -> bool {
        let waiters = resource.operations.iter().flat_map(|it| &it.waiters);
        waiters.into_iter().any(|waiter| waiter.method == name)
    }

    fn reserve(
        &mut self,
        rule: &ConfigRule<OldNameRule>,
        name: &str,
        modules: &BTreeSet<String>,
        pointer: &Pointer,
    ) -> Result<(), &'static str> {
        if self.items.has(modules, name) {
            return Err("the old name is that of another item");
        }
        let given = Name {
            is_key: true,
            ..Name::given(name, &rule.place)
        };
        self.faults
            .extend(self.items.take(modules, &given, pointer, &""));
        Ok(())
    }
}

/// A path of `[deprecated_names]`.
struct Parts<'a> {
    /// The path of the handle, where the item is a method.
    handle: Option<&'a str>,
    /// The module of a type, in nested layout.
    module: &'a str,
    /// The last part.
    own: &'a str,
}
