//! The cases of all operations against the fake, which has what their paths name.
//!
//! In: one case per operation, with the id of an item of the fake in place of the case's own. Out: nothing; a case whose body names what
//! the fake cannot have, or asks for what excludes itself, has its refusal in a table.

use std::collections::BTreeSet;

use cloudflare_magic::testing::{FakeService, json};

use crate::assert_none;
use crate::case::ACCOUNT;

/// What the fake refuses of the cases, with the status and the reason.
const REFUSED: [(&str, u16, &str); 10] = [
    (
        "magic-pcap-collection-create-pcap-request",
        422,
        "its moment is not within the last 24 hours",
    ),
    (
        "magic-pcap-collection-stop-full-pcap",
        422,
        "the capture of the fake is a simple one",
    ),
    (
        "providers-update",
        422,
        "the body has the identities of three clouds",
    ),
    (
        "providers-patch",
        422,
        "the body has the identities of three clouds",
    ),
    ("providers-delete", 400, "the integration is in use"),
    ("onramps-create", 422, "the body has both a VPC and a hub"),
    ("onramps-update", 422, "the body has both a VPC and a hub"),
    ("onramps-patch", 422, "the body has both a VPC and a hub"),
    ("onramps-apply", 409, "the on-ramp is active"),
    (
        "resources-catalog-policy-preview",
        501,
        "the fake runs no Rego",
    ),
];

/// A fake with a bucket, captures, an integration, an on-ramp and a sync.
fn seeded() -> FakeService {
    let capture =
        json!({"type": "simple", "system": "magic-transit", "packet_limit": 10, "time_limit": 60});
    let onramp = json!({"name": "frankfurt", "cloud_type": "AWS", "type": "OnrampTypeSingle", "vpc": "production",
        "dynamic_routing": false, "install_routes_in_cloud": true, "install_routes_in_magic_wan": true});
    let sync = json!({"name": "all", "destination_type": "NONE", "update_mode": "MANUAL"});
    let role = "arn:aws:iam::123456789012:role/cloudflare";
    let data = json!({ACCOUNT: {
        "buckets": ["gs://captures"],
        "captures": [capture],
        "providers": [{"cloud_type": "AWS", "friendly_name": "production", "aws_arn": role}],
        "onramps": [onramp],
        "catalog_syncs": [sync],
    }});
    FakeService::builder().data(&data).build()
}

/// The id of an item of the kind that the operation's path names.
async fn id_for(fake: &FakeService, operation: &str) -> String {
    let account = fake.client().account(ACCOUNT);
    let cloud = account.magic_cloud();
    match operation {
        _ if operation.contains("bucket") => account.pcaps().ownership().list().await.unwrap()[0]
            .id
            .to_string(),
        _ if operation.contains("pcap") => account.pcaps().list().await.unwrap()[0]
            .id()
            .unwrap()
            .to_string(),
        _ if operation.starts_with("providers") => {
            cloud.providers().list().await.unwrap()[0].id.to_string()
        }
        _ if operation.starts_with("onramps") => {
            cloud.onramps().list().await.unwrap()[0].id.to_string()
        }
        _ if operation.starts_with("catalog") => cloud.catalog_syncs().list().await.unwrap()[0]
            .id
            .to_string(),
        _ => cloud.resources().list().await.unwrap().items[0]
            .id
            .to_string(),
    }
}

#[tokio::test]
async fn the_cases_of_all_operations_run_against_the_fake() {
    let (mut found, mut refused) = (Vec::new(), BTreeSet::new());
    for case in crate::cases() {
        let fake = seeded();
        let id = id_for(&fake, case.operation).await.leak();
        let account = fake.client().account(ACCOUNT);
        let Err(error) = (case.call)(account, id).await else {
            continue;
        };
        let status = error.status().map(|status| status.as_u16());
        let is_it = |(operation, code, _): &&(&str, u16, &str)| {
            *operation == case.operation && Some(*code) == status
        };
        match REFUSED.iter().find(is_it) {
            Some((operation, ..)) => refused.extend([*operation]),
            None => found.push(format!("{}: {error}", case.operation)),
        }
    }
    let idle = REFUSED
        .iter()
        .filter(|(operation, ..)| !refused.contains(operation));
    found.extend(idle.map(|(operation, ..)| format!("{operation}: not refused any more")));
    assert_none(&found);
}
