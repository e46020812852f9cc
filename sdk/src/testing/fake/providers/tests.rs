//! Integrations through a client, on the manual clock.

use std::time::Duration;

use crate::testing::{FakeProcess, FakeService};
use crate::types::Payload;
use crate::{
    CloudType, CreateProvider, DiscoveryStatus, ProviderSetup, ProviderSortKey, UpdateProvider, api,
};
