//! The writer of all documents: from the tree to YAML in canonical form.
//!
//! Input: a tree. Output: its text, which depends on the values of the tree alone: not on the file it was read from, nor on
//! how its numbers, strings and lists were written there. Block style with two spaces, one list member per line; a string is
//! plain if every reader of YAML 1.1 and 1.2 reads it as a string, else in single quotes; long strings are folded at
//! [`WIDTH`], those of several lines keep their lines; invisible characters are escaped. The caller orders the keys.

mod number;
mod text;

use super::node::{Entry, Node, Value};
use text::Style;

impl Node {
    /// The node as YAML, in block style; it ends with a line break.
    pub fn yaml(&self) -> String {
        canonical(self)
    }
}

/// The column at which long strings are folded.
const WIDTH: usize = 108;
/// If nesting leaves fewer columns than this, strings are folded at this width.
const LEAST: usize = 40;
/// The YAML specification limits a key on one line to 1024 characters; longer ones get a `?`.
const LONGEST_KEY: usize = 1000;

/// The canonical text of a tree.
pub(crate) fn canonical(root: &Node) -> String {
    let mut writer = Writer::default();
    match &root.value {
        Value::Map(entries) if !entries.is_empty() => writer.map(entries, 0, false),
        Value::List(members) if !members.is_empty() => writer.list(members, 0, false),
        Value::String(text) => writer.text.push_str(&text::on_one_line(text)),
        _ => writer.text.push_str(&plain(root)),
    }
    if !writer.text.ends_with('\n') {
        writer.text.push('\n');
    }
    writer.text
}

#[derive(Default)]
struct Writer<'n> {
    text: String,
    /// The keys from the root to the current node; list members have none.
    path: Vec<&'n str>,
}

impl<'n> Writer<'n> {
    /// The entries of an object; `inline`: the first one continues the current line.
    fn map(&mut self, entries: &'n [Entry], indent: usize, inline: bool) {
        for (index, entry) in entries.iter().enumerate() {
            if index > 0 || !inline {
                if index > 0 && self.is_airy(&entry.node) {
                    self.text.push('\n');
                }
                self.indent(indent);
            }
            let key = text::on_one_line(&entry.key);
            if key.chars().count() > LONGEST_KEY {
                self.text.push_str(&format!("? {key}\n"));
                self.indent(indent);
            } else {
                self.text.push_str(&key);
            }
            self.text.push(':');
            self.path.push(&entry.key);
            match &entry.node.value {
                Value::Map(entries) if !entries.is_empty() => {
                    self.text.push('\n');
                    self.map(entries, indent + 2, false);
                }
                Value::List(members) if !members.is_empty() => {
                    self.text.push('\n');
                    self.list(members, indent + 2, false);
                }
                _ => self.scalar(&entry.node, indent),
            }
            self.path.pop();
        }
    }

    /// The members of a list, each behind its dash.
    fn list(&mut self, members: &'n [Node], indent: usize, inline: bool) {
        for (index, member) in members.iter().enumerate() {
            if index > 0 || !inline {
                self.indent(indent);
            }
            self.text.push('-');
            match &member.value {
                Value::Map(entries) if !entries.is_empty() => {
                    self.text.push(' ');
                    self.map(entries, indent + 2, true);
                }
                Value::List(members) if !members.is_empty() => {
                    self.text.push(' ');
                    self.list(members, indent + 2, true);
                }
                _ => self.scalar(member, indent),
            }
        }
    }

    /// The value after a key or a dash; `indent` is that of the key or the dash.
    fn scalar(&mut self, node: &Node, indent: usize) {
        self.text.push(' ');
        match &node.value {
            Value::String(text) => self.string(text, indent),
            _ => self.text.push_str(&plain(node)),
        }
        self.text.push('\n');
    }

    fn string(&mut self, text: &str, indent: usize) {
        let line = self.text.rfind('\n').map_or(0, |at| at + 1);
        let used = self.text.get(line..).map_or(0, |line| line.chars().count());
        let width = WIDTH.saturating_sub(indent + 2).max(LEAST);
        match text::style(text, WIDTH.saturating_sub(used), width) {
            Style::OneLine(written) => self.text.push_str(&written),
            Style::Literal => {
                let lines = text.strip_suffix('\n');
                self.text.push_str(if lines.is_some() { "|" } else { "|-" });
                for line in lines.unwrap_or(text).split('\n') {
                    self.line(line, indent + 2);
                }
            }
            Style::Folded => {
                let line = text.strip_suffix('\n');
                self.text.push_str(if line.is_some() { ">" } else { ">-" });
                for line in text::folded(line.unwrap_or(text), width) {
                    self.line(&line, indent + 2);
                }
            }
        }
    }

    /// Starts a new line; one without text is not indented.
    fn line(&mut self, text: &str, indent: usize) {
        self.text.push('\n');
        if !text.is_empty() {
            self.indent(indent);
            self.text.push_str(text);
        }
    }

    fn indent(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    /// Whether an empty line goes before an entry: the sections of a document, its paths and its components.
    fn is_airy(&self, node: &Node) -> bool {
        let is_block = node.is_map() || node.is_list();
        is_block
            && matches!(
                self.path[..],
                [] | ["paths" | "components"] | ["components", _]
            )
    }
}

/// Values with one written form: null, booleans, numbers, and empty collections.
fn plain(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => number::canonical(text),
        Value::String(text) => text::on_one_line(text),
        Value::List(_) => "[]".to_owned(),
        Value::Map(_) => "{}".to_owned(),
    }
}

#[cfg(test)]
mod tests;
