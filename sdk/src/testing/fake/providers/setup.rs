//! What has to be set up in a cloud before an integration of it can work.

use serde_json::json;

use super::cloud::Cloud;
use super::operations::find;
use super::provider::Provider;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::Failure;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// Reads the set-up of an integration. It stays the same as long as the integration exists.
pub(crate) fn initial_setup(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let provider = find(env, call.id())?;
    let tag = tag(provider);
    let result = match provider.cloud {
        Cloud::Aws => json!({
            "item_type": "aws_trust_policy",
            "aws_trust_policy": trust_policy(&provider.id),
        }),
        Cloud::Azure => json!({
            "item_type": "azure_setup",
            "azure_consent_url": consent_url(&provider.id),
            "integration_identity_tag": tag,
            "tag_cli_command": azure_command(provider, &tag),
        }),
        Cloud::Google | Cloud::Cloudflare => json!({
            "item_type": "gcp_setup",
            "integration_identity_tag": tag,
            "tag_cli_command": google_command(provider, &tag),
        }),
    };
    Ok(Success::ok(result))
}

/// The tag or label that proves that the subscription or project is the user's.
fn tag(provider: &Provider) -> String {
    let digits = provider.id.split('-').next().unwrap_or_default();
    format!("cloudflare-{digits}")
}

/// A policy that lets Cloudflare take on a role. Account and role are made up: those of the service come from the service.
fn trust_policy(id: &str) -> String {
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"AWS": "arn:aws:iam::210987654321:role/cloudflare-fake"},
            "Condition": {"StringEquals": {"sts:ExternalId": id}},
        }],
    });
    format!("{policy:#}\n")
}

fn consent_url(id: &str) -> String {
    format!("https://login.example.com/adminconsent?client_id={id}")
}

fn azure_command(provider: &Provider, tag: &str) -> String {
    let subscription = filled(provider, "azure_subscription_id", "<subscription id>");
    format!(
        "az tag update --operation Merge --resource-id /subscriptions/{subscription} --tags {tag}=true"
    )
}

fn google_command(provider: &Provider, tag: &str) -> String {
    let project = filled(provider, "gcp_project_id", "<project id>");
    format!("gcloud projects update {project} --update-labels={tag}=true")
}

/// A field of the identity, or a blank to fill in.
fn filled<'a>(provider: &'a Provider, field: &str, blank: &'a str) -> &'a str {
    provider.identity.get(field).map_or(blank, String::as_str)
}
