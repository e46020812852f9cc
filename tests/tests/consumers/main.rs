//! Compares the result of `spec diff` with the compiler: programs that name every item of the old SDK are compiled against the new
//! one, and must fail exactly where `spec diff` says that the change breaks programs.
//!
//! All SDKs are modules of one copy, all programs modules of two examples: those that must compile, and those that must not. The compiler
//! stops at the first phase with an error, so the programs that fail are removed until the others compile.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "a failed step fails the test, and the cases are shared with another test"
)]

#[path = "../../../codegen/tests/diff/cases.rs"]
mod cases;
mod program;
mod rounds;

use std::collections::BTreeMap;
use std::path::Path;

use codegen::compare::{Level, State, Version};
use codegen::output::Files;
use codegen::{Sources, render};
use tests::sdk_copy::Copy;

use program::program;
use rounds::failing;

/// A state of the inputs: what is generated from it, and the program that names all of it.
struct Sdk {
    files: Files,
    program: String,
    /// The files without comments.
    code: Vec<String>,
}

impl Sdk {
    fn of(state: &State<'_>) -> Self {
        let files = render(&state.model).unwrap().files;
        let lines = files.iter().flat_map(|(_, text)| text.lines());
        let code = lines.filter(|line| !line.trim_start().starts_with("//"));
        let code = code.map(str::to_owned).collect();
        let program = program(&state.surface);
        Self {
            files,
            program,
            code,
        }
    }
}

/// All states, by the name of their module.
#[derive(Default)]
struct Sdks(BTreeMap<String, Sdk>);

impl Sdks {
    /// The module of a state. States whose code is equal share one module.
    fn module(&mut self, name: &str, state: &State<'_>) -> String {
        let name = name.replace('-', "_");
        if self.0.contains_key(&name) {
            return name;
        }
        let sdk = Sdk::of(state);
        let same = self.0.iter().find(|(_, other)| other.code == sdk.code);
        if let Some((same, _)) = same {
            return same.clone();
        }
        self.0.insert(name.clone(), sdk);
        name
    }
}

/// A program compiled against an SDK, and whether it must fail.
struct Trial {
    program: String,
    module: String,
    must_fail: bool,
    /// The folder of the case.
    case: String,
}

/// All trials, by the name of their program.
#[derive(Default)]
struct Trials(BTreeMap<String, Trial>);

impl Trials {
    fn add(&mut self, program: &str, module: &str, must_fail: bool, case: &Path) {
        let trial = Trial {
            program: program.to_owned(),
            module: module.to_owned(),
            must_fail,
            case: case.display().to_string(),
        };
        let other = self.0.insert(format!("{program}_on_{module}"), trial);
        let agree = other.is_none_or(|other| other.must_fail == must_fail);
        assert!(
            agree,
            "{}: the code equals that of another case, but the results of the diff differ",
            case.display()
        );
    }
}

#[test]
fn programs_fail_to_compile_exactly_where_the_diff_says_so() {
    let (sdks, trials) = trials();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers");
    let copy = Copy::new(&folder, "cases", "");
    copy.write_cases(sdks.iter().map(|(name, sdk)| {
        let files = sdk.files.iter().map(|(path, text)| (path.to_owned(), text));
        (name.clone(), files.collect())
    }));
    // Separated, the programs that must compile are compiled once, and the rounds that find the failing programs are short.
    let mut found = BTreeMap::new();
    for (example, must_fail) in [("pass", false), ("fail", true)] {
        let trials = trials
            .iter()
            .filter(|(_, trial)| trial.must_fail == must_fail);
        let programs = trials.map(|(name, trial)| {
            let text = sdks[&trial.program].program.replace("@M@", &trial.module);
            (name.clone(), text)
        });
        found.extend(failing(&copy, example, programs.collect()));
    }
    let failing = found;
    let wrong =
        trials
            .iter()
            .filter_map(|(name, trial)| match (trial.must_fail, failing.get(name)) {
                (true, None) => Some(format!("{name} compiles, and must not: {}", trial.case)),
                (false, Some(error)) => Some(format!(
                    "{name} does not compile, and must: {}\n{error}",
                    trial.case
                )),
                (true, Some(_)) | (false, None) => None,
            });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let fail = trials.values().filter(|trial| trial.must_fail).count();
    let all = trials.len();
    assert!(fail > 40 && all - fail > 40, "{fail} of {all} must fail");
}

/// Every case forwards and backwards, and every state against itself: a program that fails there is itself wrong.
fn trials() -> (BTreeMap<String, Sdk>, BTreeMap<String, Trial>) {
    let (mut sdks, mut trials) = (Sdks::default(), Trials::default());
    let lamps = cases::lamps();
    // All begin with the same inputs.
    let base = state(&lamps[0].old);
    for case in &lamps {
        let new = state(&case.new);
        add(
            &mut sdks,
            &mut trials,
            case,
            ("base", &base),
            (&case.name, &new),
        );
    }
    for case in &cases::history() {
        let (number, name) = case.name.split_once('-').unwrap();
        let (old, new) = (state(&case.old), state(&case.new));
        let before = format!("before_{number}");
        add(&mut sdks, &mut trials, case, (&before, &old), (name, &new));
    }
    (sdks.0, trials.0)
}

fn state(sources: &Sources) -> State<'_> {
    State::read(sources).unwrap_or_else(|report| panic!("{report:?}"))
}

/// Adds a case: two states, each with the name of its module.
fn add(
    sdks: &mut Sdks,
    trials: &mut Trials,
    case: &cases::Case,
    (old_name, old): (&str, &State<'_>),
    (new_name, new): (&str, &State<'_>),
) {
    let (before, after) = (sdks.module(old_name, old), sdks.module(new_name, new));
    trials.add(&before, &after, breaks(old, new), &case.folder);
    trials.add(&after, &before, breaks(new, old), &case.folder);
    trials.add(&before, &before, false, &case.folder);
    trials.add(&after, &after, false, &case.folder);
}

/// Whether the diff says that programs do not compile any more. The compiler cannot detect changes that break them otherwise.
fn breaks(old: &State<'_>, new: &State<'_>) -> bool {
    let comparison = old.compare(new, Version::parse("0.1.0").unwrap());
    let mut changes = comparison.changes.iter();
    changes.any(|change| change.level() == Level::Breaking && !change.rule.compiles())
}
