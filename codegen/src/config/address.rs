//! Addresses: how `sdk.toml` names a node of the document.
//!
//! | written | means |
//! |---|---|
//! | `mcn_provider` | a component schema |
//! | `mcn_provider.status`, `mcn_list_item.list[]`, `x.map{}` | a property, the items of a list, the values of a map |
//! | `providers-list` | an operation, by `operationId` |
//! | `providers-list?status` | a parameter of an operation |
//! | `#/components/schemas/x/oneOf/1` | any node |

use std::collections::BTreeMap;

use crate::document::near::{Looks, nearest_few};
use crate::document::{Document, Node, Value};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

/// An address without a target.
pub(super) struct Missing {
    message: String,
    wanted: String,
    known: Known,
}

/// What an address could have named.
enum Known {
    /// Any operation or schema.
    All,
    /// Only these.
    Names(Vec<String>),
}

impl Missing {
    fn new<'a>(message: String, wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            message,
            wanted: wanted.to_owned(),
            known: Known::Names(known.into_iter().map(str::to_owned).collect()),
        }
    }

    /// The fault of the entry at `place`.
    pub(super) fn fault(self, document: &Document, looks: &Looks, place: Pointer) -> Fault {
        let known = match self.known {
            Known::Names(names) => names,
            Known::All if looks.allow() => {
                let operations = document.operations().into_iter();
                let operations = operations.map(|(_, id)| id);
                let schemas = Pointer::default().push("components").push("schemas");
                operations.chain(document.keys(&schemas)).collect()
            }
            Known::All => Vec::new(),
        };
        let near = nearest_few(&self.wanted, known.iter().map(String::as_str), 3);
        let help = if near.is_empty() {
            "write a schema, `schema.property`, an operationId, `operationId?parameter` or a pointer `#/…`".to_owned()
        } else {
            format!("did you mean `{}`?", near.join("`, `"))
        };
        Fault::new(Input::Config, place, self.message, help)
            .on_key()
            .stale()
    }
}

/// Whether a pointer leads to a node, or to where a type is made of several schemas: below a member of a choice behind a reference, since
/// what is beside a choice is part of its members; or below a property that members of an `allOf` declare. `oneOf/0-1` is the first member
/// with the second one of a choice in it or beside it.
fn is_there(document: &Document, pointer: &Pointer) -> bool {
    if document.node(pointer).is_some() {
        return true;
    }
    let mut at: Vec<&Node> = document.node(&Pointer::default()).into_iter().collect();
    for token in pointer.tokens() {
        let merged = merged(document, &at);
        let below = merged.into_iter().filter_map(|node| below(node, &token));
        at = below.collect();
    }
    !at.is_empty()
}

/// What a token leads to.
fn below<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    let first = token.split('-').next().unwrap_or_default();
    let is_combined = token.split('-').all(|part| part.parse::<usize>().is_ok());
    match (first.parse::<usize>(), is_combined) {
        (Ok(index), true) if !node.members().is_empty() => node.members().get(index),
        _ => node.get(token),
    }
}

/// The schemas that these refer to, with the members of their `allOf`, each once.
fn merged<'a>(document: &'a Document, schemas: &[&'a Node]) -> Vec<&'a Node> {
    let mut found: Vec<&Node> = Vec::new();
    let mut open: Vec<&Node> = schemas.iter().rev().copied().collect();
    while let Some(node) = open.pop().and_then(|node| referred(document, node)) {
        if found.iter().all(|known| !std::ptr::eq(*known, node)) {
            found.push(node);
            open.extend(node.get("allOf").map(Node::members).unwrap_or_default());
        }
    }
    found
}

/// The node that an address names, if there is one.
pub(crate) fn node_of(document: &Document, address: &str) -> Option<Pointer> {
    find(document, address).ok()
}

/// The node that an address names.
pub(super) fn find(document: &Document, address: &str) -> Result<Pointer, Missing> {
    if address.starts_with('#') {
        let pointer = Pointer::parse(address);
        return match pointer.filter(|pointer| is_there(document, pointer)) {
            Some(pointer) => Ok(pointer),
            None => Err(Missing::new(
                format!("the document has no node at `{address}`"),
                "",
                [],
            )),
        };
    }
    if let Some((operation, parameter)) = address.split_once('?') {
        let operation = find_operation(document, operation)?;
        return find_parameter(document, &operation, parameter);
    }
    match find_schema(document, address) {
        Some((schema, steps)) => walk(document, schema, steps),
        None => find_operation(document, address),
    }
}

/// The key of a node in `sdk.toml`, ready to be pasted.
pub(crate) fn key_of(pointer: &Pointer) -> String {
    quoted(&address_of(pointer))
}

/// The address of a node: a schema by its name, anything else by its pointer.
pub(crate) fn address_of(pointer: &Pointer) -> String {
    let schemas = Pointer::root().push("components").push("schemas");
    match pointer.last() {
        Some(name) if pointer.parent() == Some(schemas) => name,
        _ => format!("#{pointer}"),
    }
}

/// A string as TOML writes it, on one line: a key can have no other form.
pub(crate) fn quoted(text: &str) -> String {
    let written = toml::Value::String(text.to_owned()).to_string();
    if !written.starts_with("\"\"\"") && !written.starts_with("'''") {
        return written;
    }
    // The escapes of JSON are some of those of TOML.
    let escaped = serde_json::Value::from(text).to_string();
    escaped.replace('\u{7f}', "\\u007f")
}

/// The values of an enum and the members of a union: by the schema that a member refers to, else by its place (`oneOf/1`). Where the
/// members of a union are enums, they are one in Rust: then also their values.
pub(super) struct Members {
    known: BTreeMap<String, Pointer>,
}

impl Members {
    /// Those of the schema at `owner`; the first one of a name counts.
    pub(super) fn of(document: &Document, owner: &Pointer) -> Self {
        let mut known = BTreeMap::new();
        let mut further = Vec::new();
        for list in ["enum", "oneOf", "anyOf"] {
            let pointer = owner.push(list);
            for (index, item) in document.members(&pointer).iter().enumerate() {
                let place = pointer.push_index(index);
                if list != "enum" {
                    further.push((format!("{list}/{index}"), place.clone()));
                }
                if let Some(text) = member_name(item) {
                    known.entry(text).or_insert(place);
                }
            }
        }
        for list in ["oneOf", "anyOf"] {
            let pointer = owner.push(list);
            for (index, item) in document.members(&pointer).iter().enumerate() {
                let place = pointer.push_index(index).push("enum");
                let values = referred(document, item).and_then(|node| node.get("enum"));
                let values = values.map(Node::members).unwrap_or_default();
                for (at, item) in values.iter().enumerate() {
                    let text = member_name(item).unwrap_or_default();
                    further.push((text, place.push_index(at)));
                }
            }
        }
        for (text, place) in further {
            known.entry(text).or_insert(place);
        }
        Self { known }
    }

    /// The node of one.
    pub(super) fn find(&self, value: &str) -> Result<Pointer, Missing> {
        if let Some(pointer) = self.known.get(value) {
            return Ok(pointer.clone());
        }
        let is_named = |name: &&String| !name.starts_with("oneOf/") && !name.starts_with("anyOf/");
        Err(Missing::new(
            format!("`{value}` is not one of the values or members listed there"),
            value,
            self.known.keys().filter(is_named).map(String::as_str),
        ))
    }
}

/// A schema, or the one that it refers to.
fn referred<'a>(document: &'a Document, item: &'a Node) -> Option<&'a Node> {
    let mut item = item;
    while let Some(reference) = item.get("$ref").and_then(Node::as_str) {
        item = document.node(&Pointer::parse(reference)?)?;
    }
    Some(item)
}

fn member_name(item: &Node) -> Option<String> {
    match &item.value {
        Value::String(text) | Value::Number(text) => return Some(text.clone()),
        Value::Bool(value) => return Some(value.to_string()),
        _ => {}
    }
    let reference = item.get("$ref")?.as_str()?;
    Pointer::parse(reference)?.last()
}

/// The component schema at the start of the address, and the rest of the address. Names may contain dots: the longest wins.
fn find_schema<'a>(document: &Document, address: &'a str) -> Option<(Pointer, &'a str)> {
    let schemas = Pointer::default().push("components").push("schemas");
    let ends = address
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | '[' | '{'))
        .map(|(index, _)| index);
    let mut ends: Vec<usize> = ends.chain([address.len()]).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let (name, steps) = address.split_at_checked(end)?;
        let pointer = schemas.push(name);
        document.node(&pointer).map(|_| (pointer, steps))
    })
}

/// Follows `.property`, `[]` and `{}`.
fn walk(document: &Document, mut at: Pointer, mut steps: &str) -> Result<Pointer, Missing> {
    while !steps.is_empty() {
        if let Some(rest) = steps.strip_prefix("[]") {
            at = at.push("items");
            steps = rest;
        } else if let Some(rest) = steps.strip_prefix("{}") {
            at = at.push("additionalProperties");
            steps = rest;
        } else {
            let rest = steps.strip_prefix('.').unwrap_or(steps);
            let end = rest.find(['.', '[', '{']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            at = property(document, &at, name)?;
            steps = after;
        }
        if document.node(&at).is_none() {
            return Err(Missing::new(
                format!("the document has no node at `{at}`"),
                "",
                [],
            ));
        }
    }
    Ok(at)
}

/// A property of a schema: its own, or that of the last member of its `allOf` that declares it.
fn property(document: &Document, schema: &Pointer, name: &str) -> Result<Pointer, Missing> {
    let mut places = vec![schema.clone()];
    let members = schema.push("allOf");
    for index in (0..document.members(&members).len()).rev() {
        places.push(members.push(&index.to_string()));
    }
    let mut known = Vec::new();
    for place in places {
        let properties = place.push("properties");
        let pointer = properties.push(name);
        if document.node(&pointer).is_some() {
            return Ok(pointer);
        }
        known.extend(document.keys(&properties));
    }
    Err(Missing::new(
        format!("`{schema}` has no property `{name}`"),
        name,
        known.iter().map(String::as_str),
    ))
}

fn find_operation(document: &Document, id: &str) -> Result<Pointer, Missing> {
    if let Some(pointer) = document.operation(id) {
        return Ok(pointer.clone());
    }
    Err(Missing {
        message: format!("`{id}` is neither a component schema nor an operationId"),
        wanted: id.to_owned(),
        known: Known::All,
    })
}

fn find_parameter(
    document: &Document,
    operation: &Pointer,
    name: &str,
) -> Result<Pointer, Missing> {
    let mut known = Vec::new();
    for owner in [Some(operation.clone()), operation.parent()]
        .into_iter()
        .flatten()
    {
        let list = owner.push("parameters");
        for (index, item) in document.members(&list).iter().enumerate() {
            let pointer = list.push(&index.to_string());
            let target = item
                .get("$ref")
                .and_then(Node::as_str)
                .and_then(Pointer::parse);
            let pointer = target.unwrap_or(pointer);
            let found = document
                .node(&pointer.push("name"))
                .and_then(Node::as_str)
                .unwrap_or_default();
            if found == name {
                return Ok(pointer);
            }
            known.push(found.to_owned());
        }
    }
    Err(Missing::new(
        format!("the operation has no parameter `{name}`"),
        name,
        known.iter().map(String::as_str),
    ))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn any_text_is_a_key_of_toml() {
        for text in [
            "a",
            "a b",
            "a'b\"",
            "a\nb",
            "a\r\n\u{7f}\u{1}\t\\'\"",
            "\u{e9}",
        ] {
            let line = format!("{} = {}", quoted(text), quoted(text));
            assert_eq!(line.lines().count(), 1, "{line}");
            let table: toml::Table = toml::from_str(&line).expect("TOML");
            assert_eq!(table.get(text).and_then(toml::Value::as_str), Some(text));
        }
    }
}
