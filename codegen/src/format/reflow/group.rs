//! Joins what was broken in brackets, and fills imports again.

use super::{Line, Relaid, SHORT, WIDTH, chain, indent};

/// Puts each innermost group on one line where `rustfmt` has it so. Whether there was one.
pub(super) fn join(lines: &mut Vec<Line<'_>>) -> bool {
    let mut is_changed = false;
    let mut joined: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some((head, after)) = lines.get(at..).and_then(<[_]>::split_first) {
        let relaid = group(head, after)
            .or_else(|| hugged(head, after))
            .or_else(|| chain::join(head, after));
        let count = relaid.as_ref().map_or(1, |(_, count)| *count);
        let before = lines.get_mut(at..at + count).unwrap_or_default();
        match relaid {
            Some((group, _)) => {
                is_changed |= before != group;
                joined.extend(group);
            }
            None => joined.extend(before.iter_mut().map(std::mem::take)),
        }
        at += count;
    }
    *lines = joined;
    is_changed
}

/// The group that a line opens, laid out again.
fn group<'a>(head: &str, after: &[Line<'a>]) -> Option<Relaid<'a>> {
    let close = match head.as_bytes().last()? {
        b'(' => ')',
        b'[' => ']',
        b'<' => '>',
        b'{' => '}',
        _ => return None,
    };
    let text = head.trim_start();
    let is_alias = text == "#[doc(";
    let is_import = is_import(text);
    let is_code = !text.starts_with("//") && (!text.starts_with('#') || is_alias);
    if !is_code || (close == '}' && !is_import) {
        return None;
    }
    let outer = indent(head).len();
    let ends =
        |line: &Line<'_>| line.trim_start().starts_with(close) && indent(line).len() >= outer;
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
    // The lines of the group, its first and last one included.
    let count = end + 2;
    if is_import {
        let filled = match fits {
            true => vec![one_line],
            false => fill(head, items, tail),
        };
        return Some((filled.into_iter().map(Line::from).collect(), count));
    }
    let is_one_line = match close {
        _ if is_signature(text) => fits && tail.ends_with(['{', ';']),
        '>' => fits,
        _ if is_alias => fits,
        _ => fits && short,
    };
    is_one_line.then(|| (vec![one_line.into()], count))
}

/// A list whose only item is a struct literal: its brackets are on the lines of the braces.
fn hugged<'a>(head: &str, after: &[Line<'a>]) -> Option<Relaid<'a>> {
    let (first, inside) = after.split_first()?;
    if !head.ends_with('[') || !first.ends_with(" {") {
        return None;
    }
    let (outer, inner) = (indent(head), indent(first));
    let end = inside
        .iter()
        .position(|line| indent(line).len() <= inner.len())?;
    let (fields, rest) = inside.split_at_checked(end)?;
    let [last, tail, ..] = rest else {
        return None;
    };
    let tail = tail
        .strip_prefix(outer)
        .filter(|tail| tail.starts_with(']'))?;
    if last.trim_start() != "}," {
        return None;
    }
    let mut lines = vec![format!("{head}{}", first.trim_start()).into()];
    lines.extend(
        fields
            .iter()
            .map(|line| line.replacen("    ", "", 1).into()),
    );
    lines.push(format!("{outer}}}{tail}").into());
    // The head and the first line, the fields, the last line and the tail.
    Some((lines, end + 4))
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
