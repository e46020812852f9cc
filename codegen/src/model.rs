//! The model of the API: plain documented data between `resolve` and `emit`.
//!
//! `resolve` builds it, `naming` reads it, `emit` prints it. It holds no OpenAPI types, no tokens and no
//! Rust names: a type is known by the pointer of the node that defines it. `Debug` prints it for `--dump model`.

mod features;
mod field;
mod kind;
mod ledger;
mod media;
mod operation;
mod paging;
mod parameter;
mod path;
mod reach;
mod required_choice;
mod response;
mod security;
mod successes;
mod ty;
mod type_ref;
mod written;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::pointer::Pointer;
use crate::report::Code;

pub use self::features::Feature;
pub use self::field::{Bounds, Field, Holding, Setting};
pub use self::kind::JsonKind;
pub use self::ledger::{Fate, Fold, Ledger};
pub(crate) use self::media::{essence, includes_json};
pub use self::operation::{
    Body, BodyKind, ListInside, Media, Method, Operation, Permission, PropertyEncoding, Waiter,
};
pub use self::paging::{CursorPaging, Paging};
pub use self::parameter::{Location, Parameter, Passing, Style};
pub(crate) use self::path::keyed;
pub use self::path::{Path, Segment};
pub use self::required_choice::RequiredChoice;
pub use self::response::{Content, Failure, Header, Response, ResponseKind};
pub use self::security::{Credentials, Requirement, Security, SecurityScheme, Sent, SentPlace};
pub(crate) use self::security::{KEY_HEADERS, credentials, sent};
pub use self::successes::Success;
pub use self::ty::{
    Construction, Dispatch, Enum, EnumValue, Guard, Scalar, Struct, Tag, Type, TypeKind, Union,
    Usage, Variant,
};
pub use self::type_ref::{FloatWidth, IntegerWidth, Ty};
pub(crate) use self::written::Written;

/// The keys of the envelope that the runtime reads.
pub(crate) const ENVELOPE: [&str; 5] = ["success", "errors", "messages", "result", "result_info"];

/// One API: its resources with their operations, and the types that these use.
#[derive(Clone, Debug)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `servers[].url` of the document, in order; variables have their defaults. The first is the base URL.
    pub servers: Vec<String>,
    /// The tree of resources; the root is the client itself and has no segments.
    pub root: Resource,
    /// The types, by the pointer of their defining node, in document order.
    pub types: IndexMap<Pointer, Type>,
    /// The id newtypes, by name, with their uses and descriptions.
    pub ids: BTreeMap<String, Id>,
    /// The security schemes, by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// Misspelt keys that are read as well: wire name of the property, then its misspellings.
    pub aliases: IndexMap<String, Vec<String>>,
    /// The feature of the SDK behind which the rules of requests are emitted; `None`: they are not.
    pub rules: Option<String>,
    /// Operations of the document that are left out because of faults, in its order.
    pub left_out: Vec<LeftOut>,
    /// What became of every operation, schema, property, enum value and response of the document.
    pub ledger: Ledger,
}

impl Api {
    /// The one value of a property, if there is one only and it is a text.
    pub(crate) fn only_text(&self, field: &Field) -> Option<&str> {
        match &self.types.get(field.ty.own()?)?.kind {
            TypeKind::Enum(list) => list.only_text(),
            TypeKind::Struct(_) | TypeKind::Union(_) => None,
        }
    }

    /// Whether users create this type with a builder.
    pub(crate) fn has_builder(&self, pointer: &Pointer) -> bool {
        match self.types.get(pointer).map(|ty| &ty.kind) {
            Some(TypeKind::Struct(object)) => object.made == Construction::Builder,
            Some(TypeKind::Enum(_) | TypeKind::Union(_)) | None => false,
        }
    }

    /// For each resource but the root, by its key: the resources from the top of the tree down to it.
    pub(crate) fn lines(&self) -> BTreeMap<&str, Vec<&Resource>> {
        let mut lines = BTreeMap::new();
        let mut open: Vec<(Vec<&Resource>, &Resource)> = vec![(Vec::new(), &self.root)];
        while let Some((above, resource)) = open.pop() {
            for child in &resource.children {
                let mut line = above.clone();
                line.push(child);
                open.push((line.clone(), child));
                lines.entry(child.key.as_str()).or_insert(line);
            }
        }
        lines
    }
}

/// An operation of the document that the SDK lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The operation.
    pub pointer: Pointer,
    /// `GET`.
    pub method: String,
    /// The path, as the document writes it.
    pub path: String,
    /// Why.
    pub code: Code,
}

/// A handle of the SDK: a node of the path tree that has operations or children.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// The literal segments from the root, without parameters: `accounts/magic/cloud/providers`.
    pub key: String,
    /// The path template up to here: `/accounts/{account_id}/magic/cloud/providers`.
    pub path: String,
    /// The segments between the parent's path and this one.
    pub segments: Vec<Segment>,
    /// The path parameters among `segments`: arguments of the method that returns the handle.
    pub parameters: Vec<Parameter>,
    /// The description of the tag that all operations here share, if there is one.
    pub description: Option<String>,
    /// Other names, from `sdk.toml`, for the search of the documentation.
    pub search_names: Vec<String>,
    /// Sentences on errors of every operation here and below, from `sdk.toml`.
    pub errors: Vec<String>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The handles below, in document order.
    pub children: Vec<Resource>,
}

impl Resource {
    /// This resource and all below it, parents first.
    pub fn walk(&self) -> Vec<&Resource> {
        let mut found = vec![self];
        for child in &self.children {
            found.extend(child.walk());
        }
        found
    }
}

/// The newtype of an identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id {
    /// Where it is used: schemas, inline properties and path parameters.
    pub pointers: Vec<Pointer>,
    /// The document's description, from the first of `pointers` that has one.
    pub description: Option<String>,
    /// `format` of the schemas among `pointers`, from the first that has one.
    pub format: Option<String>,
    /// A name that also says what is before it in the path, where `sdk.toml` has none.
    pub qualified: Option<String>,
}
