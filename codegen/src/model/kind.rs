//! Kinds of JSON values, by which the variants of a union are distinguished where they are not all objects.

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
    /// `true` and `false`.
    Bool,
    /// A number that is an integer.
    Integer,
    /// Any number.
    Number,
    /// A text that is a point in time.
    DateTime,
    /// Any text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// Any value.
    Any,
}

impl JsonKind {
    /// As faults call values of it.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Bool => "booleans",
            Self::Integer => "integers",
            Self::Number => "numbers",
            Self::DateTime => "points in time",
            Self::Text => "strings",
            Self::List => "arrays",
            Self::Object => "objects",
            Self::Any => "any value",
        }
    }

    /// As the documentation calls one value of it.
    pub(crate) fn singular(self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::DateTime => "a point in time",
            Self::Text => "a string",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Any => "any value",
        }
    }
}
