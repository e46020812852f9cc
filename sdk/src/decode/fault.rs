//! What is wrong with a body, and where.
//!
//! In: what was expected and what was found. Out: one line such as `result[17].id: expected a string, found a number`.
//! It never repeats a string of the body: that could be a secret.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Expected, Unexpected};

/// A place in a body, and what is wrong there.
#[derive(Debug, PartialEq, Eq)]
// Boxed, so that what is read is returned in little more room than it needs.
pub struct Fault(Box<Inner>);

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    /// From the top: `.result[17].id`. Empty where the body as a whole is meant.
    path: String,
    message: String,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            path: String::new(),
            message: message.into(),
        }))
    }

    /// The fault of an object without a field that it must have.
    pub(crate) fn missing(field: &str) -> Self {
        Self::new(format!("`{field}` is missing"))
    }

    /// The same fault, seen from the list that holds it.
    pub(crate) fn at_index(self, index: usize) -> Self {
        self.below(&format!("[{index}]"))
    }

    /// The same fault, seen from the object that holds it.
    pub(crate) fn at_key(self, key: &str) -> Self {
        const LONGEST: usize = 64;
        let plain = !key.is_empty()
            && key.len() <= LONGEST
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if plain {
            return self.below(&format!(".{key}"));
        }
        let key: String = key.chars().take(LONGEST).collect();
        self.below(&format!("[{key:?}]"))
    }

    /// The fault as a decoder around this one continues it: the path begins with its dot.
    pub(crate) fn inside(&self) -> String {
        let Inner { path, message } = &*self.0;
        if path.is_empty() {
            message.clone()
        } else {
            format!("{path}: {message}")
        }
    }

    /// The path, without any value.
    pub(crate) fn place(&self) -> String {
        let inside = if self.goes_on() {
            self.0.message.split_once(": ").map_or("", |(path, _)| path)
        } else {
            ""
        };
        let path = format!("{}{inside}", self.0.path);
        shortened(path.strip_prefix('.').unwrap_or(&path)).into_owned()
    }

    /// A type of this crate inside of one of the application reads itself; its path continues where ours ends.
    fn goes_on(&self) -> bool {
        self.0.message.starts_with(['.', '['])
    }

    fn below(mut self, step: &str) -> Self {
        self.0.path.insert_str(0, step);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, message } = &*self.0;
        let path = shortened(path.strip_prefix('.').unwrap_or(path));
        match (path.is_empty(), self.goes_on()) {
            (true, _) => f.write_str(message),
            (false, true) => write!(f, "{path}{message}"),
            (false, false) => write!(f, "{path}: {message}"),
        }
    }
}

/// A path that fits into a line; the outer steps say more than the inner ones.
fn shortened(path: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    match path.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", path.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(path),
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!(
            "expected {}, found {}",
            wanted(expected),
            kind(&found)
        ))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!(
            "expected {}, found {length} items",
            wanted(expected)
        ))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::missing(field)
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("found a text that is none of the known ones")
    }
}

/// What serde's visitors expect, in the words of JSON.
pub(super) fn wanted(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    match expected.as_str() {
        "a map" => "an object".to_owned(),
        "a sequence" => "an array".to_owned(),
        "i8" | "i16" | "i32" | "i64" => format!("an integer ({expected})"),
        "u8" | "u16" | "u32" | "u64" => format!("an integer of zero or more ({expected})"),
        "f32" | "f64" => "a number".to_owned(),
        other if other.starts_with("struct ") => "an object".to_owned(),
        _ => expected,
    }
}

/// What was found, in the words of JSON. Numbers are repeated, texts never.
fn kind(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(_) => "a boolean".to_owned(),
        Unexpected::Unsigned(number) => format!("the number {number}"),
        Unexpected::Signed(number) => format!("the number {number}"),
        Unexpected::Float(number) => format!("the number {number}"),
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "a string".to_owned(),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Seq => "an array".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        Unexpected::Other(text) => (*text).to_owned(),
        _ => "something else".to_owned(),
    }
}
