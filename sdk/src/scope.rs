//! Where a handle stands: its client, and the ids above it in the path.
//!
//! In: ids, as generated handles are made. Out: calls that begin with them. It checks nothing; the call does.

use crate::call::Call;
use crate::client::Client;
use crate::operation::Endpoint;

/// The client and the path parameters that a handle has so far.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    client: Client,
    path: Vec<(&'static str, String)>,
}

#[allow(dead_code, reason = "generated handles use what their document needs")]
impl Scope {
    /// The scope of the client itself.
    pub(crate) fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
            path: Vec::new(),
        }
    }

    /// The same scope below one more id.
    pub(crate) fn path<T: ToString>(&self, name: &'static str, value: impl Into<T>) -> Self {
        let mut below = self.clone();
        below.path.push((name, value.into().to_string()));
        below
    }

    /// Begins a call.
    pub(crate) fn call<E: Endpoint>(&self) -> Call<E> {
        Call::new(self.client.clone(), self.path.clone())
    }
}
