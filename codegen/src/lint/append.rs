//! Appends corrections to the overlay's actions; the rest of the file keeps every byte.

use crate::document::Node;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::finding::{Finding, INDENT};
use super::mend::Mend;

/// An overlay without actions.
const EMPTY: &str = "\
# Where openapi.yaml is wrong, and what it should say.

overlay: 1.0.0
info:
  title: Mends
  version: 1.0.0

actions:
";

/// An overlay with appended actions.
#[derive(Clone, Debug)]
pub(super) struct Appended {
    /// The whole text.
    pub(super) text: String,
    /// The actions that are new.
    pub(super) actions: String,
}

/// Appends the safe corrections of `findings` to the actions of an overlay, or creates an overlay with them.
pub(super) fn append(
    overlay: Option<(&str, &Node)>,
    findings: &[&Finding],
) -> Result<Appended, Fault> {
    let mends = united(findings.iter().filter_map(|finding| finding.safe_mend()));
    let (text, place) = match overlay {
        Some((text, overlay)) => (text, place(text, overlay)?),
        None => (
            EMPTY,
            InsertionPoint {
                at: EMPTY.len(),
                indent: INDENT.to_owned(),
            },
        ),
    };
    let written: Vec<String> = mends.iter().map(|mend| mend.text(&place.indent)).collect();
    let actions = written.join("\n");
    Ok(Appended {
        text: inserted(text, place.at, &actions),
        actions,
    })
}

/// The text with these actions inserted at `at`, after an empty line, and with the text's own kind of line breaks.
fn inserted(text: &str, at: usize, actions: &str) -> String {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let lines = before.trim_end_matches(['\n', '\r']).len();
    let breaks = before.get(lines..).unwrap_or_default();
    let is_first = before
        .get(..lines)
        .is_some_and(|lines| lines.ends_with("actions:"));
    let wanted = if is_first { 1 } else { 2 };
    let missing = "\n".repeat(wanted - breaks.matches('\n').count().min(wanted));
    let added = format!("{missing}{actions}");
    let added = match text.contains("\r\n") {
        true => added.replace('\n', "\r\n"),
        false => added,
    };
    format!("{before}{added}{after}")
}

/// One correction for siblings with the same one, without repetitions.
fn united<'m>(mends: impl Iterator<Item = &'m Mend>) -> Vec<Mend> {
    let mut groups: Vec<Mend> = Vec::new();
    for mend in mends {
        let known = groups.iter().any(|group| group.text("") == mend.text(""));
        let union = groups
            .iter()
            .enumerate()
            .find_map(|(index, group)| Some((index, group.united(mend)?)));
        match union {
            _ if known => {}
            Some((index, union)) => groups.splice(index..=index, [union]).for_each(drop),
            None => groups.push(mend.clone()),
        }
    }
    groups
}

/// Where to insert the next action.
struct InsertionPoint {
    at: usize,
    indent: String,
}

fn place(text: &str, overlay: &Node) -> Result<InsertionPoint, Fault> {
    let entries = overlay.entries();
    let index = entries.iter().position(|entry| entry.key == "actions");
    let actions = index.and_then(|index| entries.get(index));
    let last = actions.and_then(|entry| entry.node.members().last());
    let indent = last.and_then(|last| indent(text, last.span.start));
    let (Some(last), Some(indent), Some(index)) = (last, indent, index) else {
        let pointer = Pointer::root().push("actions");
        let message =
            "nothing can be appended to these actions: they are not each on lines of their own";
        let help =
            "write them in block style, with a `-` before each, or paste the corrections by hand";
        return Err(Fault::new(Input::Overlay, pointer, message, help).on_key());
    };
    let at = if index + 1 == entries.len() {
        text.len()
    } else {
        end_of_line(text, end(last))
    };
    Ok(InsertionPoint { at, indent })
}

/// The indentation of the member at `start`, if only spaces are before its dash.
fn indent(text: &str, start: usize) -> Option<String> {
    let before = text.get(..start)?;
    let line = before.rsplit('\n').next()?;
    let indent = line.trim_end_matches(' ').strip_suffix('-')?;
    indent
        .bytes()
        .all(|byte| byte == b' ')
        .then(|| indent.to_owned())
}

/// The end of the last value below a node.
fn end(node: &Node) -> usize {
    let below = node.entries().iter().map(|entry| end(&entry.node));
    let members = node.members().iter().map(end);
    match below.chain(members).max() {
        Some(end) => end,
        None => node.span.end,
    }
}

/// The start of the line after the one with the byte before `at`.
fn end_of_line(text: &str, at: usize) -> usize {
    let inside = at.saturating_sub(1);
    let rest = text.get(inside..).unwrap_or_default();
    rest.find('\n')
        .map_or(text.len(), |length| inside + length + 1)
}

#[cfg(test)]
mod tests {
    use super::inserted;

    #[test]
    fn one_empty_line_is_before_the_actions() {
        let action = "  - new: 1\n";
        for (before, after) in [
            ("a:\n  - old: 1", "a:\n  - old: 1\n\n  - new: 1\n"),
            ("a:\n  - old: 1\n", "a:\n  - old: 1\n\n  - new: 1\n"),
            ("a:\n  - old: 1\n\n\n", "a:\n  - old: 1\n\n\n  - new: 1\n"),
            (
                "a:\r\n  - old: 1\r\n",
                "a:\r\n  - old: 1\r\n\r\n  - new: 1\r\n",
            ),
            ("actions:\n", "actions:\n  - new: 1\n"),
        ] {
            assert_eq!(inserted(before, before.len(), action), after);
        }
        assert_eq!(
            inserted("  - old: 1\nb: 2\n", 11, action),
            "  - old: 1\n\n  - new: 1\nb: 2\n"
        );
    }
}
