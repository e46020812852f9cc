//! One operation as a user calls it, and the request that the call must send.
//!
//! In: the operation's id, the values passed to its setters, and the call itself. Out: a [`Case`]. It checks nothing.

use std::future::Future;
use std::pin::Pin;

use cloudflare_magic::api::Account;
use cloudflare_magic::{Download, Error};
use serde_json::{Value, json};

/// The account of every call.
pub(crate) const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// The id for every call that takes one.
pub(crate) const ID: &str = "6bad6be2-8e7a-46e9-9f19-950499dd251d";

/// The result of a call, as JSON. A file is a text; no result is `null`.
pub(crate) type Response = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

/// One operation as a user calls it.
pub(crate) struct Case {
    /// The operation's id in the document.
    pub(crate) operation: &'static str,
    /// The query that the call's setters set, pair by pair.
    pub(crate) query: &'static [(&'static str, &'static str)],
    /// The headers that the call's setters set.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub(crate) body: Option<Value>,
    /// Makes the call, with an id if it takes one.
    pub(crate) call: Box<dyn Fn(Account, &'static str) -> Response>,
}

/// A call of an operation; the closure's second argument is the id that goes into the path.
pub(crate) fn case<F, A>(operation: &'static str, call: F) -> Case
where
    F: Fn(Account, &'static str) -> A + 'static,
    A: Future<Output = Result<Value, Error>> + 'static,
{
    Case {
        operation,
        query: &[],
        headers: &[],
        body: None,
        call: Box::new(move |account, id| Box::pin(call(account, id))),
    }
}

impl Case {
    /// The call's setters set this query.
    pub(crate) fn query(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.query = query;
        self
    }

    /// The call's setters set these headers.
    pub(crate) fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The call sends this body.
    pub(crate) fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }
}

/// A file as text.
pub(crate) async fn text(download: Download) -> Result<Value, Error> {
    let bytes = download.bytes(1 << 20).await?;
    Ok(json!(String::from_utf8_lossy(&bytes)))
}
