//! Adds entries to the text of `sdk.toml`; the rest of the file keeps every byte.
//!
//! In: the text, an entry, and the reason for it. Out: the text with the entry in its table and the reason as a comment above it. The new
//! text is read again: where it does not say exactly what the old one says together with the entry, there is none.

use toml::{Table, Value as Toml};

use crate::document::{Node, Value, read_toml};
use crate::pointer::Pointer;
use crate::report::{Entry, EntryValue};

use super::address::quoted;

/// The most columns of a comment.
const WIDTH: usize = 130;

/// The text with the entry; the same text where it says so already, `None` where it says something else, or cannot be edited.
pub(crate) fn with_entry(text: &str, entry: &Entry, reason: &str) -> Option<String> {
    let before: Table = toml::from_str(text).ok()?;
    let mut wanted = before.clone();
    add(&mut wanted, entry, reason)?;
    if wanted == before {
        return Some(text.to_owned());
    }
    let tree = read_toml(text).ok()?;
    let Insertion {
        at,
        replaced,
        text: added,
    } = insertion(text, &tree, entry, reason)?;
    let added = match text.contains("\r\n") {
        true => added.replace('\n', "\r\n"),
        false => added,
    };
    let (head, tail) = (text.get(..at)?, text.get(at + replaced..)?);
    let edited = format!("{head}{added}{tail}");
    let after: Table = toml::from_str(&edited).ok()?;
    (after == wanted).then_some(edited)
}

/// Adds the entry to what the file says; `None` where it says something else there.
fn add(file: &mut Table, entry: &Entry, reason: &str) -> Option<()> {
    let mut table = file;
    for part in entry.table.split('.') {
        let inner = table
            .entry(part)
            .or_insert_with(|| Toml::Table(Table::new()));
        table = inner.as_table_mut()?;
    }
    let text = |text: &str| Toml::String(text.to_owned());
    match &entry.value {
        EntryValue::Text(value) => set(table, &entry.key, &text(value)),
        EntryValue::Reason => set(table, &entry.key, &text(reason)),
        EntryValue::List(values) => {
            let list = table.entry(&entry.key);
            let list = list.or_insert_with(|| Toml::Array(Vec::new()));
            let list = list.as_array_mut()?;
            for value in values {
                if !list.contains(&text(value)) {
                    list.push(text(value));
                }
            }
            Some(())
        }
        EntryValue::Table(values) => {
            let inner = table.entry(&entry.key);
            let inner = inner.or_insert_with(|| Toml::Table(Table::new()));
            let inner = inner.as_table_mut()?;
            values
                .iter()
                .try_for_each(|(key, value)| set(inner, key, &text(value)))
        }
    }
}

/// Sets a value that is not there, or is there already.
fn set(table: &mut Table, key: &str, value: &Toml) -> Option<()> {
    let present = table.entry(key).or_insert_with(|| value.clone());
    (present == value).then_some(())
}

/// A text to insert, and where.
struct Insertion {
    at: usize,
    /// How many bytes are written anew.
    replaced: usize,
    text: String,
}

impl Insertion {
    fn new(at: usize, text: String) -> Self {
        Self {
            at,
            replaced: 0,
            text,
        }
    }
}

fn insertion(text: &str, tree: &Node, entry: &Entry, reason: &str) -> Option<Insertion> {
    let place = Pointer::root();
    let place = entry.table.split('.').fold(place, |at, part| at.push(part));
    let comment = comment(entry, reason);
    if let Some(present) = tree.at(&place.push(&entry.key)) {
        return extension(text, present, entry, &comment);
    }
    let line = format!("{comment}{}\n", line(entry, reason));
    let Some(header) = header(text, entry.table) else {
        let gap = match text.trim_end_matches([' ', '\t', '\r']) {
            "" => "",
            text if text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
            text if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let text_of_table = format!("{gap}[{}]\n{line}", entry.table);
        return Some(Insertion::new(text.len(), text_of_table));
    };
    let own = tree.at(&place).map(Node::entries).unwrap_or_default();
    let own = own.iter().map(|entry| &entry.node);
    let ends = own.filter(|node| !is_of_header(text, node));
    let last = ends.map(|node| node.span.end).max();
    Some(after_line(text, last.unwrap_or(header), &line))
}

/// Adds to a list or a table that is there.
fn extension(text: &str, present: &Node, entry: &Entry, comment: &str) -> Option<Insertion> {
    match (&entry.value, &present.value) {
        (EntryValue::List(values), Value::List(members)) => {
            let new = |value: &&String| {
                members
                    .iter()
                    .all(|member| member.as_str() != Some(value.as_str()))
            };
            let new: Vec<String> = values.iter().filter(new).map(|it| quoted(it)).collect();
            Some(further_members(text, present, members, &new, comment))
        }
        (EntryValue::Table(values), Value::Map(entries)) => {
            let new = values.iter().filter(|(key, _)| present.get(key).is_none());
            let last = entries.last().map(|entry| entry.node.span.end);
            if is_of_header(text, present) {
                let lines: String = new
                    .map(|(key, value)| format!("{}\n", pair(key, value)))
                    .collect();
                let line = format!("{comment}{lines}");
                return Some(after_line(text, last?, &line));
            }
            let new: Vec<String> = new.map(|(key, value)| pair(key, value)).collect();
            let new = new.join(", ");
            Some(match last {
                Some(at) => inside(text, present, at, &format!(", {new}"), comment),
                None => {
                    let at = present.span.start + 1;
                    inside(text, present, at, &format!(" {new} "), comment)
                }
            })
        }
        _ => None,
    }
}

/// Further members of a list: each on a line of its own where the last one is, with the comment above them.
fn further_members(
    text: &str,
    list: &Node,
    members: &[Node],
    new: &[String],
    comment: &str,
) -> Insertion {
    let Some(last) = members.last() else {
        return inside(text, list, list.span.start + 1, &new.join(", "), comment);
    };
    let before = text.get(..last.span.start).unwrap_or_default();
    let indent = before.rfind('\n').and_then(|at| before.get(at + 1..));
    let at = last.span.end;
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let comma = line.starts_with(',');
    let note = line.strip_prefix(',').unwrap_or(line).trim_end();
    let is_alone = note.is_empty() || note.trim_start().starts_with('#');
    let indent = indent.filter(|indent| indent.trim().is_empty() && is_alone);
    let Some(indent) = indent else {
        return inside(text, list, at, &format!(", {}", new.join(", ")), comment);
    };
    let mut added = format!(",{note}");
    for line in comment.lines() {
        added.push_str(&format!("\n{indent}{line}"));
    }
    let members: Vec<String> = new.iter().map(|own| format!("\n{indent}{own}")).collect();
    added.push_str(&members.join(","));
    added.push_str(if comma { "," } else { "" });
    Insertion {
        at,
        replaced: line.trim_end_matches('\r').len(),
        text: added,
    }
}

/// A text inside of a value, with a comment above the line in which the value begins.
fn inside(text: &str, value: &Node, at: usize, added: &str, comment: &str) -> Insertion {
    let before = text.get(..value.span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..at).unwrap_or_default();
    Insertion {
        at: start,
        replaced: line.len(),
        text: format!("{comment}{line}{added}"),
    }
}

/// A line after the one that holds this position.
fn after_line(text: &str, at: usize, line: &str) -> Insertion {
    let rest = text.get(at..).unwrap_or_default();
    match rest.find('\n') {
        Some(end) => Insertion::new(at + end + 1, line.to_owned()),
        None => Insertion::new(text.len(), format!("\n{line}")),
    }
}

/// The position of the header of a table, as a line of its own.
fn header(text: &str, table: &str) -> Option<usize> {
    let header = format!("[{table}]");
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let own = line.trim();
        let rest = own.strip_prefix(&header).map(str::trim_start);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('#')) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// Whether a table is written under a header of its own, and not in braces.
fn is_of_header(text: &str, node: &Node) -> bool {
    let start = text.get(node.span.start..).unwrap_or_default();
    node.is_map() && !start.starts_with('{')
}

/// The reason as a comment, if there is one. A reason that is the value of its entry is said once.
fn comment(entry: &Entry, reason: &str) -> String {
    if entry.value == EntryValue::Reason || reason.is_empty() {
        return String::new();
    }
    let mut lines = vec!["#".to_owned()];
    for word in reason.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < WIDTH => line.push_str(&format!(" {word}")),
            _ => lines.push(format!("# {word}")),
        }
    }
    lines.join("\n") + "\n"
}

fn line(entry: &Entry, reason: &str) -> String {
    let key = match entry.table {
        "ids" | "credentials" | "import" => bare(&entry.key),
        _ => quoted(&entry.key),
    };
    let value = match &entry.value {
        EntryValue::Text(text) => quoted(text),
        EntryValue::Reason => quoted(reason),
        EntryValue::List(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            format!("[{}]", texts.join(", "))
        }
        EntryValue::Table(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(key, text)| pair(key, text)).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    };
    format!("{key} = {value}")
}

fn pair(key: &str, text: &str) -> String {
    format!("{} = {}", bare(key), quoted(text))
}

/// A key without quotes where it needs none.
fn bare(key: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    match !key.is_empty() && key.chars().all(is_plain) {
        true => key.to_owned(),
        false => quoted(key),
    }
}

#[cfg(test)]
mod tests;
