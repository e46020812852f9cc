//! Widening ends in code that compiles and works: what `codegen::widen` proposes is generated, compiled, and run against the document.
//!
//! A miniature of upstream always; the committed inputs by the sites, tunnels and routes of Magic Transit, where the variable
//! `WIDEN_CORPUS` names upstream's document. The program `corpus` does the second half: it reads and writes values of every type, and
//! sends each method's request. It works in one folder, so this is one test.

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::slice::Prose;
use codegen::widen::{Request, Widening, widen};
use codegen::{MessageFormat, Source, Sources};
use tests::sdk_copy::root;

/// The operations of Magic Transit beside Magic Cloud Networking.
const MAGIC_TRANSIT: [&str; 4] = [
    "/accounts/{account_id}/magic/sites/**",
    "/accounts/{account_id}/magic/gre_tunnels/**",
    "/accounts/{account_id}/magic/ipsec_tunnels/**",
    "/accounts/{account_id}/magic/routes/**",
];

/// What the program finds wrong that is none of the SDK's faults.
const KNOWN: [&str; 7] = [
    // Random values have any of the values of `type`, which says here what the other properties are.
    "case_whole::types::Pcap: ",
    "case_whole::types::PcapRequest: ",
    // Random values of a member have nothing of what is beside the choice.
    "case_whole::types::MagicAppConfigObject",
    // Upstream requires an id in the body that is `readOnly`, and one of two properties whatever the choice beside them is.
    "POST /accounts/{account_id}/magic/ipsec_tunnels/psk: body.psks[0]: id is missing",
    "DELETE /accounts/{account_id}/magic/routes: body.routes[0]: id is missing",
    "PUT /accounts/{account_id}/magic/routes: body.routes[0]: id is missing",
    "POST /accounts/{account_id}/magic/sites/{site_id}/app_configs: body: fits no member of anyOf",
];

#[test]
fn what_is_proposed_compiles_and_works() {
    let miniature = root().join("codegen/tests/widen/miniature");
    let patterns = fs::read_to_string(miniature.join("patterns.txt")).unwrap();
    let patterns: Vec<&str> = patterns.lines().collect();
    let upstream = miniature.join("upstream.yaml");
    // One of the eleven operations is left out: its body is a list as a plain text.
    assert_works(
        &widened(&miniature, &upstream, &patterns),
        "90.9 % generated",
        &[],
    );
    if let Some(upstream) = std::env::var_os("WIDEN_CORPUS") {
        let widening = widened(&root().join("spec"), Path::new(&upstream), &MAGIC_TRANSIT);
        assert_additive(&widening);
        assert_works(&widening, "100.0 % generated", &KNOWN);
    }
}

fn widened(folder: &Path, upstream: &Path, patterns: &[&str]) -> Widening {
    let read = |path: &Path| {
        let text = fs::read_to_string(path).ok()?;
        let path = path.to_string_lossy().into_owned();
        Some(Source { path, text })
    };
    let current = Sources {
        spec: read(&folder.join("openapi.yaml")).unwrap(),
        overlay: read(&folder.join("overlay.yaml")),
        config: read(&folder.join("sdk.toml")).unwrap(),
        lock: None,
    };
    let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
    let request = Request {
        current: &current,
        upstream: &[read(upstream).unwrap()],
        patterns: &patterns,
        prose: Prose::Ours,
        version: "1.0.0",
    };
    let widening = widen(&request);
    let widening = widening.map_err(|report| report.render(MessageFormat::Human));
    let widening = widening.unwrap();
    let left = widening.left.render(MessageFormat::Human);
    assert!(widening.is_complete() && !widening.is_nothing(), "{left}");
    widening
}

/// What the SDK has stays as it is.
fn assert_additive(widening: &Widening) {
    let comparison = widening.comparison.as_ref().unwrap();
    let breaks = comparison.changes.iter();
    let breaks: Vec<_> = breaks
        .filter(|change| change.level() == codegen::compare::Level::Breaking)
        .collect();
    assert!(breaks.is_empty(), "{breaks:#?}");
}

/// Generates, compiles and runs this share of the operations; nothing is wrong with them but what is known.
fn assert_works(widening: &Widening, share: &str, known: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, source: &Source| {
        let path = folder.path().join(name);
        fs::write(&path, &source.text).unwrap();
        path
    };
    let sources = &widening.sources;
    let report = folder.path().join("report.txt");
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command
        .arg(write("openapi.yaml", &sources.spec))
        .args(["--whole", "--check", "--run"])
        .arg("--report")
        .arg(&report)
        .arg("--config")
        .arg(write("sdk.toml", &sources.config));
    if let Some(overlay) = &sources.overlay {
        command.arg("--overlay").arg(write("overlay.yaml", overlay));
    }
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let report = fs::read_to_string(report).unwrap_or_default();
    let is_compiled = printed.contains(share) && printed.contains(" 0 errors    0 warnings ");
    let is_known = |line: &str| known.iter().any(|known| line.starts_with(known));
    let unknown = report
        .lines()
        .filter(|line| is_of_run(line) && !is_known(line));
    let is_right = is_compiled && unknown.count() == 0;
    let is_right = is_right && (output.status.success() || !known.is_empty());
    assert!(is_right, "{printed}\n{said}\n{report}");
    println!("{printed}");
}

/// Whether a line of the report is about a value or a request.
fn is_of_run(line: &str) -> bool {
    let method = line.split_once(" /").map_or("", |(method, _)| method);
    let is_method = !method.is_empty() && method.chars().all(|letter| letter.is_ascii_uppercase());
    is_method || line.starts_with("case_")
}
