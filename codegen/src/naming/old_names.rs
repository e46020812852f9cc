//! Deprecated names of renamed items. In: `[deprecated_names]` of `sdk.toml`. Out: the names, or faults of entries without an effect.
//!
//! Types and methods can keep an old name beside the new one; no other item can.

use crate::config::{ConfigRule, OldNameRule};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::case::upper_camel;
use super::scope::Name;
use super::{Namer, OldName};

impl Namer<'_> {
    /// Reserves the old names, which must be free, for the items that have the new ones.
    pub(super) fn old_names(&mut self) {
        for (path, rule) in &self.config.deprecated_names {
            let found = match (split(path), split(&rule.value.name)) {
                ((None, old), (None, now)) => self.old_type(rule, old, now),
                ((Some(handle), old), (Some(same), now)) if handle == same => {
                    self.old_method(rule, handle, old, now)
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

    fn old_type(
        &mut self,
        rule: &ConfigRule<OldNameRule>,
        old: &str,
        now: &str,
    ) -> Result<Option<Pointer>, &'static str> {
        let types = self.names.types.iter();
        let found = types.clone().find(|(_, name)| *name == now);
        let pointer = match (found, self.api.ids.get(now)) {
            (Some((pointer, _)), _) => pointer.clone(),
            (None, Some(id)) => id.pointers.first().cloned().unwrap_or_default(),
            (None, None) => return Err("no type has the new name"),
        };
        let builder = self.api.has_builder(&pointer);
        self.reserve(rule, old, &pointer)?;
        if builder {
            self.reserve(rule, &format!("{old}Builder"), &pointer)?;
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
        let handles = self.names.handles.iter();
        let key = handles
            .clone()
            .find_map(|(key, names)| (names.ty == handle).then_some(key));
        let resources = self.api.root.walk();
        let resource = resources
            .into_iter()
            .find(|resource| Some(&resource.key) == key)
            .ok_or("no handle has this name")?;
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
        self.reserve(rule, &format!("{handle}{}", upper_camel(old)), &pointer)?;
        Ok(Some(pointer))
    }

    fn is_waiter(&self, resource: &crate::model::Resource, name: &str) -> bool {
        let waiters = resource.operations.iter().flat_map(|it| &it.waiters);
        waiters.into_iter().any(|waiter| waiter.method == name)
    }

    fn reserve(
        &mut self,
        rule: &ConfigRule<OldNameRule>,
        name: &str,
        pointer: &Pointer,
    ) -> Result<(), &'static str> {
        if self.items.has(name) {
            return Err("the old name is that of another item");
        }
        let given = Name {
            is_key: true,
            ..Name::given(name, &rule.place)
        };
        self.faults.extend(self.items.take(&given, pointer, ""));
        Ok(())
    }
}

/// The handle and the method of a path, or a type alone.
fn split(path: &str) -> (Option<&str>, &str) {
    let method = path
        .strip_prefix("api::")
        .and_then(|path| path.split_once("::"));
    match method {
        Some((handle, method)) => (Some(handle), method),
        None => (None, path),
    }
}
