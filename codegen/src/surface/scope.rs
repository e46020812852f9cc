//! The names of a generated module. In: the `use` items of its file. Out: the paths that users have for the types in its signatures.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Field, File, Item, ItemStruct, ItemUse};

use crate::config::Layout;

use super::read::is_public;
use super::spell::{leaves, paths, with_words};
use super::{Role, SurfaceLine};

/// The path of the generated code, before the path of a module.
const GENERATED: &str = "crate::generated::";

/// What the names in a file mean.
#[derive(Default)]
pub(super) struct ModuleScope {
    layout: Layout,
    /// In flat layout, the path before the name of each exported item: `api::`, or nothing.
    prefixes: BTreeMap<String, &'static str>,
    /// In nested layout, the module that is read.
    module: String,
    /// The paths of its own items, and of what it imports of other generated modules.
    names: BTreeMap<String, String>,
    /// The entries that it has lines for.
    touched: BTreeSet<String>,
}

impl ModuleScope {
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            layout,
            ..Self::default()
        }
    }

    pub(super) fn is_nested(&self) -> bool {
        self.layout == Layout::Nested
    }

    /// The exports of `mod.rs`.
    pub(super) fn root(&mut self, root: &File) {
        for item in &root.items {
            let Item::Mod(module) = item else { continue };
            let prefix = if module.ident == "api" { "api::" } else { "" };
            let items = module.content.iter().flat_map(|(_, items)| items);
            for item in items {
                if let Item::Use(ItemUse { tree, .. }) = item {
                    for name in leaves(tree) {
                        self.prefixes.insert(name, prefix);
                    }
                }
            }
        }
    }

    /// Begins with a module. Returns the paths under which it exports what is defined elsewhere, each with the path there.
    pub(super) fn enter(&mut self, module: &str, file: &File) -> Vec<(String, String)> {
        if !self.is_nested() {
            return Vec::new();
        }
        module.clone_into(&mut self.module);
        self.names.clear();
        let mut exports = Vec::new();
        for item in &file.items {
            let own = match item {
                Item::Struct(item) => Some(item.ident.to_string()),
                Item::Enum(item) => Some(item.ident.to_string()),
                Item::Macro(item) => syn::parse2(item.mac.tokens.clone())
                    .map(|table: syn::ItemEnum| table.ident.to_string())
                    .ok(),
                Item::Use(item) => {
                    for (path, name) in paths(&item.tree) {
                        let Some(home) = format!("{path}::")
                            .strip_prefix(GENERATED)
                            .map(|home| format!("{home}{name}"))
                        else {
                            continue;
                        };
                        if is_public(&item.vis) {
                            exports.push((format!("{module}::{name}"), home.clone()));
                        }
                        self.names.insert(name, home);
                    }
                    None
                }
                _ => None,
            };
            if let Some(own) = own {
                let path = format!("{module}::{own}");
                self.names.insert(own, path);
            }
        }
        exports
    }

    /// The path of a generated type, by its name in the file.
    pub(super) fn path(&self, name: &str) -> Option<String> {
        match self.layout {
            Layout::Flat => {
                let prefix = self.prefixes.get(name)?;
                Some(format!("{prefix}{name}"))
            }
            Layout::Nested => self.names.get(name).cloned(),
        }
    }

    /// The path of the handle that a method returns, as its signature names it.
    pub(super) fn handle(&self, spelled: &str) -> Option<String> {
        match spelled.contains("::") {
            true => Some(format!("{}::{spelled}", self.module)),
            false => self.path(spelled),
        }
    }

    /// Notes that an entry has lines of this module.
    pub(super) fn touch(&mut self, path: &str) {
        if self.is_nested() && !self.touched.contains(path) {
            self.touched.insert(path.to_owned());
        }
    }

    /// The entries with lines of this module.
    pub(super) fn touched(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.touched)
    }

    /// Writes the paths of generated types in place of their names.
    pub(super) fn qualify(&self, line: &mut SurfaceLine) {
        let words = |text: &str| {
            let handles: BTreeMap<String, String> = super::spell::words(text)
                .into_iter()
                .filter(|word| word.contains("::"))
                .filter_map(|word| Some((word.clone(), self.handle(&word)?)))
                .collect();
            with_words(text, |word| {
                let found = self.names.get(word).or_else(|| handles.get(word));
                found.map(String::as_str)
            })
        };
        // The name of a variant is not the name of a type, even if they are equal.
        let (kept, text) = match line.role {
            Role::Variant => line
                .text
                .split_at_checked(line.name.len())
                .unwrap_or_default(),
            _ => ("", line.text.as_str()),
        };
        line.text = format!("{kept}{}", words(text));
        line.on = words(&line.on);
        line.returns = words(&line.returns);
        if matches!(line.role, Role::Type | Role::Trait) {
            line.name = words(&line.name);
        }
        for argument in &mut line.arguments {
            argument.ty = words(&argument.ty);
        }
    }
}

/// A handle has the scope of its calls, and nothing else.
pub(super) fn is_handle(item: &ItemStruct) -> bool {
    let mut fields = item.fields.iter();
    let is_scope = |field: &Field| {
        !is_public(&field.vis) && field.ident.as_ref().is_some_and(|name| name == "scope")
    };
    fields.next().is_some_and(is_scope) && fields.next().is_none()
}
