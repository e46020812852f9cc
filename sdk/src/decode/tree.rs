//! JSON text as a tree that loses nothing: numbers and strings by their text, keys in order, the last of duplicates.
//!
//! In: any text. Out: the tree, or a fault with line and column. It is bounded in depth, because reading a tree recurses; and
//! where an object has a misspelt key of the service beside the right one, the misspelt one goes.

use std::borrow::Cow;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::depth::{DEEPEST, too_deep};
use super::fault::Fault;
use crate::service::ALIASES;

/// One JSON value.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    /// The value as it stands in the text.
    pub(crate) text: &'a str,
    pub(crate) shape: Shape<'a>,
}

/// What a value is. Strings and numbers are read from the value's text when they are asked for.
#[derive(Debug)]
pub(crate) enum Shape<'a> {
    Null,
    Bool(bool),
    Number,
    String,
    Array(Vec<Tree<'a>>),
    Object(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// Parses a whole text, which lies this deep in a body.
    pub(crate) fn parse(text: &'a str, depth: usize) -> Result<Self, Fault> {
        // Serde_json checks the syntax, without recursion; what follows can rely on it.
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| syntax(&error))?;
        Cursor { rest: raw.get() }.value(depth)
    }

    /// The value of a key, where this is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.shape {
            Shape::Object(entries) => entries
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, tree)| tree),
            _ => None,
        }
    }

    /// The text of a string, unescaped.
    pub(crate) fn string(&self) -> Result<Cow<'a, str>, Fault> {
        unquoted(self.text)
    }
}

fn syntax(error: &serde_json::Error) -> Fault {
    let (line, column) = (error.line(), error.column());
    let what = if error.is_eof() {
        "the body ends in the middle of its JSON"
    } else {
        "the body is not valid JSON"
    };
    Fault::new(format!("{what}, at line {line}, column {column}"))
}

/// The content of a quoted string.
fn unquoted(text: &str) -> Result<Cow<'_, str>, Fault> {
    if !text.contains('\\') {
        return Ok(Cow::Borrowed(text.trim_matches('"')));
    }
    let read = serde_json::from_str(text).map(Cow::Owned);
    read.map_err(|_| Fault::new("the string has a broken escape"))
}

/// Reads text whose syntax is known to be right.
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn value(&mut self, depth: usize) -> Result<Tree<'a>, Fault> {
        self.space();
        let start = self.rest;
        if depth == DEEPEST && start.starts_with(['{', '[']) {
            return Err(too_deep(DEEPEST));
        }
        let shape = match start.as_bytes().first() {
            Some(b'{') => Shape::Object(self.object(depth)?),
            Some(b'[') => Shape::Array(self.array(depth)?),
            Some(b'"') => {
                self.quoted();
                Shape::String
            }
            _ => word(self.word()),
        };
        let text = start
            .get(..start.len() - self.rest.len())
            .unwrap_or_default();
        Ok(Tree { text, shape })
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Tree<'a>>, Fault> {
        let mut items = Vec::new();
        self.skip(1);
        while !self.closes(b']') {
            let item = self
                .value(depth + 1)
                .map_err(|fault| fault.at_index(items.len()))?;
            items.push(item);
        }
        Ok(items)
    }

    fn object(&mut self, depth: usize) -> Result<Vec<(Cow<'a, str>, Tree<'a>)>, Fault> {
        let mut entries = Vec::new();
        self.skip(1);
        while !self.closes(b'}') {
            let key = unquoted(self.quoted())?;
            self.space();
            self.skip(1);
            let value = self.value(depth + 1).map_err(|fault| fault.at_key(&key))?;
            entries.push((key, value));
        }
        Ok(distinct(entries))
    }

    /// Whether the list ends here. Passes the end, or the comma before the next item.
    fn closes(&mut self, end: u8) -> bool {
        self.space();
        match self.rest.as_bytes().first() {
            Some(byte) if *byte == end => {
                self.skip(1);
                true
            }
            Some(b',') => {
                self.skip(1);
                self.space();
                false
            }
            Some(_) => false,
            None => true,
        }
    }

    /// A quoted string, quotes included.
    fn quoted(&mut self) -> &'a str {
        let bytes = self.rest.as_bytes();
        let mut end = 1;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        self.take(end + 1)
    }

    /// A number or a literal.
    fn word(&mut self) -> &'a str {
        let ends = |c: char| matches!(c, ',' | ']' | '}') || c.is_ascii_whitespace();
        self.take(self.rest.find(ends).unwrap_or(self.rest.len()))
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn skip(&mut self, length: usize) {
        self.take(length);
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }
}

fn word(text: &str) -> Shape<'static> {
    match text {
        "null" => Shape::Null,
        "true" => Shape::Bool(true),
        "false" => Shape::Bool(false),
        _ => Shape::Number,
    }
}

/// The entries without those that a later one replaces, and without misspelt keys that stand beside the right one.
fn distinct<'a>(mut entries: Vec<(Cow<'a, str>, Tree<'a>)>) -> Vec<(Cow<'a, str>, Tree<'a>)> {
    // Serde_json's map does for a set here: it is compiled in any case, and a set of borrowed keys would be one more.
    let mut seen = Map::new();
    let mut kept: Vec<bool> = entries
        .iter()
        .rev()
        .map(|(key, _)| seen.insert(key.to_string(), Value::Null).is_none())
        .collect();
    for (misspelt, right) in ALIASES {
        if seen.contains_key(*misspelt) && seen.contains_key(*right) {
            let keys = entries.iter().rev().map(|(key, _)| key.as_ref());
            kept.iter_mut()
                .zip(keys)
                .filter(|(_, key)| key == misspelt)
                .for_each(|(kept, _)| *kept = false);
        }
    }
    let mut kept = kept.into_iter().rev();
    entries.retain(|_| kept.next().unwrap_or(true));
    entries
}
