//! From the named model to Rust: one file for each resource, one for what several share, in flat layout one for each long enum.
//!
//! Decides nothing and reads no document: names come from `naming`, everything else from the model. What the runtime does not
//! support is refused before anything is written.

mod blocks;
mod body;
mod builder;
mod condition;
mod credentials;
mod doc_block;
mod docs;
mod endpoint;
mod enumeration;
mod escape;
mod exact;
mod example;
mod example_value;
mod file;
mod handle;
mod id;
mod imports;
mod index;
mod layout;
mod left_out;
mod method_docs;
mod minimal;
mod old_names;
mod options;
mod outcome;
mod prelude;
mod products;
mod reader;
mod reserved;
mod root;
mod rules;
mod rules_schema;
mod spelling;
mod structure;
mod styled;
mod successes;
mod support;
mod ty;
mod union;
mod union_reader;
mod waiter;

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::quote;

use crate::config;
use crate::model::{Api, Resource, TypeKind};
use crate::naming::{Names, file_of};
use crate::output::Files;
use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input};

use self::condition::{Condition, Conditions};
use self::file::File;
use self::layout::{Layout, Module};

pub(crate) use self::layout::layout;
use self::products::FEATURES;
use self::rules::RULES;
pub(crate) use self::spelling::Spelling;

/// The library that the generated files are part of.
pub(crate) const CRATE: &str = "cloudflare_magic";

/// The package of that library.
const PACKAGE: &str = "cloudflare-magic";

/// Reads the generated files before they are laid out, one after the other, by the path of their module, the root with an empty one
/// first: what [`emit`] prints, as trees, with an item for each name of equal types. What the runtime does not support is refused here too.
pub(crate) fn syntax(
    api: &Api,
    names: &Names,
    mut read: impl FnMut(&str, &syn::File) -> Result<(), String>,
) -> Result<(), Vec<Fault>> {
    support::check(api)?;
    for (path, file) in Emitter::apart(api, names).modules() {
        let tree = file.syntax().map_err(|error| error.to_string());
        tree.and_then(|tree| read(&path, &tree))
            .map_err(|what| vec![defect(&file_of(&path), &what)])?;
    }
    Ok(())
}

/// The notes on what is generated, or faults about what the runtime does not support: without writing anything.
pub(crate) fn check(api: &Api) -> Result<Vec<Fault>, Vec<Fault>> {
    support::check(api)
}

/// The generated files, with notes; or faults about what the runtime does not support.
pub fn emit(api: &Api, names: &Names) -> Result<(Files, Vec<Fault>), Vec<Fault>> {
    let notes = support::check(api)?;
    let emitter = Emitter::new(api, names);
    let mut files = Files::new();
    let rules = emitter.rules().map(|file| (format!("{RULES}.rs"), file));
    let modules = emitter.modules().map(|(path, file)| match path.as_str() {
        "" => ("mod.rs".to_owned(), file),
        path => (file_of(path), file),
    });
    for (path, file) in modules.chain(rules) {
        let text = file
            .text()
            .map_err(|error| vec![defect(&path, &error.to_string())])?;
        files
            .insert(path.clone(), &text)
            .map_err(|error| vec![defect(&path, &error.to_string())])?;
    }
    if let Some(text) = emitter.features_file() {
        files
            .insert(FEATURES, &text)
            .map_err(|error| vec![defect(FEATURES, &error.to_string())])?;
    }
    Ok((files, notes))
}

/// What the runtime does not support in the model.
pub(crate) fn unsupported(api: &Api) -> Vec<Fault> {
    support::check(api).err().unwrap_or_default()
}

/// A defect of the generator itself, as a fault: the generator never panics.
pub(crate) fn defect(path: &str, message: &str) -> Fault {
    let message = format!("the generator cannot write {path}: {message}");
    let help = "this is a defect of the generator: please report it with the document";
    Fault::new(Input::Spec, Pointer::root(), message, help).code(Code::Defect)
}

/// The state that the functions of this module share.
struct Emitter<'a> {
    api: &'a Api,
    names: &'a Names,
    layout: Layout,
    /// The resources from the top of the tree down to each one, by its key.
    lines: BTreeMap<&'a str, Vec<&'a Resource>>,
    /// The conditions of items that only products use.
    conditions: Conditions,
    /// Whether equal types are one item.
    shares: bool,
}

impl<'a> Emitter<'a> {
    fn new(api: &'a Api, names: &'a Names) -> Self {
        let mut emitter = Self {
            api,
            names,
            layout: layout(api, names),
            lines: api.lines(),
            conditions: Conditions::new(),
            shares: true,
        };
        emitter.conditions = emitter.conditions();
        emitter
    }

    /// The same with an item for each type, whether or not it is equal to another.
    fn apart(api: &'a Api, names: &'a Names) -> Self {
        Self {
            shares: false,
            ..Self::new(api, names)
        }
    }

    /// The files with items that users can name, by the path of their module, the root with an empty one first. Each is made when it is
    /// asked for: all of them at once are large.
    fn modules(&self) -> impl Iterator<Item = (String, File)> {
        let root = std::iter::once_with(|| (String::new(), self.root()));
        let others = self.layout.modules.iter();
        root.chain(others.map(|module| (module.path.clone(), self.module(module))))
    }

    /// The resources from the top of the tree down to this one.
    fn line(&self, resource: &Resource) -> &[&'a Resource] {
        let line = self.lines.get(resource.key.as_str());
        line.map_or(&[], Vec::as_slice)
    }

    fn module(&self, module: &Module) -> File {
        let mut file = File::new(&self.described(module));
        if let Some(attribute) = self.above_products(module) {
            file.attribute(attribute);
        }
        let mut inner: Vec<&String> = module.modules.iter().collect();
        inner.sort_unstable();
        let inner = inner.into_iter().map(|path| {
            let (condition, name) = (self.condition(path), ident(last(path)));
            quote!(#condition pub mod #name;)
        });
        file.push(quote!(#(#inner)*));
        if let Some(resource) = self.resource(module) {
            self.handle(&mut file, resource);
        }
        for id in &module.ids {
            file.under(self.condition_in(module, id));
            self.id(&mut file, id);
            self.old_aliases(&mut file, id, &self.names.id_path(id), false);
        }
        for pointer in &module.types {
            let (Some(ty), Some(name)) =
                (self.api.types.get(pointer), self.names.types.get(pointer))
            else {
                continue;
            };
            file.under(self.condition_in(module, name));
            match (self.first_of(pointer), &ty.kind) {
                (Some(first), _) => self.further_name(&mut file, pointer, name, first),
                (None, TypeKind::Struct(object)) => self.structure(&mut file, name, ty, object),
                (None, TypeKind::Enum(list)) => self.enumeration(&mut file, name, ty, list),
                (None, TypeKind::Union(union)) => self.union(&mut file, name, ty, union),
            }
            let path = self.names.type_path(pointer).unwrap_or_default();
            self.old_aliases(&mut file, name, &path, self.api.has_builder(pointer));
        }
        file.under(None);
        file.imports.leave_out(&module.path);
        for export in &module.exports {
            file.imports.export(&export.module, &export.name);
            file.imports.deprecated(export.deprecated);
        }
        if self.is_above_products(module) {
            file.imports
                .under(&|home, name| self.condition_of(home, name));
        }
        file
    }

    /// What a module contains. In nested layout users see it.
    fn described(&self, module: &Module) -> String {
        let resource = self.resource(module);
        let resource = resource.filter(|_| self.names.layout == config::Layout::Nested);
        let endpoints = resource.map(|resource| self.endpoints(&[resource]));
        format!("{}{}", module.description, endpoints.unwrap_or_default())
    }

    /// The type whose item this one is a further name of.
    fn first_of(&self, pointer: &Pointer) -> Option<&Pointer> {
        let first = self.names.same.get(pointer);
        first.filter(|_| self.shares)
    }

    /// Exports the first of equal types under the name of this one.
    fn further_name(&self, file: &mut File, pointer: &Pointer, name: &str, first: &Pointer) {
        let home = self.names.homes.types.get(first);
        let (Some(home), Some(now)) = (home, self.names.types.get(first)) else {
            return;
        };
        let ty = self.api.types.get(pointer);
        file.imports.deprecated(ty.is_some_and(|ty| ty.deprecated));
        file.imports.export_as(home, now, name);
        if self.api.has_builder(pointer) {
            let (now, name) = (format!("{now}Builder"), format!("{name}Builder"));
            file.imports.export_as(home, &now, &name);
        }
    }

    /// The condition of an item in a module.
    fn condition_in(&self, module: &Module, item: &str) -> Option<Condition> {
        let place = (module.path.clone(), item.to_owned());
        self.conditions.get(&place).cloned()
    }

    /// The condition of an import of an item above the products.
    fn condition_of(&self, home: &str, item: &str) -> Option<Condition> {
        let place = (home.to_owned(), item.to_owned());
        match self.conditions.get(&place) {
            Some(condition) => Some(condition.clone()),
            // What is in a product: a method that returns the handle of the product takes it, or a type that nothing uses has it.
            None => self.names.products.around(home).map(Condition::of),
        }
    }

    fn resource(&self, module: &Module) -> Option<&'a Resource> {
        let line = self.lines.get(module.resource.as_deref()?)?;
        line.last().copied()
    }
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// A name as a token.
fn ident(name: &str) -> Ident {
    quote::format_ident!("{name}")
}
