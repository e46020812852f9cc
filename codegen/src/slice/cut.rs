//! Whether upstream's document was cut off, as a download is that stopped early.
//!
//! Input: the texts with their trees, and the present slice. Output: a fault for a document that seems to be incomplete. JSON and
//! YAML in braces end with a bracket, so that their parsers see it; block style may end at any line and still be YAML.

use crate::document::Node;
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Span};
use crate::source::Source;

use super::upstream::{self, Upstream};

/// Parts of the top that upstream's document has, however it is ordered. The last ones are missing where it was cut off.
const TOP: [&str; 4] = ["components", "paths", "security", "servers"];

/// The fault of a text that ends within a line.
pub(super) fn within_a_line(input: Input, text: &str) -> Option<Fault> {
    if !is_block(text) || text.ends_with('\n') {
        return None;
    }
    let message = "the text ends within a line: it may have been cut off";
    let help = "fetch it again; where it is whole, end the last line with a line break";
    Some(Fault::new(input, Pointer::root(), message, help).at(last_line(text)))
}

/// Faults where a part of the top is gone that the present slice has from there.
pub(super) fn before_its_end(
    sources: &[Source],
    documents: &[Upstream],
    current: Option<&Node>,
) -> Vec<Fault> {
    let is_gone = |key: &&&str| {
        current.is_some_and(|current| current.get(key).is_some())
            && documents.iter().all(|one| one.root.get(key).is_none())
    };
    let gone: Vec<String> = TOP
        .iter()
        .filter(is_gone)
        .map(|key| format!("`{key}`"))
        .collect();
    let [document] = documents else {
        return Vec::new();
    };
    if gone.is_empty() || !sources.iter().all(|source| is_block(&source.text)) {
        return Vec::new();
    }
    let gone = gone.join(" and ");
    let message = format!(
        "the document may have been cut off: it ends in `{}`, and has no {gone} any more",
        end(&document.root)
    );
    let help = format!(
        "fetch it again; where upstream has dropped {gone}, remove it from the present slice too"
    );
    let numbered = upstream::numbered(sources);
    let fault = |(input, source): (Input, &Source)| {
        Fault::new(input, Pointer::root(), message.clone(), help.clone())
            .at(last_line(&source.text))
    };
    numbered.map(fault).collect()
}

/// Whether a text is YAML without brackets around it.
fn is_block(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    !text.starts_with(['{', '['])
}

/// The last node of a document.
fn end(root: &Node) -> Pointer {
    let mut pointer = Pointer::root();
    let mut node = root;
    loop {
        if let Some(last) = node.entries().last() {
            pointer = pointer.push(&last.key);
            node = &last.node;
        } else if let Some(last) = node.members().last() {
            pointer = pointer.push_index(node.members().len() - 1);
            node = last;
        } else {
            return pointer;
        }
    }
}

fn last_line(text: &str) -> Span {
    let end = text.trim_end().len();
    let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
    Span { start, end }
}
