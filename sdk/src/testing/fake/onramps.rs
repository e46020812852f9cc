//! The fake's on-ramps and the address space.
//!
//! | module | what it does |
//! |---|---|
//! | `create`, `place`, `change`, `settings` | creates and changes on-ramps, and checks their settings |
//! | `read`, `progress` | lists and reads them |
//! | `lifecycle` | plans, applies and destroys them |
//! | `blueprint`, `aws`, `azure`, `google`, `wan` | what they build |
//! | `catalog` | what they have built, in the catalog |
//! | `part` | what a plan changes, and what it costs |
//! | `export` | Terraform files |
//! | `address_space` | the address space of Magic WAN |

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::address_space::AddressSpace;
pub(crate) use self::lifecycle::Event;
use self::onramp::Onramp;
use super::account::{Account, Feature};
use super::failure::Failure;
use super::providers::Client;
use super::routes::{Handler, Route};
use crate::generated::api;
use crate::request::operation::Endpoint;

mod address_space;
mod aws;
mod azure;
mod blueprint;
mod catalog;
mod change;
mod create;
mod export;
mod google;
mod lifecycle;
mod onramp;
mod part;
mod place;
mod progress;
mod read;
mod settings;
mod wan;

#[cfg(test)]
mod tests;

/// The operations.
pub(crate) const ROUTES: &[Route] = &[
    route::<api::OnrampsList>(read::list),
    route::<api::OnrampsCreate>(create::create),
    route::<api::OnrampsGet>(read::get),
    route::<api::OnrampsPatch>(change::patch),
    route::<api::OnrampsUpdate>(change::update),
    route::<api::OnrampsDelete>(lifecycle::delete),
    route::<api::OnrampsPlan>(lifecycle::plan),
    route::<api::OnrampsApply>(lifecycle::apply),
    route::<api::OnrampsExport>(export::export),
    route::<api::MagicWanAddressSpacesGet>(address_space::get),
    route::<api::MagicWanAddressSpacesPatch>(address_space::change),
    route::<api::MagicWanAddressSpacesUpdate>(address_space::change),
];

const fn route<E: Endpoint>(handler: Handler) -> Route {
    Route::new(E::OPERATION, Feature::MagicCloud, handler)
}

/// The on-ramps of an account, and its address space.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    by_id: BTreeMap<String, Onramp>,
    /// How many on-ramps have been created.
    created: u64,
    address_space: AddressSpace,
}

impl State {
    fn get(&self, id: &str) -> Result<&Onramp, Failure> {
        let onramp = self.by_id.get(id);
        onramp.ok_or_else(|| Failure::not_found("on-ramp", id))
    }

    fn put(&mut self, onramp: Onramp) {
        self.by_id.insert(onramp.id.clone(), onramp);
    }
}

/// The on-ramp of this id, as resources and integrations name it. `None`: there is none.
pub(crate) fn client(account: &Account, id: &str) -> Option<Client> {
    account.onramps.by_id.get(id).map(Onramp::client)
}

/// The on-ramps that use an integration, also while they are only designed: to build, or for a VPC that they connect.
pub(crate) fn clients_of_provider(account: &Account, provider_id: &str) -> Vec<Client> {
    let is_of_provider = |id: &str| {
        let found = account.resources.find(id);
        found.is_some_and(|found| found.deployment_provider == provider_id)
    };
    let onramps = account.onramps.by_id.values();
    let using = onramps.filter(|onramp| {
        onramp.provider_id == provider_id || onramp.networks().into_iter().any(is_of_provider)
    });
    using.map(Onramp::client).collect()
}
