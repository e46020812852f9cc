//! Our prose after upstream has restructured its document.
//!
//! Input: the new slice with the prose that has kept its place, the present slice, and the prose that has not. Output: the prose that
//! could be placed is in the new slice; what is left is returned, with the places that nodes have moved to.
//!
//! Both trees are traversed side by side from the operations, which is also how the Rust items come from them. Where a reference is
//! beside another one, the components are the same under two names; beside an inline schema, it was extracted or inlined; a property
//! may be in a member of `allOf`; a path may have another parameter or segment. Components that no operation reaches are the same
//! where their content is.

mod places;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::document::check::{PARAMETER, SCHEMA, SERVER, Shape, TAG};
use crate::document::{Node, Value, canonical};
use crate::pointer::Pointer;

use super::Prose;
use super::prose::{identities, is_prose};
use super::render::Finding;
use super::trim::trimmed;
use super::uses::{self, Names};

/// Where nodes of the present slice are in the new one.
pub(super) type Moved = BTreeMap<Pointer, Pointer>;

/// Places what can be placed of `orphans`; returns the others, each sentence once, and where nodes are now.
pub(super) fn follow(new: &mut Node, old: &Node, orphans: Vec<Finding>) -> (Vec<Finding>, Moved) {
    let frozen = new.clone();
    let left = orphans.into_iter().enumerate();
    let left = left.map(|(index, orphan)| {
        let place = Pointer::from_escaped(&orphan.pointer);
        (place, (index, orphan))
    });
    let mut follow = Follow {
        old,
        shared: shared(&frozen),
        frozen: &frozen,
        new,
        orphans: left.collect(),
        moved: Moved::new(),
        seen: BTreeSet::new(),
        queue: VecDeque::new(),
    };
    follow.pair(Pointer::root(), Pointer::root());
    follow.run();
    while follow.unreached() {
        follow.run();
    }
    let Follow { orphans, moved, .. } = follow;
    let mut texts = BTreeSet::new();
    prose_of(new, Shape::at(&Pointer::root()), &mut texts);
    let mut left: Vec<(usize, Finding)> = orphans.into_values().collect();
    left.sort_by_key(|(index, _)| *index);
    let left = left.into_iter().map(|(_, orphan)| orphan);
    let left = left.filter(|orphan| texts.insert(orphan.text.clone()));
    (left.collect(), moved)
}

struct Follow<'a> {
    old: &'a Node,
    /// The new slice as it was, to be read.
    frozen: &'a Node,
    /// Components of the new slice that are referred to more than once.
    shared: BTreeSet<Pointer>,
    new: &'a mut Node,
    /// By their position in the present slice, each with its number.
    orphans: BTreeMap<Pointer, (usize, Finding)>,
    moved: Moved,
    seen: BTreeSet<(Pointer, Pointer)>,
    queue: VecDeque<(Pointer, Pointer)>,
}

impl Follow<'_> {
    /// Notes that a node of the present slice is one of the new one.
    fn pair(&mut self, old: Pointer, new: Pointer) {
        if self.seen.insert((old.clone(), new.clone())) {
            self.queue.push_back((old, new));
        }
    }

    fn run(&mut self) {
        while let Some((old, new)) = self.queue.pop_front() {
            self.visit(&old, &new);
        }
    }

    fn visit(&mut self, old: &Pointer, new: &Pointer) {
        let (Some(was), Some(is)) = (self.old.at(old), self.frozen.at(new)) else {
            return;
        };
        self.moved.entry(old.clone()).or_insert_with(|| new.clone());
        match (target(was), target(is)) {
            (Some(was), Some(is)) => self.pair(was, is),
            // Extracted, unless the component had sentences of its own before.
            (None, Some(is)) if self.old.at(&is).is_none() => self.pair(old.clone(), is),
            (Some(was), None) if self.frozen.at(&was).is_none() => self.pair(was, new.clone()),
            (None, None) => {
                let shape = Shape::at(new);
                self.place(was, old, new, shape);
                self.children(was, is, (old, new), shape);
            }
            (None, Some(_)) | (Some(_), None) => {}
        }
    }

    /// Copies the prose of a node that has lost its place.
    fn place(&mut self, was: &Node, old: &Pointer, new: &Pointer, shape: Shape) {
        // What is said of one property is not said of all that the component is used for.
        if self.shared.contains(new) && !is_component(old) {
            return;
        }
        for entry in was
            .entries()
            .iter()
            .filter(|entry| is_prose(shape, &entry.key))
        {
            let place = old.push(&entry.key);
            let Some(node) = self.new.at_mut(new).filter(|node| node.is_map()) else {
                continue;
            };
            if self.orphans.contains_key(&place) && node.get(&entry.key).is_none() {
                node.set(&entry.key, entry.node.clone());
                self.orphans.remove(&place);
            }
        }
    }

    fn children(&mut self, was: &Node, is: &Node, (old, new): (&Pointer, &Pointer), shape: Shape) {
        if shape.is_list() {
            for (index, other) in members(self.old, self.frozen, (was, is), shape.below("0")) {
                self.pair(old.push_index(index), new.push_index(other));
            }
            return;
        }
        if !(shape.is_object() || shape.is_names()) {
            return;
        }
        let entries = was.entries().iter();
        for entry in entries.filter(|entry| !is_prose(shape, &entry.key)) {
            if is.get(&entry.key).is_some() {
                self.pair(old.push(&entry.key), new.push(&entry.key));
            }
        }
        if shape.is(&SCHEMA) {
            let after = places::properties(self.frozen, new);
            for (name, place) in places::properties(self.old, old) {
                if let Some(now) = after.get(&name) {
                    self.pair(place, now.clone());
                }
            }
        }
        if new.as_str() == "/paths" {
            for (before, after) in places::paths(self.old, self.frozen) {
                self.pair(old.push(&before), new.push(&after));
            }
        }
    }

    /// Pairs components that no operation reaches by their content; returns whether there were any.
    fn unreached(&mut self) -> bool {
        let place = Pointer::root().push("components");
        let sections = self.old.get("components").map(Node::entries);
        let mut pairs = Vec::new();
        for section in sections.unwrap_or_default() {
            let place = place.push(&section.key);
            let (before, after) = (self.gone(&place), self.come(&place));
            for (content, old) in &before {
                let new = after.get(content).map(Vec::as_slice);
                if let ([old], Some([new])) = (old.as_slice(), new) {
                    pairs.push((old.clone(), new.clone()));
                }
            }
        }
        let is_any = !pairs.is_empty();
        for (old, new) in pairs {
            self.pair(old, new);
        }
        is_any
    }

    /// The components of a section that are gone, by their content with the references that it has now.
    fn gone(&self, section: &Pointer) -> BTreeMap<String, Vec<Pointer>> {
        let is_open =
            |old: &Pointer| !self.moved.contains_key(old) && self.frozen.at(old).is_none();
        contents(self.old, section, &is_open, &|old| self.moved.get(old))
    }

    /// The new ones.
    fn come(&self, section: &Pointer) -> BTreeMap<String, Vec<Pointer>> {
        let taken: BTreeSet<&Pointer> = self.moved.values().collect();
        let is_open = |new: &Pointer| !taken.contains(new) && self.old.at(new).is_none();
        contents(self.frozen, section, &is_open, &|_| None)
    }
}

/// The components of a section, by their content: without prose, and with its references under the names that they have now.
fn contents<'a>(
    tree: &Node,
    section: &Pointer,
    is_open: &dyn Fn(&Pointer) -> bool,
    now: &dyn Fn(&Pointer) -> Option<&'a Pointer>,
) -> BTreeMap<String, Vec<Pointer>> {
    let shape = Shape::at(&section.push("component"));
    let mut found: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
    for entry in tree.at(section).map(Node::entries).unwrap_or_default() {
        let place = section.push(&entry.key);
        if is_open(&place) {
            let mut node = trimmed(&entry.node, shape, Prose::Ours, &mut BTreeMap::new());
            renamed(&mut node, now);
            found.entry(canonical(&node)).or_default().push(place);
        }
    }
    found
}

fn renamed<'a>(node: &mut Node, now: &dyn Fn(&Pointer) -> Option<&'a Pointer>) {
    if let Some(target) = target(node).as_ref().and_then(now) {
        let reference = Value::String(format!("#{target}"));
        node.set("$ref", Node::made(reference, node.input));
    }
    match &mut node.value {
        Value::Map(entries) => entries.iter_mut().for_each(|(_, it)| renamed(it, now)),
        Value::List(members) => members.iter_mut().for_each(|it| renamed(it, now)),
        _ => {}
    }
}

fn is_component(pointer: &Pointer) -> bool {
    let tokens = pointer.tokens();
    tokens.len() == 3 && tokens.first().is_some_and(|first| first == "components")
}

/// The components that are referred to more than once.
fn shared(root: &Node) -> BTreeSet<Pointer> {
    let mut seen = BTreeSet::new();
    let uses = uses::of(root, Shape::at(&Pointer::root()), &Pointer::root());
    let targets = uses.into_iter().filter_map(|one| match one.names {
        Names::Reference(text) => Pointer::parse(text),
        Names::Mapped(_) | Names::Operation(_) | Names::Scheme(_) => None,
    });
    targets
        .filter(|target| !seen.insert(target.clone()))
        .collect()
}

/// The node that a node refers to.
fn target(node: &Node) -> Option<Pointer> {
    Pointer::parse(node.get("$ref")?.as_str()?)
}

/// The members of two lists that are the same, by number: those that are alike, then those whose name is another one.
fn members(old: &Node, new: &Node, lists: (&Node, &Node), shape: Shape) -> Vec<(usize, usize)> {
    let (was, is) = (lists.0.members(), lists.1.members());
    let mut open: Vec<Option<String>> = identities(is, shape).into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    let mut gone = Vec::new();
    for (index, identity) in identities(was, shape).into_iter().enumerate() {
        let found = open
            .iter_mut()
            .position(|it| it.as_ref() == Some(&identity));
        match found {
            Some(other) => {
                open[other] = None;
                pairs.push((index, other));
            }
            None => gone.push(index),
        }
    }
    let came: Vec<usize> = (0..open.len())
        .filter(|other| open[*other].is_some())
        .collect();
    if shape.is(&PARAMETER) {
        pairs.extend(places::parameters((old, was, &gone), (new, is, &came)));
    } else if gone.len() == came.len() && !shape.is(&TAG) && !shape.is(&SERVER) {
        pairs.extend(gone.into_iter().zip(came));
    }
    pairs
}

/// The texts of all prose.
fn prose_of(node: &Node, shape: Shape, texts: &mut BTreeSet<String>) {
    for entry in node.entries() {
        if is_prose(shape, &entry.key) {
            let text = entry.node.as_str().map(str::to_owned);
            texts.insert(text.unwrap_or_else(|| canonical(&entry.node)));
        } else if shape.is_object() || shape.is_names() {
            prose_of(&entry.node, shape.below(&entry.key), texts);
        }
    }
    if shape.is_list() {
        for member in node.members() {
            prose_of(member, shape.below("0"), texts);
        }
    }
}
