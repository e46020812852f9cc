//! The text of an input to its raw tree.
//!
//! In comes YAML or JSON; out go the tree, when there is one, and every fault of the syntax. A tree comes out
//! beside faults that leave the rest readable, such as a duplicate key, so that one run can tell them all.

use crate::pointer::Pointer;
use crate::report::{Fault, Input, Span};

use super::build::Builder;
use super::node::Node;
use super::{from_json, from_yaml};

/// What became of a text. Without a tree there is at least one fault.
pub(crate) struct Parsed {
    pub(crate) node: Option<Node>,
    pub(crate) faults: Vec<Fault>,
}

/// Reads the text of the document or of the overlay.
pub(crate) fn parse(text: &str, input: Input) -> Parsed {
    if let Some(fault) = not_a_document(text, input) {
        return Parsed {
            node: None,
            faults: vec![fault],
        };
    }
    if !from_json::looks_like(text) {
        return finished(
            from_yaml::read(text, input, Builder::new(text, input)),
            input,
        );
    }
    let json = finished(
        from_json::read(text, input, Builder::new(text, input)),
        input,
    );
    if json.node.is_some() {
        return json;
    }
    // YAML's flow style starts like JSON too.
    let yaml = finished(
        from_yaml::read(text, input, Builder::new(text, input)),
        input,
    );
    if yaml.node.is_some() { yaml } else { json }
}

/// A root with syntax faults below the top is none: the builder only has one when the text was read to its end.
fn finished(builder: Builder<'_>, input: Input) -> Parsed {
    let (node, mut faults) = builder.finish();
    if node.is_none() && faults.is_empty() {
        faults.push(empty(input));
    }
    Parsed { node, faults }
}

/// Refuses what is no YAML at all, in clearer words than its parser would find.
fn not_a_document(text: &str, input: Input) -> Option<Fault> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.is_empty() {
        return Some(empty(input));
    }
    let head: String = start
        .chars()
        .take(9)
        .collect::<String>()
        .to_ascii_lowercase();
    let html = ["<!doctype", "<html", "<head", "<body", "<?xml", "<!--"];
    html.iter().any(|tag| head.starts_with(tag)).then(|| {
        let message = "this is a web page, not YAML or JSON";
        let help = "download the raw file: the link may have led to a page that shows it, or to a sign-in page";
        let at = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
        Fault::new(input, Pointer::root(), message, help).at(Span { start: at, end: at + head.len() })
    })
}

fn empty(input: Input) -> Fault {
    let help = match input {
        Input::Spec => "it should start with `openapi: 3.0.3`",
        Input::Overlay => {
            "it should start with `overlay: 1.0.0`; leave the file away when there is nothing to mend"
        }
        Input::Config => "",
        Input::Upstream(_) => "the download may have failed: fetch it again",
    };
    Fault::new(input, Pointer::root(), "the file is empty", help).at(Span::default())
}

#[cfg(test)]
mod tests;
