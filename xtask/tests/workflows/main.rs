//! The workflows under `.github`, as far as a machine without GitHub can tell: they are sound YAML, ask for no more rights than
//! they need, run nothing that can change under them, and call commands that exist.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it could not do by failing"
)]

mod ci;
mod expressions;
mod nights;
mod runner;
mod script;
mod update;
mod workflow;

use std::fs;
use std::process::Command;

use crate::workflow::{Workflow, all};

#[test]
fn actions_are_pinned_by_hash_with_their_version_beside() {
    let mut found = 0;
    for workflow in all() {
        for line in workflow.text.lines() {
            let Some((_, action)) = line.split_once("uses: ") else {
                continue;
            };
            found += 1;
            assert!(is_pinned(action), "{}: {line}", workflow.name);
        }
    }
    assert!(found > 3, "only {found} actions");
}

#[test]
fn an_action_by_tag_is_not_pinned() {
    assert!(!is_pinned("actions/checkout@v4"));
    assert!(!is_pinned("actions/checkout@v4 # v4.2.2"));
    assert!(!is_pinned(
        "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683"
    ));
}

/// `owner/name@<40 hex digits> # v<version>`.
fn is_pinned(action: &str) -> bool {
    let Some((action, version)) = action.split_once(" # v") else {
        return false;
    };
    let hash = action.split_once('@').map_or("", |(_, hash)| hash);
    let is_hex = |letter: char| letter.is_ascii_digit() || ('a'..='f').contains(&letter);
    hash.len() == 40 && hash.chars().all(is_hex) && version.split('.').count() == 3
}

/// How a script would run what the repository holds.
const CODE: [&str; 8] = [
    "cargo ", ".ci/", "./", "source ", "bash ", "python", "node ", "make ",
];

#[test]
fn rights_are_few_and_never_beside_the_code_of_a_pull_request() {
    for workflow in all() {
        let rights = &workflow.yaml["permissions"];
        let all_read = |(_, right): (_, &serde_yaml::Value)| right == "read";
        let rights = rights.as_mapping().expect("rights of the workflow");
        assert!(rights.iter().all(all_read), "{}", workflow.name);
        for (job, yaml) in workflow.jobs() {
            let Some(rights) = yaml["permissions"].as_mapping() else {
                continue;
            };
            let writes = !rights.iter().all(all_read);
            let runs_code = workflow
                .scripts_of(job)
                .any(|script| CODE.iter().any(|code| script.contains(code)));
            assert!(!(writes && runs_code), "{}: {job}", workflow.name);
        }
    }
}

#[test]
fn checkouts_leave_no_token_behind() {
    for workflow in all() {
        for step in workflow.steps() {
            let action = step["uses"].as_str().unwrap_or_default();
            if action.starts_with("actions/checkout@") {
                let kept = &step["with"]["persist-credentials"];
                assert_eq!(kept.as_bool(), Some(false), "{}", workflow.name);
            }
        }
    }
}

#[test]
fn jobs_end_by_themselves() {
    for workflow in all() {
        for (job, yaml) in workflow.jobs() {
            let limit = yaml["timeout-minutes"].as_u64();
            assert!(
                limit.is_some_and(|minutes| minutes <= 90),
                "{}: {job}",
                workflow.name
            );
        }
    }
}

/// What somebody else can write, such as the title of a pull request, reaches a script through its environment only.
#[test]
fn scripts_hold_no_expressions() {
    for workflow in all() {
        for script in workflow.scripts() {
            assert!(!script.contains("${{"), "{}: {script}", workflow.name);
        }
    }
}

#[test]
fn scripts_are_sound() {
    for workflow in all() {
        assert_eq!(
            workflow.yaml["defaults"]["run"]["shell"], "bash",
            "{}",
            workflow.name
        );
        for script in workflow.scripts() {
            if let Some(fault) = script::fault(script) {
                panic!("{}: {fault}\n{script}", workflow.name);
            }
        }
    }
}

#[test]
fn the_commands_exist_with_the_flags_that_are_given() {
    let mut found = Vec::new();
    for workflow in all() {
        for mut words in workflow.scripts().flat_map(script::xtask_commands) {
            // What the shell puts in has the form that the flag wants.
            for word in words.iter_mut().filter(|word| *word == "$DATE") {
                "2026-01-01".clone_into(word);
            }
            // clap reads the flags before it prints the help.
            let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
                .args(&words)
                .arg("--help")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success(),
                "{}: {words:?}\n{said}",
                workflow.name
            );
            found.push(words.iter().take(2).cloned().collect::<Vec<_>>().join(" "));
        }
        for script in workflow
            .scripts()
            .filter(|script| script.contains(".ci/run"))
        {
            assert_eq!(script.trim(), ".ci/run");
        }
    }
    for expected in ["spec update", "spec diff", "codegen --check"] {
        assert!(
            found.iter().any(|one| one == expected),
            "{expected}: {found:?}"
        );
    }
}

/// cargo shows its progress on the error stream; what a script reads is the command's alone.
#[test]
fn scripts_read_the_output_stream_alone() {
    let config = fs::read_to_string(workflow::root().join(".cargo/config.toml")).unwrap();
    assert!(
        config.contains("\nxtask = \"run --package xtask --\"\n"),
        "{config}"
    );
    let checks = fs::read_to_string(workflow::root().join(".ci/run")).unwrap();
    let workflows = all();
    let scripts = workflows.iter().flat_map(Workflow::scripts);
    for script in scripts.chain([checks.as_str()]) {
        for line in script.lines().filter(|line| line.contains("cargo xtask")) {
            let is_mixed = ["2>&1", "&>", "|&"].iter().any(|mix| line.contains(mix));
            assert!(!is_mixed, "{line}");
        }
    }
}

#[test]
fn a_flag_that_does_not_exist_is_found() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--chekc", "--help"])
        .output()
        .unwrap();
    assert!(!output.status.success());
}

#[test]
fn the_update_runs_daily_and_by_hand_and_one_at_a_time() {
    let workflow = Workflow::named("spec-update.yml");
    // `on` is true to YAML 1.1 and a word to 1.2.
    let on = workflow.yaml.get("on").expect("triggers");
    let cron = on["schedule"][0]["cron"].as_str().expect("a schedule");
    let fields: Vec<&str> = cron.split(' ').collect();
    assert_eq!(fields.len(), 5, "{cron}");
    assert_eq!(fields[2..], ["*", "*", "*"], "{cron} is not daily");
    assert!(on.get("workflow_dispatch").is_some());
    assert!(workflow.yaml["concurrency"]["group"].is_string());
}

#[test]
fn actionlint_has_nothing_to_say_where_it_is_installed() {
    let Ok(output) = Command::new("actionlint")
        .current_dir(workflow::root())
        .output()
    else {
        println!("actionlint is not installed");
        return;
    };
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&said)
    );
}
