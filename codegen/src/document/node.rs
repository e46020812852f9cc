//! The raw tree: the content of an input, with the span of every node and key.
//!
//! The parsers build it, the structural check and the overlay traverse it, and `openapiv3` types are read from it. It
//! keeps the order of keys and the text of numbers, and does not interpret them.

use crate::pointer::Pointer;
use crate::report::{Input, Span};

use super::entries::Entries;

/// A value and its span.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its span, in bytes of the text of `input`.
    pub span: Span,
    /// The file that it was written in: the overlay for nodes that an action added.
    pub input: Input,
}

/// The value of a node.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, or an omitted value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as JSON writes it.
    Number(String),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Node>),
    /// An object, in the order of the text; keys are unique.
    Map(Entries),
}

/// A key of an object with its value. The key is in the same file as the value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The span of the key.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Entry {
    /// A key with its value, neither of which was read from a text.
    pub(crate) fn made(key: &str, node: Node) -> Self {
        Self {
            key: key.to_owned(),
            key_span: Span::default(),
            node,
        }
    }
}

impl Node {
    /// A value that was not read from a text; faults point to the start of `input`.
    pub(crate) fn made(value: Value, input: Input) -> Self {
        Self {
            value,
            span: Span::default(),
            input,
        }
    }

    /// The value of `key`, if the node is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The entry of `key`, if the node is an object that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.find(key),
            _ => None,
        }
    }

    /// The entries of an object; empty for any other kind.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The members of a list; empty for any other kind.
    pub fn members(&self) -> &[Node] {
        match &self.value {
            Value::List(members) => members,
            _ => &[],
        }
    }

    /// The string, if the node is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if the node is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number as a float, if the node is a number.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether the node is an object.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// Whether the node is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// The child that a pointer token names: a key of an object, or the index of a list member.
    pub fn child(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(_) => self.get(token),
            Value::List(members) => members.get(list_index(token)?),
            _ => None,
        }
    }

    /// The node at `pointer` below this one.
    pub fn at(&self, pointer: &Pointer) -> Option<&Node> {
        pointer
            .steps()
            .try_fold(self, |node, token| node.child(&token))
    }

    /// The indexes of the steps from here to `pointer`, as far as there are nodes; compares in document order.
    pub(crate) fn position(&self, pointer: &Pointer) -> Vec<usize> {
        let mut position = Vec::new();
        let mut node = self;
        for token in pointer.steps() {
            let index = match &node.value {
                Value::Map(entries) => entries.index(&token),
                _ => list_index(&token),
            };
            let (Some(index), Some(child)) = (index, node.child(&token)) else {
                break;
            };
            position.push(index);
            node = child;
        }
        position
    }

    /// The value of `key`, mutable.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Map(entries) => entries.find_mut(key).map(|entry| &mut entry.node),
            _ => None,
        }
    }

    /// The members of a list, mutable; empty for any other kind.
    pub(crate) fn members_mut(&mut self) -> &mut [Node] {
        match &mut self.value {
            Value::List(members) => members,
            _ => &mut [],
        }
    }

    /// The child that a pointer token names, mutable.
    fn child_mut(&mut self, token: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::List(members) => members.get_mut(list_index(token)?),
            Value::Map(entries) => entries.find_mut(token).map(|entry| &mut entry.node),
            _ => None,
        }
    }

    /// The node at `pointer` below this one, mutable.
    pub(crate) fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Node> {
        pointer
            .steps()
            .try_fold(self, |node, token| node.child_mut(&token))
    }

    /// Sets a key of an object; a new one is added last. Does nothing if the node is not an object.
    pub(crate) fn set(&mut self, key: &str, value: Node) {
        let Value::Map(entries) = &mut self.value else {
            return;
        };
        match entries.find_mut(key) {
            Some(entry) => entry.node = value,
            None => entries.push(Entry::made(key, value)),
        }
    }

    /// Removes the node at `pointer` from its parent; the root is never removed.
    pub(crate) fn remove(&mut self, pointer: &Pointer) {
        let (Some(parent), Some(last)) = (pointer.parent(), pointer.last()) else {
            return;
        };
        match self.at_mut(&parent).map(|node| &mut node.value) {
            Some(Value::Map(entries)) => entries.retain(|entry| entry.key != last),
            Some(Value::List(members)) => {
                if let Some(index) = list_index(&last).filter(|index| *index < members.len()) {
                    members.remove(index);
                }
            }
            _ => {}
        }
    }

    /// Whether both have the same value, regardless of spans and of the order of keys.
    pub fn same_as(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(mine), Value::Bool(theirs)) => mine == theirs,
            (Value::Number(mine), Value::Number(theirs)) => same_number(mine, theirs),
            (Value::String(mine), Value::String(theirs)) => mine == theirs,
            (Value::List(mine), Value::List(theirs)) => {
                mine.len() == theirs.len()
                    && mine.iter().zip(theirs).all(|(one, two)| one.same_as(two))
            }
            (Value::Map(mine), Value::Map(theirs)) => {
                mine.len() == theirs.len()
                    && mine.iter().all(|entry| {
                        other
                            .get(&entry.key)
                            .is_some_and(|node| entry.node.same_as(node))
                    })
            }
            _ => false,
        }
    }

    /// The kind of the value with its article, as messages call it.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "an object",
        }
    }
}

/// The index that a pointer token names: digits without leading zeros.
fn list_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    if canonical { token.parse().ok() } else { None }
}

/// Whether two numbers are equal by value: `1`, `1.0` and `10e-1` are.
fn same_number(one: &str, two: &str) -> bool {
    if one == two {
        return true;
    }
    match (one.parse::<i128>(), two.parse::<i128>()) {
        (Ok(one), Ok(two)) => one == two,
        _ => one.parse::<f64>().ok() == two.parse::<f64>().ok(),
    }
}
