//! Imports that go well: what is written, what is left alone, and what is said.

use std::path::Path;
use std::process::Command;

use crate::bench::{Bench, UPSTREAM};
use crate::run::Run;

const COMMIT: &str = "c92b9b0fde23ae00fece2025662f96dc8e2d6283";

#[test]
fn the_slice_and_where_it_is_from_are_written() {
    let bench = Bench::new();
    let run = bench.import(&[
        "upstream.yaml",
        "--repository",
        "cloudflare/api-schemas",
        "--commit",
        COMMIT,
        "--date",
        "2026-07-27",
    ]);
    run.assert_says(0, "new operations: 1\n  GET /lamps (lamps-list)\n");
    run.assert_says(
        0,
        "spec/openapi.yaml: written from cloudflare/api-schemas@c92b9b0: operations: 1, paths: 1, schemas: 1\n",
    );
    let slice = bench.read("spec/openapi.yaml");
    assert!(
        slice.starts_with("openapi: 3.0.3\n") && slice.contains("/lamps:"),
        "{slice}"
    );
    assert!(
        !slice.contains("zone") && !slice.contains("Upstream's"),
        "{slice}"
    );
    let origin = bench.read("spec/SOURCE.toml");
    let expected = format!(
        "[[source]]\nrepository = \"cloudflare/api-schemas\"\ncommit = \"{COMMIT}\"\nfile = \"upstream.yaml\"\ndate = \"2026-07-27\"\nsha256 = \""
    );
    assert!(origin.contains(&expected), "{origin}");
    assert!(
        origin.ends_with("[counts]\noperations = 1\npaths = 1\nschemas = 1\n"),
        "{origin}"
    );
    assert_eq!(bench.snapshot().len(), 3, "nothing is left behind");
}

#[test]
fn an_equal_slice_writes_nothing_whatever_upstream_did_elsewhere() {
    let bench = Bench::imported();
    let before = bench.snapshot();
    let updates = [
        ("zones-list", "zones-list-all"),
        (
            "  /zones:\n",
            "  /zones/{zone_id}:\n    get: {responses: {200: {description: New.}}}\n  /zones:\n",
        ),
        ("properties: {name: {type: string}}", "properties: {}"),
        ("Upstream's words.", "Upstream's other words."),
        ("title: All", "title: All of it"),
        (
            "type: object, properties: {name: {type: string, maxLength: 32}}",
            "properties: {name: {maxLength: 32.0, type: string}}, type: object",
        ),
    ];
    for (from, to) in updates {
        bench.edit_upstream(from, to);
        let run = bench.import(&["upstream.yaml", "--commit", COMMIT]);
        run.assert_says(0, "nothing of ours changed: spec/openapi.yaml is what upstream.yaml has; nothing was written\n");
        assert_eq!(bench.snapshot(), before, "{to}");
    }
    bench.edit_upstream("maxLength: 32.0", "maxLength: 64");
    bench
        .import(&["upstream.yaml"])
        .assert_says(0, "changed: 1\n  schemas/lamp\n");
    let after = bench.snapshot();
    assert_ne!(after["openapi.yaml"], before["openapi.yaml"]);
    assert_ne!(after["SOURCE.toml"].0, before["SOURCE.toml"].0);
    assert_eq!(after["sdk.toml"], before["sdk.toml"]);
}

#[test]
fn json_gives_the_bytes_that_yaml_gives() {
    let bench = Bench::imported();
    let before = bench.snapshot();
    let json = r##"{"openapi": "3.0.3", "info": {"title": "All", "version": "4.0.0"}, "paths": {"/lamps": {"get": {"operationId": "lamps-list",
        "responses": {"200": {"description": "\ud83d\ude00", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/lamp"}}}}}}}},
        "components": {"schemas": {"lamp": {"properties": {"name": {"type": "string", "maxLength": 3.2e1}}, "type": "object"}}}}"##;
    bench.write("upstream.json", json);
    bench
        .import(&["upstream.json"])
        .assert_says(0, "nothing of ours changed");
    assert_eq!(bench.snapshot(), before);
}

#[test]
fn our_words_stay_unless_upstreams_are_asked_for() {
    let bench = Bench::imported();
    let ours = bench.read("spec/openapi.yaml").replace(
        "operationId: lamps-list",
        "summary: Our words.\n      operationId: lamps-list",
    );
    bench.write("spec/openapi.yaml", &ours);
    bench
        .import(&["upstream.yaml"])
        .assert_says(0, "nothing of ours changed");
    assert_eq!(bench.read("spec/openapi.yaml"), ours);
    bench
        .import(&["upstream.yaml", "--prose", "upstream"])
        .assert_says(0, "written from upstream.yaml");
    assert!(
        bench
            .read("spec/openapi.yaml")
            .contains("summary: Upstream's words.")
    );
    bench.write("spec/openapi.yaml", &ours);
    // They follow the operation to another path, by its id.
    bench.edit_upstream("  /lamps:", "  /lamps/all:");
    bench.import(&["upstream.yaml"]).assert_says(0, "written");
    let moved = bench.read("spec/openapi.yaml");
    assert!(moved.contains("  /lamps/all:\n    get:\n      summary: Our words.\n"));
    bench.write("spec/openapi.yaml", &ours);
    bench.edit_upstream("operationId: lamps-list", "operationId: lamps-all");
    let run = bench.import(&["upstream.yaml"]);
    run.assert_says(0, "sentences of ours whose node is gone: ");
    run.assert_says(0, "  #/paths/~1lamps/get/summary: Our words.\n");
    run.assert_says(0, "  #/paths/~1lamps~1all/get: no `summary`\n");
}

#[test]
fn several_documents_are_taken_together() {
    let bench = Bench::new();
    bench.write("more.yaml", UPSTREAM.replace("/lamps:", "/lamps/count:"));
    let files = ["--file", "a/one.yaml", "--file", "a/two.yaml"];
    bench
        .import(&[&["upstream.yaml", "more.yaml"], &files[..]].concat())
        .assert_says(0, "operations: 2, paths: 2");
    let origin = bench.read("spec/SOURCE.toml");
    assert!(
        origin.contains("file = \"a/one.yaml\"") && origin.contains("file = \"a/two.yaml\""),
        "{origin}"
    );
}

#[test]
fn programs_read_the_output_stream() {
    let bench = Bench::new();
    let run = bench.import(&["upstream.yaml", "--message-format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let first = r#"{"kind":"operation-came","pointer":"/paths/~1lamps/get","text":"GET /lamps (lamps-list)"}"#;
    assert_eq!(run.stdout.lines().next(), Some(first));
    bench.edit_upstream("maxLength: 32", "maxLength: 64");
    let run = bench.import(&["upstream.yaml", "--message-format", "github"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout
            .starts_with("::notice title=changed::schemas/lamp\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_form_of_the_slice_is_put_right_on_demand() {
    let bench = Bench::imported();
    let canonical = bench.read("spec/openapi.yaml");
    bench
        .spec(&["format", "--check"])
        .assert_says(0, "spec/openapi.yaml is in canonical form\n");
    bench.write(
        "spec/openapi.yaml",
        canonical.replace("openapi: 3.0.3\n", "# A comment.\nopenapi: \"3.0.3\"\n"),
    );
    let before = bench.snapshot();
    let run = bench.import(&["upstream.yaml"]);
    run.assert_says(0, "nothing of ours changed");
    run.assert_says(
        0,
        "spec/openapi.yaml is not in canonical form: run cargo xtask spec format\n",
    );
    bench
        .spec(&["format", "--check"])
        .assert_says(1, "To repair, run: cargo xtask spec format\n");
    assert_eq!(bench.snapshot(), before);
    bench
        .spec(&["format"])
        .assert_says(0, "written in canonical form");
    assert_eq!(bench.read("spec/openapi.yaml"), canonical);
    bench.write("spec/openapi.yaml", "a: [");
    bench
        .spec(&["format"])
        .assert_says(2, "spec/openapi.yaml:1:");
}

/// The committed document is canonical, and all of it is reached or kept.
#[test]
fn the_committed_slice_is_a_slice_of_itself() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(&root)
            .output();
        Run::of(output.unwrap())
    };
    let said = run(&["spec", "import", "spec/openapi.yaml"]);
    said.assert_says(0, "nothing of ours changed");
    assert_eq!(said.stderr.lines().count(), 1, "{}", said.stderr);
    run(&["spec", "format", "--check"]).assert_says(0, "is in canonical form");
    let findings = run(&[
        "spec",
        "import",
        "spec/openapi.yaml",
        "--message-format",
        "json",
    ]);
    assert_eq!(
        (findings.code, findings.stdout.as_str()),
        (0, ""),
        "every node has its sentence"
    );
}
