//! An account of the fake: what it may use, and what is in it.

use serde::{Deserialize, Serialize};

use super::{catalog_syncs, onramps, pcaps, providers, resources};

/// A feature that Cloudflare has to enable for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feature {
    Pcaps,
    MagicCloud,
}

/// The features of an account. All are on at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Features {
    pub(crate) pcaps: bool,
    pub(crate) magic_cloud: bool,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            pcaps: true,
            magic_cloud: true,
        }
    }
}

impl Features {
    pub(crate) fn has(self, feature: Feature) -> bool {
        match feature {
            Feature::Pcaps => self.pcaps,
            Feature::MagicCloud => self.magic_cloud,
        }
    }
}

/// An account, with one state for each product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) features: Features,
    pub(crate) pcaps: pcaps::State,
    pub(crate) providers: providers::State,
    pub(crate) resources: resources::State,
    pub(crate) onramps: onramps::State,
    pub(crate) catalog_syncs: catalog_syncs::State,
}

impl Account {
    /// An account with nothing in it.
    pub(crate) fn new(features: Features) -> Self {
        Self {
            features,
            pcaps: pcaps::State::default(),
            providers: providers::State::default(),
            resources: resources::State::default(),
            onramps: onramps::State::default(),
            catalog_syncs: catalog_syncs::State::default(),
        }
    }
}
