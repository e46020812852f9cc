//! What an on-ramp builds: its parts, from its settings, the catalog and the address space.
//!
//! In: an on-ramp. Out: its parts in the order in which they are built, or why it cannot be built. Which resources the service builds
//! is documented in outline only; the details here, and the prices, are made up.

use std::collections::BTreeMap;

use serde_json::Value;

use super::onramp::{Kind, Onramp, Trouble};
use super::part::Part;
use super::{aws, azure, google};
use crate::testing::fake::ids::Ids;
use crate::testing::fake::moment::Moment;
use crate::testing::fake::providers::Cloud;
use crate::testing::fake::resources::{self, Resource};
use crate::testing::fake::world::Env;

/// Parts that are being put together.
pub(crate) struct Blueprint<'a> {
    pub(crate) onramp: &'a Onramp,
    pub(crate) catalog: &'a resources::State,
    /// The address space of Magic WAN.
    pub(crate) prefixes: &'a [String],
    /// The VPCs that it connects.
    pub(crate) networks: Vec<&'a Resource>,
    account_id: &'a str,
    now: Moment,
    /// The ids of parts, by key.
    part_ids: BTreeMap<String, String>,
    ids: &'a mut Ids,
    parts: Vec<Part>,
}

/// The parts of an on-ramp, and the ids of all its parts so far.
pub(crate) struct Drawn {
    pub(crate) part_ids: BTreeMap<String, String>,
    pub(crate) parts: Result<Vec<Part>, Trouble>,
}

/// The parts of an on-ramp as it is set up now.
pub(crate) fn draw(env: &mut Env<'_>, onramp: &Onramp) -> Drawn {
    let account = &*env.account;
    let mut blueprint = Blueprint {
        onramp,
        catalog: &account.resources,
        prefixes: &account.onramps.address_space.prefixes,
        networks: Vec::new(),
        account_id: env.account_id,
        now: env.now,
        part_ids: onramp.part_ids.clone(),
        ids: &mut *env.ids,
        parts: Vec::new(),
    };
    let parts = blueprint.draw();
    Drawn {
        parts: parts.map(|()| blueprint.parts),
        part_ids: blueprint.part_ids,
    }
}

impl<'a> Blueprint<'a> {
    fn draw(&mut self) -> Result<(), Trouble> {
        for id in self.onramp.networks() {
            let gone = || Trouble::new(id, format!("the VPC `{id}` is no longer in the catalog"));
            self.networks.push(self.catalog.find(id).ok_or_else(gone)?);
        }
        match (self.onramp.cloud, self.onramp.kind) {
            (Cloud::Azure, _) => azure::single(self),
            (Cloud::Google, _) => google::single(self),
            (_, Kind::Single) => aws::single(self),
            (_, Kind::Hub) => aws::hub(self),
        }
    }

    /// The id of the part with this key, whether it is drawn or not.
    pub(crate) fn id(&mut self, key: &str) -> String {
        let known = self.part_ids.get(key).cloned();
        known.unwrap_or_else(|| {
            let id = self.ids.uuid();
            self.part_ids.insert(key.to_owned(), id.clone());
            id
        })
    }

    /// The name of a part: that of the on-ramp with what is possible in every cloud, and its key.
    pub(crate) fn name(&self, key: &str) -> String {
        let name = self.onramp.settings.name.to_ascii_lowercase();
        let letter = |letter: char| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        };
        format!("{}-{key}", name.chars().map(letter).collect::<String>())
    }

    /// Adds a part that does not exist yet. A part of Magic WAN has no region.
    pub(crate) fn add(&mut self, key: &str, kind: &str, config: Value) -> &mut Part {
        let id = self.id(key);
        let onramp = self.onramp;
        let (cloud, region) = if kind.starts_with("cloudflare_") {
            (Cloud::Cloudflare, "")
        } else {
            (onramp.cloud, onramp.region.as_str())
        };
        let name = self.name(key);
        let mut resource = Resource::new(
            (&id, &name),
            (cloud, kind),
            region,
            &onramp.provider_id,
            self.now,
        );
        resource.native_id = format!("{kind}/{id}");
        if let Value::Object(config) = config {
            resource.config = config;
        }
        // It is observed once it is built.
        resource.observations.clear();
        resource.built = true;
        resource.managed_by = vec![onramp.id.clone()];
        self.push(Part::new(key, resource))
    }

    /// Adds a change of an existing resource: one key, before and after.
    pub(crate) fn change(
        &mut self,
        of: &Resource,
        key: &str,
        before: Value,
        after: Value,
    ) -> &mut Part {
        let mut resource = of.clone();
        // It costs what it costs with the on-ramp and without it.
        resource.monthly_cents = 0;
        resource.config = [(key.to_owned(), after)].into_iter().collect();
        let mut part = Part::new(&format!("{key}-{}", of.id), resource);
        part.found = Some([(key.to_owned(), before)].into_iter().collect());
        self.push(part)
    }

    fn push(&mut self, part: Part) -> &mut Part {
        let at = self.parts.len();
        self.parts.push(part);
        &mut self.parts[at]
    }

    /// The prefixes of all VPCs that it connects. A network of Google Cloud has those of its subnets in all regions.
    pub(crate) fn network_prefixes(&self) -> Vec<&'a str> {
        let mut prefixes = Vec::new();
        for network in &self.networks {
            prefixes.extend(network.prefixes());
            let subnets = self
                .catalog
                .within(&network.id, "google_compute_subnetwork");
            prefixes.extend(subnets.flat_map(Resource::prefixes));
        }
        prefixes
    }

    /// The account, as parts of Magic WAN name it.
    pub(crate) fn account_id(&self) -> &'a str {
        self.account_id
    }
}
