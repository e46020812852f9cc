//! The fake's catalog syncs.
//!
//! | module | what it does |
//! |---|---|
//! | `edit` | lists, reads, creates, changes and deletes syncs |
//! | `run` | runs their policies: on request, or after a discovery |
//! | `prebuilt` | the policies that come with the fake |
//! | `sync` | a sync, as the fake remembers it |

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use self::sync::Sync;
use super::account::Feature;
use super::failure::Failure;
use super::moment::Moment;
use super::routes::{Handler, Route};
use super::world::Env;
use crate::generated::api;
use crate::request::operation::Endpoint;

mod edit;
mod prebuilt;
mod run;
mod sync;

#[cfg(test)]
mod tests;

/// How long after a discovery the syncs run.
const AFTER_DISCOVERY: Duration = Duration::from_secs(5);

/// The operations.
pub(crate) const ROUTES: &[Route] = &[
    route::<api::CatalogSyncsList>(edit::list),
    route::<api::CatalogSyncsCreate>(edit::create),
    route::<api::CatalogSyncsPrebuiltPolicies>(prebuilt::list),
    route::<api::CatalogSyncsGet>(edit::get),
    route::<api::CatalogSyncsPatch>(edit::patch),
    route::<api::CatalogSyncsUpdate>(edit::update),
    route::<api::CatalogSyncsDelete>(edit::delete),
    route::<api::CatalogSyncsRefresh>(run::refresh),
];

const fn route<E: Endpoint>(handler: Handler) -> Route {
    Route::new(E::OPERATION, Feature::MagicCloud, handler)
}

/// The syncs of an account, and the lists that they write.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    by_id: BTreeMap<String, Sync>,
    /// How many syncs have been created.
    created: u64,
    /// The ids of resources in each Zero Trust list, by the id of the list.
    lists: BTreeMap<String, Vec<String>>,
    /// When the last discovery ended.
    discovered_at: Option<Moment>,
}

impl State {
    fn get(&self, id: &str) -> Result<&Sync, Failure> {
        let sync = self.by_id.get(id);
        sync.ok_or_else(|| Failure::not_found("catalog sync", id))
    }
}

/// What happens in time: the syncs run that run by themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Event {
    RunAll,
}

impl Event {
    /// Lets it happen.
    pub(crate) fn happen(self, env: &mut Env<'_>) {
        match self {
            Self::RunAll => run::run_all(env),
        }
    }
}

/// A discovery has ended, and the catalog is up to date.
pub(crate) fn discovered(env: &mut Env<'_>) {
    env.account.catalog_syncs.discovered_at = Some(env.now);
    env.after(AFTER_DISCOVERY, Event::RunAll);
}
