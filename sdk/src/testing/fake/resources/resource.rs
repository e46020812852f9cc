//! A resource of the catalog, as the fake remembers it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::testing::fake::moment::Moment;
use crate::testing::fake::providers::Cloud;

/// A resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Resource {
    pub(crate) id: String,
    pub(crate) cloud: Cloud,
    /// Its `resource_type`.
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) native_id: String,
    pub(crate) url: String,
    pub(crate) region: String,
    pub(crate) resource_group: String,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) config: Map<String, Value>,
    pub(crate) state: Map<String, Value>,
    /// Its state before the last discovery.
    pub(crate) previous_state: Map<String, Value>,
    /// What it refers to, and what refers to it.
    pub(crate) relations: Vec<Relation>,
    /// List price of a month, in cents of a dollar.
    pub(crate) monthly_cents: u32,
    pub(crate) updated_at: Moment,
    /// By integration.
    pub(crate) observations: BTreeMap<String, Observation>,
    /// The integration through which it is changed.
    pub(crate) deployment_provider: String,
    /// Whether an on-ramp built it. Discovery keeps such resources.
    pub(crate) built: bool,
    /// The ids of the on-ramps that manage it.
    pub(crate) managed_by: Vec<String>,
}

/// A relation to another resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Relation {
    /// What the other one is to this one, such as `VPC`.
    pub(crate) label: String,
    /// The id of the other one.
    pub(crate) to: String,
}

/// When an integration has seen a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Observation {
    pub(crate) first: Moment,
    pub(crate) last: Moment,
}

impl Resource {
    /// A resource without anything beyond these, observed now by its integration.
    pub(crate) fn new(
        (id, name): (&str, &str),
        (cloud, kind): (Cloud, &str),
        region: &str,
        provider: &str,
        now: Moment,
    ) -> Self {
        let seen = Observation {
            first: now,
            last: now,
        };
        Self {
            id: id.to_owned(),
            cloud,
            kind: kind.to_owned(),
            name: name.to_owned(),
            native_id: String::new(),
            url: String::new(),
            region: region.to_owned(),
            resource_group: String::new(),
            tags: BTreeMap::new(),
            config: Map::new(),
            state: Map::new(),
            previous_state: Map::new(),
            relations: Vec::new(),
            monthly_cents: 0,
            updated_at: now,
            observations: BTreeMap::from([(provider.to_owned(), seen)]),
            deployment_provider: provider.to_owned(),
            built: false,
            managed_by: Vec::new(),
        }
    }

    /// Its prefixes, under the key that each cloud has for them.
    pub(crate) fn prefixes(&self) -> Vec<&str> {
        let keys = [
            "cidr_block",
            "ip_cidr_range",
            "address_space",
            "address_prefixes",
        ];
        let values = keys.iter().filter_map(|key| self.config.get(*key));
        let texts = values.flat_map(|value| match value {
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect::<Vec<_>>(),
        });
        texts.collect()
    }
}
