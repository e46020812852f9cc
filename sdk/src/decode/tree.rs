//! JSON text as a tree: one flat list of cells that points into the text.
//!
//! In: any text. Out: the tree, or a fault with line and column. A tree loses nothing: strings and numbers are kept by their
//! text, whatever their value. It is made without recursion, in one allocation. Of duplicate keys the last one counts.

use std::borrow::Cow;
use std::ops::Range;
#[cfg(feature = "cursors")]
use std::sync::LazyLock;

use super::DEEPEST;
use super::fault::Fault;
use super::json::Json;
use super::keys::unquoted;
use super::parse::parse;

/// The JSON of one text.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    text: &'a str,
    cells: Vec<Cell>,
    /// Deeper values are not read.
    limit: u16,
}

/// One value or key of the tree. The cells of what a container holds follow its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Where it begins in the text.
    pub(super) start: u32,
    /// Where it ends in the text. Strings include their quotes.
    pub(super) end: u32,
    /// The first cell behind it and all that it holds.
    pub(super) next: u32,
    pub(super) kind: Kind,
    /// Of a container: how many it lies in, itself included.
    pub(super) depth: u16,
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    True,
    False,
    Number,
    /// Without escapes: its content is its text between the quotes.
    Plain,
    Escaped,
    Array,
    Object,
    /// The key of an entry that a later one with the same key replaces.
    Replaced,
}

impl Cell {
    /// The bytes of a string's text that are not its content.
    const QUOTES: usize = 2;

    /// Where the content of a string without escapes is.
    pub(super) fn plain(self) -> Range<usize> {
        self.start as usize + 1..self.end as usize - 1
    }

    /// The length of its text.
    pub(super) fn length(self) -> u32 {
        self.end - self.start
    }
}

impl<'a> Tree<'a> {
    /// Parses a text whose values are read up to this many levels deep.
    ///
    /// At [`DEEPEST`] values that nothing reads can be of any depth. A lower limit holds for the whole text.
    pub(crate) fn parse(text: &'a str, limit: usize) -> Result<Self, Fault> {
        let (cells, deepest) = parse(text).ok_or_else(|| broken(text))?;
        let limit = u16::try_from(limit).unwrap_or(u16::MAX);
        if usize::from(limit) < DEEPEST && deepest > limit {
            return Err(too_deep(limit));
        }
        Ok(Self { text, cells, limit })
    }

    /// The tree of `null`, for a value that may be absent.
    #[cfg(feature = "cursors")]
    pub(crate) fn null() -> &'static Self {
        static NULL: LazyLock<Tree<'static>> = LazyLock::new(|| Tree {
            text: "null",
            cells: vec![Cell {
                start: 0,
                end: 4,
                next: 1,
                kind: Kind::Null,
                depth: 0,
            }],
            limit: 0,
        });
        &NULL
    }

    /// The value of the whole text.
    pub(crate) fn root(&self) -> Json<'_> {
        Json::new(self, 0)
    }

    pub(super) fn cell(&self, index: u32) -> Cell {
        self.cells[index as usize]
    }

    /// The text of a cell.
    pub(super) fn text(&self, cell: Cell) -> &str {
        self.text
            .get(cell.start as usize..cell.end as usize)
            .unwrap_or_default()
    }

    /// Whether a cell is a key of this name that counts.
    #[inline]
    pub(super) fn is_key(&self, index: u32, name: &str) -> bool {
        let cell = self.cell(index);
        if cell.kind != Kind::Plain {
            return cell.kind == Kind::Escaped && self.is_escaped_key(index, name);
        }
        // Most other keys differ in their length.
        cell.length() as usize == name.len() + Cell::QUOTES
            && self.text.as_bytes().get(cell.plain()) == Some(name.as_bytes())
    }

    #[cold]
    fn is_escaped_key(&self, index: u32, name: &str) -> bool {
        self.content(self.cell(index)).as_deref() == Some(name)
    }

    /// The content of a string. `None` where an escape in it is no character.
    pub(super) fn content(&self, cell: Cell) -> Option<Cow<'_, str>> {
        unquoted(self.text, cell)
    }

    /// The content of a string without escapes.
    pub(super) fn plain(&self, cell: Cell) -> Option<&str> {
        (cell.kind == Kind::Plain)
            .then(|| self.text.get(cell.plain()))
            .flatten()
    }

    /// Refuses a container that is deeper than allowed.
    pub(super) fn check_depth(&self, cell: Cell) -> Result<(), Fault> {
        if cell.depth > self.limit {
            return Err(too_deep(self.limit));
        }
        Ok(())
    }
}

fn too_deep(limit: u16) -> Fault {
    Fault::new(format!("the body is nested deeper than {limit} levels"))
}

/// The fault of a text that is not JSON. `serde_json` finds the line and the column.
fn broken(text: &str) -> Fault {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) else {
        return Fault::new("the body is larger than 4 GiB");
    };
    let (line, column) = (error.line(), error.column());
    let what = if error.is_eof() {
        "the body ends in the middle of its JSON"
    } else {
        "the body is not valid JSON"
    };
    Fault::new(format!("{what}, at line {line}, column {column}"))
}
