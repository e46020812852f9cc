//! The imports of a file: one `use` for each module, standard library first, then other crates, then this one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::condition::Condition;
use super::{ident, prelude};

/// The names that a file imports, by module.
#[derive(Default)]
pub(super) struct Imports {
    names: BTreeMap<(Group, String), BTreeSet<String>>,
    exports: BTreeMap<String, BTreeSet<String>>,
    /// Items that are exported under further names: by module, the name there and the further one.
    further: BTreeMap<String, BTreeSet<(String, String)>>,
    /// Those that are there under a condition only.
    conditional: Conditional,
    /// The same of exports.
    conditional_exports: Conditional,
    deprecated: bool,
}

/// Names by the condition that they have and by module.
type Conditional = BTreeMap<(Condition, String), BTreeSet<String>>;

/// The prelude: the one module of the runtime that generated code imports from.
pub(super) const RUNTIME: &str = "crate::runtime";

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Std,
    Crates,
    Own,
}

impl Imports {
    /// Imports `name` from `module`, such as `std::collections`.
    pub(super) fn add(&mut self, module: &str, name: &str) {
        let group = match module.split("::").next() {
            Some("std") => Group::Std,
            Some("crate") => Group::Own,
            _ => Group::Crates,
        };
        self.names
            .entry((group, module.to_owned()))
            .or_default()
            .insert(name.to_owned());
    }

    /// Imports `name` from the runtime's prelude.
    pub(super) fn runtime(&mut self, name: &str) {
        self.add(RUNTIME, name);
    }

    /// Removes the imports from the file itself.
    pub(super) fn leave_out(&mut self, module: &str) {
        self.names.remove(&(Group::Own, generated(module)));
    }

    /// Exports `name` from a generated module: what is exported is imported too.
    pub(super) fn export(&mut self, module: &str, name: &str) {
        let module = generated(module);
        if let Some(names) = self.names.get_mut(&(Group::Own, module.clone())) {
            names.remove(name);
        }
        self.exports
            .entry(module)
            .or_default()
            .insert(name.to_owned());
    }

    /// Exports `name` of a generated module under a further name.
    pub(super) fn export_as(&mut self, module: &str, name: &str, further: &str) {
        let names = (name.to_owned(), further.to_owned());
        let exports = self.further.entry(generated(module)).or_default();
        exports.insert(names);
    }

    /// Imports and exports items of generated modules and of the prelude under the conditions under which they are there.
    pub(super) fn under(&mut self, conditions: &dyn Fn(&str, &str) -> Option<Condition>) {
        for ((_, module), names) in &mut self.names {
            split(conditions, module, names, &mut self.conditional);
        }
        for (module, names) in &mut self.exports {
            split(conditions, module, names, &mut self.conditional_exports);
        }
    }

    /// `#[deprecated]` for a deprecated item; records that the file has one.
    pub(super) fn deprecated(&mut self, is: bool) -> Option<TokenStream> {
        self.deprecated |= is;
        is.then(|| quote!(#[deprecated]))
    }

    /// Allows the file to use deprecated items, if it has any.
    pub(super) fn allowance(&self) -> Option<TokenStream> {
        let reason =
            "what the document calls deprecated is still there, and used by what it belongs to";
        self.deprecated
            .then(|| quote!(#![allow(deprecated, reason = #reason)]))
    }

    /// The `use` items.
    pub(super) fn tokens(&self) -> TokenStream {
        let names = self.names.iter().filter(|(_, names)| !names.is_empty());
        let imports = names.map(|((_, module), names)| import(module, names));
        let exports = self.exports.iter().filter(|(_, names)| !names.is_empty());
        let exports = exports.map(|(module, names)| {
            let export = import(module, names);
            quote!(pub #export)
        });
        let conditional = self.conditional.iter().map(|((condition, module), names)| {
            let import = import(module, names);
            quote!(#condition #import)
        });
        let further = self.further.iter().map(|(module, names)| {
            let names = names.iter().map(|(name, further)| {
                let is_new = name != further;
                let (name, further) = (path_segment(name), path_segment(further));
                let rename = is_new.then(|| quote!(as #further));
                quote!(#name #rename)
            });
            let export = import_names(module, &names.collect::<Vec<_>>());
            quote!(pub #export)
        });
        let conditional_exports = self.conditional_exports.iter();
        let conditional_exports = conditional_exports.map(|((condition, module), names)| {
            let export = import(module, names);
            quote!(#condition pub #export)
        });
        let all = imports.chain(conditional).chain(exports);
        all.chain(conditional_exports).chain(further).collect()
    }
}

/// Moves the names that have a condition.
fn split(
    conditions: &dyn Fn(&str, &str) -> Option<Condition>,
    module: &str,
    names: &mut BTreeSet<String>,
    conditional: &mut Conditional,
) {
    let home = module.strip_prefix(GENERATED);
    names.retain(|name| {
        let condition = match home {
            Some(home) => conditions(home, name),
            None if module == RUNTIME => {
                prelude::feature(name).map(|feature| Condition::of(feature.name()))
            }
            None => None,
        };
        let is_always = condition.is_none();
        if let Some(condition) = condition {
            let place = (condition, module.to_owned());
            conditional.entry(place).or_default().insert(name.clone());
        }
        is_always
    });
}

/// What the paths of generated modules begin with.
const GENERATED: &str = "crate::generated::";

/// The path of a generated module.
pub(super) fn generated(module: &str) -> String {
    format!("{GENERATED}{module}")
}

/// `use module::Name;` or `use module::{One, Other};`, with the module itself as `self`.
fn import(module: &str, names: &BTreeSet<String>) -> TokenStream {
    let names: Vec<TokenStream> = names.iter().map(|name| path_segment(name)).collect();
    import_names(module, &names)
}

fn import_names(module: &str, names: &[TokenStream]) -> TokenStream {
    let path = module.split("::").map(path_segment);
    let path = quote!(#(#path)::*);
    match names {
        [only] => quote! { use #path::#only; },
        names => quote! { use #path::{#(#names),*}; },
    }
}

fn path_segment(segment: &str) -> TokenStream {
    match segment {
        "crate" => quote!(crate),
        "self" => quote!(self),
        name => {
            let name = ident(name);
            quote!(#name)
        }
    }
}
