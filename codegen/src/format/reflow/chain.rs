//! Breaks chains of calls that are too long for one line, and joins the value of a field that is not.

use super::{Line, Relaid, SHORT, WIDTH, code, indent};

/// The value of a field whose only call is on the next line, on one line.
pub(super) fn join<'a>(head: &str, after: &[Line<'a>]) -> Option<Relaid<'a>> {
    let (call, after) = after.split_first()?;
    let call = call.trim_start();
    if !call.starts_with('.') {
        return None;
    }
    let (_, value) = head.split_once(": ")?;
    let is_last = after
        .first()
        .is_none_or(|line| !line.trim_start().starts_with('.'));
    let is_name = value.chars().all(|c| c.is_ascii_lowercase());
    let fits = value.len() + call.trim_end_matches(',').len() <= SHORT;
    let one_line = format!("{head}{call}");
    let is_joined = is_name && is_last && fits && one_line.chars().count() <= WIDTH;
    (is_joined && call.ends_with(',')).then(|| (vec![one_line.into()], 2))
}

/// A line for each call, where the line is a longer chain of at least two.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let text = line.trim_start();
    let is_chain = text.ends_with(')') && !text.starts_with(['/', '#', '.']);
    if !is_chain || text.chars().count() <= SHORT {
        return None;
    }
    let calls = calls(text)?;
    let [first, _, ..] = calls.as_slice() else {
        return None;
    };
    let ends = calls.iter().skip(1).copied().chain([text.len()]);
    let indent = indent(line);
    let mut lines = vec![format!(
        "{indent}{}",
        text.get(..*first).unwrap_or_default()
    )];
    for (start, end) in calls.iter().zip(ends) {
        let call = text.get(*start..end).unwrap_or_default();
        lines.push(format!("{indent}    {call}"));
    }
    Some(lines)
}

/// Where the calls of a chain begin: the last one ends the text, which ends with a bracket. `None` where the text is no chain.
fn calls(text: &str) -> Option<Vec<usize>> {
    let code = code::code(text)?;
    let mut depth = 0_usize;
    let mut dots = Vec::new();
    for (at, character) in &code {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            '.' if depth == 0 => dots.push(*at),
            // A chain has no other word, and nothing behind it.
            ' ' | ';' | ',' | '=' if depth == 0 => return None,
            _ => {}
        }
    }
    let is_call = |at: &usize| {
        let name = text.get(at + 1..).unwrap_or_default();
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let after = end.and_then(|end| name.get(end..)).unwrap_or_default();
        after.starts_with('(') || after.starts_with("::<")
    };
    let first = dots.iter().position(is_call)?;
    let calls = dots.get(first..)?;
    (depth == 0 && calls.iter().all(is_call)).then(|| calls.to_vec())
}
