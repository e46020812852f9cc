//! Joins what was broken in brackets, and fills imports again.

use super::{SHORT, WIDTH, chain, indent};

/// The lines, with each innermost group on one line where `rustfmt` has it so.
pub(super) fn join(lines: &[String]) -> Vec<String> {
    let mut joined = Vec::with_capacity(lines.len());
    let mut rest = lines;
    while let Some((head, after)) = rest.split_first() {
        let relaid = group(head, after)
            .or_else(|| hugged(head, after))
            .or_else(|| chain::join(head, after));
        match relaid {
            Some((group, after)) => {
                joined.extend(group);
                rest = after;
            }
            None => {
                joined.push(head.clone());
                rest = after;
            }
        }
    }
    joined
}

/// The group that a line opens, laid out again, and the lines after it.
fn group<'a>(head: &str, after: &'a [String]) -> Option<(Vec<String>, &'a [String])> {
    let text = head.trim_start();
    let is_alias = text == "#[doc(";
    if text.starts_with("//") || (text.starts_with('#') && !is_alias) {
        return None;
    }
    let open = text.chars().next_back()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '<' => '>',
        '{' if is_import(text) => '}',
        _ => return None,
    };
    let ends = |line: &String| {
        line.trim_start().starts_with(close) && indent(line).len() >= indent(head).len()
    };
    let end = after.iter().position(ends)?;
    let (items, tail) = (after.get(..end)?, after.get(end)?.trim_start());
    if items.iter().any(|item| !is_whole(item)) {
        return None;
    }
    let items: Vec<&str> = items.iter().map(|item| item.trim_start()).collect();
    let items = items.join(" ");
    let items = items.strip_suffix(',').unwrap_or(&items);
    let one_line = format!("{head}{items}{tail}");
    let fits = one_line.chars().count() <= WIDTH;
    let short = items.chars().count() <= SHORT;
    let after = after.get(end + 1..)?;
    if is_import(text) {
        let filled = match fits {
            true => vec![one_line],
            false => fill(head, items, tail),
        };
        return Some((filled, after));
    }
    let is_one_line = match open {
        _ if is_signature(text) => fits && tail.ends_with(['{', ';']),
        '<' => fits,
        _ if is_alias => fits,
        _ => fits && short,
    };
    is_one_line.then(|| (vec![one_line], after))
}

/// A list whose only item is a struct literal: its brackets are on the lines of the braces.
fn hugged<'a>(head: &str, after: &'a [String]) -> Option<(Vec<String>, &'a [String])> {
    let (first, inside) = after.split_first()?;
    if !head.ends_with('[') || !first.ends_with(" {") {
        return None;
    }
    let (outer, inner) = (indent(head), indent(first));
    let end = inside
        .iter()
        .position(|line| indent(line).len() <= inner.len())?;
    let (fields, rest) = inside.split_at_checked(end)?;
    let [last, tail, after @ ..] = rest else {
        return None;
    };
    let tail = tail
        .strip_prefix(outer)
        .filter(|tail| tail.starts_with(']'))?;
    if last.trim_start() != "}," {
        return None;
    }
    let mut lines = vec![format!("{head}{}", first.trim_start())];
    lines.extend(fields.iter().map(|line| line.replacen("    ", "", 1)));
    lines.push(format!("{outer}}}{tail}"));
    Some((lines, after))
}

/// Whether a line neither opens nor closes a group of several lines.
fn is_whole(line: &str) -> bool {
    let text = line.trim_start();
    !text.ends_with(['(', '[', '{', '<']) && !text.starts_with([')', ']', '}', '>', '/', '#', '.'])
}

fn is_import(text: &str) -> bool {
    text.starts_with("use ") || text.starts_with("pub use ") || text.starts_with("pub(crate) use ")
}

fn is_signature(text: &str) -> bool {
    let name = text.split_once("fn ");
    name.is_some_and(|(before, _)| {
        matches!(
            before.trim_end(),
            "" | "pub" | "pub(crate)" | "const" | "pub const" | "pub(crate) const"
        )
    })
}

/// Names over as few lines as they need.
fn fill(head: &str, names: &str, tail: &str) -> Vec<String> {
    let indent = format!("{}    ", indent(head));
    let mut lines = vec![head.to_owned()];
    let mut line = indent.clone();
    for name in names.split(", ") {
        let is_first = line == indent;
        let length = line.chars().count() + usize::from(!is_first) + name.chars().count() + 1;
        if length >= WIDTH && !is_first {
            lines.push(std::mem::replace(&mut line, indent.clone()));
        }
        if line != indent {
            line.push(' ');
        }
        line.push_str(name);
        line.push(',');
    }
    lines.push(line);
    lines.push(format!("{}{tail}", indent.get(4..).unwrap_or_default()));
    lines
}
