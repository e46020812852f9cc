//! Properties of objects: what the document says about them, and how Rust holds and sets them.

use crate::pointer::Pointer;

use super::type_ref::Ty;

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The node that declares it.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Its type, without `nullable`.
    pub ty: Ty,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it can be `null`.
    pub nullable: bool,
    /// Whether only responses have it.
    pub read_only: bool,
    /// Whether only requests have it.
    pub write_only: bool,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// The document's description: its own or that of its type's schema.
    pub description: Option<String>,
    /// Its bounds.
    pub bounds: Bounds,
    /// Misspelt keys that are read as well.
    pub aliases: Vec<String>,
    /// Whether it is a text that is an IP address: by its format, or by `sdk.toml`.
    pub ip_address: bool,
    /// The one value that `sdk.toml` fixes.
    pub fixed: Option<String>,
    /// How its struct holds it.
    pub held: Holding,
    /// How a request sets it.
    pub set: Setting,
}

/// How a struct holds a property: the Rust type around the value, and the meaning of absent and `null`. `resolve` decides it from
/// `required`, `nullable`, `readOnly`, `writeOnly`, `[fixed]` and where the struct occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holding {
    /// The value itself.
    #[default]
    Plain,
    /// `Option`; `None` is not sent.
    Optional,
    /// `Option`; `None` is sent as `null`, because the key must be there.
    Nullable,
    /// A collection that reads absent and `null` as empty; empty is not sent.
    Collection,
    /// A collection that must be there, and reads `null` as empty.
    RequiredCollection,
    /// Absent, `null` or a value.
    TriState,
}

impl Holding {
    /// Whether the field is an `Option`.
    pub(crate) fn is_option(self) -> bool {
        match self {
            Self::Optional | Self::Nullable => true,
            Self::Plain | Self::Collection | Self::RequiredCollection | Self::TriState => false,
        }
    }
}

/// How a request sets a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// Not at all: its struct occurs in responses only, or it is `readOnly`.
    #[default]
    None,
    /// By `[fixed]` in `sdk.toml`: it always has that one value, and the field is private.
    Fixed,
    /// By an argument of `new`, or a step of the builder.
    Argument,
    /// By a setter.
    Setter,
    /// By a setter, or by the method `clear_<name>`, which sends `null`.
    SetterAndClear,
}

impl Setting {
    /// Whether there is a setter.
    pub(crate) fn is_setter(self) -> bool {
        match self {
            Self::Setter | Self::SetterAndClear => true,
            Self::None | Self::Fixed | Self::Argument => false,
        }
    }
}

/// The limits of a value. They are documented and never change the type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// `minimum`, as written.
    pub minimum: Option<String>,
    /// `maximum`, as written.
    pub maximum: Option<String>,
    /// Whether `minimum` itself is too small.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is too large.
    pub exclusive_maximum: bool,
    /// `multipleOf`, as written.
    pub multiple_of: Option<String>,
    /// `minLength`, in characters.
    pub min_length: Option<usize>,
    /// `maxLength`, in characters.
    pub max_length: Option<usize>,
    /// `minItems`.
    pub min_items: Option<usize>,
    /// `maxItems`.
    pub max_items: Option<usize>,
    /// `pattern`, an ECMA 262 regular expression.
    pub pattern: Option<String>,
    /// `format`, where it did not choose the type.
    pub format: Option<String>,
}
