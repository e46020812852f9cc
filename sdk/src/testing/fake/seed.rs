//! Data that a fake begins with.
//!
//! In: requests of creations, from a builder or as JSON. Out: a world in which they were made a day ago, by the handlers that clients
//! use, and in which their processes have ended: buckets are proved, captures and discoveries done, on-ramps active. What a handler
//! refuses is an error with its message.

use std::time::Duration;

use http::Method;
use serde_json::{Map, Value, json};

use super::call::Call;
use super::failure::Failure;
use super::moment::Moment;
use super::resources::Resource;
use super::routes::{self, Found};
use super::success::{Content, Success};
use super::validation;
use super::world::World;

/// How long before the start of the fake its data are made.
const AGO: Duration = Duration::from_secs(24 * 60 * 60);

/// Data to begin with, in the order in which they are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seed {
    steps: Vec<(String, Step)>,
}

/// One thing to make.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A bucket that is proved: its URI.
    Bucket(String),
    /// A capture: its creation.
    Capture(Value),
    /// A cloud integration: its creation together with its identity in the cloud.
    Provider(Value),
    /// An on-ramp that is applied: its creation. Its `vpc` can be the name of a VPC.
    Onramp(Value),
    /// A catalog sync: its creation.
    CatalogSync(Value),
}

/// What to make of an item.
type MakeStep = fn(Value) -> Step;

/// The keys of an account's data as JSON, in the order in which they are made: on-ramps need a catalog, and syncs read it.
const KEYS: [(&str, MakeStep); 5] = [
    ("buckets", |uri| {
        Step::Bucket(uri.as_str().unwrap_or_default().to_owned())
    }),
    ("captures", Step::Capture),
    ("providers", Step::Provider),
    ("onramps", Step::Onramp),
    ("catalog_syncs", Step::CatalogSync),
];

/// The keys of a provider that its creation has; all others are its identity.
const CREATION: [&str; 3] = ["cloud_type", "description", "friendly_name"];

impl Seed {
    pub(crate) fn add(&mut self, account: impl Into<String>, step: Step) {
        self.steps.push((account.into(), step));
    }

    /// Adds the data of accounts: `{"a1": {"providers": [..]}}`.
    pub(crate) fn add_json(&mut self, data: &Value) -> Result<(), String> {
        let accounts = data
            .as_object()
            .ok_or("data are an object with a key for each account")?;
        for (account, data) in accounts {
            let data = data
                .as_object()
                .ok_or_else(|| format!("/{account}: the data of an account are an object"))?;
            self.add_account(account, data)?;
        }
        Ok(())
    }

    fn add_account(&mut self, account: &str, data: &Map<String, Value>) -> Result<(), String> {
        let known = KEYS.map(|(key, _)| key);
        if let Some(other) = data.keys().find(|key| !known.contains(&key.as_str())) {
            let known = known.join("`, `");
            return Err(format!("/{account}/{other}: the keys are `{known}`"));
        }
        for (key, step) in KEYS {
            let Some(items) = data.get(key) else { continue };
            let items = items
                .as_array()
                .ok_or_else(|| format!("/{account}/{key}: this is a list"))?;
            for item in items {
                self.add(account, step(item.clone()));
            }
        }
        Ok(())
    }

    /// Makes the data in this world, so that they are a day old at the start. A world that goes on from a snapshot is not set back: in it
    /// they are made now, and the start is when they are done.
    pub(crate) fn plant(self, world: &mut World, start: Moment) -> Result<(), String> {
        if self.steps.is_empty() {
            return Ok(());
        }
        world.run_until(start.minus(AGO));
        let begin = world.now;
        for (account, step) in self.steps {
            Planter {
                world: &mut *world,
                account,
            }
            .plant(step)?;
        }
        if world.now.since(begin) > AGO {
            return Err("these data need more than a day to be made: leave some out".to_owned());
        }
        world.run_until(start);
        Ok(())
    }
}

/// Makes the data of one account.
struct Planter<'a> {
    world: &'a mut World,
    account: String,
}

impl Planter<'_> {
    fn plant(&mut self, step: Step) -> Result<(), String> {
        match step {
            Step::Bucket(uri) => self.bucket(&uri),
            Step::Capture(body) => {
                self.post("/pcaps", &body)?;
                // One simple capture may be requested a minute.
                self.wait(60);
                Ok(())
            }
            Step::Provider(body) => self.provider(&body),
            Step::Onramp(body) => self.onramp(body),
            Step::CatalogSync(body) => {
                let sync = self.post("/magic/cloud/catalog-syncs", &body)?;
                self.post(
                    &format!("/magic/cloud/catalog-syncs/{}/refresh", id(&sync)),
                    &Value::Null,
                )?;
                self.wait(600);
                Ok(())
            }
        }
    }

    fn bucket(&mut self, uri: &str) -> Result<(), String> {
        let bucket = json!({"destination_conf": uri});
        let added = self.post("/pcaps/ownership", &bucket)?;
        let destination = added["destination_conf"].as_str().unwrap_or(uri).to_owned();
        let contents = self.challenge();
        let proof = json!({"destination_conf": destination, "ownership_challenge": contents});
        self.post("/pcaps/ownership/validate", &proof)?;
        self.wait(600);
        Ok(())
    }

    fn provider(&mut self, body: &Value) -> Result<(), String> {
        let is_creation = |key: &str| CREATION.contains(&key);
        let fields = body.as_object().cloned().unwrap_or_default();
        let (creation, identity): (Map<_, _>, Map<_, _>) =
            fields.into_iter().partition(|(key, _)| is_creation(key));
        let made = self.post("/magic/cloud/providers", &Value::Object(creation))?;
        if !identity.is_empty() {
            let path = format!("/magic/cloud/providers/{}", id(&made));
            self.send(&Method::PATCH, &path, &Value::Object(identity))?;
            self.wait(1800);
        }
        Ok(())
    }

    fn onramp(&mut self, mut body: Value) -> Result<(), String> {
        if let Some(vpc) = body["vpc"].as_str().and_then(|name| self.network(name)) {
            body["vpc"] = Value::from(vpc);
        }
        let made = self.post("/magic/cloud/onramps", &body)?;
        let path = format!("/magic/cloud/onramps/{}", id(&made));
        self.post(&format!("{path}/plan"), &Value::Null)?;
        self.wait(1800);
        self.post(&format!("{path}/apply"), &Value::Null)?;
        self.wait(5400);
        Ok(())
    }

    /// The contents of the challenge file of the bucket that was added last.
    fn challenge(&self) -> Option<String> {
        let account = self.world.accounts.get(&self.account)?;
        let bucket = account.pcaps.buckets.last()?;
        Some(bucket.challenge.clone())
    }

    /// The id of the network that has this name.
    fn network(&self, name: &str) -> Option<String> {
        let account = self.world.accounts.get(&self.account)?;
        let is_network = |one: &&Resource| one.cloud.network_type() == Some(one.kind.as_str());
        let mut networks = account.resources.all().filter(is_network);
        networks
            .find(|one| one.name == name)
            .map(|one| one.id.clone())
    }

    fn wait(&mut self, seconds: u64) {
        let until = self.world.now.plus(Duration::from_secs(seconds));
        self.world.run_until(until);
    }

    fn post(&mut self, path: &str, body: &Value) -> Result<Value, String> {
        self.send(&Method::POST, path, body)
    }

    /// Sends a request below the account's path, past credentials and rate limits. Returns its result.
    fn send(&mut self, method: &Method, path: &str, body: &Value) -> Result<Value, String> {
        let path = format!("/accounts/{}{path}", self.account);
        let why = |failure: &Failure| format!("{method} {path}: {}", failure.text());
        let found = routes::find(method, &path);
        let found =
            found.ok_or_else(|| format!("`{}` is not the id of an account", self.account))?;
        let success = self.run(&found, body).map_err(|failure| why(&failure))?;
        Ok(match success.content {
            Content::Result(result, _) => result,
            _ => Value::Null,
        })
    }

    fn run(&mut self, found: &Found, body: &Value) -> Result<Success, Failure> {
        validation::check(found.route.operation.name(), &[], body)?;
        let call = Call {
            path: &found.path,
            query: &[],
            body,
        };
        let Some(mut env) = self.world.env(&found.account) else {
            return Err(Failure::not_found("account", &found.account));
        };
        (found.route.handler)(&mut env, &call)
    }
}

fn id(made: &Value) -> &str {
    made["id"].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Seed;
    use crate::testing::fake::limits::Limits;
    use crate::testing::fake::moment::Moment;
    use crate::testing::fake::world::World;
    use serde_json::{Value, json};
    use std::time::Duration;

    fn planted(data: &Value) -> Result<World, String> {
        let mut world = World::new(1, Limits::new(None, Duration::ZERO));
        let mut seed = Seed::default();
        seed.add_json(data)?;
        let start = Moment::parse("2026-01-01T00:00:00Z").unwrap();
        seed.plant(&mut world, start)?;
        assert_eq!(world.now, start);
        Ok(world)
    }

    fn capture() -> Value {
        json!({"type": "simple", "system": "magic-transit", "packet_limit": 10, "time_limit": 60})
    }

    #[test]
    fn all_kinds_of_data_are_made() {
        let full = json!({"type": "full", "system": "magic-transit", "colo_name": "ord02", "time_limit": 60,
            "destination_conf": "gs://captures/magic"});
        let google = json!({"cloud_type": "GOOGLE", "friendly_name": "lab", "gcp_project_id": "lab-1",
            "gcp_service_account_email": "mcn@lab-1.iam.gserviceaccount.com"});
        let sync = json!({"name": "none", "destination_type": "NONE", "update_mode": "MANUAL"});
        let pending = json!({"cloud_type": "AWS", "friendly_name": "pending"});
        let world = planted(&json!({"a1": {
            "buckets": ["gs://captures/magic"],
            "captures": [capture(), full, capture()],
            "providers": [google, pending],
            "catalog_syncs": [sync],
        }}));
        let state = serde_json::to_string(&world.unwrap().accounts["a1"]).unwrap();
        for part in [
            "captures/magic",
            "lab-1",
            "google_compute_network",
            "PENDING_SETUP",
            "\"none\"",
        ] {
            assert!(state.contains(part), "{part}: {state}");
        }
    }

    #[test]
    fn data_are_added_to_a_world_that_goes_on() {
        let data = json!({"a1": {"captures": [capture(), capture()]}});
        let mut world = planted(&data).unwrap();
        let mut seed = Seed::default();
        seed.add_json(&data).unwrap();
        let start = world.now;
        seed.plant(&mut world, start).unwrap();
        assert_eq!(world.now.since(start), Duration::from_secs(120));
    }

    #[test]
    fn what_cannot_be_made_is_named() {
        let onramp = json!({"name": "n", "cloud_type": "AWS", "type": "OnrampTypeSingle", "vpc": "nowhere",
            "dynamic_routing": false, "install_routes_in_cloud": true, "install_routes_in_magic_wan": true});
        let many = vec![capture(); 1500];
        for (data, why) in [
            (json!([]), "data are an object"),
            (
                json!({"a1": []}),
                "/a1: the data of an account are an object",
            ),
            (
                json!({"a1": {"pcaps": []}}),
                "/a1/pcaps: the keys are `buckets`, ",
            ),
            (
                json!({"a1": {"captures": {}}}),
                "/a1/captures: this is a list",
            ),
            (
                json!({"a1": {"captures": [{}]}}),
                "POST /accounts/a1/pcaps: status 400",
            ),
            (
                json!({"a1": {"buckets": ["ftp://b"]}}),
                "POST /accounts/a1/pcaps/ownership: status 4",
            ),
            (json!({"a1": {"onramps": [onramp]}}), "/vpc"),
            (json!({"a1": {"captures": many}}), "more than a day"),
            (
                json!({"a/1": {"captures": [capture()]}}),
                "`a/1` is not the id of an account",
            ),
        ] {
            let error = planted(&data).unwrap_err();
            assert!(error.contains(why), "{why}: {error}");
        }
    }
}
