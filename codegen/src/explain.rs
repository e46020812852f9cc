//! What became of a node of the document, and where a Rust item comes from. In: the model and a pointer or a Rust path. Out:
//! a text for maintainers.

mod index;
mod why;

use std::fmt::Write;

use crate::document::near::nearest_few;
use crate::emit::CRATE;
use crate::model::{Fate, Fold};
use crate::pointer::Pointer;
use crate::report::{self, Fault, Input};
use crate::understand::Model;

use self::index::{Item, index};

/// Explains a pointer (`/components/schemas/…`, with or without `#`) or a Rust path (`Provider`, `api::Providers::list`).
pub(crate) fn explain(model: &Model<'_>, place: &str) -> Result<String, Fault> {
    let items = index(model);
    if place.starts_with(['/', '#']) {
        return by_pointer(model, &items, place);
    }
    let wanted = place
        .trim_start_matches("crate::")
        .trim_start_matches("cloudflare_magic::");
    let found: Vec<&Item> = items.iter().filter(|item| item.path == wanted).collect();
    if found.is_empty() {
        let near = nearest_few(wanted, items.iter().map(|item| item.path.as_str()), 3);
        let help = match near.as_slice() {
            [] => {
                "write `Type`, `Type::field`, `Enum::Variant` or `api::Handle::method`".to_owned()
            }
            near => format!("did you mean `{}`?", near.join("`, `")),
        };
        return Err(Fault::new(
            Input::Spec,
            Pointer::root(),
            format!("the SDK has no item `{place}`"),
            help,
        ));
    }
    Ok(found
        .into_iter()
        .map(|item| text(model, item))
        .collect::<Vec<_>>()
        .join("\n"))
}

fn by_pointer(model: &Model<'_>, items: &[Item], place: &str) -> Result<String, Fault> {
    let pointer = Pointer::parse(place).filter(|pointer| model.document.node(pointer).is_some());
    let Some(pointer) = pointer else {
        let help = "pointers are those of the document after the overlay: `cargo xtask codegen --dump document` prints it";
        return Err(Fault::new(
            Input::Spec,
            Pointer::root(),
            format!("the document has no node at `{place}`"),
            help,
        ));
    };
    let found: Vec<String> = items
        .iter()
        .filter(|item| item.pointer == pointer)
        .map(|item| text(model, item))
        .collect();
    if !found.is_empty() {
        return Ok(found.join("\n"));
    }
    let mut text = head(model, &pointer);
    let fate = match model.api.ledger.fate(&pointer) {
        Some(Fate::Folded(fold)) => format!("folded ({}): {}", fold.name(), folded(*fold)),
        Some(Fate::Skipped(reason)) => format!("skipped by spec/sdk.toml: {reason}"),
        Some(Fate::Emitted) | None => {
            "part of what stands around it; no item of its own".to_owned()
        }
    };
    let _ = writeln!(text, "  {fate}");
    overlay(model, &pointer, &mut text);
    Ok(text)
}

/// The explanation of an item.
fn text(model: &Model<'_>, item: &Item) -> String {
    let mut text = head(model, &item.pointer);
    let _ = writeln!(
        text,
        "  {} {CRATE}::{}{}",
        item.kind, item.path, item.signature
    );
    let _ = writeln!(text, "  in sdk/src/generated/{}.rs", item.file);
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
        Fold::Header => "`Response::headers` has it",
        Fold::Component => "it stands where it is used",
    }
}
