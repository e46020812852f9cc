//! Where a handle stands: its client, and the ids above it in the path.
//!
//! In: ids, as generated handles are made. Out: calls that begin with them. It checks nothing; the call does.

use std::sync::Arc;

use crate::call::Call;
use crate::client::Client;
use crate::operation::Endpoint;

/// The client and the path parameters that a handle has so far. Handles are made for a moment, so all of them share one place.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    place: Arc<Place>,
}

#[derive(Debug)]
struct Place {
    client: Client,
    path: Vec<(&'static str, String)>,
}

#[allow(dead_code, reason = "generated handles use what their document needs")]
impl Scope {
    /// The scope of the client itself.
    pub(crate) fn new(client: &Client) -> Self {
        Self::at(client.clone(), Vec::new())
    }

    fn at(client: Client, path: Vec<(&'static str, String)>) -> Self {
        Self {
            place: Arc::new(Place { client, path }),
        }
    }

    /// The same scope below one more id.
    pub(crate) fn path<T: ToString>(&self, name: &'static str, value: impl Into<T>) -> Self {
        let mut path = self.place.path.clone();
        path.push((name, value.into().to_string()));
        Self::at(self.place.client.clone(), path)
    }

    /// Begins a call.
    pub(crate) fn call<E: Endpoint>(&self) -> Call<E> {
        let above = &self.place.path;
        // Room for what the call adds: an endpoint has one or two ids of its own.
        let mut path = Vec::with_capacity(above.len() + 2);
        path.extend_from_slice(above);
        Call::new(self.place.client.clone(), path)
    }
}
