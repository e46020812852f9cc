//! Where a handle stands: its client, and the ids above it in the path.

use crate::client::Client;

/// What all calls of a handle have in common.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) client: Client,
    /// The path parameters so far.
    pub(crate) path: Vec<(&'static str, String)>,
}

impl Place {
    /// The client itself: nothing of the path is known.
    pub(crate) fn of(client: Client) -> Self {
        Self {
            client,
            path: Vec::new(),
        }
    }

    /// The same place below one more id.
    pub(crate) fn below(&self, name: &'static str, value: String) -> Self {
        let mut path = self.path.clone();
        path.push((name, value));
        Self {
            client: self.client.clone(),
            path,
        }
    }
}
