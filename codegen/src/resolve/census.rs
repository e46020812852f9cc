//! The census: every operation, response, component schema, property and enum value of the document has a fate.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use crate::config::{address_of, key_of};
use crate::document::{Document, Node};
use crate::model::{Api, Fate};
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Fault, Input};

/// A fault for each node that the model left out without a reason, and a note for each schema that nothing in the SDK uses: it does
/// no harm.
pub(super) fn check(document: &Document, api: &Api) -> (Vec<Fault>, Vec<Fault>) {
    let forgotten: BTreeMap<Pointer, &str> = counted(document)
        .into_iter()
        .filter(|(pointer, _)| api.ledger.fate(pointer).is_none())
        .collect();
    // A node inside a folded or skipped one has its fate.
    let is_outermost = |pointer: &Pointer| {
        successors(pointer.parent(), Pointer::parent).all(|around| !forgotten.contains_key(&around))
    };
    let outermost = forgotten
        .iter()
        .filter(|(pointer, _)| is_outermost(pointer));
    let used = used(document, api, &forgotten);
    let (unused, lost): (Vec<_>, Vec<_>) =
        outermost.partition(|(pointer, _)| is_component(pointer) && !used.contains(*pointer));
    (
        lost.into_iter()
            .map(|(pointer, what)| self::lost(pointer, what))
            .collect(),
        unused
            .into_iter()
            .map(|(pointer, _)| self::unused(pointer))
            .collect(),
    )
}

fn is_component(pointer: &Pointer) -> bool {
    let name = pointer.as_str().strip_prefix("/components/schemas/");
    name.is_some_and(|name| !name.contains('/'))
}

/// The nodes that something with a fate refers to, or what that refers to.
fn used(document: &Document, api: &Api, forgotten: &BTreeMap<Pointer, &str>) -> BTreeSet<Pointer> {
    let references = document.references();
    let is_skipped = |user: &Pointer| matches!(api.ledger.fate(user), Some(Fate::Skipped(_)));
    let around = |user: &Pointer| {
        let mut around = successors(Some(user.clone()), Pointer::parent);
        around.find(|pointer| is_component(pointer) && forgotten.contains_key(pointer))
    };
    // What counts only once the schema that refers to it does, by that schema.
    let mut behind: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
    let mut open = Vec::new();
    for (target, users) in references {
        for user in users {
            match around(&user) {
                Some(schema) => behind.entry(schema).or_default().push(target.clone()),
                None if !is_skipped(&user) => open.push(target.clone()),
                None => {}
            }
        }
    }
    let mut used = BTreeSet::new();
    while let Some(target) = open.pop() {
        if used.insert(target.clone()) {
            open.extend(behind.remove(&target).unwrap_or_default());
        }
    }
    used
}

fn unused(pointer: &Pointer) -> Fault {
    let message = "nothing in the SDK uses this schema";
    let help = format!(
        "nothing has to be done; to say why: {} = \"<reason>\" under [skip] in spec/sdk.toml",
        key_of(pointer)
    );
    let note = Fault::note(Input::Spec, pointer.clone(), message, help);
    note.code(Code::Unused).on_key()
}

fn lost(pointer: &Pointer, what: &str) -> Fault {
    let message = format!("nothing in the SDK comes from this {what}");
    let help = format!(
        "use it, remove it, or skip it under [skip] in spec/sdk.toml: {} = \"<reason>\"",
        key_of(pointer)
    );
    let fault = Fault::new(Input::Spec, pointer.clone(), message, help);
    let entry = Entry::skip(address_of(pointer)).about(pointer);
    fault.code(Code::Lost).on_key().entry(entry)
}

/// The nodes that must have a fate, each with its noun.
fn counted(document: &Document) -> Vec<(Pointer, &'static str)> {
    let mut found = Vec::new();
    for (operation, _) in document.operations() {
        let responses = operation.push("responses");
        for status in document.keys(&responses) {
            found.push((responses.push(&status), "response"));
        }
        found.push((operation, "operation"));
    }
    let schemas = Pointer::root().push("components").push("schemas");
    for name in document.keys(&schemas) {
        found.push((schemas.push(&name), "schema"));
    }
    for (pointer, schema) in document.schemas() {
        inside(&pointer, schema, &mut found);
    }
    found
}

fn inside(pointer: &Pointer, schema: &Node, found: &mut Vec<(Pointer, &'static str)>) {
    let place = pointer.push("properties");
    for entry in schema
        .get("properties")
        .map(Node::entries)
        .unwrap_or_default()
    {
        found.push((place.push(&entry.key), "property"));
    }
    let place = pointer.push("enum");
    for index in 0..schema.get("enum").map_or(0, |list| list.members().len()) {
        found.push((place.push_index(index), "enum value"));
    }
}
