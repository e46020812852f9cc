//! Selects the paths of upstream's documents that match a pattern of `sdk.toml`.

use crate::config::{Import, imports};
use crate::document::Node;
use crate::document::near::nearest_few;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::upstream::Upstream;

/// The selected paths of each document, in its order. A pattern that matches nothing is a fault.
pub(super) fn paths(
    documents: &[Upstream],
    import: &Import,
) -> Result<Vec<(usize, Pointer)>, Vec<Fault>> {
    let mut selected = Vec::new();
    let place = Pointer::root().push("paths");
    for (index, document) in documents.iter().enumerate() {
        for path in templates(document).filter(|path| imports(&import.paths, path)) {
            selected.push((index, place.push(path)));
        }
    }
    let vanished = import.paths.iter().filter(|rule| !rule.is_used());
    let faults: Vec<Fault> = vanished
        .map(|rule| {
            let known = documents.iter().flat_map(templates);
            let pattern = rule.value.trim_end_matches("/**");
            let near = nearest_few(pattern, known, 3);
            let help = if near.is_empty() {
                "upstream has withdrawn what it selected, or moved it: correct the pattern, or remove it".to_owned()
            } else {
                format!("upstream has moved or withdrawn it; paths that look like it: `{}`", near.join("`, `"))
            };
            let message = format!("`{}` selects no path of upstream's document", rule.value);
            Fault::new(Input::Config, rule.place.clone(), message, help)
        })
        .collect();
    if faults.is_empty() {
        Ok(selected)
    } else {
        Err(faults)
    }
}

/// The path templates of a document.
fn templates(document: &Upstream) -> impl Iterator<Item = &str> {
    let paths = document
        .root
        .get("paths")
        .into_iter()
        .flat_map(Node::entries);
    paths
        .map(|entry| entry.key.as_str())
        .filter(|key| !key.starts_with("x-"))
}
