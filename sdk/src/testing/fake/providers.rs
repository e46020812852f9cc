//! The fake's cloud integrations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod client;
mod cloud;
mod provider;

pub(crate) use self::client::Client;
pub(crate) use self::cloud::Cloud;
pub(crate) use self::provider::Provider;
use super::routes::Route;
use super::world::Env;

/// The operations.
pub(crate) const ROUTES: &[Route] = &[];

/// The integrations of an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    by_id: BTreeMap<String, Provider>,
}

impl State {
    /// The integration of this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Provider> {
        self.by_id.get(id)
    }
}

/// What happens to it in time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Event {}

impl Event {
    /// Lets it happen.
    pub(crate) fn happen(self, _: &mut Env<'_>) {
        match self {}
    }
}
