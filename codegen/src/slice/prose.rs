//! Our prose in upstream's tree.
//!
//! Input: the new slice, without upstream's prose, and the present one. Each sentence and example of ours is copied to the
//! same node of the new slice; those whose node was removed are returned. A member of a list is identified by its content
//! rather than by its index: a parameter by location and name, a tag by its name, a server by its address, a reference by its
//! target, any other member by its index among the members of its kind.

use crate::document::check::{PARAMETER, SERVER, Shape, TAG};
use crate::document::{Entry, Node, Value, canonical};
use crate::pointer::Pointer;

use super::render::{Finding, FindingKind};
use super::uses::used_tags;

/// The keys of the specification that hold prose: text for people, not for programs.
const PROSE: [&str; 9] = [
    "title",
    "summary",
    "description",
    "example",
    "examples",
    "externalDocs",
    "termsOfService",
    "contact",
    "license",
];

/// Whether `key` of an object of this shape holds prose. A name that equals such a key, of a property say, does not.
pub(super) fn is_prose(shape: Shape, key: &str) -> bool {
    PROSE.contains(&key) && shape.rank(key).is_some()
}

/// Copies the prose of `current` into `root`; returns the sentences whose node was removed.
pub(super) fn graft(root: &mut Node, current: Option<&Node>) -> Vec<Finding> {
    let mut graft = Graft::default();
    if let Some(current) = current {
        add_our_tags(root, current);
        graft.node(root, current, Shape::at(&Pointer::root()), &Pointer::root());
    }
    graft.orphans
}

/// Tags that operations have and upstream does not list keep their position in our list, because it describes them.
fn add_our_tags(root: &mut Node, current: &Node) {
    let paths = root.get("paths").map(Node::entries).unwrap_or_default();
    let used = used_tags(paths);
    let name = |tag: &Node| tag.get("name").and_then(Node::as_str).map(str::to_owned);
    let listed: Vec<Option<String>> = root
        .get("tags")
        .into_iter()
        .flat_map(Node::members)
        .map(name)
        .collect();
    let ours = current.get("tags").into_iter().flat_map(Node::members);
    let added = ours.filter(|tag| {
        name(tag).is_some_and(|name| used.contains(name.as_str())) && !listed.contains(&name(tag))
    });
    let added: Vec<Node> = added.cloned().collect();
    if added.is_empty() {
        return;
    }
    match root.get_mut("tags").map(|tags| &mut tags.value) {
        Some(Value::List(tags)) => tags.extend(added),
        _ => {
            let tags = Node::made(Value::List(added), root.input);
            root.set("tags", tags);
        }
    }
}

/// A traversal of both trees; pointers are those of the present slice.
#[derive(Default)]
struct Graft {
    orphans: Vec<Finding>,
}

impl Graft {
    fn node(&mut self, new: &mut Node, old: &Node, shape: Shape, pointer: &Pointer) {
        match &old.value {
            Value::Map(entries) if shape.is_object() || shape.is_names() => {
                self.map(new, old, entries, shape, pointer);
            }
            Value::List(members) if shape.is_list() => {
                self.list(new, members, shape.below("0"), pointer);
            }
            _ => {}
        }
    }

    fn map(
        &mut self,
        new: &mut Node,
        old: &Node,
        entries: &[Entry],
        shape: Shape,
        pointer: &Pointer,
    ) {
        // Prose about an inline object is not copied to a reference, where it has no meaning.
        let is_same_kind = new.is_map() && old.get("$ref").is_some() == new.get("$ref").is_some();
        for entry in entries {
            let pointer = pointer.push(&entry.key);
            if is_prose(shape, &entry.key) && is_same_kind {
                new.set(&entry.key, entry.node.clone());
                continue;
            }
            match new
                .get_mut(&entry.key)
                .filter(|_| !is_prose(shape, &entry.key))
            {
                Some(child) => self.node(child, &entry.node, shape.below(&entry.key), &pointer),
                None => self.orphaned(entry, shape, &pointer),
            }
        }
    }

    /// `shape` is that of the members.
    fn list(&mut self, new: &mut Node, members: &[Node], shape: Shape, pointer: &Pointer) {
        let mut places: Vec<Option<String>> = identities(new.members(), shape)
            .into_iter()
            .map(Some)
            .collect();
        for (index, (member, identity)) in
            members.iter().zip(identities(members, shape)).enumerate()
        {
            let pointer = pointer.push_index(index);
            let place = places
                .iter_mut()
                .enumerate()
                .find(|(_, place)| place.as_ref() == Some(&identity));
            // Each member is matched once.
            let place = place.map(|(number, place)| (number, place.take()));
            match place.and_then(|(number, _)| new.members_mut().get_mut(number)) {
                Some(new) => self.node(new, member, shape, &pointer),
                None => self.orphaned_below(member, shape, &pointer),
            }
        }
    }

    /// The part of the present slice that was removed: the prose itself, or all prose below it.
    fn orphaned(&mut self, entry: &Entry, holder: Shape, pointer: &Pointer) {
        let Entry { key, node, .. } = entry;
        if is_prose(holder, key) {
            let text = node.as_str().map_or_else(|| canonical(node), str::to_owned);
            self.orphans.push(Finding::new(
                FindingKind::SentenceOrphaned,
                pointer.as_str(),
                text,
            ));
        } else {
            self.orphaned_below(node, holder.below(key), pointer);
        }
    }

    fn orphaned_below(&mut self, node: &Node, shape: Shape, pointer: &Pointer) {
        match &node.value {
            Value::Map(entries) if shape.is_object() || shape.is_names() => {
                for entry in entries {
                    self.orphaned(entry, shape, &pointer.push(&entry.key));
                }
            }
            Value::List(members) if shape.is_list() => {
                for (index, member) in members.iter().enumerate() {
                    self.orphaned_below(member, shape.below("0"), &pointer.push_index(index));
                }
            }
            _ => {}
        }
    }
}

/// What identifies each member of a list.
pub(super) fn identities(members: &[Node], shape: Shape) -> Vec<String> {
    let mut nameless = 0;
    let identity = |member: &Node| {
        let text = |key: &str| member.get(key).and_then(Node::as_str);
        if let Some(target) = text("$ref") {
            return format!("$ref {target}");
        }
        match (text("in"), text("name"), text("url")) {
            (Some(place), Some(name), _) if shape.is(&PARAMETER) => format!("{place} {name}"),
            (_, Some(name), _) if shape.is(&TAG) => name.to_owned(),
            (_, _, Some(url)) if shape.is(&SERVER) => url.to_owned(),
            _ => {
                nameless += 1;
                format!("# {nameless}")
            }
        }
    };
    members.iter().map(identity).collect()
}
