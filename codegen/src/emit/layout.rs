//! Which item is written to which file.
//!
//! A type is in the file of the only resource that uses it, else in the shared file; a long enum has a file of its own. Paths that
//! users see do not depend on it: all types are exported from one module.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;

use crate::model::{Api, Resource};
use crate::naming::Names;
use crate::pointer::Pointer;

use super::docs;

/// The module of items that several resources use.
pub(crate) const SHARED: &str = "shared";

/// All modules, and the module of each item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// In the order of the resource tree; shared and long ones last.
    pub(crate) modules: Vec<Module>,
    /// The module of each type.
    pub(crate) types: BTreeMap<Pointer, String>,
    /// The module of each id.
    pub(crate) ids: BTreeMap<String, String>,
}

/// One file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// Its name, without `.rs`.
    pub(crate) name: String,
    /// Its `//!` text.
    pub(crate) description: String,
    /// The resource whose handle is in it.
    pub(crate) resource: Option<String>,
    /// The ids in it.
    pub(crate) ids: Vec<String>,
    /// The types in it, in document order.
    pub(crate) types: Vec<Pointer>,
}

/// Assigns every item to a file.
pub(crate) fn layout(api: &Api, names: &Names) -> Layout {
    let mut layout = Layout::default();
    for resource in api.root.walk() {
        if let Some(handle) = names.handles.get(&resource.key) {
            layout.modules.push(Module {
                name: handle.method.clone(),
                description: description(api, names, resource),
                resource: Some(resource.key.clone()),
                ..Module::default()
            });
        }
    }
    for (name, id) in &api.ids {
        let module = home(names, id.owner.as_ref());
        layout.module(&module).ids.push(name.clone());
        layout.ids.insert(name.clone(), module);
    }
    for (pointer, ty) in &api.types {
        let module = match names.modules.get(pointer) {
            Some(module) => module.clone(),
            None => home(names, ty.owner.as_ref()),
        };
        layout.module(&module).types.push(pointer.clone());
        layout.types.insert(pointer.clone(), module);
    }
    layout
}

fn home(names: &Names, owner: Option<&String>) -> String {
    let handle = owner.and_then(|key| names.handles.get(key));
    handle.map_or(SHARED.to_owned(), |handle| handle.method.clone())
}

impl Layout {
    fn module(&mut self, name: &str) -> &mut Module {
        let index = match self.modules.iter().position(|module| module.name == name) {
            Some(index) => index,
            None => {
                let description = match name {
                    SHARED => "Items that several resources use.".to_owned(),
                    name => format!("The enum `{}`.", name.to_upper_camel_case()),
                };
                self.modules.push(Module {
                    name: name.to_owned(),
                    description,
                    ..Module::default()
                });
                self.modules.len() - 1
            }
        };
        &mut self.modules[index]
    }
}

/// The calls that lead to the resource, and its description.
fn description(api: &Api, names: &Names, resource: &Resource) -> String {
    let mut chain = vec!["client".to_owned()];
    for other in api.line(&resource.key) {
        if let Some(handle) = names.handles.get(&other.key) {
            let arguments: Vec<&str> = other
                .parameters
                .iter()
                .filter_map(|parameter| names.parameters.get(&parameter.pointer))
                .map(String::as_str)
                .collect();
            chain.push(format!("{}({})", handle.method, arguments.join(", ")));
        }
    }
    let mut text = format!("`{}`", chain.join("."));
    if let Some(description) = &resource.description {
        let sentence = docs::sentence(description.split("\n\n").next().unwrap_or_default());
        text = format!("{text}: {}", lower_first(&sentence));
    } else {
        text.push('.');
    }
    text
}

/// The first letter in lower case, unless the word is an abbreviation.
fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    let (Some(first), second) = (characters.next(), characters.next()) else {
        return String::new();
    };
    if second.is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(text.chars().skip(1)).collect()
}
