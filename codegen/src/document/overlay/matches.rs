//! The document while actions run: the tree, and its JSON for queries, kept in sync.
//!
//! Input: targets and changes. Output: pointers in the order of the document. A target of plain names is found in the tree; the first other
//! one has the document converted to JSON, and then only what an action changed is converted again.

use std::cell::OnceCell;

use crate::document::convert::to_json;
use crate::document::node::Node;
use crate::document::{json_path, near};
use crate::pointer::Pointer;

use super::change;
use super::query::{self, Query};

/// The document between two actions.
pub(super) struct Document {
    root: Node,
    json: OnceCell<serde_json::Value>,
    looks: near::Looks,
}

/// Why a target matches nothing.
pub(super) struct Trouble {
    pub(super) message: String,
    pub(super) help: String,
    /// Whether it matched something earlier: then the path is correct.
    pub(super) stale: bool,
}

impl Document {
    pub(super) fn new(root: Node) -> Self {
        Self {
            root,
            json: OnceCell::new(),
            looks: near::Looks::new(),
        }
    }

    pub(super) fn root(&self) -> &Node {
        &self.root
    }

    pub(super) fn into_root(self) -> Node {
        self.root
    }

    /// The nodes that `path` targets, in the order of the document; at least one.
    pub(super) fn find(&self, path: &str) -> Result<Vec<Pointer>, Trouble> {
        let query = Query::parse(path).map_err(|message| Trouble {
            message,
            help: String::new(),
            stale: false,
        })?;
        let mut found = self.select(path, &query);
        found.sort_by_cached_key(|pointer| self.root.position(pointer));
        found.dedup();
        if found.is_empty() {
            return Err(self.nothing(path));
        }
        // A list of names matches if one of them exists: each of them must.
        for (name, alone) in query::each_name(path) {
            if Query::parse(&alone).is_ok_and(|query| self.select(&alone, &query).is_empty()) {
                let message = format!("`{name}` in this target matches nothing any more");
                return Err(Trouble {
                    message,
                    help: self.nothing(&alone).help,
                    stale: true,
                });
            }
        }
        Ok(found)
    }

    /// Like `find`, but some or all of it may match nothing.
    pub(super) fn some(&self, path: &str) -> Vec<Pointer> {
        let mut found =
            Query::parse(path).map_or_else(|_| Vec::new(), |query| self.select(path, &query));
        found.sort_by_cached_key(|pointer| self.root.position(pointer));
        found.dedup();
        found
    }

    /// The pointers of what a path selects, in no particular order.
    fn select(&self, path: &str, query: &Query) -> Vec<Pointer> {
        match query::names(path) {
            Some(names) => {
                let root = (Pointer::root(), Some(&self.root));
                let (pointer, node) = names.iter().fold(root, |(pointer, node), name| {
                    (pointer.push(name), node.and_then(|node| node.get(name)))
                });
                node.map(|_| pointer).into_iter().collect()
            }
            None => query.find(self.json.get_or_init(|| to_json(&self.root))),
        }
    }

    /// Merges or appends `update` at each target; returns what changed.
    pub(super) fn update(&mut self, targets: &[Pointer], update: &Node) -> Vec<Pointer> {
        let mut changed = Vec::new();
        for target in targets {
            if let Some(node) = self.root.at_mut(target) {
                change::update(node, update, target, &mut changed);
            }
        }
        self.refresh(targets.iter().cloned());
        changed
    }

    /// Removes all targets, the last ones first so that list members keep their indexes until they are removed.
    pub(super) fn remove(&mut self, targets: &[Pointer]) -> Vec<Pointer> {
        for target in targets.iter().rev() {
            self.root.remove(target);
        }
        self.refresh(targets.iter().filter_map(Pointer::parent));
        targets.to_vec()
    }

    /// Converts the nodes at these pointers again; outer ones first, since they contain the inner ones.
    fn refresh(&mut self, pointers: impl Iterator<Item = Pointer>) {
        let Some(json) = self.json.get_mut() else {
            return;
        };
        let mut pointers: Vec<Pointer> = pointers.collect();
        pointers.sort();
        pointers.dedup();
        for pointer in pointers {
            if let (Some(node), Some(json)) =
                (self.root.at(&pointer), json.pointer_mut(pointer.as_str()))
            {
                *json = to_json(node);
            }
        }
    }

    /// Says how far the target leads, and what is there.
    fn nothing(&self, path: &str) -> Trouble {
        let (steps, whole) = query::plain_start(path);
        let mut node = &self.root;
        let mut at = "$".to_owned();
        for step in &steps {
            let Some(child) = node.child(step) else {
                return absent(node, &at, step, &self.looks);
            };
            node = child;
            at = format!("{at}[{}]", json_path::quoted(step));
        }
        let present = format!("`{at}` is {}", node.brief());
        let message = if whole {
            "this target matches nothing"
        } else {
            "the filters of this target match nothing any more"
        };
        let help = format!(
            "{present}: correct the target, or delete the action if the document is correct now"
        );
        Trouble {
            message: message.to_owned(),
            help,
            stale: true,
        }
    }
}

/// What a node is: the keys of an object if they are few, or the value.
fn described(node: &Node) -> String {
    let keys: Vec<String> = node
        .entries()
        .iter()
        .map(|entry| format!("`{}`", entry.key))
        .collect();
    match keys.len() {
        0 => node.brief(),
        1..=8 => format!("an object with {}", keys.join(", ")),
        count => format!("an object with {count} keys"),
    }
}

/// A step of a plain path that does not exist.
fn absent(node: &Node, at: &str, step: &str, looks: &near::Looks) -> Trouble {
    let message = format!("this target matches nothing: `{at}` has no `{step}`");
    let keys = node.entries().iter().map(|entry| entry.key.as_str());
    let alike = match looks.allow() {
        true => near::nearest_few(step, keys, 3),
        false => Vec::new(),
    };
    let help = if alike.is_empty() {
        format!(
            "there is {} now: correct the target, or delete the action if the document is correct now",
            described(node)
        )
    } else {
        let alike: Vec<String> = alike.iter().map(|name| format!("`{name}`")).collect();
        format!(
            "did you mean {}? Delete the action if the document is correct now",
            alike.join(" or ")
        )
    };
    Trouble {
        message,
        help,
        stale: true,
    }
}
