//! The features of products: the conditions on their modules, and `features.toml`, the list for the manifest of the crate.
//!
//! In: which module is a product, and the features of the runtime that its code needs. Out: attributes, and the text of the list.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Feature, Resource, Ty, Type, TypeKind};
use crate::naming::ALL_PRODUCTS;
use crate::pointer::Pointer;

use super::condition::{Condition, Conditions};
use super::layout::Module;
use super::{Emitter, PACKAGE};

/// The file with the features.
pub(super) const FEATURES: &str = "features.toml";

impl Emitter<'_> {
    /// The condition under which a module is compiled, and the method that returns its handle.
    pub(super) fn condition(&self, module: &str) -> Option<Condition> {
        self.names.products.feature(module).map(Condition::of)
    }

    /// The condition of the operations of a resource, where it is an owner.
    pub(super) fn condition_of_owner(&self, resource: &Resource) -> Option<Condition> {
        let home = self.names.homes.handles.get(&resource.key)?;
        self.names.products.of_owner(home).map(Condition::of)
    }

    /// The conditions of the items that are defined above the products and that only products use, by module and name.
    pub(super) fn conditions(&self) -> Conditions {
        if self.names.products.is_empty() {
            return Conditions::new();
        }
        let always = self.always();
        let types = self.api.types.iter().filter_map(|(pointer, ty)| {
            let home = self.names.homes.types.get(pointer)?;
            let name = self.names.types.get(pointer)?;
            let users = self.names.users.of_type(pointer);
            // A type without users is of an envelope. One can match on its enums; what else is in it may be of products.
            let is_always = users.is_empty() && matches!(ty.kind, TypeKind::Enum(_));
            let is_always = is_always || always.types.contains(pointer);
            (!is_always).then_some((home, name, users))
        });
        let ids = self.api.ids.keys().filter_map(|name| {
            let home = self.names.homes.ids.get(name)?;
            let users = self.names.users.of_id(name);
            let is_always = users.is_empty() || always.ids.contains(name.as_str());
            (!is_always).then_some((home, name, users))
        });
        let above = types.chain(ids).filter(|(home, ..)| self.is_above(home));
        let conditions = above.filter_map(|(home, name, users)| {
            let products = users.iter().map(|user| self.product(user));
            let products: Option<BTreeSet<&str>> = products.collect();
            let condition = Condition::any_of(&products?);
            let condition = condition.unwrap_or_else(|| Condition::of(ALL_PRODUCTS));
            // A builder is there where its type is.
            let names = [name.clone(), format!("{name}Builder")];
            Some(names.map(|name| ((home.clone(), name), condition.clone())))
        });
        conditions.flatten().collect()
    }

    /// What the handles of owners take: it is there without any product.
    fn always(&self) -> Always<'_> {
        let mut always = Always::default();
        let above = self.api.root.walk().into_iter().filter(|resource| {
            let home = self.names.homes.handles.get(&resource.key);
            home.is_some_and(|home| self.is_above(home))
        });
        let parameters = above.flat_map(|resource| &resource.parameters);
        let mut open: Vec<&Ty> = parameters.map(|parameter| &parameter.ty).collect();
        while let Some(ty) = open.pop() {
            always.ids.extend(ty.id());
            if let Some(pointer) = ty.named().filter(|pointer| always.types.insert(pointer)) {
                open.extend(self.api.types.get(pointer).into_iter().flat_map(Type::uses));
            }
        }
        always
    }

    /// The feature of the product that a resource belongs to.
    fn product(&self, key: &str) -> Option<&str> {
        let line = self.lines.get(key)?;
        let home = |one: &&Resource| self.names.homes.handles.get(&one.key);
        let mut homes = line.iter().filter_map(home);
        let product = homes.find_map(|home| self.names.products.feature(home));
        let owner = || self.names.products.of_owner(home(line.last()?)?);
        product.or_else(owner)
    }

    /// Whether a module is in no product.
    pub(super) fn is_above(&self, module: &str) -> bool {
        self.names.products.around(module).is_none()
    }

    /// Whether something in a module is of products, which may not be compiled.
    pub(super) fn is_above_products(&self, module: &Module) -> bool {
        let mut modules = module.modules.iter();
        modules.any(|module| self.names.products.feature(module).is_some())
            || self.names.products.of_owner(&module.path).is_some()
            || self.has_conditions(&module.path)
    }

    /// What such a module needs.
    pub(super) fn above_products(&self, module: &Module) -> Option<TokenStream> {
        let reason = "some are for products, whose features may be off";
        self.is_above_products(module)
            .then(|| quote!(#![allow(dead_code, unused_imports, reason = #reason)]))
    }

    /// Whether an item in a module has a condition.
    fn has_conditions(&self, module: &str) -> bool {
        let first = (module.to_owned(), String::new());
        let mut from = self.conditions.range(first..);
        from.next().is_some_and(|((home, _), _)| home == module)
    }

    /// What all modules need where products are.
    pub(super) fn links_of_products(&self) -> Option<TokenStream> {
        let reason = "links lead to products whose features are off";
        (!self.names.products.is_empty()).then(|| {
            quote! {
                #![cfg_attr(
                    not(feature = #ALL_PRODUCTS),
                    allow(rustdoc::broken_intra_doc_links, reason = #reason)
                )]
            }
        })
    }

    /// The text of the list, or nothing where there are no products.
    pub(super) fn features_file(&self) -> Option<String> {
        let products = self.features_of_products();
        if products.is_empty() {
            return None;
        }
        let divided = self.names.products.divided();
        let all: BTreeSet<&str> = products.keys().copied().collect();
        let all = all.into_iter().chain(divided.keys().map(String::as_str));
        let all: BTreeSet<&str> = all.collect();
        let mut lines = BTreeMap::from([(ALL_PRODUCTS, listed(all.iter().copied()))]);
        for product in all {
            let needed = products.get(product).into_iter().flatten();
            let needed = needed.map(|feature| feature.name());
            let parts = divided.get(product).into_iter().flatten();
            let needed: BTreeSet<&str> = needed.chain(parts.map(String::as_str)).collect();
            lines.insert(product, listed(needed.into_iter()));
        }
        let lines = lines
            .iter()
            .map(|(name, list)| format!("{name} = {list}\n"));
        let lines: String = lines.collect();
        let about = "# The products of the API, each with the features of the runtime that its code needs. The manifest of the crate has the \
                     same lines\n# in its table of features.";
        Some(format!("{about}\n[features]\n{lines}"))
    }

    /// What stops the compiler where the crate lacks a feature of the runtime that something compiled needs.
    pub(super) fn lacking(&self) -> Vec<TokenStream> {
        let always = self.always_needed();
        let products = self.features_of_products();
        let lacking = self.api.features().into_iter().map(|feature| {
            let name = feature.name();
            let message = format!(
                "the generated code needs the feature `{name}` of {PACKAGE}, for {}",
                feature.purpose()
            );
            let of_products = products
                .iter()
                .filter(|(_, needed)| needed.contains(&feature));
            let of_products: Vec<&str> = of_products.map(|(product, _)| *product).collect();
            let condition = match (always.contains(&feature), of_products.as_slice()) {
                (true, _) => quote!(not(feature = #name)),
                (false, [only]) => quote!(all(not(feature = #name), feature = #only)),
                (false, several) => {
                    quote!(all(not(feature = #name), any(#(feature = #several),*)))
                }
            };
            quote! {
                #[cfg(#condition)]
                compile_error!(#message);
            }
        });
        lacking.collect()
    }

    /// The features of the runtime that each product needs, by its own feature.
    fn features_of_products(&self) -> BTreeMap<&str, BTreeSet<Feature>> {
        let mut products: BTreeMap<&str, BTreeSet<Feature>> = BTreeMap::new();
        for resource in self.api.root.walk() {
            let home = self.names.homes.handles.get(&resource.key);
            let Some(home) = home else { continue };
            if let Some(feature) = self.names.products.feature(home) {
                let needed = products.entry(feature).or_default();
                needed.extend(self.api.features_below(resource));
            }
            if let Some(feature) = self.names.products.of_owner(home) {
                let needed = products.entry(feature).or_default();
                needed.extend(self.api.features_here(resource));
            }
        }
        products
    }

    /// The features of the runtime that are needed without any product: in nested layout those of the handles of owners.
    fn always_needed(&self) -> BTreeSet<Feature> {
        let mut needed = BTreeSet::new();
        let mut pending: Vec<&Resource> = vec![&self.api.root];
        while let Some(resource) = pending.pop() {
            let home = self.names.homes.handles.get(&resource.key);
            if home.is_some_and(|home| self.names.products.feature(home).is_some()) {
                continue;
            }
            needed.extend(match self.condition_of_owner(resource) {
                Some(_) => BTreeSet::new(),
                None => self.api.features_here(resource),
            });
            needed.extend(self.api.features_of_handle(resource));
            pending.extend(&resource.children);
        }
        needed
    }
}

/// Types and ids that are always compiled.
#[derive(Default)]
struct Always<'a> {
    types: BTreeSet<&'a Pointer>,
    ids: BTreeSet<&'a str>,
}

/// A list in TOML.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", names.join(", "))
}
