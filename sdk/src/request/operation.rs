//! An operation as data: the generator writes one [`Operation`] for each, the runtime reads it.
//!
//! A generated method holds no logic of its own; everything that differs between operations is here.

use http::Method;

#[cfg(feature = "credentials")]
use crate::client::schemes::{OWN, Security};
#[cfg(feature = "cursors")]
use crate::response::cursor::CursorPaging;
use crate::response::kind::ResponseKind;
#[cfg(feature = "cursors")]
use crate::response::list::ListKey;

/// The facts of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    pub(crate) name: &'static str,
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) reserved: &'static [Reserved],
    /// The path parameters whose values are written by their style, and are no ids.
    #[cfg(feature = "styles")]
    pub(crate) styled: &'static [&'static str],
    /// Whether it may be sent again when it is unknown whether the service has processed it.
    pub(crate) repeatable: bool,
    /// The media type of the response.
    pub(crate) accepts: &'static str,
    /// The media type of the request's body, if it has one.
    pub(crate) sends: &'static str,
    /// Whether the totals beside its list count something else, and so do not show that items are missing.
    pub(crate) foreign_totals: bool,
    /// The property of `result` that is its list. `None`: `result` itself.
    #[cfg(feature = "cursors")]
    pub(crate) list_key: Option<ListKey>,
    /// How its list is paged by cursors. `None`: by the number of the page, or not at all.
    #[cfg(feature = "cursors")]
    pub(crate) cursors: Option<CursorPaging>,
    /// The permissions of API tokens that allow it: any one of them. Empty where the document names none.
    pub(crate) permissions: &'static [&'static str],
    /// The credentials that it takes.
    #[cfg(feature = "credentials")]
    pub(crate) security: Security,
}

/// A path parameter whose value must not be one of these segments: in its place they are literals of other paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reserved {
    pub(crate) parameter: &'static str,
    pub(crate) segments: &'static [&'static str],
}

/// The HTTP method. `http::Method` cannot be named in a constant pattern, and it is larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Head,
    Options,
    Put,
    Delete,
    Post,
    Patch,
}

impl Operation {
    /// A `GET`.
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Get, name, path)
    }

    /// A `HEAD`.
    pub const fn head(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Head, name, path)
    }

    /// An `OPTIONS`.
    pub const fn options(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Options, name, path)
    }

    /// A `PUT`.
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Put, name, path)
    }

    /// A `DELETE`.
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Delete, name, path)
    }

    /// A `POST`.
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Post, name, path)
    }

    /// A `PATCH`.
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Patch, name, path)
    }

    const fn new(verb: Verb, name: &'static str, path: &'static str) -> Self {
        Self {
            name,
            verb,
            path,
            reserved: &[],
            #[cfg(feature = "styles")]
            styled: &[],
            repeatable: !matches!(verb, Verb::Post | Verb::Patch),
            accepts: "application/json",
            sends: "application/json",
            foreign_totals: false,
            #[cfg(feature = "cursors")]
            list_key: None,
            #[cfg(feature = "cursors")]
            cursors: None,
            permissions: &[],
            #[cfg(feature = "credentials")]
            security: OWN,
        }
    }

    /// The operation's name, such as `pcaps.create`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The path template, such as `/accounts/{account_id}/pcaps`.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Whether it may be sent again when it is unknown whether the service has processed it.
    pub const fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// The permissions of API tokens that allow the operation: a token needs one of them. Empty where the API's document names none, and
    /// for custom requests.
    pub const fn permissions(&self) -> &'static [&'static str] {
        self.permissions
    }

    /// Whether the value of a path parameter is written by its style, and is no id.
    pub(crate) fn is_styled(&self, parameter: &str) -> bool {
        #[cfg(feature = "styles")]
        let styled = self.styled;
        #[cfg(not(feature = "styles"))]
        let styled: &[&str] = &[];
        styled.contains(&parameter)
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        match self.verb {
            Verb::Get => Method::GET,
            Verb::Head => Method::HEAD,
            Verb::Options => Method::OPTIONS,
            Verb::Put => Method::PUT,
            Verb::Delete => Method::DELETE,
            Verb::Post => Method::POST,
            Verb::Patch => Method::PATCH,
        }
    }
}

impl Verb {
    /// Whether a request of this method can change anything at the service.
    pub(crate) fn has_effects(self) -> bool {
        !matches!(self, Self::Get | Self::Head | Self::Options)
    }

    /// Whether a request of this method says `Content-Length: 0` when it has no body.
    pub(crate) fn expects_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

/// An endpoint: an operation, and the kind of its response. Generated marker types implement it.
pub trait Endpoint: 'static {
    /// The kind of the response.
    type Response: ResponseKind;

    /// The facts of the operation.
    const OPERATION: Operation;
}

#[cfg(test)]
mod tests {
    use super::Operation;

    #[test]
    fn whether_it_is_repeatable_follows_the_method_unless_set() {
        assert!(Operation::get("a", "/").is_repeatable());
        assert!(Operation::delete("a", "/").is_repeatable());
        assert!(!Operation::post("a", "/").is_repeatable());
        assert!(!Operation::patch("a", "/").is_repeatable());
        let set = Operation {
            repeatable: true,
            ..Operation::post("a", "/")
        };
        assert!(set.is_repeatable());
    }
}
