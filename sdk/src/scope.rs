//! What a generated handle holds: the place where it stands.
//!
//! In: ids, as handles are made. Out: calls that begin there. It checks nothing; the call does.

use std::sync::Arc;

use crate::call::Call;
use crate::client::Client;
use crate::operation::Endpoint;
use crate::request::Place;

/// The client and the path parameters that a handle has so far. Its calls, and the handles below it that add no id, share the place.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    place: Arc<Place>,
}

#[allow(dead_code, reason = "generated handles use what their document needs")]
impl Scope {
    /// The scope of the client itself.
    pub(crate) fn new(client: &Client) -> Self {
        Self {
            place: Arc::new(Place::of(client.clone())),
        }
    }

    /// The same scope below one more id.
    pub(crate) fn path<T: ToString>(&self, name: &'static str, value: impl Into<T>) -> Self {
        Self {
            place: Arc::new(self.place.below(name, value.into().to_string())),
        }
    }

    /// Begins a call.
    pub(crate) fn call<E: Endpoint>(&self) -> Call<E> {
        Call::new(Arc::clone(&self.place))
    }
}
