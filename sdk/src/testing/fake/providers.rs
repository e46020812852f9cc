//! The fake's cloud integrations: set-up, credentials, discovery.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::account::Feature::MagicCloud;
use super::routes::Route;
use crate::generated::api;
use crate::request::operation::Endpoint;

mod client;
mod cloud;
mod discovery;
mod identity;
mod json;
mod operations;
mod provider;
mod setup;
#[cfg(test)]
mod tests;

pub(crate) use self::client::Client;
pub(crate) use self::cloud::Cloud;
pub(crate) use self::discovery::Event;
pub(crate) use self::provider::Provider;

/// The operations.
pub(crate) const ROUTES: &[Route] = &[
    Route::new(api::ProvidersList::OPERATION, MagicCloud, operations::list),
    Route::new(
        api::ProvidersCreate::OPERATION,
        MagicCloud,
        operations::create,
    ),
    Route::new(api::ProvidersGet::OPERATION, MagicCloud, operations::get),
    Route::new(
        api::ProvidersPatch::OPERATION,
        MagicCloud,
        operations::patch,
    ),
    Route::new(
        api::ProvidersUpdate::OPERATION,
        MagicCloud,
        operations::update,
    ),
    Route::new(
        api::ProvidersDelete::OPERATION,
        MagicCloud,
        operations::delete,
    ),
    Route::new(
        api::ProvidersDiscover::OPERATION,
        MagicCloud,
        operations::discover,
    ),
    Route::new(
        api::ProvidersDiscoverAll::OPERATION,
        MagicCloud,
        operations::discover_all,
    ),
    Route::new(
        api::ProvidersInitialSetup::OPERATION,
        MagicCloud,
        setup::initial_setup,
    ),
];

/// The integrations of an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// How many were created.
    created: u64,
    by_id: BTreeMap<String, Provider>,
}

impl State {
    /// The integration of this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Provider> {
        self.by_id.get(id)
    }

    /// All integrations, by id.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Provider> {
        self.by_id.values()
    }
}
