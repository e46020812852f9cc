//! Puts the slice together: upstream's head, its tags that are used, and the items in upstream's order.
//!
//! Of several documents the first one is first, and what the next ones add follows. Servers and security apply to all
//! operations of a document, so documents that differ in them cannot be combined.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::check::Shape;
use crate::document::{Entry, Node, Value};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::Prose;
use super::reach::Taken;
use super::trim::trimmed;
use super::upstream::Upstream;
use super::uses::used_tags;

/// The tree of the slice; its keys are not in canonical order yet.
pub(super) fn assemble(
    documents: &[Upstream],
    taken: &Taken,
    words: Prose,
    left_out: &mut BTreeMap<String, usize>,
) -> Result<Node, Vec<Fault>> {
    let Some(first) = documents.first() else {
        return Ok(new(Vec::new(), None));
    };
    let faults = differing_heads(documents);
    if !faults.is_empty() {
        return Err(faults);
    }
    let paths = section(documents, taken, &Pointer::root().push("paths"));
    let mut entries = head(first, words, left_out);
    for section in ["paths", "components"] {
        let shape = Shape::at(&Pointer::root().push(section));
        let keys = first
            .root
            .get(section)
            .map(Node::entries)
            .unwrap_or_default();
        for entry in keys.iter().filter(|entry| shape.is_extension(&entry.key)) {
            *left_out.entry(entry.key.clone()).or_default() += 1;
        }
    }
    let tags = tags(documents, &used_tags(&paths), words, left_out);
    if !tags.is_empty() {
        entries.push(entry("tags", Value::List(tags), &first.root));
    }
    entries.push(entry("paths", Value::Map(paths.into()), &first.root));
    let components = components(documents, taken);
    if !components.is_empty() {
        entries.push(entry(
            "components",
            Value::Map(components.into()),
            &first.root,
        ));
    }
    Ok(new(entries, Some(&first.root)))
}

/// The keys at the top beside paths, components and tags. A key that OpenAPI 3.0 does not have is left out.
fn head(document: &Upstream, words: Prose, left_out: &mut BTreeMap<String, usize>) -> Vec<Entry> {
    let shape = Shape::at(&Pointer::root());
    let mut head = Vec::new();
    for entry in document.root.entries() {
        match entry.key.as_str() {
            "paths" | "components" | "tags" => {}
            key if shape.rank(key).is_none() => *left_out.entry(key.to_owned()).or_default() += 1,
            "externalDocs" if words == Prose::Ours => {}
            key => head.push(Entry {
                node: trimmed(&entry.node, shape.below(key), words, left_out),
                ..entry.clone()
            }),
        }
    }
    head
}

fn differing_heads(documents: &[Upstream]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Some((first, others)) = documents.split_first() else {
        return faults;
    };
    for document in others {
        for key in ["servers", "security"] {
            let (mine, theirs) = (first.root.get(key), document.root.get(key));
            let is_same = match (mine, theirs) {
                (Some(mine), Some(theirs)) => mine.same_as(theirs),
                (None, None) => true,
                _ => false,
            };
            if !is_same {
                let message = format!(
                    "`{key}` differs from that of the first document, and applies to all operations"
                );
                let help = "import documents that agree in it";
                let node = theirs.unwrap_or(&document.root);
                faults.push(
                    Fault::new(
                        document.root.input,
                        Pointer::root().push(key),
                        message,
                        help,
                    )
                    .at(node.span),
                );
            }
        }
    }
    faults
}

/// The items of one section, in upstream's order.
fn section(documents: &[Upstream], taken: &Taken, place: &Pointer) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for found in documents
        .iter()
        .filter_map(|document| document.root.at(place))
        .flat_map(Node::entries)
    {
        let place = place.push(&found.key);
        if let Some(item) = taken.get(&place)
            && seen.insert(place)
        {
            entries.push(Entry {
                key: found.key.clone(),
                key_span: found.key_span,
                node: item.node.clone(),
            });
        }
    }
    entries
}

fn components(documents: &[Upstream], taken: &Taken) -> Vec<Entry> {
    let place = Pointer::root().push("components");
    let mut names: Vec<&str> = Vec::new();
    for document in documents {
        for entry in document
            .root
            .get("components")
            .into_iter()
            .flat_map(Node::entries)
        {
            if !names.contains(&entry.key.as_str()) {
                names.push(&entry.key);
            }
        }
    }
    let sections = names.into_iter().filter_map(|name| {
        let entries = section(documents, taken, &place.push(name));
        let root = &documents.first()?.root;
        (!entries.is_empty()).then(|| entry(name, Value::Map(entries.into()), root))
    });
    sections.collect()
}

fn tags(
    documents: &[Upstream],
    used: &BTreeSet<&str>,
    words: Prose,
    left_out: &mut BTreeMap<String, usize>,
) -> Vec<Node> {
    let shape = Shape::at(&Pointer::root().push("tags").push_index(0));
    let mut seen = BTreeSet::new();
    let mut tags = Vec::new();
    for tag in documents
        .iter()
        .filter_map(|document| document.root.get("tags"))
        .flat_map(Node::members)
    {
        if let Some(name) = tag.get("name").and_then(Node::as_str)
            && used.contains(name)
            && seen.insert(name)
        {
            tags.push(trimmed(tag, shape, words, left_out));
        }
    }
    tags
}

fn new(entries: Vec<Entry>, like: Option<&Node>) -> Node {
    let input = like.map_or(Input::Spec, |like| like.input);
    Node::made(Value::Map(entries.into()), input)
}

fn entry(key: &str, value: Value, like: &Node) -> Entry {
    Entry::made(key, Node::made(value, like.input))
}
