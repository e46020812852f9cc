//! Jobs of CI: the one that notices when the update no longer runs, and the verdict on a pull request.

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

/// The verdict of CI on a branch, as it is commented.
fn verdict(nights: &mut Nights, branch: &str) -> String {
    let values = [
        ("github.head_ref", branch),
        ("github.event_name", "pull_request"),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
    nights.runner.context.extend(values);
    let mut workflow = Workflow::named("ci.yml");
    let jobs = workflow.yaml["jobs"].as_mapping_mut().unwrap();
    jobs.retain(|name, _| name == "verdict");
    let outcome = nights.runner.run(&workflow);
    nights.runner.context.remove("github.head_ref");
    // The version is still to be set, and the comment is made all the same.
    let failed = outcome.failed.unwrap_or_default();
    assert!(failed.starts_with("verdict: Compare: "), "{failed}");
    outcome.outputs.concat()
}

/// A comment holds 65,536 characters, and a variable of a process 128 KB.
#[test]
fn a_report_that_is_too_long_for_a_comment_is_in_the_summary() {
    let Some(mut nights) = Nights::begin() else {
        return;
    };
    nights.upstream("[oak, steel]", "[oak, steel, glass]");
    nights.night("1");
    let short = verdict(&mut nights, "spec-update");
    assert!(short.contains("### Additions (1)"), "{short}");
    let many: String = (0..900).map(|number| format!(", wood-{number}")).collect();
    nights.upstream("glass]", &format!("glass{many}]"));
    nights.night("2");
    let body = nights.things("prs.json")[0]["body"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(body.chars().count() < 65_536 && body.contains("left out here"));
    let long = verdict(&mut nights, "spec-update");
    assert!(
        long.len() < 1_000 && long.starts_with("**Verdict: additive."),
        "{long}"
    );
    assert!(long.contains("the summary of [this run](https://github.com/o/r/actions/runs/1)"));
    let summary = std::fs::read_to_string(nights.runner.path("summary.md")).unwrap();
    assert!(summary.contains("ShelfMaterial::Wood899"));
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
