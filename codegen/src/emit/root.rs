//! `mod.rs`: the modules, and what they export.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Layout;

use super::file::File;
use super::layout::Module;
use super::method_docs::search_names;
use super::{Emitter, docs, ident};

const DESCRIPTION: &str = "Generated from the document: `api` has the handles and their endpoints, `types` all data types. Users \
                           see these two modules; which file an item is in is internal.";

const NESTED: &str = "Generated from the document: a module for each handle, inside that of the handle above. It has the handle, its endpoints \
                      and the data types that they use; those that others use too are defined above them, or in `shared`.";

/// Where equal types are shared.
const EQUAL: &str = " Inline schemas of one product that are equal are one type, with a name for each: the names stay where a later document \
                      parts them.";

impl Emitter<'_> {
    /// The root of the generated code.
    pub(super) fn root(&self) -> File {
        match self.names.layout {
            Layout::Flat => self.flat_root(),
            Layout::Nested => self.nested_root(),
        }
    }

    fn flat_root(&self) -> File {
        let mut file = File::new(&self.root_description(DESCRIPTION));
        let mut modules: Vec<&Module> = self.layout.modules.iter().collect();
        modules.sort_by(|one, other| one.path.cmp(&other.path));
        let names = modules.iter().map(|module| ident(&module.path));
        let handles: Vec<TokenStream> = modules
            .iter()
            .filter_map(|module| self.exports(module, self.handles_of(module)))
            .collect();
        let types: Vec<TokenStream> = modules
            .iter()
            .filter_map(|module| self.exports(module, self.types_of(module)))
            .collect();
        let deprecated = self.api.types.values().any(|ty| ty.deprecated);
        file.imports
            .deprecated(deprecated || !self.names.old.is_empty());
        let index = docs::inner(&self.index());
        let rules = self.rules_module();
        let lacking = self.lacking();
        let base_url = self.base_url();
        file.push(quote! {
            #(mod #names;)*
            #rules
            #(#lacking)*
            #base_url

            pub mod api {
                #index
                #(#handles)*
            }

            /// The data types of requests and responses.
            pub(crate) mod types {
                #(#types)*
            }
        });
        file
    }

    /// What the files are, and the features that they need.
    fn root_description(&self, description: &str) -> String {
        let features = self.api.features();
        let needed = features.iter().map(|feature| {
            let (name, purpose) = (feature.name(), feature.purpose());
            format!("- `{name}`, for {purpose}")
        });
        let needed: Vec<String> = needed.collect();
        match needed.as_slice() {
            [] => description.to_owned(),
            needed => format!(
                "{description}\n\nFeatures of the SDK that it needs:\n\n{}",
                needed.join("\n")
            ),
        }
    }

    fn nested_root(&self) -> File {
        let equal = match self.names.same.is_empty() {
            true => "",
            false => EQUAL,
        };
        let description = format!("{NESTED}{equal}");
        let mut file = File::new(&self.root_description(&description));
        let reason =
            "links of methods to the runtime are whole, whether or not their file imports it";
        let links = self.links_of_products();
        file.attribute(quote! {
            #![allow(rustdoc::redundant_explicit_links, reason = #reason)]
            #links
        });
        let modules = self.layout.modules.iter();
        let tops = modules.filter(|module| !module.path.contains("::"));
        let mut tops: Vec<&str> = tops.map(|module| module.path.as_str()).collect();
        tops.sort_unstable();
        // A product has its condition; one export has all others.
        let (products, others): (Vec<&str>, Vec<&str>) =
            tops.iter().partition(|top| self.condition(top).is_some());
        let tops = tops.into_iter().map(|top| {
            let (condition, top) = (self.condition(top), ident(top));
            quote!(#condition pub mod #top;)
        });
        let products = products.into_iter().map(|top| {
            let (condition, top) = (self.condition(top), ident(top));
            quote!(#condition pub use super::#top;)
        });
        let others: Vec<_> = others.into_iter().map(ident).collect();
        let others = (!others.is_empty()).then(|| quote!(pub use super::{#(#others),*};));
        let index = docs::inner(&self.index());
        let rules = self.rules_module();
        let (base_url, lacking) = (self.base_url(), self.lacking());
        file.push(quote! {
            #(#tops)*
            #rules
            #(#lacking)*
            #base_url

            pub mod api {
                #index
            }

            /// The modules, which the crate exports.
            pub(crate) mod types {
                #others
                #(#products)*
            }
        });
        file
    }

    fn base_url(&self) -> Option<TokenStream> {
        let url = self.api.servers.first()?;
        Some(quote! {
            /// The first server of the document, to which all requests are sent by default.
            pub(crate) const BASE_URL: &str = #url;
        })
    }

    /// The exports of a module. An item with other names has one by itself: rustdoc finds it by the attributes of its export.
    fn exports(&self, module: &Module, mut names: Vec<String>) -> Option<TokenStream> {
        names.sort();
        let file = ident(&module.path);
        let searched = self.searched(module);
        let own = names.iter().filter_map(|name| {
            let attributes = search_names(searched.get(name.as_str())?);
            let name = ident(name);
            Some(quote!(#attributes pub use super::#file::#name;))
        });
        let own: TokenStream = own.collect();
        let names = names
            .iter()
            .filter(|name| !searched.contains_key(name.as_str()));
        let names: Vec<_> = names.map(|name| ident(name)).collect();
        match names.as_slice() {
            [] => (!own.is_empty()).then_some(own),
            [only] => Some(quote!(pub use super::#file::#only; #own)),
            names => Some(quote!(pub use super::#file::{#(#names),*}; #own)),
        }
    }

    /// The items of a module that have other names.
    fn searched(&self, module: &Module) -> BTreeMap<&str, &[String]> {
        let handle = self.resource(module).and_then(|resource| {
            let handle = self.names.handles.get(&resource.key)?;
            Some((handle.ty.as_str(), resource.search_names.as_slice()))
        });
        let types = module.types.iter().filter_map(|pointer| {
            let name = self.names.types.get(pointer)?;
            let ty = self.api.types.get(pointer)?;
            Some((name.as_str(), ty.search_names.as_slice()))
        });
        let all = handle.into_iter().chain(types);
        all.filter(|(_, names)| !names.is_empty()).collect()
    }

    fn handles_of(&self, module: &Module) -> Vec<String> {
        let Some(resource) = self.resource(module) else {
            return Vec::new();
        };
        let handle = self
            .names
            .handles
            .get(&resource.key)
            .map(|handle| handle.ty.clone());
        let endpoints = resource
            .operations
            .iter()
            .filter_map(|operation| self.names.methods.get(&operation.pointer))
            .map(|names| names.endpoint.clone());
        let old = self.old_endpoints(resource).into_iter();
        let old = old.map(|(alias, _)| alias);
        handle.into_iter().chain(endpoints).chain(old).collect()
    }

    fn types_of(&self, module: &Module) -> Vec<String> {
        let types = module
            .types
            .iter()
            .filter_map(|pointer| self.names.types.get(pointer));
        let builders = module
            .types
            .iter()
            .filter(|pointer| self.api.has_builder(pointer));
        let builders = builders
            .filter_map(|pointer| self.names.types.get(pointer))
            .map(|name| format!("{name}Builder"));
        let operations = self.resource(module).map(|resource| &resource.operations);
        let outcomes = operations
            .into_iter()
            .flatten()
            .filter_map(|operation| self.names.outcomes.get(&operation.pointer))
            .map(|names| names.ty.clone());
        let names = types
            .cloned()
            .chain(builders)
            .chain(outcomes)
            .chain(module.ids.iter().cloned());
        let mut names: Vec<String> = names.collect();
        let old = names.iter().flat_map(|name| self.old_types(name));
        let old: Vec<String> = old.collect();
        let builders = old.iter().map(|name| format!("{name}Builder"));
        let has_builder = |name: &String| {
            let now = self
                .names
                .old
                .iter()
                .find(|old| format!("{}Builder", old.path) == *name);
            now.is_some_and(|old| names.contains(&format!("{}Builder", old.now)))
        };
        let builders: Vec<String> = builders.filter(has_builder).collect();
        names.extend(old);
        names.extend(builders);
        names
    }
}
