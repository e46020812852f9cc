//! The scope of a handle: its client, and the ids above it in the path.
//!
//! In: ids, one for each handle above. Out: the client and the first path parameters of every request of the handle. Ids are not
//! checked here, but by the request.

use std::sync::Arc;

use crate::client::Client;

/// The client and the path parameters that a handle has so far.
///
/// Cheap to clone: a handle's calls, and the handles below it that add no id, share one allocation.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    client: Client,
    path: Vec<(&'static str, String)>,
}

#[allow(dead_code, reason = "generated handles use what their document needs")]
impl Scope {
    /// The scope of the client itself.
    pub(crate) fn new(client: &Client) -> Self {
        Self::of(client.clone(), Vec::new())
    }

    /// This scope with one more id.
    pub(crate) fn path<T: ToString>(&self, name: &'static str, value: impl Into<T>) -> Self {
        let mut path = self.shared.path.clone();
        path.push((name, value.into().to_string()));
        Self::of(self.shared.client.clone(), path)
    }

    /// This scope with one more path parameter, which is written by its style.
    #[cfg(feature = "styles")]
    pub(crate) fn path_styled<T: serde::Serialize>(
        &self,
        styled: &crate::request::style::Styled<'static>,
        value: T,
    ) -> Self {
        let mut path = self.shared.path.clone();
        path.push((styled.name(), styled.in_path(&value)));
        Self::of(self.shared.client.clone(), path)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.shared.client
    }

    /// The path parameters so far, each with its name.
    pub(crate) fn parameters(&self) -> &[(&'static str, String)] {
        &self.shared.path
    }

    fn of(client: Client, path: Vec<(&'static str, String)>) -> Self {
        Self {
            shared: Arc::new(Shared { client, path }),
        }
    }
}
