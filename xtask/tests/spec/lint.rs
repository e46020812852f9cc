//! `spec lint`: what it says, what it writes, and its exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::run::Run;
#[cfg(unix)]
use crate::support;

/// Accepts what the fixtures leave unsaid.
const ACCEPT: &str =
    "\n[accept]\nmissing-description = \"a fixture\"\nmissing-example = \"a fixture\"\n";

/// A line of the document, and the same with a bound that bounds nothing.
const INEFFECTIVE: (&str, &str) = (
    "enum: [oak, steel]",
    "enum: [oak, steel]\n          maximum: 9",
);

/// A temporary folder with the fixtures.
struct Bench {
    folder: TempDir,
}

impl Bench {
    /// The fixtures, in which nothing is odd but what is accepted.
    fn clean() -> Self {
        let bench = Self {
            folder: TempDir::new().unwrap(),
        };
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        for name in ["openapi.yaml", "overlay.yaml", "sdk.toml"] {
            fs::copy(fixtures.join(name), bench.path(name)).unwrap();
        }
        let config = bench.read("sdk.toml");
        bench.write("sdk.toml", &format!("{config}{ACCEPT}"));
        bench
    }

    /// The same with something that `--fix` mends.
    fn with_ineffective_bound() -> Self {
        let bench = Self::clean();
        bench.edit("openapi.yaml", INEFFECTIVE.0, INEFFECTIVE.1);
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} no longer holds `{from}`");
        self.write(name, &text.replacen(from, to, 1));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(self.folder.path());
        command.args([
            "spec",
            "lint",
            "--spec",
            "openapi.yaml",
            "--config",
            "sdk.toml",
        ]);
        command.args(["--overlay", "overlay.yaml"]).args(arguments);
        command
    }

    fn lint(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// The names of all files.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn our_own_inputs_are_clean_wherever_it_runs() {
    let elsewhere = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["spec", "lint"])
        .current_dir(elsewhere.path())
        .env_clear()
        .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    Run::of(output).assert_says(0, "nothing is odd\n");
}

#[test]
fn oddities_faults_and_files_have_their_codes() {
    Bench::clean().lint(&[]).assert_says(0, "nothing is odd\n");
    let bench = Bench::with_ineffective_bound();
    let before = bench.read("overlay.yaml");
    let run = bench.lint(&[]);
    run.assert_says(1, "oddity[keyword-without-effect]: ");
    run.assert_says(
        1,
        "  - target: $.components.schemas.shelf.properties.material.maximum\n",
    );
    run.assert_says(1, "under [accept] in spec/sdk.toml: \"keyword-without-effect #/components/schemas/shelf/properties/material/maximum\" = \"<reason>\"\n");
    assert_eq!(
        bench.read("overlay.yaml"),
        before,
        "without --fix nothing is written"
    );
    bench.edit("openapi.yaml", "type: boolean", "type: bolean");
    let run = bench.lint(&[]);
    run.assert_says(2, "`type` cannot be `bolean`");
    run.assert_says(2, "1 fault, 1 oddity");
    fs::remove_file(bench.path("overlay.yaml")).unwrap();
    for flags in [&[][..], &["--fix"]] {
        let run = bench.lint(flags);
        run.assert_says(3, "error: cannot read `overlay.yaml`: ");
        run.assert_says(3, "then run: cargo xtask spec lint, with the same words");
    }
    bench
        .lint(&["--fix", "--rules"])
        .assert_says(64, "cannot be used with");
}

#[test]
fn fix_appends_what_is_safe_and_nothing_the_second_time() {
    let bench = Bench::with_ineffective_bound();
    bench.edit("openapi.yaml", "description: How wide it is.", "description: How wide it is.\n        height:\n          type: number\n          multipleOf: 1");
    let before = bench.read("overlay.yaml");
    let run = bench.lint(&["--fix"]);
    run.assert_says(
        1,
        "overlay.yaml: 1 mended; now run cargo xtask codegen\n\n  - target: $",
    );
    run.assert_says(1, "oddity[whole-number]: ");
    let added = "
  - target: $.components.schemas.shelf.properties.material.maximum
    description: It is for integers and numbers, and has no effect on a string.
    remove: true
    x-expect: 9
";
    assert_eq!(bench.read("overlay.yaml"), format!("{before}{added}"));
    assert_eq!(bench.files(), ["openapi.yaml", "overlay.yaml", "sdk.toml"]);
    let modified = || {
        fs::metadata(bench.path("overlay.yaml"))
            .unwrap()
            .modified()
            .unwrap()
    };
    let first = modified();
    bench
        .lint(&["--fix"])
        .assert_says(1, "nothing can be mended without asking\n");
    assert_eq!(modified(), first, "the second run writes nothing");
}

#[test]
fn fix_writes_nothing_where_it_cannot_write_well() {
    let bench = Bench::with_ineffective_bound();
    let flow = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $.info, description: d, update: {x-a: 1}, x-expect: {x-a: null}}]\n";
    bench.write("overlay.yaml", flow);
    bench
        .lint(&["--fix"])
        .assert_says(2, "nothing can be appended to these actions");
    assert_eq!(bench.read("overlay.yaml"), flow);
}

#[test]
fn programs_and_github_read_the_output_stream() {
    let bench = Bench::with_ineffective_bound();
    let run = bench.lint(&["--message-format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(
        run.stdout
            .starts_with(r#"{"level":"oddity","path":"openapi.yaml","#),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains(r#""rule":"keyword-without-effect""#),
        "{}",
        run.stdout
    );
    let run = bench.lint(&["--message-format", "github"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(
        run.stdout.starts_with("::warning file=openapi.yaml,line="),
        "{}",
        run.stdout
    );
    let run = bench.lint(&["--fix", "--message-format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout.starts_with(r#"{"level":"mended","#),
        "{}",
        run.stdout
    );
    let run = bench.lint(&["--message-format", "json"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "")
    );
}

#[test]
fn the_rules_are_listed_without_any_input() {
    let folder = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["spec", "lint", "--rules", "--spec", "nowhere.yaml"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let run = Run::of(output);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for rule in &codegen::lint::RULES {
        let entry = format!("{}\n  {}\n  ", rule.id, rule.meaning);
        assert!(run.stdout.contains(&entry), "{}", rule.id);
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_and_keeps_its_overlay() {
    let bench = Bench::with_ineffective_bound();
    let before = bench.read("overlay.yaml");
    let mut command = Command::new(support::binary_in(&bench.path("")));
    command
        .args(bench.command(&["--fix"]).get_args())
        .current_dir(bench.path(""));
    let run = Run::of(support::run_locked_out(&mut command, &bench.path("")));
    run.assert_says(3, "error: cannot write `overlay.yaml`: Permission denied");
    assert_eq!(bench.read("overlay.yaml"), before);
    assert_eq!(
        bench.files(),
        ["openapi.yaml", "overlay.yaml", "sdk.toml", "xtask-binary"]
    );
}

#[test]
fn findings_are_counted_by_rule_first_and_can_be_those_of_one_rule() {
    let bench = Bench::with_ineffective_bound();
    bench.edit("openapi.yaml", "description: How wide it is.", "description: How wide it is.\n        height:\n          type: number\n          multipleOf: 1\n        depth:\n          type: number\n          multipleOf: 1");
    let run = bench.lint(&[]);
    let counts = "    2  whole-number\n    1  keyword-without-effect\n\n";
    run.assert_says(1, counts);
    assert!(run.stderr.starts_with(counts), "{}", run.stderr);
    let run = bench.lint(&["--rule", "keyword-without-effect"]);
    run.assert_says(1, "oddity[keyword-without-effect]: ");
    assert!(!run.stderr.contains("whole-number"), "{}", run.stderr);
    bench
        .lint(&["--rule", "enum-of-one", "--rule", "own-servers"])
        .assert_says(0, "nothing is odd\n");
    bench
        .lint(&["--rule", "no-such-rule"])
        .assert_says(64, "invalid value 'no-such-rule'");
    bench
        .lint(&["--rule", "enum-of-one", "--fix"])
        .assert_says(64, "cannot be used with");
}
