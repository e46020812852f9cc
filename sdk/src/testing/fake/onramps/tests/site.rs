//! An account with a discovered cloud, for tests of on-ramps.

use std::time::Duration;

use crate::api::{MagicCloud, Onramps};
use crate::testing::FakeService;
use crate::{
    CloudType, CreateOnramp, CreateProvider, Error, Onramp, OnrampCloudType, OnrampLifecycleState,
    OnrampType, PlannedAction, ProviderId, Resource, UpdateProvider,
};

const MINUTE: Duration = Duration::from_secs(60);

/// An account with one integration whose resources are discovered.
pub(super) struct Site {
    pub(super) cloud: MagicCloud,
    pub(super) onramps: Onramps,
    pub(super) provider: ProviderId,
}

impl Site {
    pub(super) async fn new(fake: &FakeService, cloud_type: &str) -> Self {
        let cloud = fake.client().account("a1").magic_cloud();
        let cloud_type = CloudType::from(cloud_type);
        let create = CreateProvider::new(cloud_type.clone(), "clouds");
        let provider = cloud.providers().create(create).await.unwrap().id.clone();
        let update = UpdateProvider::new();
        let update = match cloud_type {
            CloudType::Aws => update.aws_arn("arn:aws:iam::123456789012:role/example"),
            CloudType::Azure => update
                .azure_subscription_id("f10e5b13-c8c0-4d10-a0c1-1f0c8ca2a4b1")
                .azure_tenant_id("0c2f5e0a-6c0a-4b35-8c63-5cd8d9a0b6e3"),
            _ => update
                .gcp_project_id("example-project")
                .gcp_service_account_email("onramps@example-project.iam.gserviceaccount.com"),
        };
        cloud.providers().patch(&provider, update).await.unwrap();
        fake.advance(MINUTE * 30).await;
        let onramps = cloud.onramps();
        Self {
            cloud,
            onramps,
            provider,
        }
    }

    /// All resources of a type.
    pub(super) async fn all(&self, kind: &str) -> Vec<Resource> {
        let resources = self.cloud.resources();
        let page = resources
            .list()
            .resource_type([kind])
            .per_page(50)
            .await
            .unwrap();
        page.items
    }

    pub(super) async fn resource(&self, kind: &str, name: &str) -> Resource {
        let all = self.all(kind).await;
        all.into_iter().find(|one| one.name == name).unwrap()
    }

    pub(super) fn body(&self, kind: OnrampType, cloud: OnrampCloudType) -> CreateOnramp {
        CreateOnramp::builder()
            .cloud_type(cloud)
            .dynamic_routing(false)
            .install_routes_in_cloud(true)
            .install_routes_in_magic_wan(true)
            .name("ramp")
            .kind(kind)
            .build()
    }

    /// An on-ramp of this VPC.
    pub(super) fn single(&self, vpc: &Resource) -> CreateOnramp {
        let cloud = OnrampCloudType::from(vpc.cloud_type.as_str());
        self.body(OnrampType::Single, cloud).vpc(vpc.id.clone())
    }

    pub(super) async fn create(&self, body: CreateOnramp) -> Onramp {
        self.onramps.create(body).await.unwrap()
    }

    pub(super) async fn plan(&self, onramp: &Onramp) -> Result<(), Error> {
        self.onramps.plan(&onramp.id).await?;
        self.onramps.wait_until_planned(&onramp.id).await.map(drop)
    }

    pub(super) async fn activate(&self, onramp: &Onramp) {
        self.plan(onramp).await.unwrap();
        self.onramps.apply(&onramp.id).await.unwrap();
        self.onramps.wait_until_active(&onramp.id).await.unwrap();
    }
}

pub(super) async fn state(onramps: &Onramps, onramp: &Onramp) -> OnrampLifecycleState {
    let read = onramps.get(&onramp.id).status(true).await.unwrap();
    read.status.clone().unwrap().lifecycle_state
}

/// The types of the resources with which a plan does this.
pub(super) fn actions(onramp: &Onramp, action: &PlannedAction) -> Vec<String> {
    let all = onramp.planned_resources.iter();
    let all = all.filter(|one| one.planned_action == *action);
    all.map(|one| one.resource.resource_type.as_str().to_owned())
        .collect()
}
