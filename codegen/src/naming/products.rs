//! Products: the parts of an API that an application compiles one by one, in nested layout.
//!
//! In: the tree of handles. Out: for the module of each product the feature that compiles it, and for that of each owner the feature that
//! compiles the owner's own operations. What several products use is defined above them, and compiled with any of them.
//!
//! An owner is a handle at the top that has items, such as `accounts` for `/accounts/{account_id}`; the caller (`/user`) is one too. Each
//! handle below an owner is a product, and so is every other handle at the top. The own operations of an owner are a product as well, which
//! is called like the owner; the handle of an owner is always compiled, since it leads to the others. Products of one name, such as the
//! logs of an account and those of a zone, share a feature. A name depends on the path alone.
//!
//! A product that `sdk.toml` divides is like an owner, but that its feature compiles all that is below it, too.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Layout};
use crate::model::{Api, Resource};
use crate::report::{Fault, Input};

use super::case::plain;
use super::{Namer, Names};

/// The feature that compiles all products.
pub const ALL_PRODUCTS: &str = "all-products";

/// The features of the runtime.
pub const RUNTIME_FEATURES: [&str; 16] = [
    "bodies",
    "chrono",
    "credentials",
    "cursors",
    "default",
    "fake-service",
    "gzip",
    "jiff",
    "native-tls",
    "responses",
    "rustls",
    "socks",
    "styles",
    "test-util",
    "time",
    "tracing",
];

/// The owner whose path has no id: it is the one that calls.
const CALLER: &str = "user";

/// The products.
#[derive(Clone, Debug, Default)]
pub struct Products {
    /// The feature of each product, by the path of its module.
    features: BTreeMap<String, String>,
    /// The feature of the own operations of each owner, or product that is divided, that has some, by the path of its module.
    owners: BTreeMap<String, String>,
    /// The products that are divided, by their features, each with the features of its parts.
    divided: BTreeMap<String, BTreeSet<String>>,
    /// The keys of these.
    divided_keys: BTreeSet<String>,
}

impl Products {
    /// The products of an API; none in flat layout.
    fn of(api: &Api, names: &Names, config: &Config) -> Self {
        let mut products = Self::default();
        if names.layout == Layout::Flat {
            return products;
        }
        let tops = api.root.children.iter();
        let mut open: Vec<_> = tops.map(|top| (top, is_owner(top), None)).collect();
        while let Some((resource, is_owner, whole)) = open.pop() {
            let Some(module) = names.homes.handles.get(&resource.key) else {
                continue;
            };
            let own = match &whole {
                Some(whole) => format!("{whole}-{}", word(module)),
                None => feature(module),
            };
            if let Some(whole) = whole {
                let parts = products.divided.entry(whole).or_default();
                parts.insert(own.clone());
            }
            let is_divided = !is_owner && is_divided(resource, config);
            if !is_owner && !is_divided {
                products.features.insert(module.clone(), own);
                continue;
            }
            if is_divided {
                products.divided_keys.insert(resource.key.clone());
            }
            if !resource.operations.is_empty() {
                products.owners.insert(module.clone(), own.clone());
            }
            let whole = is_divided.then_some(own);
            let below = resource.children.iter();
            open.extend(below.map(|child| (child, false, whole.clone())));
        }
        products
    }

    /// The feature that compiles a module, where it is that of a product.
    pub fn feature(&self, module: &str) -> Option<&str> {
        self.features.get(module).map(String::as_str)
    }

    /// The feature of the product that a module is in, or is.
    pub(crate) fn around(&self, module: &str) -> Option<&str> {
        let ends = module.match_indices("::").map(|(end, _)| end);
        let mut around = ends
            .chain([module.len()])
            .filter_map(|end| module.get(..end));
        around.find_map(|module| self.feature(module))
    }

    /// The feature that compiles the operations in a module, where it is that of an owner or of a product that is divided.
    pub fn of_owner(&self, module: &str) -> Option<&str> {
        self.owners.get(module).map(String::as_str)
    }

    /// The products that are divided, by their features, each with the features of its parts.
    pub(crate) fn divided(&self) -> &BTreeMap<String, BTreeSet<String>> {
        &self.divided
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty() && self.owners.is_empty()
    }
}

impl Namer<'_> {
    /// The products, and a fault for each handle that cannot be divided.
    pub(super) fn products(&mut self) {
        self.names.products = Products::of(self.api, &self.names, self.config);
        let divided = &self.names.products.divided_keys;
        let rules = self.config.handles.iter();
        for (key, rule) in rules.filter(|(_, rule)| rule.value.divided && rule.is_used()) {
            if !divided.contains(key) {
                let message = format!(
                    "this entry changes nothing: `{key}` is no product with handles below it"
                );
                let help = "remove it; in nested layout the handles below an owner are products, and so are those below a product that is divided";
                let place = rule.place.push("divided");
                let fault = Fault::new(Input::Config, place, message, help);
                self.faults.push(fault.on_key().stale());
            }
        }
    }
}

/// Whether something is below an item of it. It does not depend on what there has a handle, so that a feature stays what it is.
fn is_owner(top: &Resource) -> bool {
    let items = format!("/{}/{{", top.key);
    let operations = top.operations.iter();
    let operations = operations.map(|operation| &operation.path.template);
    let children = top.children.iter().map(|child| &child.path);
    let mut paths = operations.chain(children);
    top.key == CALLER || paths.any(|path| path.starts_with(&items))
}

/// Whether each handle below a product is one of its own.
fn is_divided(product: &Resource, config: &Config) -> bool {
    let rule = config.handles.get(&product.key);
    rule.is_some_and(|rule| rule.value.divided) && !product.children.is_empty()
}

/// The last name of a module, as features are written.
fn word(module: &str) -> String {
    let last = module.rsplit("::").next().unwrap_or(module);
    plain(last).replace('_', "-")
}

/// The feature of a module: its last name. That of the runtime keeps its own.
fn feature(module: &str) -> String {
    let name = word(module);
    match name.as_str() {
        ALL_PRODUCTS => format!("{name}-api"),
        taken if RUNTIME_FEATURES.contains(&taken) => format!("{name}-api"),
        _ => name,
    }
}
