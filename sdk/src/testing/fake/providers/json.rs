//! An integration as JSON.

use serde_json::{Value, json};

use super::client::Client;
use super::provider::{CredentialState, Credentials, Discovery, Provider};
use crate::testing::fake::account::Account;
use crate::testing::fake::moment::Moment;
use crate::testing::fake::onramps;

/// An integration as the document's `mcn_provider`, with its status if that was asked for.
pub(crate) fn provider(account: &Account, of: &Provider, with_status: bool) -> Value {
    let mut json = json!({
        "id": of.id,
        "cloud_type": of.cloud.name(),
        "friendly_name": of.friendly_name,
        "last_updated": of.last_updated.text(),
        "lifecycle_state": of.lifecycle,
        "state": of.v1.status,
        "state_v2": of.v2.status,
    });
    if let Some(description) = &of.description {
        json["description"] = Value::from(description.as_str());
    }
    for (field, value) in &of.identity {
        json[field] = Value::from(value.as_str());
    }
    if with_status {
        json["status"] = status(account, of);
    }
    json
}

/// The document's `mcn_provider_status`.
fn status(account: &Account, of: &Provider) -> Value {
    let clients = onramps::clients_of_provider(account, &of.id);
    let since = |state| since(&of.credentials, state);
    json!({
        "credentials_good_since": since(CredentialState::Good),
        "credentials_missing_since": since(CredentialState::Missing),
        "credentials_rejected_since": since(CredentialState::Rejected),
        "discovery_message": of.v1.message,
        "discovery_message_v2": of.v2.message,
        "discovery_progress": progress(&of.v1),
        "discovery_progress_v2": progress(&of.v2),
        "in_use_by": clients.iter().map(Client::json).collect::<Vec<_>>(),
        "last_discovery_completed_at": text(of.v1.completed),
        "last_discovery_completed_at_v2": text(of.v2.completed),
        "last_discovery_started_at": text(of.v1.started),
        "last_discovery_started_at_v2": text(of.v2.started),
        "last_discovery_status": of.v1.status,
        "last_discovery_status_v2": of.v2.status,
        "last_updated": of.last_updated.text(),
        "regions": of.regions,
    })
}

/// Since when the credentials are in this state; empty if they are not.
fn since(credentials: &Credentials, state: CredentialState) -> String {
    let in_it = credentials.state == state;
    text(in_it.then_some(credentials.since))
}

fn progress(discovery: &Discovery) -> Value {
    json!({"done": discovery.done, "total": discovery.total, "unit": "regions"})
}

fn text(moment: Option<Moment>) -> String {
    moment.map(Moment::text).unwrap_or_default()
}
