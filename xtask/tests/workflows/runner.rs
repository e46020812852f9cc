//! Runs the scripts of a workflow as GitHub would: each job in a fresh checkout, its steps in order, with their conditions,
//! environments and outputs. Actions are done here: a checkout is a clone, an artifact a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

use crate::expressions::{Context, holds, put_in};
use crate::workflow::Workflow;

/// The programs that a script finds first.
const STUBS: [(&str, &str); 4] = [
    ("cargo", include_str!("stubs/cargo")),
    ("curl", include_str!("stubs/curl")),
    ("gh", include_str!("stubs/gh")),
    ("rustup", include_str!("stubs/rustup")),
];

/// GitHub, as far as the workflows see it.
pub(crate) struct Runner {
    folder: PathBuf,
    /// What `vars`, `inputs`, `github` and the rest hold.
    pub(crate) context: Context,
}

/// What became of a run: the outputs of its jobs, and which job failed with what message.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) ran: Vec<String>,
    pub(crate) failed: Option<String>,
    /// The outputs of the step that failed: other jobs see these too.
    pub(crate) outputs: Vec<String>,
}

impl Runner {
    /// With the repository `origin.git` in `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        let programs = folder.join("programs");
        fs::create_dir_all(&programs).unwrap();
        fs::create_dir_all(folder.join("github/api")).unwrap();
        fs::create_dir_all(folder.join("home")).unwrap();
        for (name, text) in STUBS {
            fs::write(programs.join(name), text).unwrap();
            let mut chmod = Command::new("chmod");
            chmod.arg("755").arg(programs.join(name));
            assert!(chmod.status().unwrap().success());
        }
        let mut context = Context::new();
        for (name, value) in [
            ("github.token", "token"),
            ("github.server_url", "https://github.com"),
            ("github.repository", "o/r"),
            ("github.run_id", "1"),
        ] {
            context.insert(name.to_owned(), value.to_owned());
        }
        let folder = folder.to_owned();
        Self { folder, context }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Runs the jobs of a workflow in the order in which they are written, until one fails.
    pub(crate) fn run(&self, workflow: &Workflow) -> Outcome {
        let mut context = self.context.clone();
        let mut outcome = Outcome::default();
        let global = environment(&workflow.yaml, &context);
        let artifact = self.path("artifact");
        let _ = fs::remove_dir_all(&artifact);
        for (name, job) in workflow.jobs() {
            if job["if"]
                .as_str()
                .is_some_and(|condition| !holds(condition, &context))
            {
                continue;
            }
            outcome.ran.push(name.to_owned());
            let steps = Steps {
                runner: self,
                job,
                global: &global,
            };
            match steps.run(&context) {
                Ok(outputs) => {
                    for (key, value) in outputs {
                        context.insert(format!("needs.{name}.outputs.{key}"), value);
                    }
                }
                Err(said) => {
                    let written = fs::read_to_string(self.path("job/output")).unwrap();
                    let written = outputs(&written).into_iter();
                    outcome.outputs = written.map(|(_, value)| value).collect();
                    outcome.failed = Some(format!("{name}: {said}"));
                    return outcome;
                }
            }
        }
        outcome
    }
}

/// What a step wrote as its outputs: `key=value`, or `key<<end` and lines up to that end.
fn outputs(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let pair = match line.split_once("<<") {
            Some((key, end)) => {
                let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
                (key, value.join("\n"))
            }
            None => {
                let (key, value) = line.split_once('=').expect("key=value");
                (key, value.to_owned())
            }
        };
        found.push((pair.0.to_owned(), pair.1));
    }
    found
}

/// The values of `env`.
fn environment(node: &Value, context: &Context) -> BTreeMap<String, String> {
    let Some(pairs) = node["env"].as_mapping() else {
        return BTreeMap::new();
    };
    let pair = |(key, value): (&Value, &Value)| {
        let value = put_in(value.as_str().expect("a text in env"), context);
        (key.as_str().unwrap().to_owned(), value)
    };
    pairs.iter().map(pair).collect()
}

/// The steps of one job.
struct Steps<'a> {
    runner: &'a Runner,
    job: &'a Value,
    global: &'a BTreeMap<String, String>,
}

impl Steps<'_> {
    /// The outputs of the job; an error where a step fails.
    fn run(&self, context: &Context) -> Result<BTreeMap<String, String>, String> {
        let place = self.runner.path("job");
        let _ = fs::remove_dir_all(&place);
        for folder in ["workspace", "temp"] {
            fs::create_dir_all(place.join(folder)).unwrap();
        }
        let mut context = context.clone();
        let temp = place.join("temp").to_string_lossy().into_owned();
        context.insert("runner.temp".to_owned(), temp);
        for step in self.job["steps"].as_sequence().unwrap() {
            let condition = step["if"].as_str();
            if condition.is_some_and(|condition| !holds(condition, &context)) {
                continue;
            }
            match step["run"].as_str() {
                Some(script) => self.script(step, script, &place, &mut context)?,
                None => self.action(step, &place, &context),
            }
        }
        let outputs = self.job["outputs"].as_mapping().cloned();
        let output = |(key, value): (Value, Value)| {
            let value = put_in(value.as_str().unwrap(), &context);
            (key.as_str().unwrap().to_owned(), value)
        };
        Ok(outputs.into_iter().flatten().map(output).collect())
    }

    fn script(
        &self,
        step: &Value,
        script: &str,
        place: &Path,
        context: &mut Context,
    ) -> Result<(), String> {
        let output = place.join("output");
        fs::write(&output, "").unwrap();
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(place.join("workspace"))
            .envs(self.runner.base(place))
            .envs(self.global)
            .envs(environment(self.job, context))
            .envs(environment(step, context));
        let done = command.output().unwrap();
        if !done.status.success() {
            let said = [done.stdout, done.stderr].concat();
            let name = step["name"].as_str().unwrap_or_default();
            return Err(format!("{name}: {}", String::from_utf8_lossy(&said)));
        }
        if let Some(id) = step["id"].as_str() {
            for (key, value) in outputs(&fs::read_to_string(output).unwrap()) {
                context.insert(format!("steps.{id}.outputs.{key}"), value);
            }
        }
        Ok(())
    }

    /// The few actions that are used.
    fn action(&self, step: &Value, place: &Path, context: &Context) {
        let action = step["uses"].as_str().unwrap();
        let artifact = self.runner.path("artifact");
        let workspace = place.join("workspace");
        let path = || put_in(step["with"]["path"].as_str().unwrap(), context);
        let name = action.split('@').next().unwrap();
        match name {
            "actions/checkout" => {
                let origin = self.runner.path("origin.git");
                let mut clone = Command::new("git");
                clone.args(["clone", "--quiet"]).arg(origin).arg(&workspace);
                if let Some(branch) = context.get("github.head_ref") {
                    clone.args(["--branch", branch]);
                }
                run(clone.envs(self.runner.base(place)));
            }
            "actions/upload-artifact" => {
                run(Command::new("cp")
                    .arg("-r")
                    .arg(workspace.join(path()))
                    .arg(artifact));
            }
            "actions/download-artifact" => {
                run(Command::new("cp").arg("-r").arg(artifact).arg(path()));
            }
            other => panic!("{other} is not known here"),
        }
    }
}

impl Runner {
    /// What every script finds in its environment.
    fn base(&self, place: &Path) -> Vec<(String, String)> {
        let path = std::env::var("PATH").unwrap();
        let programs = self.path("programs");
        let shown = |path: PathBuf| path.to_string_lossy().into_owned();
        let pairs = [
            ("PATH", format!("{}:{path}", programs.display())),
            ("HOME", shown(self.path("home"))),
            ("GIT_CONFIG_NOSYSTEM", "1".to_owned()),
            ("GIT_CEILING_DIRECTORIES", shown(self.folder.clone())),
            ("GH_STATE", shown(self.path("github"))),
            ("UPSTREAM_DOCUMENT", shown(self.path("upstream.yaml"))),
            ("XTASK", env!("CARGO_BIN_EXE_xtask").to_owned()),
            ("RUNNER_TEMP", shown(place.join("temp"))),
            ("GITHUB_OUTPUT", shown(place.join("output"))),
            ("GITHUB_STEP_SUMMARY", shown(self.path("summary.md"))),
        ];
        let owned = pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        owned.collect()
    }

    /// Git, as a person or a test uses it.
    pub(crate) fn git(&self, folder: &Path, arguments: &[&str]) -> String {
        let who = [
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.com",
            "-c",
            "init.defaultBranch=main",
        ];
        let mut git = Command::new("git");
        git.envs(self.base(folder)).arg("-C").arg(folder);
        run(git.args(who).args(arguments))
    }
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
