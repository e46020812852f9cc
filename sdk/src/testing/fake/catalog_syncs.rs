//! The fake's catalog syncs.

use serde::{Deserialize, Serialize};

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

/// A discovery has ended, and the catalog is up to date.
pub(crate) fn discovered(_env: &mut Env<'_>) {}
