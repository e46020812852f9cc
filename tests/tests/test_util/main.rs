//! The feature `test-util`, which applications use in their tests.
//!
//! In: a mock, and a client on it. Out: nothing. Each promise of `cloudflare_magic::testing` is tested here, and each panic.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use cloudflare_magic::api::Account;
use cloudflare_magic::testing::{MockTransport, from_json, json};
use cloudflare_magic::{Pcap, Provider, Resource};

mod failures;
mod matching;
mod report;
mod responses;
mod time;
mod types;
mod values;

/// The account of a client of this mock.
fn account(mock: &MockTransport) -> Account {
    mock.client().account("a1")
}

fn capture(id: &str, status: &str) -> Pcap {
    from_json(json!({"id": id, "type": "simple", "status": status}))
}

fn provider(id: &str) -> Provider {
    from_json(json!({
        "id": id, "cloud_type": "AWS", "friendly_name": "production", "last_updated": "", "lifecycle_state": "ACTIVE",
        "state": "DONE", "state_v2": "DONE",
    }))
}

fn resource(name: &str) -> Resource {
    from_json(json!({
        "account_id": "a1", "cloud_type": "AWS", "config": {}, "deployment_provider": "p1", "id": name, "managed": true,
        "monthly_cost_estimate": {"currency": "USD", "monthly_cost": 1}, "name": name, "native_id": "n", "observations": {},
        "provider_ids": [], "provider_names_by_id": {}, "region": "eu-1", "resource_group": "", "resource_type": "aws_vpc",
        "sections": [], "state": {}, "tags": {}, "updated_at": "2026-07-20T08:00:00Z", "url": "",
    }))
}

/// The message of a panic.
fn panic_of(work: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(work)).unwrap_err();
    payload.downcast_ref::<String>().unwrap().clone()
}

/// The report of a mock that was not used as expected.
fn report(mock: &MockTransport) -> String {
    panic_of(|| mock.verify())
}
