//! Cases of the slice: each folder of `tests/slice` is an upstream document, with the expected slice and report.
//!
//! A case has `upstream.yaml` (or `upstream.json`; further documents as `upstream-2.yaml`), `sdk.toml`, optionally
//! `current.yaml` and `prose.txt` (`upstream`), and either `expected.yaml` with `report.txt`, or `faults.txt` of a refusal.
//! Every accepted case is also imported from the same content as JSON, and a second time over its result: the bytes are
//! equal. `UPDATE_GOLDEN=1 cargo test -p codegen --test slice` accepts the output; the diff is then read and committed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports what it cannot read by failing"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::slice::{Prose, Request, Slice, slice};
use codegen::{MessageFormat, Report, Source};
use similar::TextDiff;

/// The variable that accepts, as for the other goldens.
const UPDATE: &str = "UPDATE_GOLDEN";
/// The files that are expected.
const EXPECTED: [&str; 3] = ["expected.yaml", "report.txt", "faults.txt"];

struct Case {
    name: String,
    folder: PathBuf,
    upstream: Vec<Source>,
    config: Source,
    current: Option<Source>,
    prose: Prose,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slice");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders.into_iter().map(Case::read).collect()
}

fn case(name: &str) -> Case {
    Case::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/slice")
            .join(name),
    )
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let read = |name: &str| {
            fs::read_to_string(folder.join(name))
                .ok()
                .map(|text| source(name, &text))
        };
        let names = [
            "upstream.yaml",
            "upstream.json",
            "upstream.html",
            "upstream-2.yaml",
        ];
        let prose = read("prose.txt").map_or(Prose::Ours, |source| match source.text.trim() {
            "upstream" => Prose::Upstream,
            other => panic!("{}: whose prose is `{other}`?", folder.display()),
        });
        Self {
            name: folder.file_name().unwrap().to_string_lossy().into_owned(),
            upstream: names.iter().filter_map(|name| read(name)).collect(),
            config: read("sdk.toml").unwrap(),
            current: read("current.yaml"),
            prose,
            folder,
        }
    }

    fn request(&self) -> Request<'_> {
        Request {
            config: &self.config,
            current: self.current.as_ref(),
            merged: None,
            prose: self.prose,
        }
    }

    fn run(&self) -> Result<Slice, Report> {
        slice(&self.upstream, &self.request())
    }

    /// The actual output, file by file.
    fn actual(&self) -> BTreeMap<&'static str, String> {
        match self.run() {
            Ok(slice) => {
                let equal = if slice.is_equal { "equal\n" } else { "" };
                let report = format!("{equal}{}", slice.render(MessageFormat::Human));
                BTreeMap::from([("expected.yaml", slice.text), ("report.txt", report)])
            }
            Err(report) => BTreeMap::from([("faults.txt", report.render(MessageFormat::Human))]),
        }
    }

    fn expected(&self) -> BTreeMap<&'static str, String> {
        let read =
            |name: &'static str| Some((name, fs::read_to_string(self.folder.join(name)).ok()?));
        EXPECTED.into_iter().filter_map(read).collect()
    }

    /// The differences, for people.
    fn check(&self) -> Option<String> {
        let (expected, actual) = (self.expected(), self.actual());
        if expected == actual {
            return None;
        }
        let asked = env::var(UPDATE).unwrap_or_default();
        if asked == "1" || asked == self.name {
            assert!(
                env::var("CI").is_err(),
                "{UPDATE} is set, but CI never accepts"
            );
            for name in EXPECTED {
                match actual.get(name) {
                    Some(text) => fs::write(self.folder.join(name), text).unwrap(),
                    None => drop(fs::remove_file(self.folder.join(name))),
                }
            }
            return None;
        }
        let mut text = format!(
            "{}: not what is expected; {UPDATE}={} accepts it\n",
            self.name, self.name
        );
        for name in EXPECTED {
            let [old, new] =
                [&expected, &actual].map(|files| files.get(name).map_or("", String::as_str));
            let diff = TextDiff::from_lines(old, new)
                .unified_diff()
                .context_radius(2)
                .header("expected", "actual")
                .to_string();
            text.push_str(&format!("{name}\n{diff}"));
        }
        Some(text)
    }
}

#[test]
fn every_case_has_the_expected_output() {
    let failures: Vec<String> = cases().iter().filter_map(Case::check).collect();
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[test]
fn there_are_as_many_refusals_as_acceptances() {
    let (refused, accepted): (Vec<Case>, Vec<Case>) = cases()
        .into_iter()
        .partition(|case| case.folder.join("faults.txt").exists());
    assert!(
        refused.len() >= accepted.len(),
        "{} and {}",
        refused.len(),
        accepted.len()
    );
}

#[test]
fn yaml_and_json_are_imported_as_equal_bytes() {
    for mut case in cases() {
        let is_yaml = case
            .upstream
            .iter()
            .all(|source| source.path.ends_with(".yaml"));
        if let (true, Ok(from_yaml)) = (is_yaml && !case.name.starts_with("yaml-"), case.run()) {
            for source in &mut case.upstream {
                let value: serde_yaml::Value = serde_yaml::from_str(&source.text).unwrap();
                source.text = serde_json::to_string(&value).unwrap();
            }
            assert_eq!(case.run().unwrap().text, from_yaml.text, "{}", case.name);
        }
    }
}

#[test]
fn a_second_import_writes_equal_bytes_and_reports_it() {
    for case in cases() {
        let Ok(first) = case.run() else {
            continue;
        };
        let current = source("openapi.yaml", &first.text);
        for prose in [case.prose, Prose::Ours] {
            let request = Request {
                current: Some(&current),
                merged: None,
                prose,
                ..case.request()
            };
            for upstream in [&case.upstream, &vec![current.clone()]] {
                let second = slice(upstream, &request).unwrap();
                assert_eq!(second.text, first.text, "{}", case.name);
                assert!(second.is_equal, "{}", case.name);
                assert!(
                    !second.render(MessageFormat::Human).contains("changed"),
                    "{}",
                    case.name
                );
            }
        }
    }
}

/// Upstream's changes of an average day: 17 commits that touch nothing of ours.
#[test]
fn updates_elsewhere_leave_the_slice_equal() {
    let case = case("ours");
    let current = source("openapi.yaml", &case.run().unwrap().text);
    let request = Request {
        current: Some(&current),
        ..case.request()
    };
    let updates: [(&str, &str); 17] = [
        ("operationId: zones-list", "operationId: zones-list-all"),
        (
            "  /zones:\n",
            "  /zones/{zone_id}:\n    get: {responses: {'200': {description: New.}}}\n  /zones:\n",
        ),
        (
            "    zone: {type: object",
            "    zone: {deprecated: true, type: object",
        ),
        (
            "    tunnel: {type: object, properties: {peer: {$ref: '#/components/schemas/tunnel'}}}\n",
            "    tunnel: {type: string}\n",
        ),
        ("    not_a_reference: {type: string}\n", ""),
        ("  - {name: Zones, description: Zones.}\n", ""),
        (
            "  - {name: Rooms, description: Rooms.}",
            "  - {description: All rooms there are., name: Rooms}",
        ),
        (
            "description: Everything., license: {name: BSD}",
            "license: {name: MIT}, description: All",
        ),
        (
            "x-tagGroups: [{name: all, tags: [Zones]}]\n",
            "x-tagGroups: []\n",
        ),
        (
            "summary: Create a lamp",
            "summary: Creates one lamp, at last",
        ),
        ("example: desk", "example: {any: thing}"),
        (
            "examples: {one: {$ref: '#/components/examples/lamp'}}",
            "example: [1, 2]",
        ),
        (
            "{description: Gone.}",
            "{description: It is gone for good.}",
        ),
        (
            "x-fern-sdk-method-name: create",
            "x-fern-sdk-method-name: create_lamp",
        ),
        (
            "{scheme: bearer, type: http}",
            "{type: http, scheme: bearer}",
        ),
        ("minimum: 1.0, maximum: 1e3", "maximum: 1000, minimum: 1"),
        (
            "    spare: {name: spare, in: query, schema: {type: string}}\n",
            "    spare: {$ref: 'other.yaml#/spare'}\n    twice: {}\n    twice: {}\n",
        ),
    ];
    for (from, to) in updates {
        let mut upstream = case.upstream.clone();
        assert!(
            upstream[0].text.contains(from),
            "the miniature no longer contains `{from}`"
        );
        upstream[0].text = upstream[0].text.replacen(from, to, 1);
        let slice = slice(&upstream, &request)
            .unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        assert_eq!(slice.text, current.text, "{to}");
        assert!(slice.is_equal, "{to}");
    }
}

/// The opposite: changes within the slice are reported.
#[test]
fn updates_of_ours_are_reported() {
    let case = case("ours");
    let current = source("openapi.yaml", &case.run().unwrap().text);
    let request = Request {
        current: Some(&current),
        ..case.request()
    };
    let updates = [
        (
            "maxLength: 32",
            "maxLength: 64",
            "changed: 1\n  schemas/lamp\n",
        ),
        (
            "operationId: lamps-create",
            "operationId: lamps-make",
            "changed: 1\n  POST /accounts/{account_id}/lamps (lamps-make)\n",
        ),
        (
            "parameters: [{$ref: '#/components/parameters/account'}]\n    post",
            "parameters: [{$ref: '#/components/parameters/account'}, {$ref: '#/components/parameters/spare'}]\n    post",
            "new components: 1\n  parameters/spare\nchanged: 2\n  POST /accounts/{account_id}/lamps (lamps-create)\n  GET ",
        ),
        (
            "  /zones:\n",
            "  /accounts/{account_id}/lamps/count:\n    get: {operationId: lamps-count, responses: {'200': {description: New.}}}\n  /zones:\n",
            "new operations: 1\n  GET /accounts/{account_id}/lamps/count (lamps-count)\n",
        ),
        (
            "{description: Production, url",
            "{url: 'https://eu.example.com'}, {url",
            "changed: 1\n  servers\n",
        ),
        (
            "security: [{api_email: [], api_key: []}, {api_token: []}]",
            "security: [{api_token: []}]",
            "components that are gone: 2\n  securitySchemes/api_email\n",
        ),
    ];
    for (from, to, shown) in updates {
        let mut upstream = case.upstream.clone();
        assert!(
            upstream[0].text.contains(from),
            "the miniature no longer contains `{from}`"
        );
        upstream[0].text = upstream[0].text.replacen(from, to, 1);
        let slice = slice(&upstream, &request)
            .unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        assert!(!slice.is_equal, "{to}");
        let report = slice.render(MessageFormat::Human);
        assert!(report.contains(shown), "{to}:\n{report}");
    }
}

#[test]
fn programs_read_findings_line_by_line() {
    let slice = case("ours").run().unwrap();
    let json = slice.render(MessageFormat::Json);
    assert_eq!(json.lines().count(), slice.findings.len());
    let line = r#"{"kind":"sentence-orphaned","pointer":"/components/schemas/lamp/properties/shade/description","text":"What shades it.\nPaper or glass."}"#;
    assert!(json.lines().any(|found| found == line), "{json}");
    let github = slice.render(MessageFormat::Github);
    assert_eq!(github.lines().count(), slice.findings.len());
    let line = "::notice title=operations that are gone::GET /accounts/{account_id}/curtains (curtains-list)";
    assert!(github.lines().any(|found| found == line), "{github}");
}

fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
