//! What an application that has no SDK would write for the responses that the benchmarks read: plain structs with serde's derive.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// A cloud integration.
#[derive(Debug, Deserialize)]
pub struct Provider {
    pub aws_arn: Option<String>,
    pub azure_subscription_id: Option<String>,
    pub azure_tenant_id: Option<String>,
    pub cloud_type: String,
    pub description: Option<String>,
    pub friendly_name: String,
    pub gcp_project_id: Option<String>,
    pub gcp_service_account_email: Option<String>,
    pub id: String,
    pub last_updated: String,
    pub lifecycle_state: String,
    pub state: String,
    pub state_v2: String,
    pub status: Option<ProviderStatus>,
}

/// How far the discovery of a cloud is.
#[derive(Debug, Deserialize)]
pub struct ProviderStatus {
    pub credentials_good_since: Option<String>,
    pub credentials_missing_since: Option<String>,
    pub credentials_rejected_since: Option<String>,
    pub discovery_message: Option<String>,
    pub discovery_message_v2: Option<String>,
    pub discovery_progress: Progress,
    pub discovery_progress_v2: Progress,
    #[serde(default)]
    pub in_use_by: Vec<Client>,
    pub last_discovery_completed_at: Option<String>,
    pub last_discovery_completed_at_v2: Option<String>,
    pub last_discovery_started_at: Option<String>,
    pub last_discovery_started_at_v2: Option<String>,
    pub last_discovery_status: String,
    pub last_discovery_status_v2: String,
    pub last_updated: Option<String>,
    pub regions: Vec<String>,
}

/// So many of so many.
#[derive(Debug, Deserialize)]
pub struct Progress {
    pub done: i64,
    pub total: i64,
    pub unit: String,
}

/// What uses a cloud.
#[derive(Debug, Deserialize)]
pub struct Client {
    pub client_type: String,
    pub id: String,
    pub name: String,
}

/// A resource of a cloud.
#[derive(Debug, Deserialize)]
pub struct Resource {
    pub account_id: String,
    pub cloud_type: String,
    pub config: Map<String, Value>,
    pub deployment_provider: String,
    pub id: String,
    pub managed: bool,
    #[serde(default)]
    pub managed_by: Vec<Client>,
    pub monthly_cost_estimate: Cost,
    pub name: String,
    pub native_id: String,
    pub observations: BTreeMap<String, Observation>,
    pub provider_ids: Vec<String>,
    pub provider_names_by_id: BTreeMap<String, String>,
    pub region: String,
    pub resource_group: String,
    pub resource_type: String,
    pub sections: Vec<Section>,
    pub state: Map<String, Value>,
    pub tags: BTreeMap<String, String>,
    pub updated_at: String,
    pub url: String,
}

/// An amount of money.
#[derive(Debug, Deserialize)]
pub struct Cost {
    pub currency: String,
    pub monthly_cost: f64,
}

/// When a resource was seen.
#[derive(Debug, Deserialize)]
pub struct Observation {
    pub first_observed_at: String,
    pub last_observed_at: String,
    pub provider_id: String,
    pub resource_id: String,
}

/// A part of what is shown of a resource.
#[derive(Debug, Deserialize)]
pub struct Section {
    pub help_text: Option<String>,
    pub hidden_items: Vec<SectionItem>,
    pub name: String,
    pub visible_items: Vec<SectionItem>,
}

/// A line of it.
#[derive(Debug, Deserialize)]
pub struct SectionItem {
    #[serde(rename = "helpText")]
    pub help_text: Option<String>,
    pub name: Option<String>,
    pub value: Option<ItemValue>,
}

/// Its value: what `item_type` says is there.
#[derive(Debug, Deserialize)]
pub struct ItemValue {
    pub item_type: String,
    pub string: Option<String>,
    pub yaml: Option<String>,
    pub yaml_diff: Option<YamlDiff>,
    pub resource_preview: Option<Preview>,
    pub list: Option<Vec<ItemValue>>,
}

/// Two documents, and how they differ.
#[derive(Debug, Deserialize)]
pub struct YamlDiff {
    pub diff: String,
    pub left_description: String,
    pub left_yaml: String,
    pub right_description: String,
    pub right_yaml: String,
}

/// Another resource, in short.
#[derive(Debug, Deserialize)]
pub struct Preview {
    pub cloud_type: String,
    pub detail: String,
    pub id: String,
    pub name: String,
    pub resource_type: String,
    pub title: String,
}
