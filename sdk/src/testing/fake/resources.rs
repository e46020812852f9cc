//! The fake's catalog: the resources that discovery found, and those that on-ramps built.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod details;
mod inventory;
mod operations;
pub(crate) mod policy;
mod resource;
mod sections;
mod selection;
#[cfg(test)]
mod tests;
mod titles;
mod upkeep;

pub(crate) use self::details::{cost, details, dollars, preview};
pub(crate) use self::inventory::regions;
pub(crate) use self::resource::{Observation, Relation, Resource};
pub(crate) use self::upkeep::{discovered, forget};
use super::account::Feature::MagicCloud;
use super::routes::Route;
use crate::generated::api;
use crate::request::operation::Endpoint;

/// The operations.
pub(crate) const ROUTES: &[Route] = &[
    Route::new(api::ResourcesList::OPERATION, MagicCloud, operations::list),
    Route::new(api::ResourcesGet::OPERATION, MagicCloud, operations::get),
    Route::new(
        api::ResourcesExport::OPERATION,
        MagicCloud,
        operations::export,
    ),
    Route::new(
        api::ResourcesPolicyPreview::OPERATION,
        MagicCloud,
        operations::policy_preview,
    ),
];

/// The catalog of an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    by_id: BTreeMap<String, Resource>,
}

impl State {
    /// The resource of this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Resource> {
        self.by_id.get(id)
    }

    /// The resource of this id, to be changed.
    pub(crate) fn find_mut(&mut self, id: &str) -> Option<&mut Resource> {
        self.by_id.get_mut(id)
    }

    /// All resources, by id.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Resource> {
        self.by_id.values()
    }

    /// Resources of a type in a network: those that are related to it.
    pub(crate) fn within(&self, network: &str, kind: &str) -> impl Iterator<Item = &Resource> {
        let related = move |resource: &&Resource| {
            resource.kind == kind && resource.relations.iter().any(|one| one.to == network)
        };
        self.all().filter(related)
    }

    /// Adds a resource, or replaces the one with its id.
    pub(crate) fn put(&mut self, resource: Resource) {
        self.by_id.insert(resource.id.clone(), resource);
    }

    /// Takes a resource out.
    pub(crate) fn remove(&mut self, id: &str) -> Option<Resource> {
        self.by_id.remove(id)
    }
}
