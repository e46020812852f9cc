//! The corpus: its operations by product, and documents that hold some of them with what they refer to.
//!
//! In: the text of an OpenAPI document in JSON or YAML. Out: texts of smaller documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::Tree;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Below these the next literal segment names the product.
const OWNERS: [&str; 3] = ["accounts", "zones", "user"];

/// One method of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) method: String,
}

/// The document, with an index of its components.
#[derive(Debug)]
pub(crate) struct Corpus {
    root: Tree,
    /// The components by their references, such as `#/components/schemas/a`.
    components: BTreeMap<String, Tree>,
}

impl Corpus {
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let root: Tree = match text.trim_start().starts_with('{') {
            true => serde_json::from_str(text).map_err(|error| error.to_string())?,
            false => serde_yaml::from_str(text).map_err(|error| error.to_string())?,
        };
        let mut components = BTreeMap::new();
        for (kind, list) in section(&root, "components") {
            for (name, node) in list.entries() {
                components.insert(reference(kind, name), node.clone());
            }
        }
        Ok(Self { root, components })
    }

    /// The operations by product, in document order within each.
    pub(crate) fn products(&self) -> BTreeMap<String, Vec<Place>> {
        let mut products: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for (path, item) in section(&self.root, "paths") {
            for (method, _) in item.entries() {
                if METHODS.contains(&method.as_str()) {
                    products.entry(product(path)).or_default().push(Place {
                        path: path.clone(),
                        method: method.clone(),
                    });
                }
            }
        }
        products
    }

    /// A document of these operations alone, as JSON.
    pub(crate) fn with(&self, places: &[Place]) -> String {
        let kept: BTreeSet<(&str, &str)> = places
            .iter()
            .map(|place| (place.path.as_str(), place.method.as_str()))
            .collect();
        let mut paths = Vec::new();
        for (path, item) in section(&self.root, "paths") {
            let is_kept = |key: &str| !METHODS.contains(&key) || kept.contains(&(path, key));
            let entries = item.entries().iter().filter(|(key, _)| is_kept(key));
            let entries: Vec<_> = entries.cloned().collect();
            if entries
                .iter()
                .any(|(key, _)| METHODS.contains(&key.as_str()))
            {
                paths.push((path.clone(), Tree::Map(entries)));
            }
        }
        let paths = Tree::Map(paths);
        let components = self.components_of(&paths);
        let entries = self.root.entries().iter().map(|(key, node)| {
            let node = match key.as_str() {
                "paths" => paths.clone(),
                "components" => components.clone(),
                _ => node.clone(),
            };
            (key.clone(), node)
        });
        serde_json::to_string(&Tree::Map(entries.collect())).unwrap_or_default()
    }

    /// The components that a node refers to, directly or not, in document order; all security schemes.
    fn components_of(&self, node: &Tree) -> Tree {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut pending = vec![node];
        while let Some(node) = pending.pop() {
            let mut targets = Vec::new();
            node.texts(&mut |text| targets.extend(self.components.get_key_value(&component(text))));
            for (name, target) in targets {
                if reached.insert(name) {
                    pending.push(target);
                }
            }
        }
        let kinds = section(&self.root, "components")
            .iter()
            .map(|(kind, list)| {
                let is_kept = |name: &str| {
                    kind == "securitySchemes" || reached.contains(reference(kind, name).as_str())
                };
                let entries = list.entries().iter().filter(|(name, _)| is_kept(name));
                (kind.clone(), Tree::Map(entries.cloned().collect()))
            });
        Tree::Map(kinds.collect())
    }
}

fn section<'a>(root: &'a Tree, key: &str) -> &'a [(String, Tree)] {
    root.get(key).map(Tree::entries).unwrap_or_default()
}

fn reference(kind: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("#/components/{kind}/{name}")
}

/// The component that a reference leads to, or into.
fn component(reference: &str) -> String {
    let parts = reference.split('/').take(4);
    parts.collect::<Vec<_>>().join("/")
}

/// The first literal segment of a path below an account, a zone or a user; where there is none, the first literal segment.
fn product(path: &str) -> String {
    let literals = path.split('/').filter(|part| !part.is_empty());
    let literals: Vec<&str> = literals.filter(|part| !part.starts_with('{')).collect();
    let named = match literals.as_slice() {
        [owner, product, ..] if OWNERS.contains(owner) => product,
        [first, ..] => first,
        [] => "",
    };
    named.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Corpus, Place, product};

    const TEXT: &str = r##"{"openapi":"3.0.3","paths":{
        "/zones/{z}/b":{"parameters":[{"$ref":"#/components/parameters/z"}],"get":{"x":{"$ref":"#/components/schemas/b"}},"put":{}},
        "/accounts/{a}/a":{"get":{"x":{"$ref":"#/components/schemas/a"}}}},
        "components":{"schemas":{"c":{},"b":{"$ref":"#/components/schemas/c/properties/d"},"a":{}},"parameters":{"z":{}}}}"##;

    #[test]
    fn a_path_names_its_product() {
        assert_eq!(product("/accounts/{account_id}/magic/sites"), "magic");
        assert_eq!(product("/zones/{zone_id}"), "zones");
        assert_eq!(product("/radar/bgp"), "radar");
        assert_eq!(product("/{scope}/{id}/rules"), "rules");
    }

    #[test]
    fn a_document_in_yaml_is_read_like_one_in_json() {
        let yaml = "paths:\n  /zones/{z}/b:\n    get: {responses: {'204': {description: Done.}}}\n";
        let corpus = Corpus::read(yaml).unwrap();
        let places = corpus.products().remove("b").unwrap();
        let expected =
            r#"{"paths":{"/zones/{z}/b":{"get":{"responses":{"204":{"description":"Done."}}}}}}"#;
        assert_eq!(corpus.with(&places), expected);
        assert!(Corpus::read("paths: [").is_err());
    }

    #[test]
    fn a_smaller_document_has_what_it_refers_to_in_order() {
        let corpus = Corpus::read(TEXT).unwrap();
        let products = corpus.products();
        assert_eq!(products.keys().collect::<Vec<_>>(), ["a", "b"]);
        let get = Place {
            path: "/zones/{z}/b".to_owned(),
            method: "get".to_owned(),
        };
        let expected = r##"{"openapi":"3.0.3","paths":{"/zones/{z}/b":{"parameters":[{"$ref":"#/components/parameters/z"}],"get":{"x":{"$ref":"#/components/schemas/b"}}}},"components":{"schemas":{"c":{},"b":{"$ref":"#/components/schemas/c/properties/d"}},"parameters":{"z":{}}}}"##;
        assert_eq!(corpus.with(&[get]), expected);
    }
}
