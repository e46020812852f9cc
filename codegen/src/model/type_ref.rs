//! A type where it is used: a scalar, a list, or the name of a type with an item of its own.

use crate::pointer::Pointer;

/// A type where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// `boolean`.
    Bool,
    /// `integer`.
    Integer(IntegerWidth),
    /// `number`.
    Float(FloatWidth),
    /// `string`.
    Text,
    /// A string that must not be printed.
    Secret,
    /// `string` with `format: date-time`.
    Timestamp,
    /// An identifier with a newtype of this name.
    Id(String),
    /// `string` with `format: binary`.
    Binary,
    /// The same in a body of parts: a file.
    File,
    /// A type with an item of its own.
    Named(Pointer),
    /// The same, on the heap: the type contains itself.
    Boxed(Pointer),
    /// `array`.
    List(Box<Ty>),
    /// `additionalProperties` alone.
    Map(Box<Ty>),
    /// A member of a list or map that can be `null`.
    Nullable(Box<Ty>),
    /// Any JSON object.
    Object,
    /// Any JSON value.
    Any,
}

impl Ty {
    /// The pointer of the named type, itself or inside a list, map or nullable.
    pub fn named(&self) -> Option<&Pointer> {
        match self {
            Self::Named(pointer) | Self::Boxed(pointer) => Some(pointer),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            Self::Bool
            | Self::Integer(_)
            | Self::Float(_)
            | Self::Text
            | Self::Secret
            | Self::Timestamp
            | Self::Id(_)
            | Self::Binary
            | Self::File
            | Self::Object
            | Self::Any => None,
        }
    }

    /// The pointer of the named type, where it is one itself: not what a list or map holds.
    pub fn own(&self) -> Option<&Pointer> {
        match self {
            Self::Named(pointer) | Self::Boxed(pointer) => Some(pointer),
            _ => None,
        }
    }

    /// The name of the id newtype in it, if any.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Id(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.id(),
            _ => None,
        }
    }
}

/// The integer types of Rust that `format` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerWidth {
    /// `int8`.
    I8,
    /// `int16`.
    I16,
    /// `int32`.
    I32,
    /// `int64`, and no format.
    I64,
    /// `uint8`.
    U8,
    /// `uint16`.
    U16,
    /// `uint32`.
    U32,
    /// `uint64`.
    U64,
}

/// The floating point types of Rust that `format` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatWidth {
    /// `float`.
    F32,
    /// `double`, and no format.
    F64,
}
