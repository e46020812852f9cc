//! The feature `test-util`: what applications test themselves with.
//!
//! In: a mock, and a client on it. Out: nothing. Each promise of `cloudflare_magic::testing` is kept here, refusals included.

#![allow(clippy::unwrap_used, reason = "a test ends where its expectation does")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use cloudflare_magic::api::Account;
use cloudflare_magic::testing::{MockTransport, from_json, json};
use cloudflare_magic::{Pcap, Provider, Resource};

mod answers;
mod failures;
mod matching;
mod time;
mod types;
mod values;
mod verdict;

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

/// What a panic says.
fn panic_of(work: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(work)).unwrap_err();
    payload.downcast_ref::<String>().unwrap().clone()
}

/// What a mock has to say of how it was used.
fn verdict(mock: &MockTransport) -> String {
    panic_of(|| mock.verify())
}
