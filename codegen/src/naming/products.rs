//! Products: the parts of an API that an application compiles one by one, in nested layout.
//!
//! In: the tree of handles. Out: for the module of each product the feature that compiles it. What several products use is defined above
//! them, and compiled with any of them.
//!
//! An owner is a handle at the top that has items, such as `accounts` for `/accounts/{account_id}`; the caller (`/user`) is one too. Each
//! handle below an owner is a product, and so is every other handle at the top. What an owner itself can do is always compiled. Products of
//! one name, such as the logs of an account and those of a zone, share a feature. A name depends on the path alone.

use std::collections::BTreeMap;

use crate::config::Layout;
use crate::model::{Api, Resource};

use super::Names;
use super::case::plain;

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
}

impl Products {
    /// The products of an API; none in flat layout.
    pub(super) fn of(api: &Api, names: &Names) -> Self {
        let mut products = Self::default();
        if names.layout == Layout::Flat {
            return products;
        }
        for top in &api.root.children {
            let found = match is_owner(top) {
                true => top.children.as_slice(),
                false => std::slice::from_ref(top),
            };
            let modules = found
                .iter()
                .filter_map(|product| names.homes.handles.get(&product.key));
            for module in modules {
                let feature = feature(module);
                products.features.insert(module.clone(), feature);
            }
        }
        products
    }

    /// The feature that compiles a module, where it is that of a product.
    pub fn feature(&self, module: &str) -> Option<&str> {
        self.features.get(module).map(String::as_str)
    }

    /// The feature of the product that a module is in, or is.
    pub(super) fn around(&self, module: &str) -> Option<&str> {
        let ends = module.match_indices("::").map(|(end, _)| end);
        let mut around = ends
            .chain([module.len()])
            .filter_map(|end| module.get(..end));
        around.find_map(|module| self.feature(module))
    }

    /// The modules of products, each with its feature, in the order of the modules.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let features = self.features.iter();
        features.map(|(module, feature)| (module.as_str(), feature.as_str()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
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

/// The feature of a module: its last name. That of the runtime keeps its own.
fn feature(module: &str) -> String {
    let last = module.rsplit("::").next().unwrap_or(module);
    let name = plain(last).replace('_', "-");
    match name.as_str() {
        ALL_PRODUCTS => format!("{name}-api"),
        taken if RUNTIME_FEATURES.contains(&taken) => format!("{name}-api"),
        _ => name,
    }
}
