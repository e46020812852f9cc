//! The on-ramp from its design to its use, against a service whose state advances with each poll.
//!
//! In: the states that it passes through. Out: nothing.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tests::server::Server;

use crate::{failure, printed, requests, run, service};

const ID: &str = "70eb9a0a-9626-4ae6-85e8-18fac0433cbd";
const ARGUMENTS: [&str; 3] = ["AWS", "frankfurt", "1919e93a-d117-45ad-8988-93101c593af5"];

/// A service where the on-ramp is in the next of these states at each poll, and stays in the last.
async fn moving_on(states: &'static [&'static str]) -> Server {
    let polls = AtomicUsize::new(0);
    service::start(move |operation| {
        if operation.id != "onramps-read" {
            return None;
        }
        let poll = polls.fetch_add(1, Ordering::Relaxed);
        let state = states.get(poll).or(states.last()).unwrap();
        let mut onramp = service::envelope("onramps-read");
        onramp["result"]["status"]["lifecycle_state"] = json!(state);
        if state.ends_with("Failed") {
            let reason =
                json!({"code": 2009, "message": "no such route table", "meta": {"trace_id": "t1"}});
            onramp["result"]["status"]["lifecycle_errors"] = json!({"aws": reason});
        }
        Some(onramp)
    })
    .await
}

#[tokio::test]
async fn onramp_goes_from_the_design_to_its_use() {
    let server = moving_on(&[
        "OnrampPlanning",
        "OnrampPendingApproval",
        // The plan is read.
        "OnrampPendingApproval",
        "OnrampApplying",
        "OnrampActive",
    ]);
    let server = server.await;
    let output = run(&server, "onramp", &ARGUMENTS, "yes\n").await;
    assert_eq!(
        printed(&output),
        format!(
            "The on-ramp {ID} is created.\n\
             update aws_vpc production (192.0.2.0/24 in eu-central-1)\n\
             A month costs 36.50 USD, +36.50 by this plan.\n\
             Apply it? (yes)\n\
             The on-ramp {ID} is active.\n"
        )
    );
    let progress = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        progress.lines().collect::<Vec<_>>(),
        [
            "OnrampApplying: 4 of 12 steps",
            "OnrampActive: 4 of 12 steps"
        ]
    );
    let body = r#"{"cloud_type":"AWS","dynamic_routing":false,"install_routes_in_cloud":true,"install_routes_in_magic_wan":true,"name":"frankfurt","type":"OnrampTypeSingle","vpc":"1919e93a-d117-45ad-8988-93101c593af5"}"#;
    let poll = format!("GET magic/cloud/onramps/{ID}?status=true");
    assert_eq!(
        requests(&server),
        [
            format!("POST magic/cloud/onramps {body}"),
            format!("POST magic/cloud/onramps/{ID}/plan"),
            poll.clone(),
            poll.clone(),
            format!("GET magic/cloud/onramps/{ID}?planned_resources=true"),
            format!("POST magic/cloud/onramps/{ID}/apply"),
            poll.clone(),
            poll,
        ]
    );
}

#[tokio::test]
async fn onramp_applies_nothing_without_a_yes() {
    let server = moving_on(&["OnrampPendingApproval"]).await;
    let output = run(&server, "onramp", &ARGUMENTS, "no\n").await;
    assert!(printed(&output).ends_with("The on-ramp stays as a design.\n"));
    let requests = requests(&server);
    assert!(
        !requests.iter().any(|line| line.contains("apply")),
        "{requests:?}"
    );
}

#[tokio::test]
async fn onramp_prints_why_the_plan_failed() {
    let server = moving_on(&["OnrampPlanning", "OnrampPlanFailed"]).await;
    let output = run(&server, "onramp", &ARGUMENTS, "yes\n").await;
    let text = failure(&output);
    assert!(
        text.contains("`OnrampPlanFailed`: [2009] no such route table"),
        "{text}"
    );
    assert!(text.contains("trace id t1"), "{text}");
    assert!(
        text.ends_with("Fix the reported causes, then plan again.\n"),
        "{text}"
    );
}

/// A response that cannot be read does not show what the service did.
#[tokio::test]
async fn onramp_prints_that_it_may_have_been_processed() {
    let server = service::start(|operation| (operation.id == "onramps-create").then(|| json!(1)));
    let server = server.await;
    let output = run(&server, "onramp", &ARGUMENTS, "").await;
    let text = failure(&output);
    assert!(
        text.ends_with(
            "The request may have been processed: check the current state before you try again.\n"
        ),
        "{text}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn onramp_prints_its_usage() {
    let server = service::start(|_| None).await;
    let output = run(&server, "onramp", &ARGUMENTS[..2], "").await;
    assert_eq!(
        failure(&output),
        "usage: onramp AWS|AZURE|GOOGLE <name> <id of the VPC>\n"
    );
    assert_eq!(server.requests(), []);
}
