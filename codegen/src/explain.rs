//! What became of a node of the document, and where a Rust item comes from. In: the model and what a maintainer calls the node or
//! the item. Out: a text for maintainers.

mod call;
mod find;
mod index;
mod names;
mod runtime;
mod why;

use std::fmt::Write;

use crate::document::near::nearest_few;
use crate::emit::CRATE;
use crate::model::{Fate, Fold};
use crate::naming::file_of;
use crate::pointer::Pointer;
use crate::report::{self, Fault, Input};
use crate::understand::Model;

use self::find::{Found, find, known, plain};
use self::index::{Item, index};

/// Explains each place: a pointer, an address of `sdk.toml`, a request, a Rust path, or a line of the document.
pub(crate) fn explain(model: &Model<'_>, places: &[&str]) -> Vec<Result<String, Fault>> {
    let items = index(model);
    let places = places.iter();
    places.map(|place| one(model, &items, place)).collect()
}

fn one(model: &Model<'_>, items: &[Item], place: &str) -> Result<String, Fault> {
    let place = place.trim().trim_matches('`');
    let texts = |items: Vec<&Item>| {
        let texts = items.into_iter().map(|item| text(model, item));
        texts.collect::<Vec<_>>().join("\n")
    };
    match find(model, items, place) {
        Some(Found::Items(found)) => Ok(texts(found)),
        Some(Found::Node(pointer)) => Ok(by_pointer(model, items, &pointer)),
        Some(Found::Text(text)) => Ok(text),
        None if place.starts_with(['#', '/']) => {
            let help = "pointers are those of the document after the overlay: `cargo xtask codegen --dump document` prints it";
            let message = format!("the document has no node at `{place}`");
            Err(Fault::new(Input::Spec, Pointer::root(), message, help))
        }
        None => {
            let near = nearest_few(plain(place), known(model, items), 3);
            let help = match near.as_slice() {
                [] => "write a pointer, an address of spec/sdk.toml, `METHOD /path`, `Type`, `Type::field` or `api::Handle::method` (in nested layout with the module before it)".to_owned(),
                near => format!("did you mean `{}`?", near.join("`, `")),
            };
            let message = format!("neither the SDK nor the document has `{place}`");
            Err(Fault::new(Input::Spec, Pointer::root(), message, help))
        }
    }
}

fn by_pointer(model: &Model<'_>, items: &[Item], pointer: &Pointer) -> String {
    let found: Vec<String> = items
        .iter()
        .filter(|item| item.pointer == *pointer && item.kind != "handle")
        .map(|item| text(model, item))
        .collect();
    if !found.is_empty() {
        return found.join("\n");
    }
    let mut text = head(model, pointer);
    let fate = match model.api.ledger.fate(pointer) {
        Some(Fate::Folded(fold)) => format!("folded ({}): {}", fold.name(), folded(*fold)),
        Some(Fate::Skipped(reason)) => format!("skipped by spec/sdk.toml: {reason}"),
        Some(Fate::Emitted) | None => "no item of its own".to_owned(),
    };
    let _ = writeln!(text, "  {fate}");
    let around = items.iter().filter(|item| pointer.is_within(&item.pointer));
    let around = around.filter(|item| !item.pointer.is_root());
    if let Some(item) = around.max_by_key(|item| item.pointer.tokens().len()) {
        let _ = writeln!(text, "  part of {} {CRATE}::{}", item.kind, item.path);
    }
    overlay(model, pointer, &mut text);
    text
}

/// The explanation of an item.
fn text(model: &Model<'_>, item: &Item) -> String {
    let mut text = head(model, &item.pointer);
    let _ = writeln!(
        text,
        "  {} {CRATE}::{}{}",
        item.kind, item.path, item.signature
    );
    let _ = writeln!(text, "  in sdk/src/generated/{}", file_of(&item.file));
    if let Some(reason) = names::named(model, item) {
        let _ = writeln!(text, "  name: {reason}");
    }
    for reason in &item.why {
        let _ = writeln!(text, "  because {reason}");
    }
    documented(model, &item.pointer, &mut text);
    overlay(model, &item.pointer, &mut text);
    text
}

/// The entries of `sdk.toml` that change the documentation of an item and nothing else.
fn documented(model: &Model<'_>, pointer: &Pointer, text: &mut String) {
    for (place, what) in model.documented(pointer) {
        let place = report::place(model.sources, &model.locator(), Input::Config, &place);
        let _ = writeln!(text, "  documentation: {what} ({place})");
    }
}

fn head(model: &Model<'_>, pointer: &Pointer) -> String {
    let place = report::place(model.sources, &model.locator(), Input::Spec, pointer);
    format!("{pointer}\n  {place}\n")
}

/// The actions of the overlay on the node or inside it, unless they belong to another item.
fn overlay(model: &Model<'_>, pointer: &Pointer, text: &mut String) {
    for action in model.document.actions() {
        let direct = |changed: &&Pointer| {
            **changed == *pointer || changed.parent().as_ref() == Some(pointer)
        };
        if let Some(changed) = action.changed.iter().find(direct) {
            let place = report::place(
                model.sources,
                &model.locator(),
                Input::Overlay,
                &action.pointer_in_overlay,
            );
            let _ = writeln!(
                text,
                "  overlay: {} ({place}, changes {changed})",
                action.description.trim()
            );
        }
    }
}

fn folded(fold: Fold) -> &'static str {
    match fold {
        Fold::Envelope => "the runtime's `Response` and `Error` carry it",
        Fold::Failure => "the runtime's `Error` carries it",
        Fold::Merged => "its properties are fields of the schema that lists it",
        Fold::Alias => "what uses it has the type that it names",
        Fold::Replaced => "a later member of the same `allOf` replaces it",
        Fold::Constant => "it can only have one value",
        Fold::Tag => {
            "its struct writes it: unions choose the struct by its one value, and union_tags in spec/sdk.toml says that it is no field"
        }
        Fold::Header => "`Response::headers` has it",
        Fold::Meaningless => "it says nothing beside the type of its schema",
        Fold::Ignored => "something else in the document describes it",
        Fold::MediaType => "the body is sent in another media type, or as a file",
        Fold::Component => "it stands where it is used",
    }
}
