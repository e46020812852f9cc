//! From JSON to types, one way for all: a text becomes a [`Tree`], and types are read from the values of a tree.
//!
//! In: the text of a body, or of anything else that is JSON. Out: a type, or a [`Fault`] that names the path. The types of this
//! crate read themselves ([`FromJson`]), in code without generics; those of an application are read by way of serde
//! ([`by_serde`]). Where serde reads a type of this crate from another format, that becomes a tree first ([`deserialize`]).

mod blank;
mod fault;
mod fields;
mod foreign;
mod from_json;
mod json;
mod keys;
mod node;
mod number;
mod parse;
mod reader;
mod shape;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use self::blank::Blank;
pub(crate) use self::fault::Fault;
pub(crate) use self::foreign::{deserialize, impl_deserialize};
pub(crate) use self::from_json::FromJson;
pub(crate) use self::json::Json;
pub(crate) use self::node::by_serde;
pub(crate) use self::reader::Reader;
#[allow(
    unused_imports,
    reason = "generated unions use it where their document needs it"
)]
pub(crate) use self::shape::JsonShape;
pub(crate) use self::tree::Tree;

/// Deeper values are never read, because reading recurses.
pub(crate) const DEEPEST: usize = 128;

/// Reads a type of this crate from a text.
pub(crate) fn from_text<T: FromJson>(text: &str) -> Result<T, Fault> {
    T::from_json(Tree::parse(text, DEEPEST)?.root())
}

/// The tree of a body.
pub(crate) fn tree(body: &[u8], limit: usize) -> Result<Tree<'_>, Fault> {
    Tree::parse(text(body)?, limit)
}

/// What a function reads of a value, for tests.
#[cfg(test)]
pub(crate) fn of_value<T>(value: &serde_json::Value, read: impl FnOnce(Json<'_>) -> T) -> T {
    let text = value.to_string();
    let tree = Tree::parse(&text, DEEPEST).map(|tree| read(tree.root()));
    tree.unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// The text of a body: UTF-8, without the mark that some programs put in front of it.
pub(crate) fn text(body: &[u8]) -> Result<&str, Fault> {
    let skipped = body.len() - without_bom(body).len();
    std::str::from_utf8(without_bom(body)).map_err(|error| {
        let offset = skipped + error.valid_up_to();
        Fault::new(format!("the body is not valid UTF-8 at byte {offset}"))
    })
}

/// The body without a byte order mark.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}
