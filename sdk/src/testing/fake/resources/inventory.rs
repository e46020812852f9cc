//! What an integration finds in its cloud: a made-up account, subscription or project.
//!
//! In: the integration, and the moment. Out: its resources. The same account has the same resources at every discovery, with the same
//! ids; only what changes in a real cloud too, such as free addresses, differs.

use serde_json::{Map, Value, json};

use super::resource::{Relation, Resource};
use super::titles::{plural, title};
use crate::testing::fake::ids::Ids;
use crate::testing::fake::moment::Moment;
use crate::testing::fake::providers::{Cloud, Provider};

mod aws;
mod azure;
mod google;

/// The regions that a discovery visits, in order.
pub(crate) fn regions(cloud: Cloud) -> Vec<String> {
    let names: &[&str] = match cloud {
        Cloud::Aws => &aws::REGIONS,
        Cloud::Azure => &azure::REGIONS,
        Cloud::Google => &google::REGIONS,
        Cloud::Cloudflare => &[],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The resources that an integration finds at this moment.
pub(crate) fn take(account_id: &str, provider: &Provider, now: Moment) -> Vec<Resource> {
    let mut site = Site {
        cloud: provider.cloud,
        tenant: provider.tenant(),
        scope: format!("{account_id}/{}", provider.tenant()),
        provider: &provider.id,
        now,
        resources: Vec::new(),
    };
    match provider.cloud {
        Cloud::Aws => aws::build(&mut site),
        Cloud::Azure => azure::build(&mut site),
        Cloud::Google => google::build(&mut site),
        Cloud::Cloudflare => {}
    }
    relate_back(&mut site.resources);
    site.resources
}

/// Adds to each resource those that refer to it.
fn relate_back(resources: &mut [Resource]) {
    let mut back = Vec::new();
    for resource in resources.iter() {
        for relation in &resource.relations {
            let label = plural(&title(&resource.kind));
            let to = resource.id.clone();
            back.push((relation.to.clone(), Relation { label, to }));
        }
    }
    for (id, relation) in back {
        if let Some(resource) = resources.iter_mut().find(|one| one.id == id) {
            resource.relations.push(relation);
        }
    }
}

/// A cloud account, while its resources are made up.
struct Site<'a> {
    cloud: Cloud,
    /// The account, subscription or project.
    tenant: &'a str,
    /// What all ids and addresses depend on.
    scope: String,
    provider: &'a str,
    now: Moment,
    resources: Vec<Resource>,
}

/// A resource to be made up.
struct Draft<'a> {
    kind: &'a str,
    /// What tells it from others of its type: `region/name`.
    key: String,
    name: &'a str,
    region: &'a str,
    native_id: String,
    config: Value,
    state: Value,
    /// What it refers to: what that is to it, and its id.
    relations: Vec<(&'a str, &'a str)>,
    monthly_cents: u32,
}

impl Draft<'_> {
    /// A resource without state, relations and price.
    fn new<'a>(kind: &'a str, (region, name): (&'a str, &'a str), native_id: &str) -> Draft<'a> {
        Draft {
            kind,
            key: format!("{region}/{name}"),
            name,
            region,
            native_id: native_id.to_owned(),
            config: json!({}),
            state: json!({}),
            relations: Vec::new(),
            monthly_cents: 0,
        }
    }
}

impl Site<'_> {
    /// Adds a resource. Returns its id.
    fn add(&mut self, draft: Draft<'_>) -> String {
        let id = self.ids(&[draft.kind, &draft.key]).uuid();
        let kind = (self.cloud, draft.kind);
        let key = (id.as_str(), draft.name);
        let mut resource = Resource::new(key, kind, draft.region, self.provider, self.now);
        resource.url = format!("https://console.example.com/{}/{id}", draft.kind);
        resource.native_id = draft.native_id;
        resource.config = object(draft.config);
        resource.state = object(draft.state);
        resource.monthly_cents = draft.monthly_cents;
        let relations = draft.relations.into_iter();
        let relations = relations.map(|(label, to)| Relation {
            label: label.to_owned(),
            to: to.to_owned(),
        });
        resource.relations = relations.collect();
        self.resources.push(resource);
        id
    }

    /// The resource that was added last.
    fn last(&mut self) -> Option<&mut Resource> {
        self.resources.last_mut()
    }

    /// A source of ids that depends on these words only.
    fn ids(&self, words: &[&str]) -> Ids {
        let mut hash = hash(0xcbf2_9ce4_8422_2325, &self.scope);
        for word in words {
            hash = self::hash(self::hash(hash, "\n"), word);
        }
        Ids::new(hash)
    }

    /// The second number of the addresses of a network: `10.<number>.0.0`. Up to eight networks follow each other.
    fn network(&self, at: u64) -> u64 {
        self.ids(&["network"]).below(30) * 8 + at % 8
    }

    /// How many addresses of a /24 are free at the moment.
    fn free_addresses(&self, key: &str, reserved: u64) -> u64 {
        let now = self.now.milliseconds().to_string();
        256 - reserved - self.ids(&["free", key, &now]).below(40)
    }
}

/// FNV-1a.
fn hash(from: u64, text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(from, step)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
