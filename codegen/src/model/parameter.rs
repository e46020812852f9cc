//! Parameters of operations: where and how the document has them sent, and where callers pass them.

use crate::pointer::Pointer;

use super::field::Bounds;
use super::type_ref::Ty;

/// A parameter of the path, the query, a header or a cookie.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its node.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// Its type.
    pub ty: Ty,
    /// Whether it is an id in the path, of which only letters, digits, `-` and `_` are sent. Another text there is percent-encoded.
    pub is_id: bool,
    /// Whether it must be sent.
    pub required: bool,
    /// How it is written.
    pub style: Style,
    /// Whether each member of an array or object is sent as a parameter of its own.
    pub explode: bool,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// Whether it is written as JSON or another media type, and which.
    pub content: Option<String>,
    /// The document's description.
    pub description: Option<String>,
    /// Its bounds.
    pub bounds: Bounds,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Where callers pass it.
    pub passed: Passing,
}

impl Parameter {
    /// Whether its call has a second setter, `maybe_<name>`, that takes an `Option`.
    pub(crate) fn has_maybe(&self) -> bool {
        self.passed == Passing::Setter && !matches!(self.ty, Ty::List(_))
    }
}

/// Where callers pass a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// The method of a handle above the operation.
    Handle,
    /// The operation's method, as an argument.
    Argument,
    /// A setter of the call.
    Setter,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// The styles of OpenAPI 3.0 parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;a=1`.
    Matrix,
    /// `.1`.
    Label,
    /// `1,2`.
    Simple,
    /// `a=1&a=2`, or `a=1,2`.
    Form,
    /// `a=1%202`.
    SpaceDelimited,
    /// `a=1|2`.
    PipeDelimited,
    /// `a[b]=1`.
    DeepObject,
}

impl Style {
    /// As OpenAPI writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Label => "label",
            Self::Simple => "simple",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
        }
    }
}
