//! The text of an input to its raw tree.
//!
//! Input: YAML or JSON. Output: the tree, if there is one, and every fault of syntax. The tree is returned
//! beside faults that leave the rest readable, such as a duplicate key, so that one run can report them all.

use crate::pointer::Pointer;
use crate::report::{Fault, Input, Span};

use super::build::Builder;
use super::node::Node;
use super::{from_json, from_yaml};

/// The result of parsing a text. If there is no tree, there is at least one fault.
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
    // Flow style in YAML starts like JSON too.
    let yaml = finished(
        from_yaml::read(text, input, Builder::new(text, input)),
        input,
    );
    if yaml.node.is_some() { yaml } else { json }
}

/// Whether the text was read to its end: the builder has a root only then.
fn finished(builder: Builder<'_>, input: Input) -> Parsed {
    let (node, mut faults) = builder.finish();
    if node.is_none() && faults.is_empty() {
        faults.push(empty(input));
    }
    Parsed { node, faults }
}

/// Refuses a text that is not YAML at all, with a clearer message than the parser's.
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
            "it should start with `overlay: 1.0.0`; remove the file if it corrects nothing"
        }
        Input::Config => "",
        Input::Upstream(_) => "the download may have failed: fetch it again",
    };
    Fault::new(input, Pointer::root(), "the file is empty", help).at(Span::default())
}

#[cfg(test)]
mod tests;
