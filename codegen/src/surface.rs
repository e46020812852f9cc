//! What users of the SDK can name: every public item of the generated code, as plain data.
//!
//! In comes the named model; out comes a [`Surface`]. It is read from the very trees that `emit` prints, so that the two cannot
//! disagree, and each entry is bound to the nodes of the document that it comes from. What a difference between two surfaces
//! means is not decided here.

mod functions;
mod known;
mod origins;
mod read;
mod spell;

use indexmap::IndexMap;

use crate::emit;
use crate::model::Api;
use crate::naming::Names;
use crate::pointer::Pointer;
use crate::report::Fault;

pub(crate) use self::origins::{sent_as, text as scalar};

pub use self::known::{Runtime, known};

/// The public items of the generated code.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// By Rust path below the crate, in the order of the files: `Provider`, `Provider::name`, `api::Providers::list`,
    /// `Call<api::ProvidersList>::status`.
    pub entries: IndexMap<String, Entry>,
}

/// What belongs together for a user: a field with its setter, a method with its endpoint.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The entry that it is a part of, and goes with.
    pub owner: Option<String>,
    /// Its items.
    pub lines: Vec<SurfaceLine>,
    /// Whether the compiler warns of its use.
    pub deprecated: bool,
    /// What the document knows it by, whatever Rust calls it; equal in two models for the same thing.
    pub identity: Option<String>,
    /// The nodes that it comes from, the main one first.
    pub pointers: Vec<Pointer>,
}

/// The kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A struct of a request or a response, with its traits.
    Struct,
    /// A list of values, with its traits.
    Enum,
    /// One of several shapes, with its traits.
    Union,
    /// The newtype of an identifier.
    Id,
    /// A handle, and the method that gives it.
    Handle,
    /// A field of a struct, with the setters that requests have.
    Field,
    /// A value or a shape, with the conversion that requests have.
    Variant,
    /// How a request is made: `new`, or `builder` with the builder.
    Constructor,
    /// A property that all shapes of a union share.
    Accessor,
    /// A method of a handle, with the endpoint behind it and what the call returns.
    Method,
    /// A method that waits.
    Waiter,
    /// A setter of a call.
    Parameter,
}

impl EntryKind {
    /// What a reader calls it.
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

    /// Whether its members go with it and say nothing of their own then.
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
    /// The type that it stands in, with its type parameters; empty for a type itself.
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
    /// What it is known by beside its siblings: two lines of one place are one item that changed.
    pub fn place(&self) -> (Role, &str, &str) {
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
    /// A trait that a type has.
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

/// Reads the surface of a model, or says what the runtime does not have.
pub fn surface(api: &Api, names: &Names) -> Result<Surface, Vec<Fault>> {
    let files = emit::syntax(api, names)?;
    let mut surface = match read::read(&files) {
        Ok(surface) => surface,
        Err(unread) => return Err(vec![emit::defect(&unread.file, &unread.what)]),
    };
    origins::bind(&mut surface, api, names);
    Ok(surface)
}
