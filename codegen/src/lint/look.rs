//! The data that rules read: the document after the overlay, and as much of the model as there is.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::document::{Document, Node, Object, What};
use crate::model::Api;
use crate::pointer::Pointer;

/// Keys under which schemas are put together.
pub(super) const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// How many references to references are followed.
const MAX_STEPS: usize = 32;

/// How many schemas are followed into one another, by rules that search other schemas. Deeper ones are never odd.
pub(super) const MAX_DEPTH: usize = 64;

/// The inputs as far as they could be read. Nodes that `[skip]` leaves out are hidden: its reason holds for every rule.
pub(super) struct Look<'a> {
    pub(super) document: &'a Document,
    /// The rules of `sdk.toml`, as far as it could be read.
    pub(super) config: &'a Config,
    /// The model of the API, if the document has no faults.
    pub(super) api: Option<&'a Api>,
    objects: Vec<Object<'a>>,
    /// The targets of all references, each with the places that refer to it.
    pub(super) references: BTreeMap<Pointer, Vec<Pointer>>,
    /// The targets of references: found once, because many rules need them.
    targets: BTreeMap<Pointer, &'a Node>,
}

impl<'a> Look<'a> {
    pub(super) fn new(document: &'a Document, config: &'a Config, api: Option<&'a Api>) -> Self {
        let references = document.references();
        let targets = references.keys();
        let targets = targets.filter_map(|target| Some((target.clone(), document.node(target)?)));
        let mut look = Self {
            document,
            config,
            api,
            objects: Vec::new(),
            targets: targets.collect(),
            references,
        };
        let mut objects = document.objects();
        objects.retain(|object| !look.is_skipped(&object.pointer));
        look.objects = objects;
        look
    }

    /// The objects of one kind in the order of the document, references included.
    pub(super) fn all(&self, what: What) -> impl Iterator<Item = &Object<'a>> {
        self.objects
            .iter()
            .filter(move |object| object.what == what)
    }

    /// The schemas in the order of the document, without references to others.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &Object<'a>> {
        self.all(What::Schema)
            .filter(|object| object.node.get("$ref").is_none())
    }

    /// Whether `sdk.toml` leaves the node out.
    pub(super) fn is_skipped(&self, pointer: &Pointer) -> bool {
        self.config.skip.around(pointer).is_some()
    }

    /// The node that a reference to `target` leads to.
    pub(super) fn behind(&self, target: &Pointer) -> Option<&'a Node> {
        self.targets.get(target).copied()
    }

    /// The node itself, or the target of its reference. `None` when it leads to nothing.
    pub(super) fn resolved(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_STEPS {
            match target(node) {
                Some(target) => node = self.behind(&target)?,
                None => return Some(node),
            }
        }
        None
    }

    /// The position of the node, or of the target of its reference.
    pub(super) fn place(&self, pointer: &Pointer, node: &Node) -> Pointer {
        let mut place = pointer.clone();
        let mut next = target(node);
        for _ in 0..MAX_STEPS {
            let Some(at) = next else { break };
            next = self.behind(&at).and_then(target);
            place = at;
        }
        place
    }

    /// The node and the members of its `allOf`, at any depth, references followed.
    pub(super) fn parts(&self, node: &'a Node) -> Vec<&'a Node> {
        self.closure(node, &["allOf"])
    }

    /// The node and all members of lists under these keys, at any depth, references followed; each once.
    pub(super) fn closure(&self, node: &'a Node, keys: &[&str]) -> Vec<&'a Node> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let Some(node) = self.resolved(node) else {
                continue;
            };
            if found.len() >= MAX_DEPTH || !seen.insert(std::ptr::from_ref(node)) {
                continue;
            }
            found.push(node);
            let inner = keys.iter().flat_map(|key| members(node, key));
            open.extend(inner.rev());
        }
        found
    }
}

/// The target of a reference.
pub(super) fn target(node: &Node) -> Option<Pointer> {
    Pointer::parse(node.get("$ref")?.as_str()?)
}

/// The members of a list under `key`.
pub(super) fn members<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map(Node::members).unwrap_or_default()
}

/// A string under `key`.
pub(super) fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key).and_then(Node::as_str)
}

/// The pointer of the component that `pointer` is or is inside of.
pub(super) fn component(pointer: &Pointer) -> Option<Pointer> {
    let tokens = pointer.tokens();
    let (first, inside) = tokens.split_first()?;
    match inside {
        [kind, name, ..] if first == "components" => {
            Some(Pointer::root().push(first).push(kind).push(name))
        }
        _ => None,
    }
}

/// How messages call a node: a component by its name, anything else by its pointer.
pub(super) fn name(pointer: &Pointer) -> String {
    match (component(pointer), pointer.last()) {
        (Some(component), Some(last)) if component == *pointer => last,
        _ => pointer.to_string(),
    }
}
