//! Which item is written to which file.
//!
//! In flat layout a type is in the file of the only resource that uses it, else in the shared file; a long enum has a file of its own. Paths
//! that users see do not depend on it: all types are exported from one module. In nested layout modules are public, and each exports what
//! its handle uses: so a type keeps the paths that users know, wherever it is defined.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;

use crate::config;
use crate::model::{Api, Resource};
use crate::naming::{Names, SHARED};
use crate::pointer::Pointer;

use super::docs;

/// All modules, and the module of each item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// In the order of the resource tree; shared and long ones last.
    pub(crate) modules: Vec<Module>,
    /// The module of each type.
    pub(crate) types: BTreeMap<Pointer, String>,
    /// The module of each id.
    pub(crate) ids: BTreeMap<String, String>,
    /// The position of each module in the list.
    places: BTreeMap<String, usize>,
}

/// One file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// Its path below the generated code: `zones::dns_records`.
    pub(crate) path: String,
    /// Its `//!` text.
    pub(crate) description: String,
    /// The resource whose handle is in it.
    pub(crate) resource: Option<String>,
    /// The ids in it.
    pub(crate) ids: Vec<String>,
    /// The types in it, in document order.
    pub(crate) types: Vec<Pointer>,
    /// The paths of the modules in it.
    pub(crate) modules: Vec<String>,
    /// The items of other modules that it exports.
    pub(crate) exports: Vec<Export>,
}

/// An item of another module that a module exports.
#[derive(Clone, Debug)]
pub(crate) struct Export {
    /// The module that defines it.
    pub(crate) module: String,
    /// Its name.
    pub(crate) name: String,
    /// Whether it is deprecated.
    pub(crate) deprecated: bool,
}

/// Assigns every item to a file.
pub(crate) fn layout(api: &Api, names: &Names) -> Layout {
    let mut layout = Layout {
        types: names.homes.types.clone(),
        ids: names.homes.ids.clone(),
        ..Layout::default()
    };
    let lines = api.lines();
    for resource in api.root.walk() {
        if let Some(path) = names.homes.handles.get(&resource.key) {
            let line = lines.get(resource.key.as_str());
            layout.add(Module {
                path: path.clone(),
                description: description(line.map_or(&[], Vec::as_slice), names, resource),
                resource: Some(resource.key.clone()),
                ..Module::default()
            });
        }
    }
    for (name, module) in &names.homes.ids {
        layout.module(module).ids.push(name.clone());
    }
    for pointer in api.types.keys() {
        if let Some(module) = names.homes.types.get(pointer) {
            layout.module(module).types.push(pointer.clone());
        }
    }
    if names.layout == config::Layout::Nested {
        layout.nest(api, names);
    }
    layout
}

impl Layout {
    fn module(&mut self, path: &str) -> &mut Module {
        let index = match self.places.get(path) {
            Some(index) => *index,
            None => {
                let description = match path {
                    SHARED => "Items that several resources use.".to_owned(),
                    path => format!("The enum `{}`.", path.to_upper_camel_case()),
                };
                self.add(Module {
                    path: path.to_owned(),
                    description,
                    ..Module::default()
                })
            }
        };
        &mut self.modules[index]
    }

    fn add(&mut self, module: Module) -> usize {
        let index = self.modules.len();
        self.places.insert(module.path.clone(), index);
        self.modules.push(module);
        index
    }

    /// Notes which modules are inside others, and what a handle's module exports of other modules: all that the handle uses.
    fn nest(&mut self, api: &Api, names: &Names) {
        for index in 0..self.modules.len() {
            let path = self.modules[index].path.clone();
            if let Some((above, _)) = path.rsplit_once("::") {
                let above = above.to_owned();
                self.module(&above).modules.push(path);
            }
        }
        for (pointer, ty) in &api.types {
            let (Some(home), Some(name)) =
                (names.homes.types.get(pointer), names.types.get(pointer))
            else {
                continue;
            };
            let mut items = vec![(name.clone(), ty.deprecated)];
            if api.has_builder(pointer) {
                items.push((format!("{name}Builder"), ty.deprecated));
            }
            let users = names.users.of_type(pointer);
            for item in items {
                self.export(names, &users, home, item);
            }
        }
        for name in api.ids.keys() {
            if let Some(home) = names.homes.ids.get(name) {
                let users = names.users.of_id(name);
                self.export(names, &users, home, (name.clone(), false));
            }
        }
    }

    fn export(
        &mut self,
        names: &Names,
        users: &[&str],
        home: &str,
        (name, deprecated): (String, bool),
    ) {
        let users = users.iter();
        for module in users.filter_map(|key| names.homes.handles.get(*key)) {
            if module != home {
                self.module(module).exports.push(Export {
                    module: home.to_owned(),
                    name: name.clone(),
                    deprecated,
                });
            }
        }
    }
}

/// The calls that lead to the resource, and its description.
fn description(line: &[&Resource], names: &Names, resource: &Resource) -> String {
    let mut chain = vec!["client".to_owned()];
    for other in line {
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
