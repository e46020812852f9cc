//! The text of an input to its raw tree.
//!
//! Input: YAML or JSON. Output: the tree, if there is one, and every fault of syntax. The tree is returned
//! beside faults that leave the rest readable, such as a duplicate key, so that one run can report them all.

use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input, Span};

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
    let at = text.len() - start.len();
    let fault = |message: &str, help: &str, length: usize| {
        let span = Span {
            start: at,
            end: at + length,
        };
        let fault = Fault::new(input, Pointer::root(), message, help);
        Some(fault.code(Code::Unreadable).at(span))
    };
    if html.iter().any(|tag| head.starts_with(tag)) {
        return fault(
            "this is a web page, not YAML or JSON",
            "download the raw file: the link may have led to a page that shows it, or to a sign-in page",
            head.len(),
        );
    }
    if start.starts_with(LFS_POINTER) {
        return fault(
            "this is a pointer of Git LFS, not the document",
            "`git lfs pull` fetches the document; on GitHub it is at `https://media.githubusercontent.com/media/OWNER/NAME/COMMIT/FILE`",
            LFS_POINTER.len(),
        );
    }
    if is_error_page(start) {
        return fault(
            &format!(
                "this is what a server sends in place of a document: `{}`",
                start.trim_end()
            ),
            "fetch it again, and look at the commit and the path in the URL",
            start.trim_end().len(),
        );
    }
    None
}

/// How the text starts that Git has in place of a large file.
const LFS_POINTER: &str = "version https://git-lfs.github.com/spec/";

/// Whether a text is one short line that starts with the status of a failed request: `404: Not Found`.
fn is_error_page(text: &str) -> bool {
    let line = text.trim_end();
    let (status, rest) = line.split_at_checked(3).unwrap_or((line, ""));
    let is_status =
        status.starts_with(['4', '5']) && status.bytes().all(|byte| byte.is_ascii_digit());
    is_status && rest.starts_with([':', ' ']) && line.len() < 100 && !line.contains('\n')
}

fn empty(input: Input) -> Fault {
    let help = match input {
        Input::Spec => "it should start with `openapi: 3.0.3`",
        Input::Overlay => {
            "it should start with `overlay: 1.0.0`; remove the file if it corrects nothing"
        }
        Input::Config | Input::Lock => "",
        Input::Upstream(_) => "the download may have failed: fetch it again",
    };
    let fault = Fault::new(input, Pointer::root(), "the file is empty", help);
    fault.code(Code::Unreadable).at(Span::default())
}

#[cfg(test)]
mod tests;
