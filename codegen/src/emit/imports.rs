//! The imports of a file: one `use` for each module, standard library first, then other crates, then this one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;

/// The names that a file imports, by module.
#[derive(Default)]
pub(super) struct Imports(BTreeMap<(Group, String), BTreeSet<String>>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Std,
    Crates,
    Own,
}

impl Imports {
    /// Imports `name` from `module`, such as `crate::call`.
    pub(super) fn add(&mut self, module: &str, name: &str) {
        let group = match module.split("::").next() {
            Some("std") => Group::Std,
            Some("crate") => Group::Own,
            _ => Group::Crates,
        };
        self.0
            .entry((group, module.to_owned()))
            .or_default()
            .insert(name.to_owned());
    }

    /// Drops what is imported from the file itself.
    pub(super) fn leave_out(&mut self, module: &str) {
        self.0.remove(&(Group::Own, generated(module)));
    }

    /// The `use` items.
    pub(super) fn tokens(&self) -> TokenStream {
        self.0
            .iter()
            .map(|((_, module), names)| import(module, names))
            .collect()
    }
}

/// The path of a generated module.
pub(super) fn generated(module: &str) -> String {
    format!("crate::generated::{module}")
}

/// `use module::Name;` or `use module::{One, Other};`, with the module itself as `self`.
fn import(module: &str, names: &BTreeSet<String>) -> TokenStream {
    let path = module.split("::").map(path_segment);
    let path = quote! { #(#path)::* };
    let names: Vec<TokenStream> = names.iter().map(|name| path_segment(name)).collect();
    match names.as_slice() {
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
