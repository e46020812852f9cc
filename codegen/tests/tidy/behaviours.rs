//! Rules on `tests/BEHAVIOURS.md`: each behaviour has tests, and each test with numbers in its name is listed.
//!
//! In the list a line `**15.** …` opens behaviour 15, and a line ``- `file`: `test` `` below it names one of its tests.

use std::collections::BTreeMap;
use std::iter::once;

use crate::files::File;

/// The list of behaviours.
pub(crate) const LIST: &str = "tests/BEHAVIOURS.md";

/// How to rewrite all lines that name tests.
const UPDATE: &str = "`UPDATE_GOLDEN=1 cargo test -p codegen --test tidy` does it";

/// A test with numbers, and its position.
#[derive(Debug)]
struct Test<'a> {
    path: &'a str,
    number: usize,
    name: &'a str,
    behaviours: Vec<u32>,
}

impl Test<'_> {
    /// Its line in the list.
    fn listed(&self) -> String {
        format!("- `{}`: `{}`", self.path, self.name)
    }
}

/// A behaviour of the list, with the lines that name its tests.
#[derive(Debug)]
struct Behaviour<'a> {
    number: usize,
    behaviour: u32,
    listed: Vec<(usize, &'a str)>,
}

pub(crate) fn behaviours_have_their_tests(files: &[File]) -> Vec<String> {
    let Some(list) = files.iter().find(|file| file.path == LIST) else {
        return vec![format!("{LIST}:1: there is no list of behaviours")];
    };
    let tests = tests(files);
    let behaviours = behaviours(list);
    let mut findings = repeated(&behaviours);
    for behaviour in &behaviours {
        findings.extend(check(behaviour, &tests));
    }
    for test in &tests {
        for missing in &test.behaviours {
            if !behaviours.iter().any(|there| there.behaviour == *missing) {
                findings.push(format!(
                    "{}:{}: `{}` tests behaviour {missing}, which {LIST} does not have: write there `**{missing}.**` and a sentence that \
                     states the promise",
                    test.path, test.number, test.name
                ));
            }
        }
    }
    findings
}

/// The list with the lines that name tests rewritten.
pub(crate) fn updated(files: &[File]) -> Option<String> {
    let list = files.iter().find(|file| file.path == LIST)?;
    let tests = tests(files);
    let mut text = String::new();
    let mut paragraphs = list.text.split("\n\n").peekable();
    while let Some(paragraph) = paragraphs.next() {
        let sentence = paragraph.lines().filter(|line| !line.starts_with("- `"));
        let named = number(paragraph).map(|number| listed(&tests, number));
        let lines: Vec<String> = sentence
            .map(str::to_owned)
            .chain(named.unwrap_or_default())
            .collect();
        text.push_str(&lines.join("\n"));
        text.push_str(if paragraphs.peek().is_some() {
            "\n\n"
        } else {
            "\n"
        });
    }
    Some(text)
}

/// The findings below one behaviour.
fn check(behaviour: &Behaviour<'_>, tests: &[Test<'_>]) -> Vec<String> {
    let number = behaviour.behaviour;
    let expected = listed(tests, number);
    let mut findings = Vec::new();
    if expected.is_empty() {
        findings.push(format!(
            "{LIST}:{}: behaviour {number} has no test: write one whose name begins with `b{number:02}_`",
            behaviour.number
        ));
    }
    for (line, text) in &behaviour.listed {
        if !expected.iter().any(|there| there == text) {
            findings.push(format!(
                "{LIST}:{line}: there is no such test of behaviour {number}: correct or remove the line; {UPDATE}"
            ));
        }
    }
    for text in expected {
        if !behaviour.listed.iter().any(|(_, there)| *there == text) {
            findings.push(format!(
                "{LIST}:{}: add below behaviour {number} the line \"{text}\"; {UPDATE}",
                behaviour.number
            ));
        }
    }
    findings
}

fn repeated(behaviours: &[Behaviour<'_>]) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    for behaviour in behaviours {
        if let Some(first) = seen.insert(behaviour.behaviour, behaviour.number) {
            findings.push(format!(
                "{LIST}:{}: behaviour {} is there already, in line {first}: take a number that is free",
                behaviour.number, behaviour.behaviour
            ));
        }
    }
    findings
}

/// The lines that name the tests of a behaviour.
fn listed(tests: &[Test<'_>], behaviour: u32) -> Vec<String> {
    let tests = tests
        .iter()
        .filter(|test| test.behaviours.contains(&behaviour));
    let mut lines: Vec<String> = tests.map(Test::listed).collect();
    lines.sort();
    lines
}

fn behaviours(list: &File) -> Vec<Behaviour<'_>> {
    let mut behaviours: Vec<Behaviour<'_>> = Vec::new();
    for (line, text) in list.lines() {
        let text = text.trim_end();
        if let Some(behaviour) = number(text) {
            behaviours.push(Behaviour {
                number: line,
                behaviour,
                listed: Vec::new(),
            });
        } else if let (true, Some(last)) = (text.starts_with("- `"), behaviours.last_mut()) {
            last.listed.push((line, text));
        }
    }
    behaviours
}

/// The number of a behaviour's line: `**15.** …`.
fn number(text: &str) -> Option<u32> {
    let (number, _) = text.strip_prefix("**")?.split_once(".**")?;
    number.parse().ok()
}

/// Every function whose name starts with numbers of behaviours.
fn tests(files: &[File]) -> Vec<Test<'_>> {
    let files = files.iter().filter(|file| file.is_hand_written_rust());
    let lines = files.flat_map(|file| once(file).cycle().zip(file.lines()));
    let tests = lines.filter_map(|(file, (number, line))| {
        let line = line.trim_start();
        let rest = line.strip_prefix("async ").unwrap_or(line);
        let name = rest.strip_prefix("fn ")?.split('(').next()?;
        let behaviours = numbers(name);
        (!behaviours.is_empty()).then_some(Test {
            path: &file.path,
            number,
            name,
            behaviours,
        })
    });
    tests.collect()
}

/// The numbers at the start of a name: `b15_…`, `b10_b11_…`, `b05_to_b09_…`.
fn numbers(name: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut is_range = false;
    for word in name.split('_') {
        let digits = word.strip_prefix('b').unwrap_or_default();
        let is_number = digits.len() >= 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
        match (digits.parse::<u32>(), numbers.last()) {
            (Ok(number), Some(&last)) if is_number && is_range => numbers.extend(last + 1..=number),
            (Ok(number), _) if is_number => numbers.push(number),
            _ if word == "to" && !numbers.is_empty() => {}
            _ => break,
        }
        is_range = word == "to";
    }
    numbers
}
