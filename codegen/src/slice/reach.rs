//! What the selected operations reach: their paths and every component that these refer to, directly or not.
//!
//! Input: the documents and the rules. Output: the items of the slice, trimmed. An item is a path or a component: included
//! whole, once. A reference is followed within its own document; if two documents have the same item, it must be equal in
//! both.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{ConfigRule, Import};
use crate::document::Node;
use crate::document::check::Shape;
use crate::document::near::did_you_mean;
use crate::pointer::Pointer;
use crate::report::Fault;

use super::render::{Finding, FindingKind};
use super::trim::trimmed;
use super::upstream::Upstream;
use super::uses::{self, Names, Use};
use super::{Prose, select};

/// The items of the slice, by their position.
pub(super) type Taken = BTreeMap<Pointer, Item>;

/// A path or a component.
pub(super) struct Item {
    /// The documents that have it, by number.
    documents: BTreeSet<usize>,
    pub(super) node: Node,
}

/// Includes what the rules select and all that it reaches; entries of `keep` that keep nothing are findings.
pub(super) fn take(
    documents: &[Upstream],
    import: &Import,
    words: Prose,
    left_out: &mut BTreeMap<String, usize>,
) -> Result<(Taken, Vec<Finding>), Vec<Fault>> {
    let mut reach = Reach {
        documents,
        words,
        left_out,
        taken: Taken::new(),
        queue: select::paths(documents, import)?,
        used: BTreeSet::new(),
        findings: Vec::new(),
        faults: Vec::new(),
    };
    for (index, document) in documents.iter().enumerate() {
        if let Some(security) = document.root.get("security") {
            reach.follow(
                index,
                uses::schemes(security, &Pointer::root().push("security")),
                &Pointer::root(),
            );
        }
    }
    let kept = reach.kept(&import.keep);
    reach.run();
    let needless = kept
        .into_iter()
        .filter(|(place, _)| reach.used.contains(place));
    let needless = needless.map(|(place, rule)| {
        let text = format!("{}: it comes without the entry", rule.value);
        Finding::new(FindingKind::KeptNothing, place.as_str(), text)
    });
    let needless: Vec<Finding> = needless.collect();
    reach.findings.extend(needless);
    reach.faults.extend(unreadable(documents, &reach.taken));
    if reach.faults.is_empty() {
        Ok((reach.taken, reach.findings))
    } else {
        Err(reach.faults)
    }
}

/// The item that contains a node: a path or a component.
fn item_of(pointer: &Pointer) -> Option<Pointer> {
    let tokens = pointer.tokens();
    let length = match tokens.first()?.as_str() {
        "paths" => 2,
        "components" => 3,
        _ => return None,
    };
    let tokens = tokens.get(..length)?;
    Some(
        tokens
            .iter()
            .fold(Pointer::root(), |pointer, token| pointer.push(token)),
    )
}

struct Reach<'d, 'l> {
    documents: &'d [Upstream],
    words: Prose,
    left_out: &'l mut BTreeMap<String, usize>,
    taken: Taken,
    queue: Vec<(usize, Pointer)>,
    /// The items that another one refers to.
    used: BTreeSet<Pointer>,
    findings: Vec<Finding>,
    faults: Vec<Fault>,
}

impl Reach<'_, '_> {
    fn run(&mut self) {
        while let Some((index, place)) = self.queue.pop() {
            let known = self.taken.get(&place);
            if known.is_some_and(|item| item.documents.contains(&index)) {
                continue;
            }
            let Some(node) = self
                .documents
                .get(index)
                .and_then(|document| document.root.at(&place))
            else {
                continue;
            };
            let shape = Shape::at(&place);
            let node = trimmed(node, shape, self.words, self.left_out);
            self.follow(index, uses::of(&node, shape, &place), &place);
            self.add(index, place, node);
        }
    }

    /// Adds an item, which may be there already from another document.
    fn add(&mut self, index: usize, place: Pointer, node: Node) {
        match self.taken.get_mut(&place) {
            Some(item) if item.node.same_as(&node) => {
                item.documents.insert(index);
            }
            Some(item) => {
                let message = format!("`#{place}` differs in another document of this import");
                let help = "import documents of the same version, or leave one of the two out";
                for node in [&item.node, &node] {
                    self.faults
                        .push(Fault::new(node.input, place.clone(), &message, help).at(node.span));
                }
                item.documents.insert(index);
            }
            None => {
                let documents = BTreeSet::from([index]);
                self.taken.insert(place, Item { documents, node });
            }
        }
    }

    /// Queues what the item at `from` uses.
    fn follow(&mut self, index: usize, uses: Vec<Use<'_>>, from: &Pointer) {
        let Some(document) = self.documents.get(index) else {
            return;
        };
        for one in uses {
            match target(document, one.names) {
                Ok(target) => {
                    if target != *from {
                        self.used.insert(target.clone());
                    }
                    self.queue.push((index, target));
                }
                Err(Untaken::Undefined(text)) => {
                    let kind = FindingKind::Undefined;
                    let finding = Finding::new(kind, one.pointer.as_str(), text);
                    self.findings.push(finding);
                }
                Err(Untaken::Outside(message, help)) => {
                    let input = document.root.input;
                    self.faults
                        .push(Fault::new(input, one.pointer, message, help).at(one.span));
                }
            }
        }
    }

    /// Queues the components that `[import] keep` names.
    fn kept<'r>(
        &mut self,
        rules: &'r [ConfigRule<String>],
    ) -> Vec<(Pointer, &'r ConfigRule<String>)> {
        let mut kept = Vec::new();
        for rule in rules {
            let (section, name) = rule
                .value
                .split_once('/')
                .unwrap_or(("schemas", &rule.value));
            let place = component(section, name);
            let having = (0..self.documents.len()).filter(|index| {
                let document = self.documents.get(*index);
                document.is_some_and(|document| document.root.at(&place).is_some())
            });
            let having: Vec<usize> = having.collect();
            if having.is_empty() {
                self.findings
                    .push(gone(self.documents, rule, section, name));
                continue;
            }
            self.queue
                .extend(having.into_iter().map(|index| (index, place.clone())));
            kept.push((place, rule));
        }
        kept
    }
}

/// The help for faults of upstream's that cannot be corrected here.
const BROKEN: &str =
    "upstream's document is broken here: import an earlier version of it, or wait for the next one";

fn component(section: &str, name: &str) -> Pointer {
    Pointer::root().push("components").push(section).push(name)
}

/// A kept component that upstream no longer has.
fn gone(documents: &[Upstream], rule: &ConfigRule<String>, section: &str, name: &str) -> Finding {
    let place = component(section, name);
    let section = Pointer::root().push("components").push(section);
    let sections = documents
        .iter()
        .filter_map(|document| document.root.at(&section));
    let known = sections
        .flat_map(Node::entries)
        .map(|entry| entry.key.as_str());
    let why = did_you_mean(name, known, "upstream has withdrawn it");
    let text = format!("{}: {why}", rule.value);
    Finding::new(FindingKind::KeptNothing, place.as_str(), text)
}

/// Why what a name refers to is not taken.
enum Untaken {
    /// Upstream does not have it. The overlay may define it, or `[skip]` leave out what refers to it: the generator reads both.
    Undefined(String),
    /// It is nothing that a slice can have: message and help.
    Outside(String, &'static str),
}

/// The item that a name refers to.
fn target(document: &Upstream, names: Names<'_>) -> Result<Pointer, Untaken> {
    let undefined = |text: String| Err(Untaken::Undefined(text));
    match names {
        Names::Reference(text) => referred(document, text),
        Names::Mapped(name) => {
            let place = component("schemas", name);
            match document.root.at(&place) {
                Some(_) => Ok(place),
                None if name.contains(['#', '/', '.']) => referred(document, name),
                None => undefined(format!("no schema has the name `{name}`")),
            }
        }
        Names::Operation(id) => match document.path_of(id) {
            Some(path) => Ok(Pointer::root().push("paths").push(path)),
            None => undefined(format!("no operation has the id `{id}`")),
        },
        Names::Scheme(name) => {
            let place = component("securitySchemes", name);
            match document.root.at(&place) {
                Some(_) => Ok(place),
                None => undefined(format!("no security scheme has the name `{name}`")),
            }
        }
    }
}

fn referred(document: &Upstream, text: &str) -> Result<Pointer, Untaken> {
    let Some(pointer) = text
        .starts_with('#')
        .then(|| Pointer::parse(text))
        .flatten()
    else {
        let help =
            "bundle upstream's files into one document first: an import reads single documents";
        let message = format!("`{text}` leads out of the document");
        return Err(Untaken::Outside(message, help));
    };
    if document.root.at(&pointer).is_none() {
        let text = format!("`{text}` leads to nothing");
        return Err(Untaken::Undefined(text));
    }
    item_of(&pointer).ok_or_else(|| {
        let message = format!("`{text}` leads to neither a path nor a component");
        let help = "a reference can include only paths and components";
        Untaken::Outside(message, help)
    })
}

/// Faults of the text within what is included.
fn unreadable(documents: &[Upstream], taken: &Taken) -> Vec<Fault> {
    let top =
        ["openapi", "info", "servers", "security", "tags"].map(|key| Pointer::root().push(key));
    let mut faults = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let mine = taken
            .iter()
            .filter(|(_, item)| item.documents.contains(&index));
        let mine: Vec<Pointer> = mine
            .map(|(place, _)| place.clone())
            .chain(top.clone())
            .collect();
        let concern_us = document.faults_about(&mine).cloned();
        faults.extend(concern_us.map(|fault| Fault {
            help: BROKEN.to_owned(),
            ..fault
        }));
    }
    faults
}
