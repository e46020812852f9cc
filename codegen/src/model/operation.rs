//! Operations: the requests that the service accepts.

use serde_json::Value;

use crate::pointer::Pointer;

use super::paging::Paging;
use super::parameter::{Parameter, Passing, Style};
use super::path::Path;
use super::response::{Failure, Response, ResponseKind};
use super::security::Security;
use super::type_ref::Ty;

/// One method on one path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its node.
    pub pointer: Pointer,
    /// `operationId`, or `METHOD path` where there is none.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// Its path.
    pub path: Path,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Path parameters in path order, then the others in document order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The successful responses: 2xx (`default` too where there is no other).
    pub responses: Vec<Response>,
    /// The failures that the document lists.
    pub failures: Vec<Failure>,
    /// The required security schemes.
    pub security: Security,
    /// Who may call it.
    pub permission: Permission,
    /// Whether the same request may be sent again after an unknown outcome.
    pub repeatable: bool,
    /// Literal segments that other paths have in the place of a path parameter: its value must not equal them.
    pub reserved: Vec<(String, Vec<String>)>,
    /// Where its list is, if it is inside the result.
    pub list_inside: Option<ListInside>,
    /// How it returns its list page by page; `None`: it does not.
    pub paging: Option<Paging>,
    /// Whether the totals beside its list count something else.
    pub foreign_totals: bool,
    /// Its waiters.
    pub waiters: Vec<Waiter>,
    /// Other names of its method, from `sdk.toml`, for the search of the documentation.
    pub search_names: Vec<String>,
}

impl Operation {
    /// The parameters that are arguments of the operation's method.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Parameter> {
        let parameters = self.parameters.iter();
        parameters.filter(|parameter| parameter.passed == Passing::Argument)
    }

    /// The parameters that are setters of its call.
    pub(crate) fn setters(&self) -> impl Iterator<Item = &Parameter> {
        let parameters = self.parameters.iter();
        parameters.filter(|parameter| parameter.passed == Passing::Setter)
    }

    /// The types of its parameters, bodies and responses.
    pub fn uses(&self) -> Vec<&Ty> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let media = self.body.iter().flat_map(|body| &body.media);
        parameters
            .chain(media.filter_map(|media| media.ty.as_ref()))
            .chain(self.responds_with())
            .collect()
    }

    /// The types of its responses, and of the object around a list.
    pub fn responds_with(&self) -> impl Iterator<Item = &Ty> {
        let results = self.response_kinds().filter_map(ResponseKind::ty);
        let around = self.list_inside.iter().map(|list| &list.object);
        let failures = self.failures.iter().flat_map(|failure| &failure.types);
        results.chain(around).chain(failures)
    }
}

/// A list inside a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListInside {
    /// The property that is the list.
    pub key: String,
    /// Whether it must be there.
    pub required: bool,
    /// The type of the result.
    pub object: Ty,
}

/// A waiter: polls an operation until a final state. A table of `sdk.toml`, checked against the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// The name of the table.
    pub key: String,
    /// The name of its method, from `sdk.toml`.
    pub method: String,
    /// Its description, from `sdk.toml`.
    pub description: String,
    /// The property that identifies an item of the list, and its type; `None` where the operation returns one item.
    pub item: Option<(String, Ty)>,
    /// The parameters that are set to true.
    pub with: Vec<Pointer>,
    /// The path of the state, by wire names.
    pub state: Vec<String>,
    /// The states that end the wait successfully.
    pub ready: Vec<String>,
    /// The intermediate states: all others that the document lists.
    pub pending: Vec<String>,
    /// Terminal failure states.
    pub failed: Vec<String>,
    /// The paths of the failure reasons, by wire names.
    pub reasons: Vec<Vec<String>>,
    /// Whether status 404 ends the wait successfully.
    pub gone: bool,
    /// Whether a final state must be seen twice when the first poll returns it.
    pub confirmed: bool,
    /// Seconds between two polls.
    pub interval: u64,
    /// Seconds after which to give up.
    pub limit: u64,
}

/// Who may call an operation, by Cloudflare's extensions of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// `x-api-token-group`: any one of these.
    pub token_groups: Vec<String>,
    /// `x-cfPlanAvailability`: the plans that have it.
    pub plans: Vec<String>,
}

/// The HTTP methods of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `HEAD`.
    Head,
    /// `PATCH`.
    Patch,
    /// `TRACE`.
    Trace,
}

impl Method {
    /// All, with their keys in a path item.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Get, "get"),
        (Self::Put, "put"),
        (Self::Post, "post"),
        (Self::Delete, "delete"),
        (Self::Options, "options"),
        (Self::Head, "head"),
        (Self::Patch, "patch"),
        (Self::Trace, "trace"),
    ];

    /// As it is sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// Whether a repeated request has the same effect as one: RFC 9110, section 9.2.2.
    pub fn is_idempotent(self) -> bool {
        match self {
            Self::Get | Self::Put | Self::Delete | Self::Options | Self::Head | Self::Trace => true,
            Self::Post | Self::Patch => false,
        }
    }
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Its node.
    pub pointer: Pointer,
    /// Whether it must be sent.
    pub required: bool,
    /// The document's description.
    pub description: Option<String>,
    /// The media types in which it can be sent.
    pub media: Vec<Media>,
}

/// One media type of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// Its node.
    pub pointer: Pointer,
    /// Its name, such as `application/json`.
    pub media_type: String,
    /// How it is written.
    pub kind: BodyKind,
    /// What the name of its method ends with, where the body has an earlier media type: `multipart`.
    pub suffix: Option<String>,
    /// How properties of a form or of parts are written, where not by default.
    pub encodings: Vec<PropertyEncoding>,
    /// Its type, where there is a schema.
    pub ty: Option<Ty>,
    /// `example`, or the first of `examples` with a value.
    pub example: Option<Value>,
}

/// How a property of a form or of a body of parts is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The property.
    pub name: String,
    /// Its media type.
    pub media_type: Option<String>,
    /// Its style in a form, where the document states one.
    pub style: Option<Style>,
    /// Whether each member of a list or object is written by itself in a form.
    pub explode: bool,
    /// Whether reserved characters are written as they are in a form.
    pub allow_reserved: bool,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// `application/json` and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` and other `multipart/`.
    Multipart,
    /// `text/`.
    Text,
    /// Anything else.
    Binary,
}
