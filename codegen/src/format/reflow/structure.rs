//! Breaks struct literals that are too long for one line.

use super::{code, indent};

/// Columns of the fields of a struct literal on one line.
const FIELDS: usize = 18;

/// A line for each field, where the line is a longer `Self { .. }`.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let fields = line
        .trim_start()
        .strip_prefix("Self { ")
        .and_then(|rest| rest.strip_suffix(" }"))
        .filter(|fields| fields.chars().count() > FIELDS)?;
    let indent = indent(line);
    let mut lines = vec![format!("{indent}Self {{")];
    let fields = items(fields).into_iter();
    lines.extend(fields.map(|field| format!("{indent}    {field},")));
    lines.push(format!("{indent}}}"));
    Some(lines)
}

/// What the commas outside of brackets separate.
fn items(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut start = 0;
    let mut items = Vec::new();
    for (at, character) in code::code(text).unwrap_or_default() {
        match character {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                items.push(text.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(text.get(start..).unwrap_or_default().trim());
    items
}
