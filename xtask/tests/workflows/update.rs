//! Nights of `spec-update.yml`, with people between them.

use std::fs;

use crate::nights::{Nights, text};
use crate::workflow::Workflow;

/// What upstream's document says of the material of a shelf.
const MATERIALS: &str = "[oak, steel]";

#[test]
fn a_night_without_news_does_nothing_and_one_with_news_proposes_once() {
    let Some(nights) = Nights::begin() else {
        return;
    };
    nights.night("1");
    assert_eq!(nights.changes(), [""; 0]);
    assert_eq!(nights.names(), ["main"]);
    nights.upstream(MATERIALS, "[oak, steel, glass]");
    nights.night("2");
    assert_eq!(nights.changes(), ["pr create", "workflow run"]);
    assert_eq!(nights.names(), ["main", "spec-update"]);
    let pulls = nights.things("prs.json");
    assert_eq!(text(&pulls[0], "title"), "spec: ShelfMaterial::Glass added");
    assert_eq!(pulls[0]["labels"][0], "spec: additive");
    assert!(text(&pulls[0], "body").contains("/o/r/actions/runs/1"));
    let before = nights.branches();
    // Upstream moves elsewhere only.
    nights.upstream("paths:\n", "paths:\n  /zones: {}\n");
    nights.night("3");
    assert_eq!(nights.changes(), [""; 0]);
    assert_eq!(nights.branches(), before);
    // And then again here: the branch is the workflow's alone.
    nights.upstream("glass]", "glass, paper]");
    nights.night("4");
    assert_eq!(
        nights.changes(),
        ["pr edit", "pr edit", "pr edit", "pr edit", "workflow run"]
    );
    assert_eq!(nights.names(), ["main", "spec-update"]);
    assert_ne!(nights.branches(), before);
    assert!(text(&nights.things("prs.json")[0], "title").contains("and 1 more"));
}

#[test]
fn commits_of_people_stay_and_a_branch_of_another_day_takes_what_is_new() {
    let Some(nights) = Nights::begin() else {
        return;
    };
    nights.upstream(MATERIALS, "[oak, steel, glass]");
    nights.night("1");
    nights.person_works_on("spec-update", "CHANGELOG.md", "By hand.\n");
    let held = nights.tip("spec-update");
    nights.changes();
    // The same slice: whoever works on it is left alone.
    nights.night("2");
    assert_eq!(nights.changes(), [""; 0]);
    assert_eq!(nights.names(), ["main", "spec-update"]);
    nights.upstream("glass]", "glass, paper]");
    nights.night("3");
    assert_eq!(
        nights.changes(),
        ["pr create", "pr comment", "workflow run"]
    );
    assert_eq!(nights.tip("spec-update"), held);
    let dated = nights.names().pop().unwrap();
    let day = dated.strip_prefix("spec-update-").expect("a dated branch");
    assert_eq!(day.split('-').count(), 3, "{dated}");
    let pulls = nights.things("prs.json");
    assert_eq!(pulls.len(), 2);
    assert!(text(&pulls[1], "body").contains("`spec-update` holds commits of others"));
    assert!(pulls[0]["comments"][0].as_str().unwrap().contains("/pr/2"));
    // The next one refreshes the dated one.
    nights.upstream("paper]", "paper, felt]");
    nights.night("4");
    assert_eq!(nights.names(), ["main", "spec-update", dated.as_str()]);
    assert_eq!(nights.things("prs.json").len(), 2);
    assert_eq!(nights.tip("spec-update"), held);
    // Somebody works on that one too.
    nights.person_works_on(&dated, "CHANGELOG.md", "By hand.\n");
    let also_held = nights.tip(&dated);
    nights.upstream("felt]", "felt, wool]");
    nights.night("5");
    assert_eq!(
        (nights.tip("spec-update"), nights.tip(&dated)),
        (held, also_held)
    );
    assert_eq!(nights.names().len(), 4);
    assert_eq!(nights.things("prs.json").len(), 3);
}

#[test]
fn a_commit_that_a_person_amended_is_a_persons() {
    let Some(nights) = Nights::begin() else {
        return;
    };
    nights.upstream(MATERIALS, "[oak, steel, glass]");
    nights.night("1");
    let clone = nights.path("person");
    let git = |arguments: &[&str]| nights.runner.git(&clone, arguments);
    let words = [
        "clone",
        "--quiet",
        "--branch",
        "spec-update",
        "origin.git",
        "person",
    ];
    nights.runner.git(nights.folder.path(), &words);
    git(&["commit", "--quiet", "--amend", "--no-edit", "--allow-empty"]);
    git(&["push", "--quiet", "--force", "origin", "spec-update"]);
    let amended = nights.tip("spec-update");
    nights.upstream("glass]", "glass, paper]");
    nights.night("2");
    assert_eq!(nights.tip("spec-update"), amended);
    assert_eq!(nights.names().len(), 3);
}

#[test]
fn a_branch_whose_slice_was_merged_is_free_again() {
    let Some(nights) = Nights::begin() else {
        return;
    };
    nights.upstream(MATERIALS, "[oak, steel, glass]");
    nights.night("1");
    nights.person_merges("spec-update");
    nights.changes();
    nights.night("2");
    assert_eq!(nights.changes(), [""; 0]);
    nights.upstream("glass]", "glass, paper]");
    nights.night("3");
    assert_eq!(nights.changes(), ["pr create", "workflow run"]);
    assert_eq!(nights.names(), ["main", "spec-update"]);
    nights.person_merges("spec-update");
    // Upstream goes back to what main had before.
    nights.upstream(", paper]", "]");
    nights.changes();
    nights.night("4");
    assert_eq!(nights.changes(), ["pr create", "workflow run"]);
}

#[test]
fn a_push_between_the_look_and_the_push_is_not_lost() {
    let Some(nights) = Nights::begin() else {
        return;
    };
    nights.upstream(MATERIALS, "[oak, steel, glass]");
    nights.night("1");
    nights.upstream("glass]", "glass, paper]");
    let workflow = Workflow::named("spec-update.yml");
    // The same script, with somebody who pushes in the middle of the step before it.
    let mut late = workflow;
    let steps = late.yaml["jobs"]["propose"]["steps"]
        .as_sequence_mut()
        .unwrap();
    let push = steps
        .iter_mut()
        .find(|step| step["name"] == "Push")
        .unwrap();
    let script = push["run"].as_str().unwrap();
    let person = "git -C \"$HOME/../origin.git\" update-ref refs/heads/spec-update main\n";
    push["run"] = format!("{person}{script}").into();
    let outcome = nights.runner.run(&late);
    assert!(outcome.failed.unwrap().contains("stale info"));
    assert_eq!(nights.tip("spec-update"), nights.tip("main"));
}

#[test]
fn a_closed_pull_request_is_not_opened_again_and_refresh_does_it() {
    let Some(mut nights) = Nights::begin() else {
        return;
    };
    nights.upstream(MATERIALS, "[oak, steel, glass]");
    nights.night("1");
    let pulls = nights.path("github/prs.json");
    let closed = fs::read_to_string(&pulls)
        .unwrap()
        .replace("OPEN", "CLOSED");
    fs::write(pulls, closed).unwrap();
    nights.changes();
    nights.night("2");
    assert_eq!(nights.changes(), [""; 0]);
    let refresh = ("inputs.refresh".to_owned(), "true".to_owned());
    nights.runner.context.extend([refresh]);
    nights.night("3");
    assert_eq!(nights.changes(), ["pr create", "workflow run"]);
}

#[test]
fn a_refused_update_opens_one_issue_keeps_it_true_and_closes_it() {
    let Some(nights) = Nights::begin() else {
        return;
    };
    nights.upstream("type: number", "type: integer");
    nights.night("1");
    assert_eq!(nights.changes(), ["issue create"]);
    assert_eq!(nights.names(), ["main"]);
    let issue = nights.things("issues.json").pop().unwrap();
    assert_eq!(text(&issue, "title"), "Spec update refused: 1 to correct");
    for part in [
        "spec/overlay.yaml:",
        "cargo xtask spec update --date 2026-08-01 --body target/body.md",
        "https://raw.githubusercontent.com/cloudflare/api-schemas/1111",
        "/o/r/actions/runs/1",
    ] {
        assert!(text(&issue, "body").contains(part), "{part}: {issue:?}");
    }
    // Another commit of upstream, the same report.
    nights.upstream("paths:\n", "paths:\n  /zones: {}\n");
    nights.night("2");
    assert_eq!(nights.changes(), [""; 0]);
    // Another report.
    nights.upstream("width:", "girth:");
    nights.night("3");
    assert_eq!(nights.changes(), ["issue edit", "issue comment"]);
    assert_eq!(nights.things("issues.json").len(), 1);
    nights.upstream("girth:", "width:");
    nights.upstream(
        "type: integer\n          description: How",
        "type: number\n          description: How",
    );
    nights.night("4");
    assert_eq!(nights.changes(), ["issue close"]);
    assert_eq!(text(&nights.things("issues.json")[0], "state"), "CLOSED");
    // Refused as before: what was closed as done is a new issue.
    nights.upstream(
        "type: number\n          description: How",
        "type: integer\n          description: How",
    );
    nights.night("5");
    assert_eq!(nights.changes(), ["issue create"]);
    // Somebody does not want it, and is asked no more.
    nights.person_closes_issue();
    nights.night("6");
    assert_eq!(nights.changes(), [""; 0]);
}

#[test]
fn another_upstream_is_a_variable() {
    let Some(mut nights) = Nights::begin() else {
        return;
    };
    let asset = |tag: &str| {
        format!("https://github.com/cloudflare/forge/releases/download/{tag}/openapi.forge.json")
    };
    let release = |tag: &str, day: &str, name: &str| {
        format!(
            r#"{{"tag_name": "{tag}", "draft": false, "published_at": "{day}T00:00:00Z",
                "assets": [{{"name": "{name}", "browser_download_url": "{}"}}]}}"#,
            asset(tag)
        )
    };
    let releases = [
        release("cli-v9", "2026-08-09", "openapi.forge.json"),
        release("openapi.v20260802.1", "2026-08-02", "openapi.forge.json"),
        release("openapi@abc", "2026-08-01", "openapi.forge.json"),
        release("openapi.v20260803.1", "2026-08-03", "other.json"),
    ];
    nights.api(
        "repos/cloudflare/forge/releases?per_page=100",
        &format!("[{}]", releases.join(",")),
    );
    let variable = |value: &str| [("vars.SPEC_UPSTREAM".to_owned(), value.to_owned())];
    nights.runner.context.extend(variable("cloudflare/forge"));
    nights.upstream(MATERIALS, "[oak, steel, glass]");
    nights.night("1");
    let pull = nights.things("prs.json").pop().unwrap();
    let body = text(&pull, "body");
    assert!(body.contains("releases/tag/openapi.v20260802.1"), "{body}");
    let fetched = fs::read_to_string(nights.path("github/fetched")).unwrap();
    assert_eq!(fetched.trim(), asset("openapi.v20260802.1"));
    nights.runner.context.extend(variable("o/other"));
    let outcome = nights.runner.run(&Workflow::named("spec-update.yml"));
    assert!(outcome.failed.unwrap().contains("neither"));
}
