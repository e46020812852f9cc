//! The job of CI that notices when the update no longer runs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::nights::Nights;
use crate::runner::Outcome;
use crate::workflow::Workflow;

const RUNS: &str =
    "repos/o/r/actions/workflows/spec-update.yml/runs?event=schedule&status=success&per_page=1";

/// What the job says where the workflow is in `state`, came `created` days ago, and passed `ran` days ago.
fn look(nights: &mut Nights, event: &str, state: &str, created: u64, ran: Option<u64>) -> Outcome {
    let about = format!(
        r#"{{"state": "{state}", "created_at": "{}"}}"#,
        day(created)
    );
    nights.api("repos/o/r/actions/workflows/spec-update.yml", &about);
    let run = ran.map(|days| format!(r#"{{"created_at": "{}"}}"#, day(days)));
    let runs = format!(r#"{{"workflow_runs": [{}]}}"#, run.unwrap_or_default());
    nights.api(RUNS, &runs);
    let values = [
        ("github.event.repository.fork", "false"),
        ("github.event_name", event),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
    nights.runner.context.extend(values);
    let mut workflow = Workflow::named("ci.yml");
    let jobs = workflow.yaml["jobs"].as_mapping_mut().unwrap();
    jobs.retain(|name, _| name == "update-runs");
    nights.runner.run(&workflow)
}

/// Some days ago, in a form that `date` reads.
fn day(ago: u64) -> String {
    let then = SystemTime::now() - Duration::from_secs(ago * 86_400);
    format!("@{}", then.duration_since(UNIX_EPOCH).unwrap().as_secs())
}

#[test]
fn an_update_that_no_longer_runs_is_noticed() {
    let Some(mut nights) = Nights::begin() else {
        return;
    };
    for (event, state, created, ran, fails) in [
        ("push", "active", 400, Some(1), false),
        ("push", "active", 2, None, false),
        ("push", "active", 400, None, true),
        ("push", "active", 400, Some(9), true),
        ("push", "disabled_inactivity", 400, Some(1), true),
        ("workflow_dispatch", "disabled_manually", 400, Some(1), true),
        ("pull_request", "disabled_inactivity", 400, Some(61), false),
    ] {
        let outcome = look(&mut nights, event, state, created, ran);
        assert_eq!(outcome.ran, ["update-runs"]);
        assert_eq!(
            outcome.failed.is_some(),
            fails,
            "{state} {ran:?}: {outcome:?}"
        );
        if let Some(said) = outcome.failed {
            assert!(
                said.contains("::error title=spec-update.yml does not run::"),
                "{said}"
            );
            assert!(said.contains(state), "{said}");
        }
    }
}
