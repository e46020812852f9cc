//! Compares the result of `spec diff` with the compiler: programs that name every item of the old SDK are compiled against the new
//! one, and must fail exactly where `spec diff` says that the change breaks programs.
//!
//! All SDKs are modules of one copy, all programs modules of one example. The compiler stops at the first phase with an error, so
//! the programs that fail are removed until the others compile.

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

use codegen::compare::Level;
use codegen::output::Files;
use codegen::surface::surface;
use codegen::{Sources, compare, model, render};
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
    fn of(sources: &Sources) -> Self {
        let model = model(sources).unwrap_or_else(|report| panic!("{report:?}"));
        let surface = surface(&model.api, &model.names).unwrap();
        let files = render(&model).unwrap().files;
        let lines = files.iter().flat_map(|(_, text)| text.lines());
        let code = lines.filter(|line| !line.trim_start().starts_with("//"));
        let code = code.map(str::to_owned).collect();
        let program = program(&surface);
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
    fn module(&mut self, name: &str, sources: &Sources) -> String {
        let name = name.replace('-', "_");
        if self.0.contains_key(&name) {
            return name;
        }
        let sdk = Sdk::of(sources);
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
    copy.write_cases(
        "",
        sdks.iter().map(|(name, sdk)| {
            let files = sdk.files.iter().map(|(path, text)| (path.to_owned(), text));
            (name.clone(), files.collect())
        }),
    );
    let programs = trials.iter().map(|(name, trial)| {
        let text = sdks[&trial.program].program.replace("@M@", &trial.module);
        (name.clone(), text)
    });
    let failing = failing(&copy, programs.collect());
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
    let lamps = cases::lamps()
        .into_iter()
        .map(|case| ("base".to_owned(), case));
    let steps = cases::history().into_iter().map(|step| {
        let number: String = step.name.chars().take(1).collect();
        (format!("before_{number}"), step)
    });
    for (before, case) in lamps.chain(steps) {
        let name = case
            .name
            .trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
        let (old, new) = (
            sdks.module(&before, &case.old),
            sdks.module(name, &case.new),
        );
        trials.add(&old, &new, breaks(&case.old, &case.new), &case.folder);
        trials.add(&new, &old, breaks(&case.new, &case.old), &case.folder);
        trials.add(&old, &old, false, &case.folder);
        trials.add(&new, &new, false, &case.folder);
    }
    (sdks.0, trials.0)
}

/// Whether the diff says that programs do not compile any more. The compiler cannot detect changes that break them otherwise.
fn breaks(old: &Sources, new: &Sources) -> bool {
    let comparison = compare(old, new, "0.1.0").unwrap();
    let mut changes = comparison.changes.iter();
    changes.any(|change| change.level() == Level::Breaking && !change.rule.compiles())
}
