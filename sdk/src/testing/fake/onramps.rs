//! The fake's on-ramps and the address space.

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::providers::Client;
use super::routes::Route;
use super::world::Env;

/// The operations.
pub(crate) const ROUTES: &[Route] = &[];

/// What is in an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {}

/// What happens to it in time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Event {}

impl Event {
    /// Lets it happen.
    pub(crate) fn happen(self, _: &mut Env<'_>) {
        match self {}
    }
}

/// The on-ramp of this id, as resources and integrations name it. `None`: there is none.
pub(crate) fn client(_account: &Account, _id: &str) -> Option<Client> {
    None
}

/// The on-ramps that use an integration, also while they are only designed.
pub(crate) fn clients_of_provider(_account: &Account, _provider_id: &str) -> Vec<Client> {
    Vec::new()
}
