//! One value of a tree, as readers see it.
//!
//! In: a tree and a place in it. Out: what is there, or a [`Fault`] that names what was expected and what was found. It knows
//! no type that is read from it.

use std::borrow::Cow;

use super::fault::Fault;
use super::fields::Fields;
use super::from_json::FromJson;
use super::number;
use super::tree::{Cell, Kind, Tree};

/// One value of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Json<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

impl<'t> Json<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, index: u32) -> Self {
        Self { tree, index }
    }

    /// Reads the value as a type.
    pub(crate) fn read<T: FromJson>(self) -> Result<T, Fault> {
        T::from_json(self)
    }

    fn cell(self) -> Cell {
        self.tree.cell(self.index)
    }

    pub(super) fn kind(self) -> Kind {
        self.cell().kind
    }

    /// The value, as it is written in the text.
    pub(crate) fn raw(self) -> &'t str {
        self.tree.text(self.cell())
    }

    pub(crate) fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    pub(crate) fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    /// The content of a string. Not of one with half a character in it.
    pub(crate) fn as_text(self) -> Option<Cow<'t, str>> {
        let cell = self.cell();
        match cell.kind {
            Kind::Plain | Kind::Escaped => self.tree.content(cell),
            _ => None,
        }
    }

    /// The content of a string without escapes, as most are.
    pub(super) fn plain(self) -> Option<&'t str> {
        self.tree.plain(self.cell())
    }

    /// The text of a number.
    pub(crate) fn as_number(self) -> Option<&'t str> {
        (self.kind() == Kind::Number).then(|| self.raw())
    }

    /// The content of a string.
    pub(crate) fn text(self) -> Result<Cow<'t, str>, Fault> {
        match (self.as_text(), self.kind()) {
            (Some(text), _) => Ok(text),
            (None, Kind::Escaped) => Err(Fault::new("the string has a broken escape")),
            (None, _) => Err(self.unlike("a string")),
        }
    }

    /// A number as an integer: `300`, `300.0` or `3e2`.
    pub(crate) fn integer(self, expected: &str) -> Result<i128, Fault> {
        match self.as_number() {
            Some(text) => number::integer(text).ok_or_else(|| self.unfit(expected)),
            None => Err(self.unlike(expected)),
        }
    }

    /// The fields of an object.
    pub(crate) fn object(self) -> Result<Fields<'t>, Fault> {
        let (first, end) = self.content(Kind::Object, "an object")?;
        Ok(Fields::new(self.tree, first, end))
    }

    /// No fields at all.
    pub(super) fn no_fields(self) -> Fields<'t> {
        Fields::new(self.tree, 0, 0)
    }

    /// The items of an array.
    pub(crate) fn items(self) -> Result<Items<'t>, Fault> {
        let (next, end) = self.content(Kind::Array, "an array")?;
        let tree = self.tree;
        Ok(Items { tree, next, end })
    }

    /// The first cell in a container, and the first one behind it.
    fn content(self, kind: Kind, name: &str) -> Result<(u32, u32), Fault> {
        let cell = self.cell();
        if cell.kind != kind {
            return Err(self.unlike(name));
        }
        self.tree.check_depth(cell)?;
        Ok((self.index + 1, cell.next))
    }

    /// The value of a key, where this is an object that has it.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.object().ok()?.find(key)
    }

    /// The value at a path of keys.
    pub(crate) fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |json, key| json.get(key))
    }

    /// The fault of a value of another kind.
    pub(crate) fn unlike(self, expected: &str) -> Fault {
        let found = match self.kind() {
            Kind::Null => "null",
            Kind::True | Kind::False => "a boolean",
            Kind::Number => "a number",
            Kind::Plain | Kind::Escaped | Kind::Replaced => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        };
        Fault::new(format!("expected {expected}, found {found}"))
    }

    /// The fault of a number that a type cannot hold. It is repeated: strings never are.
    pub(crate) fn unfit(self, expected: &str) -> Fault {
        const LONGEST: usize = 40;
        let number = self.raw();
        let (shown, rest) = number.split_at_checked(LONGEST).unwrap_or((number, ""));
        let more = if rest.is_empty() { "" } else { "…" };
        Fault::new(format!(
            "expected {expected}, found the number {shown}{more}, which does not fit"
        ))
    }
}

/// The items of an array.
#[derive(Clone)]
pub(crate) struct Items<'t> {
    tree: &'t Tree<'t>,
    next: u32,
    end: u32,
}

impl<'t> Iterator for Items<'t> {
    type Item = Json<'t>;

    fn next(&mut self) -> Option<Json<'t>> {
        if self.next >= self.end {
            return None;
        }
        let json = Json::new(self.tree, self.next);
        self.next = json.cell().next;
        Some(json)
    }
}
