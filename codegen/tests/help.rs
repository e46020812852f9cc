//! The help of a report is correct: writing the lines that it names into `sdk.toml` removes the fault.
//!
//! For every refused golden case, the lines that its report names are written, and the generator runs again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test reports what it cannot read by failing"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codegen::{MessageFormat, Source, Sources, generate};
use serde_json::Value;

/// How many rounds of help are followed: skipping one schema can make it necessary to skip another.
const ROUNDS: usize = 4;

/// Each look for near names compares all names: thousands of stale entries must not take time in proportion to their square.
#[test]
fn near_names_of_stale_entries_are_looked_for_a_limited_number_of_times() {
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    let spec = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {lamps1: {type: string}}}\n";
    let entries: String = (0..500)
        .map(|number| format!("lamps1{number:03} = \"it is so\"\n"))
        .collect();
    let sources = Sources {
        spec: source("spec.yaml", spec.to_owned()),
        overlay: None,
        config: source("sdk.toml", format!("[secret]\n{entries}")),
        lock: None,
    };
    let report = generate(&sources)
        .expect_err("stale entries")
        .render(MessageFormat::Json);
    let count = |text: &str| report.matches(text).count();
    assert_eq!(
        count("is neither a component schema nor an operationId"),
        500
    );
    assert_eq!(count("did you mean `lamps1`?"), 100);
}

#[test]
fn the_help_of_a_report_removes_the_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<_> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.retain(|case| case.join("report.txt").exists());
    cases.sort();
    assert!(
        !cases.is_empty(),
        "there are no refusals in {}",
        root.display()
    );
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let what = follow_the_help(sources(case)).err()?;
            Some(format!(
                "{}: {what}",
                case.file_name().unwrap().to_string_lossy()
            ))
        })
        .collect();
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

fn sources(case: &Path) -> Sources {
    let name = if case.join("spec.json").exists() {
        "spec.json"
    } else {
        "spec.yaml"
    };
    let read = |name: &str| {
        let text = fs::read_to_string(case.join(name)).ok()?;
        Some(Source {
            path: name.to_owned(),
            text,
        })
    };
    let empty = Source {
        path: "sdk.toml".to_owned(),
        text: String::new(),
    };
    Sources {
        spec: read(name).unwrap(),
        overlay: read("overlay.yaml"),
        config: read("sdk.toml").unwrap_or(empty),
        lock: read("names.lock"),
    }
}

/// Writes the lines that the help of a refusal names into `sdk.toml`, repeatedly, until no fault names one.
fn follow_the_help(mut sources: Sources) -> Result<(), String> {
    let config = sources.config.text.clone();
    let mut lines = Lines::default();
    let mut left = faults(&sources);
    for _ in 0..ROUNDS {
        let mut helped = Vec::new();
        for fault in &left {
            if lines.read(&fault.help)? {
                helped.push(fault);
            }
        }
        if helped.is_empty() {
            return Ok(());
        }
        sources.config.text = lines.written_into(&config);
        let next = faults(&sources);
        let stays = helped.iter().find(|fault| next.contains(fault)).copied();
        let is_new = |fault: &&Fault| {
            fault.path == "sdk.toml" && left.iter().all(|other| other.message != fault.message)
        };
        if let Some(fault) = stays.or_else(|| next.iter().find(is_new)) {
            return Err(format!(
                "{}\nis the result of following the help:\n{}",
                fault.message, sources.config.text
            ));
        }
        left = next;
    }
    Err(format!(
        "the help does not remove the fault:\n{}",
        sources.config.text
    ))
}

/// A fault in the report for programs.
#[derive(PartialEq)]
struct Fault {
    path: String,
    pointer: String,
    message: String,
    help: String,
}

fn faults(sources: &Sources) -> Vec<Fault> {
    let Err(report) = generate(sources) else {
        return Vec::new();
    };
    let text = report.render(MessageFormat::Json);
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    lines
        .map(|line| {
            let part = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            Fault {
                path: part("path"),
                pointer: part("pointer"),
                message: part("message"),
                help: part("help"),
            }
        })
        .collect()
}

/// The lines that helps name, by the header of their table and their key.
#[derive(Default)]
struct Lines {
    values: BTreeMap<(String, String), String>,
    /// How many names were filled in.
    names: usize,
}

impl Lines {
    /// Reads `… under [table] in spec/sdk.toml: key = value` or `…: key = value under [table] in spec/sdk.toml`, if the help
    /// has one of them. Blanks for reasons and names are filled in, each name with a different one; a line with other blanks
    /// in its value is for people to fill in. The key must not be a blank.
    fn read(&mut self, help: &str) -> Result<bool, String> {
        let Some((before, after)) = help.split_once(" in spec/sdk.toml") else {
            return Ok(false);
        };
        let Some((before, table)) = before.split_once(" under ") else {
            return Ok(false);
        };
        let line = after
            .strip_prefix(": ")
            .or_else(|| before.rsplit_once(": ").map(|(_, line)| line));
        let line = line.unwrap_or_default().replace("<reason>", "not wanted");
        let line = self.with_names(&line);
        let Some((key, value)) = line.split_once(" = ") else {
            return Ok(false);
        };
        if key.contains('<') {
            return Err(format!("the key is a blank in the line of a help: {help}"));
        }
        if value.contains('<') {
            return Ok(false);
        }
        self.add(table, key, value);
        Ok(true)
    }

    /// Fills in names that are not used elsewhere.
    fn with_names(&mut self, line: &str) -> String {
        self.names += 1;
        let letter =
            |number: usize| char::from_digit(u32::try_from(number % 26 + 10).unwrap(), 36).unwrap();
        let word: String = [letter(self.names / 26), letter(self.names)]
            .into_iter()
            .collect();
        let line = line.replace("<name>", &format!("own_{word}"));
        line.replace("<Name>", &format!("Own{}", word.to_ascii_uppercase()))
    }

    fn add(&mut self, table: &str, key: &str, value: &str) {
        let entry = self.values.entry((table.to_owned(), key.to_owned()));
        let present = entry.or_insert_with(|| value.to_owned());
        let merges = table == "[names.variants]" && *present != value;
        if let (true, Some(one), Some(other)) =
            (merges, present.strip_suffix(" }"), value.strip_prefix("{ "))
        {
            *present = format!("{one}, {other}");
        }
    }

    /// The text of `sdk.toml` with these lines, each at the top of its table.
    fn written_into(&self, config: &str) -> String {
        let mut config = config.to_owned();
        for ((table, key), value) in &self.values {
            let head = format!("{table}\n");
            if !config.contains(&head) {
                config.push_str(&head);
            }
            config = config.replacen(&head, &format!("{head}{key} = {value}\n"), 1);
        }
        config
    }
}
