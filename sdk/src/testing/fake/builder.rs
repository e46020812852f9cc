//! Settings of a fake, before it exists.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use super::FakeService;
use super::access::Access;
use super::account::{Account, Features};
use super::ids::Ids;
use super::levers::Levers;
use super::limits::{self, Limits};
use super::memory::Shared;
use super::model::Model;
use super::moment::Moment;
use super::seed::{Seed, Step};
use super::world::World;
use crate::policy::clock::Clock;
use crate::testing::clock::ManualClock;
use crate::testing::envelope;
use crate::testing::fail::fail_test;
use crate::types::secret::SecretText;
use crate::{CreateCatalogSync, CreateOnramp, CreateProvider, PcapRequest, UpdateProvider};

/// Settings and data of a [`FakeService`].
#[derive(Clone, Debug)]
#[must_use = "a fake exists only once it is built"]
pub struct FakeServiceBuilder {
    clock: ManualClock,
    world: World,
    access: Access,
    seed: Seed,
}

impl FakeServiceBuilder {
    pub(super) fn new() -> Self {
        let (quota, window) = limits::SERVICE;
        Self {
            clock: ManualClock::auto_advancing(),
            world: World::new(1, Limits::new(Some(quota), window)),
            access: Access::default(),
            seed: Seed::default(),
        }
    }

    /// The clock, instead of an auto-advancing one.
    pub fn clock(mut self, clock: ManualClock) -> Self {
        self.clock = clock;
        self
    }

    /// Seed of ids and of all that looks random. 1 at first.
    pub fn seed(mut self, seed: u64) -> Self {
        self.world.ids = Ids::new(seed);
        self
    }

    /// An account with both features. Once one is named, no others exist.
    pub fn account(self, id: impl Into<String>) -> Self {
        self.add(id.into(), Features::default())
    }

    /// An account for which Magic Cloud Networking is not enabled. Once an account is named, no others exist.
    pub fn account_without_magic_cloud(self, id: impl Into<String>) -> Self {
        self.add(
            id.into(),
            Features {
                magic_cloud: false,
                ..Features::default()
            },
        )
    }

    /// An account whose plan has no packet captures. Once an account is named, no others exist.
    pub fn account_without_pcaps(self, id: impl Into<String>) -> Self {
        self.add(
            id.into(),
            Features {
                pcaps: false,
                ..Features::default()
            },
        )
    }

    fn add(mut self, id: String, features: Features) -> Self {
        self.world.others = None;
        self.world.accounts.insert(id, Account::new(features));
        self
    }

    /// A token of one user with these permissions, such as `Magic WAN Read`. Once one is named, no other tokens are good. All tokens share
    /// one rate limit, since they are one user's.
    pub fn api_token<P: Into<String>>(
        mut self,
        token: impl AsRef<str>,
        permissions: impl IntoIterator<Item = P>,
    ) -> Self {
        let permissions = permissions.into_iter().map(Into::into).collect();
        self.access.add(token.as_ref(), "user", permissions);
        self
    }

    /// So many requests in a window, instead of 1200 in five minutes.
    pub fn rate_limit(mut self, requests: u32, window: Duration) -> Self {
        self.world.limits = Limits::new(Some(requests), window);
        self
    }

    /// No rate limit.
    pub fn no_rate_limit(mut self) -> Self {
        self.world.limits = Limits::new(None, Duration::ZERO);
        self
    }

    /// Whether responses about buckets have the key `destinaton_conf`, as the service is known to have sent it, instead of
    /// `destination_conf`. `false` at first.
    pub fn old_spelling(mut self, yes: bool) -> Self {
        self.world.old_spelling = yes;
        self
    }

    /// A bucket whose ownership is proved.
    pub fn bucket(
        mut self,
        account: impl Into<String>,
        destination: impl Into<SecretText>,
    ) -> Self {
        let uri = destination.into().expose().to_owned();
        self.seed.add(account, Step::Bucket(uri));
        self
    }

    /// A capture of yesterday, with its file. A full one needs its bucket before it.
    #[track_caller]
    pub fn capture(mut self, account: impl Into<String>, body: impl Into<PcapRequest>) -> Self {
        let body: PcapRequest = body.into();
        self.seed.add(account, Step::Capture(envelope::value(body)));
        self
    }

    /// A cloud integration. With the identity of its cloud it is active, and its resources are in the catalog; with an empty
    /// `UpdateProvider` its set-up is pending.
    ///
    /// ```
    /// use cloudflare_magic::testing::FakeService;
    /// use cloudflare_magic::{CloudType, CreateProvider, UpdateProvider};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), cloudflare_magic::Error> {
    /// let role = UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/cloudflare");
    /// let fake = FakeService::builder()
    ///     .provider("a1", CreateProvider::new(CloudType::Aws, "production"), role)
    ///     .build();
    /// let cloud = fake.client().account("a1").magic_cloud();
    /// let vpcs = cloud.resources().list().resource_type(["aws_vpc"]).await?;
    /// assert!(!vpcs.items.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn provider(
        mut self,
        account: impl Into<String>,
        create: CreateProvider,
        identity: UpdateProvider,
    ) -> Self {
        let mut body = envelope::value(create);
        let identity = envelope::value(identity);
        if let (Value::Object(body), Value::Object(identity)) = (&mut body, identity) {
            body.extend(identity);
        }
        self.seed.add(account, Step::Provider(body));
        self
    }

    /// An on-ramp that is active. Its `vpc` can be the name of a network of a cloud integration before it.
    #[track_caller]
    pub fn onramp(mut self, account: impl Into<String>, body: CreateOnramp) -> Self {
        self.seed.add(account, Step::Onramp(envelope::value(body)));
        self
    }

    /// A catalog sync that has run.
    #[track_caller]
    pub fn catalog_sync(mut self, account: impl Into<String>, body: CreateCatalogSync) -> Self {
        self.seed
            .add(account, Step::CatalogSync(envelope::value(body)));
        self
    }

    /// Data as JSON: for each account lists under the keys `buckets` (URIs), `captures`, `providers`, `onramps` and `catalog_syncs`. The
    /// items are the bodies of the creations; a provider also has the identity of its cloud, and the `vpc` of an on-ramp can be a name.
    ///
    /// ```
    /// use cloudflare_magic::testing::{FakeService, json};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), cloudflare_magic::Error> {
    /// let role = "arn:aws:iam::123456789012:role/cloudflare";
    /// let data = json!({"a1": {
    ///     "buckets": ["gs://captures/magic"],
    ///     "providers": [{"cloud_type": "AWS", "friendly_name": "production", "aws_arn": role}],
    ///     "onramps": [{
    ///         "name": "frankfurt", "cloud_type": "AWS", "type": "OnrampTypeSingle", "vpc": "production",
    ///         "dynamic_routing": false, "install_routes_in_cloud": true, "install_routes_in_magic_wan": true,
    ///     }],
    /// }});
    /// let fake = FakeService::builder().data(&data).build();
    /// let onramps = fake.client().account("a1").magic_cloud().onramps().list().status(true).await?;
    /// let status = onramps[0].status.as_ref().unwrap();
    /// assert_eq!(status.lifecycle_state.as_str(), "OnrampActive");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the data do not have this form. What a creation gets wrong is found by [`build`](Self::build).
    #[track_caller]
    pub fn data(mut self, data: &Value) -> Self {
        if let Err(why) = self.seed.add_json(data) {
            fail_test(&format!("these are not data of a fake: {why}"));
        }
        self
    }

    /// Goes on from a [snapshot](FakeService::snapshot). Accounts, ids and limits are those of the snapshot; other data are added to it.
    ///
    /// # Panics
    ///
    /// If it is not the snapshot of this version.
    #[track_caller]
    pub fn state(mut self, snapshot: &Value) -> Self {
        match World::deserialize(snapshot) {
            Ok(world) => self.world = world,
            Err(error) => fail_test(&format!("this is not a snapshot of a fake: {error}")),
        }
        self
    }

    /// Goes on from this state, without the data of this builder.
    #[cfg(feature = "fake-service")]
    pub(super) fn world(mut self, world: World) -> Self {
        self.world = world;
        self.seed = Seed::default();
        self
    }

    /// Adds data as JSON.
    #[cfg(feature = "fake-service")]
    pub(super) fn try_data(mut self, data: &Value) -> Result<Self, String> {
        self.seed.add_json(data)?;
        Ok(self)
    }

    /// The model of these settings, which starts at this time of day; in a second of its clients, so many seconds of it pass.
    pub(super) fn model(mut self, start: SystemTime, speed: u32) -> Result<Model, String> {
        let start = Moment::of(start).max(self.world.now);
        self.seed.plant(&mut self.world, start)?;
        Ok(Model {
            world: self.world,
            access: self.access,
            levers: Levers::default(),
            speed,
        })
    }

    /// The fake.
    ///
    /// # Panics
    ///
    /// If its data cannot be made, with the errors of the request that was refused.
    #[track_caller]
    pub fn build(self) -> FakeService {
        let clock = self.clock.clone();
        let model = match self.model(clock.time_of_day(), 1) {
            Ok(model) => model,
            Err(why) => fail_test(&format!("the data of the fake cannot be made: {why}")),
        };
        let shared = Shared::new(clock, model);
        FakeService {
            shared: Arc::new(shared),
        }
    }
}
