//! What users of the SDK can name: every public item of the generated code, as plain data.
//!
//! In: the named model. Out: a [`Surface`]. It is read from the same syntax trees that `emit` prints, so the two cannot
//! disagree, and each entry is linked to the nodes of the document that it comes from. The meaning of a difference between
//! two surfaces is decided in `compare`.

mod attributes;
mod by_hand;
mod functions;
mod known;
mod origins;
mod read;
mod scope;
mod spell;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::emit;
use crate::model::Api;
use crate::naming::Names;
use crate::pointer::Pointer;
use crate::report::Fault;

pub(crate) use self::origins::{sent_as, text as scalar};
pub(crate) use self::spell::{with_words, words};

pub use self::by_hand::{Changes, crate_items};
pub use self::known::{Runtime, known};

/// The public items of the generated code.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// By Rust path below the crate, in the order of the files: `Provider`, `Provider::name`, `api::Providers::list`,
    /// `Call<api::ProvidersList>::status`.
    pub entries: IndexMap<String, Entry>,
    /// Deprecated names of renamed types and methods: the old paths with the present ones, which have the entries.
    pub old_names: BTreeMap<String, String>,
    /// In nested layout, the paths under which modules export types that are defined elsewhere, with those of the entries.
    pub exports: BTreeMap<String, String>,
}

/// Items that belong together for a user: a field with its setter, a method with its endpoint.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The entry that it is a part of; it is added and removed with it.
    pub owner: Option<String>,
    /// Its items.
    pub lines: Vec<SurfaceLine>,
    /// Whether it is deprecated: the compiler warns about its use.
    pub deprecated: bool,
    /// Its identity in the document, independent of Rust names; equal in two models for the same thing.
    pub identity: Option<String>,
    /// The nodes that it comes from, the main one first.
    pub pointers: Vec<Pointer>,
}

/// The kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A struct of a request or a response, with its traits.
    Struct,
    /// An enum of values, with its traits.
    Enum,
    /// One of several shapes, with its traits.
    Union,
    /// The newtype of an identifier.
    Id,
    /// A handle, and the method that returns it.
    Handle,
    /// A field of a struct, with the setters that requests have.
    Field,
    /// An enum value or a union variant, with the conversion that requests have.
    Variant,
    /// How a request type is created: `new`, or `builder` with the builder.
    Constructor,
    /// A property that all variants of a union share.
    Accessor,
    /// A method of a handle, with the endpoint behind it and what the call returns.
    Method,
    /// A method that waits.
    Waiter,
    /// A setter of a call.
    Parameter,
}

impl EntryKind {
    /// Its noun in reports.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Union => "union",
            Self::Id => "id",
            Self::Handle => "handle",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Constructor => "constructor",
            Self::Accessor => "accessor",
            Self::Method => "method",
            Self::Waiter => "waiter",
            Self::Parameter => "parameter",
        }
    }

    /// Whether its members are added and removed with it, and are not reported on their own then.
    pub fn is_type(self) -> bool {
        match self {
            Self::Struct | Self::Enum | Self::Union | Self::Id => true,
            Self::Handle
            | Self::Field
            | Self::Variant
            | Self::Constructor
            | Self::Accessor
            | Self::Method
            | Self::Waiter
            | Self::Parameter => false,
        }
    }
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceLine {
    /// What it is in Rust.
    pub role: Role,
    /// The type that it belongs to, with its type parameters; empty for a type itself.
    pub on: String,
    /// Its name, or the trait.
    pub name: String,
    /// Its signature, as Rust.
    pub text: String,
    /// The arguments of a function.
    pub arguments: Vec<Argument>,
    /// What a function returns, or the type of a field or variant; empty where there is none.
    pub returns: String,
}

impl SurfaceLine {
    /// The key among its siblings: two lines with the same key are one item that changed.
    pub fn key(&self) -> (Role, &str, &str) {
        let on = self.on.split('<').next().unwrap_or_default();
        (self.role, on, &self.name)
    }
}

/// What an item is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A type.
    Type,
    /// A public field.
    Field,
    /// A variant.
    Variant,
    /// An associated constant.
    Constant,
    /// A function or method.
    Function,
    /// A trait that a type implements.
    Trait,
    /// What the call of an endpoint returns: its `type Response`.
    Response,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name, which no caller sees.
    pub name: String,
    /// Its type.
    pub ty: String,
    /// Where its value is sent: `path`, `query status`, `body`, `property region`. Empty where it is not sent.
    pub sent_as: String,
}

/// Reads the surface of a model. Errors where the runtime does not support something in it.
pub fn surface(api: &Api, names: &Names) -> Result<Surface, Vec<Fault>> {
    let mut reader = read::Reader::new(names.layout);
    emit::syntax(api, names, |path, file| reader.file(path, file))?;
    let mut surface = reader.surface;
    origins::bind(&mut surface, api, names);
    let old = names.old.iter();
    surface.old_names = old.map(|old| (old.path.clone(), old.now.clone())).collect();
    Ok(surface)
}
