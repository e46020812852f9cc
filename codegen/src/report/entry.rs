//! The entry of `sdk.toml` that removes a fault, as data: what the help line of the fault says in words.
//!
//! Only entries whose every part the generator knows are stated here. A help line with other blanks, such as the values of a tag, is
//! for a person to fill in.

use crate::pointer::Pointer;

/// An entry of `sdk.toml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The table: `names.types`.
    pub table: &'static str,
    /// The key, without quotes.
    pub key: String,
    /// The value.
    pub value: EntryValue,
    /// The node that it concerns. Where that is one which the SDK has already, the entry changes what users know.
    pub about: Pointer,
}

/// The value of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryValue {
    /// A text.
    Text(String),
    /// The reason of the entry, which is a text as well.
    Reason,
    /// A list of texts; those that are there already stay.
    List(Vec<String>),
    /// Keys with their texts; those that are there already stay.
    Table(Vec<(String, String)>),
}

impl Entry {
    /// `key = "text"`.
    pub fn text(table: &'static str, key: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(table, key, EntryValue::Text(text.into()))
    }

    /// `key = "<reason>"` under `[skip]`.
    pub fn skip(key: impl Into<String>) -> Self {
        Self::new("skip", key, EntryValue::Reason)
    }

    /// `key = ["text", …]`.
    pub fn list(table: &'static str, key: impl Into<String>, texts: Vec<String>) -> Self {
        Self::new(table, key, EntryValue::List(texts))
    }

    /// `key = { key = "text", … }`.
    pub fn table<const N: usize>(
        table: &'static str,
        key: impl Into<String>,
        inner: [(&str, &str); N],
    ) -> Self {
        let inner = inner.map(|(key, text)| (key.to_owned(), text.to_owned()));
        Self::new(table, key, EntryValue::Table(inner.to_vec()))
    }

    fn new(table: &'static str, key: impl Into<String>, value: EntryValue) -> Self {
        Self {
            table,
            key: key.into(),
            value,
            about: Pointer::root(),
        }
    }

    /// Takes over the keys of another one for the same place; `false` if that is not one.
    pub(crate) fn unite(&mut self, other: &Self) -> bool {
        let is_same = self.table == other.table && self.key == other.key;
        match (&mut self.value, &other.value) {
            (EntryValue::Table(own), EntryValue::Table(others)) if is_same => {
                own.extend(others.iter().cloned());
                true
            }
            _ => false,
        }
    }

    /// The entry without what is at such places of `sdk.toml`; `None` where that is all of it.
    pub(crate) fn without(&self, is_gone: impl Fn(&Pointer) -> bool) -> Option<Self> {
        let table = self.table.split('.');
        let table = table.fold(Pointer::root(), |at, part| at.push(part));
        let place = table.push(&self.key);
        if is_gone(&place) {
            return None;
        }
        let mut left = self.clone();
        let is_empty = match &mut left.value {
            EntryValue::Text(_) | EntryValue::Reason => false,
            EntryValue::List(values) => {
                let mut places = (0..).map(|index| place.push_index(index));
                values.retain(|_| places.next().is_some_and(|place| !is_gone(&place)));
                values.is_empty()
            }
            EntryValue::Table(inner) => {
                inner.retain(|(key, _)| !is_gone(&place.push(key)));
                inner.is_empty()
            }
        };
        (!is_empty).then_some(left)
    }

    /// The same entry, for this node.
    #[must_use]
    pub fn about(mut self, node: &Pointer) -> Self {
        self.about = node.clone();
        self
    }
}
