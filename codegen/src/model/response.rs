//! Responses: what a successful one carries, and the types of failures.

use crate::pointer::Pointer;

use super::operation::Operation;
use super::type_ref::Ty;

/// A successful response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Its node.
    pub pointer: Pointer,
    /// `200`, `2XX` or `default`.
    pub status: String,
    /// The document's description.
    pub description: String,
    /// What it carries, one for each media type; one `ResponseKind::Empty` where there is none.
    pub contents: Vec<Content>,
    /// Its headers.
    pub headers: Vec<Header>,
}

impl Response {
    /// What it carries, without the nodes.
    pub fn kinds(&self) -> impl Iterator<Item = &ResponseKind> {
        self.contents.iter().map(|content| &content.kind)
    }
}

/// One media type of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Its node.
    pub pointer: Pointer,
    /// Its media type, or a range; none where there is no body.
    pub media_type: Option<String>,
    /// What it carries.
    pub kind: ResponseKind,
    /// Keys beside its result of which no type of the runtime has all.
    pub unread: Vec<String>,
}

impl Operation {
    /// What a successful response carries; `None` where nothing says so, and where it can be one of several kinds.
    pub fn response_kind(&self) -> Option<&ResponseKind> {
        let first = self.response_kinds().next()?;
        (!self.has_several_kinds()).then_some(first)
    }

    /// Keys beside the result of which no type of the runtime has all, each once.
    pub(crate) fn unread_keys(&self) -> Vec<&str> {
        let contents = self
            .responses
            .iter()
            .flat_map(|response| &response.contents);
        let mut keys: Vec<&str> = Vec::new();
        for key in contents.flat_map(|content| &content.unread) {
            if !keys.contains(&key.as_str()) {
                keys.push(key);
            }
        }
        keys
    }

    /// What all responses carry.
    pub fn response_kinds(&self) -> impl Iterator<Item = &ResponseKind> {
        self.responses.iter().flat_map(Response::kinds)
    }
}

/// A failure.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// `400`, `4XX` or `default`.
    pub status: String,
    /// The types of its body that are not the envelope. The runtime's error reads the envelope.
    pub types: Vec<Ty>,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// The document's description.
    pub description: Option<String>,
}

/// What a successful response carries.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponseKind {
    /// Nothing, or an envelope without a result.
    Empty,
    /// An envelope with this result.
    Result {
        /// The type of `result`.
        ty: Ty,
        /// Whether `result` can be `null`.
        nullable: bool,
    },
    /// JSON without an envelope.
    Json(Ty),
    /// Bytes of this media type.
    Binary(String),
    /// Text of this media type.
    Text(String),
}

impl ResponseKind {
    /// The type of its JSON.
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Result { ty, .. } | Self::Json(ty) => Some(ty),
            Self::Empty | Self::Binary(_) | Self::Text(_) => None,
        }
    }
}
