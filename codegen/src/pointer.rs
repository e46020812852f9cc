//! The position of a node in a document, as an RFC 6901 JSON pointer.
//!
//! Input: texts such as `/paths/~1pets/get` or `#/components/schemas/pet`. Output: pointers that can be extended,
//! split and compared. Independent of documents: `document` finds the node at a pointer.

pub(crate) mod json_path;

use std::borrow::{Borrow, Cow};
use std::fmt::{self, Write};

/// A JSON pointer; the empty one is the root of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer of the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads `/a/b`, the empty text, or a fragment `#/a/b` (whose `%2F`-like escapes are undone).
    ///
    /// `None` when the text is not a pointer: it starts with something else, has a `~` that escapes nothing, or a
    /// broken percent escape.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = match text.strip_prefix('#') {
            Some(fragment) => percent_decoded(fragment)?,
            None => text.to_owned(),
        };
        let starts_well = plain.is_empty() || plain.starts_with('/');
        (starts_well && escapes_are_whole(&plain)).then_some(Self(plain))
    }

    /// The pointer of the child `token`, which is escaped as needed.
    #[must_use]
    pub fn push(&self, token: &str) -> Self {
        // Most pointers are made in this way: of the right length at once.
        let escaped = token.bytes().filter(|byte| is_escaped(*byte)).count();
        let mut text = String::with_capacity(self.0.len() + 1 + token.len() + escaped);
        text.push_str(&self.0);
        push_token(&mut text, token);
        Self(text)
    }

    /// The pointer of the list member number `index`.
    #[must_use]
    pub fn push_index(&self, index: usize) -> Self {
        let mut text = String::with_capacity(self.0.len() + "/000".len());
        text.push_str(&self.0);
        push_position(&mut text, index);
        Self(text)
    }

    /// The pointer of the node that holds this one; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        let cut = self.0.rfind('/')?;
        self.0.get(..cut).map(|text| Self(text.to_owned()))
    }

    /// The last token, unescaped; `None` for the root.
    pub fn last(&self) -> Option<String> {
        let cut = self.0.rfind('/')?;
        self.0
            .get(cut + 1..)
            .map(|token| unescaped(token).into_owned())
    }

    /// All tokens from the root on, unescaped.
    pub fn tokens(&self) -> Vec<String> {
        self.steps().map(Cow::into_owned).collect()
    }

    /// The same, one after the other.
    pub(crate) fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescaped)
    }

    /// Whether this is the pointer of the whole document.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this pointer is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0
            .strip_prefix(&other.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The pointer as text, without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Wraps a text that is already a well-formed pointer.
    pub(crate) fn from_escaped(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Maps with pointers as keys can be asked for a part of a pointer's text.
impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Appends `/token` with `~` and `/` escaped. Traversals extend one buffer with it instead of allocating a pointer per node.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    if !token.bytes().any(is_escaped) {
        return pointer.push_str(token);
    }
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Appends the place of a list member.
pub(crate) fn push_position(pointer: &mut String, index: usize) {
    // Writing to a text cannot fail.
    let _ = write!(pointer, "/{index}");
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'~' | b'/')
}

fn unescaped(token: &str) -> Cow<'_, str> {
    let mut parts = token.split('~');
    let first = parts.next().unwrap_or_default();
    if first.len() == token.len() {
        return Cow::Borrowed(token);
    }
    let mut text = String::with_capacity(token.len());
    text.push_str(first);
    for part in parts {
        // Behind each `~` is a digit: pointers are well-formed.
        text.push(if part.starts_with('1') { '/' } else { '~' });
        text.push_str(part.get(1..).unwrap_or_default());
    }
    Cow::Owned(text)
}

fn escapes_are_whole(text: &str) -> bool {
    text.split('~')
        .skip(1)
        .all(|rest| rest.starts_with('0') || rest.starts_with('1'))
}

fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn escapes_and_unescapes() {
        let pointer = Pointer::root().push("paths").push("/a/{b}").push("x~y");
        assert_eq!(pointer.as_str(), "/paths/~1a~1{b}/x~0y");
        assert_eq!(pointer.tokens(), ["paths", "/a/{b}", "x~y"]);
        assert_eq!(pointer.last().as_deref(), Some("x~y"));
        assert_eq!(
            pointer.parent(),
            Some(Pointer::root().push("paths").push("/a/{b}"))
        );
        assert_eq!(Pointer::root().parent(), None);
    }

    #[test]
    fn reads_plain_pointers_and_fragments() {
        assert_eq!(Pointer::parse(""), Some(Pointer::root()));
        assert_eq!(Pointer::parse("#"), Some(Pointer::root()));
        assert_eq!(
            Pointer::parse("#/paths/~1a~1%7Bb%7D"),
            Some(Pointer::root().push("paths").push("/a/{b}"))
        );
        assert_eq!(
            Pointer::parse("/a/"),
            Some(Pointer::root().push("a").push(""))
        );
        for wrong in ["a", "#a", "/a~2", "/a~", "#/%4", "#/%zz", "#/%ff"] {
            assert_eq!(Pointer::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn is_within_itself_and_its_ancestors() {
        let inner = Pointer::root().push("a").push("b");
        assert!(inner.is_within(&Pointer::root().push("a")));
        assert!(inner.is_within(&inner));
        assert!(
            !Pointer::root()
                .push("ab")
                .is_within(&Pointer::root().push("a"))
        );
    }
}
