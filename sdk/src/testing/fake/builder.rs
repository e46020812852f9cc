//! Settings of a fake, before it exists.

use std::sync::Arc;
use std::time::Duration;

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
use super::world::World;
use crate::testing::clock::ManualClock;
use crate::testing::fail::fail_test;

/// Settings and data of a [`FakeService`].
#[derive(Clone, Debug)]
#[must_use = "a fake exists only once it is built"]
pub struct FakeServiceBuilder {
    clock: ManualClock,
    world: World,
    access: Access,
}

impl FakeServiceBuilder {
    pub(super) fn new() -> Self {
        let (quota, window) = limits::SERVICE;
        Self {
            clock: ManualClock::auto_advancing(),
            world: World::new(1, Limits::new(Some(quota), window)),
            access: Access::default(),
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

    /// Goes on from a [snapshot](FakeService::snapshot). Accounts, ids and limits are those of the snapshot.
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

    /// Goes on from this state.
    #[cfg(feature = "fake-service")]
    pub(super) fn world(mut self, world: World) -> Self {
        self.world = world;
        self
    }

    /// The model of these settings; in a second of its clients, so many seconds of it pass.
    pub(super) fn model(self, speed: u32) -> Model {
        Model {
            world: self.world,
            access: self.access,
            levers: Levers::default(),
            speed,
        }
    }

    /// The fake.
    pub fn build(self) -> FakeService {
        let clock = self.clock.clone();
        let shared = Shared::new(clock, self.model(1));
        FakeService {
            shared: Arc::new(shared),
        }
    }
}
