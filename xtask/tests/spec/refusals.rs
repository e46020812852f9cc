//! Imports that fail: what they say, their exit codes, and that they touch nothing.

use std::fs;

use crate::bench::{Bench, UPSTREAM};
use crate::run::Run;
#[cfg(unix)]
use crate::support;

#[test]
fn a_fault_ends_an_import_before_anything_is_touched() {
    let refused = [
        ("swagger: '2.0'\n", "Swagger 2.0"),
        ("openapi: 3.1.0\n", "OpenAPI 3.1.0"),
        (
            "openapi: 3.0.3\npaths: {'/zones': {}}\n",
            "`/lamps/**` selects no path",
        ),
        (
            "{\"openapi\": \"3.0.3\", \"paths\": {",
            "the text ends in the middle",
        ),
        ("<html></html>", "this is a web page"),
        ("404: Not Found", "this is what a server sends in place"),
        (
            "{\"message\": \"Not Found\", \"status\": \"404\"}",
            "in place of a document: `Not Found`",
        ),
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n",
            "this is a pointer of Git LFS",
        ),
        (
            "info: {title: All, version: 4.0.0}\n",
            "may have been cut off",
        ),
        ("", "the file is empty"),
    ];
    for (text, message) in refused {
        let bench = Bench::imported();
        let before = bench.snapshot();
        bench.write("upstream.yaml", text);
        bench.import(&["upstream.yaml"]).assert_says(2, message);
        assert_eq!(bench.snapshot(), before, "{message}");
        let bench = Bench::new();
        bench.write("upstream.yaml", text);
        bench.import(&["upstream.yaml"]).assert_says(2, message);
        assert!(
            !bench.path("spec/openapi.yaml").exists() && !bench.path("spec/SOURCE.toml").exists()
        );
    }
}

/// Wherever a document is cut, within what we take or after it, the import does not take the rest for the whole.
#[test]
fn a_document_that_was_cut_off_is_recognized() {
    let bench = Bench::new();
    let servers = "servers: [{url: https://api.example.com}]\n";
    let whole = format!("{UPSTREAM}{servers}");
    bench.write("upstream.yaml", &whole);
    bench.import(&["upstream.yaml"]).assert_says(0, "");
    let before = bench.snapshot();
    let is_tried = |end: &usize| end.is_multiple_of(11) || whole[..*end].ends_with('\n');
    for end in (1..whole.len()).filter(is_tried) {
        bench.write("upstream.yaml", &whole[..end]);
        let run = bench.import(&["upstream.yaml"]);
        assert_eq!(run.code, 2, "{run:?}\n{}", &whole[..end]);
    }
    assert_eq!(bench.snapshot(), before);
    let (cut, _) = whole.split_once("    zone:").unwrap();
    bench.write(
        "upstream.yaml",
        format!("{cut}    lamp: {{type: object}}\n"),
    );
    let run = bench.import(&["upstream.yaml"]);
    run.assert_says(
        2,
        "it ends in `/components/schemas/lamp/type`, and has no `servers` any more",
    );
    bench.write("upstream.yaml.gz", b"\x1f\x8b\x08\0");
    bench
        .import(&["upstream.yaml.gz"])
        .assert_says(3, "it is compressed with gzip: unpack it first");
}

#[test]
fn a_faulty_slice_of_ours_is_not_overwritten() {
    let bench = Bench::imported();
    bench.write("spec/openapi.yaml", "paths: [\n");
    let before = bench.snapshot();
    bench
        .import(&["upstream.yaml"])
        .assert_says(2, "spec/openapi.yaml:");
    assert_eq!(bench.snapshot(), before);
}

#[test]
fn what_cannot_be_read_is_named() {
    let bench = Bench::imported();
    bench
        .import(&["gone.yaml"])
        .assert_says(3, "error: cannot read `gone.yaml`: ");
    bench.write("latin.yaml", b"openapi: \xe9");
    let run = bench.import(&["upstream.yaml", "latin.yaml"]);
    run.assert_says(
        3,
        "error: cannot read `latin.yaml`: line 1 has the byte 0xE9",
    );
    run.assert_says(3, "then run: cargo xtask spec import");
    fs::remove_file(bench.path("spec/sdk.toml")).unwrap();
    bench
        .import(&["upstream.yaml"])
        .assert_says(3, "error: cannot read `spec/sdk.toml`: ");
}

#[test]
fn wrong_flags_have_their_own_code() {
    let bench = Bench::new();
    for flags in [
        &[][..],
        &["upstream.yaml", "--commit", "main"],
        &["upstream.yaml", "--date", "today"],
        &["upstream.yaml", "--prose", "mine"],
    ] {
        let run = bench.import(flags);
        assert_eq!(run.code, 64, "{run:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_and_keeps_its_files() {
    let bench = Bench::imported();
    let before = bench.snapshot();
    bench.edit_upstream("maxLength: 32", "maxLength: 64");
    let binary = support::binary_in(&bench.path(""));
    let mut command = bench.command(&binary, &["import", "upstream.yaml"]);
    let run = Run::of(support::run_locked_out(&mut command, &bench.path("spec")));
    run.assert_says(
        3,
        "error: cannot write `spec/SOURCE.toml`: Permission denied",
    );
    assert_eq!(bench.snapshot(), before);
}

#[test]
fn what_a_killed_import_left_is_cleared_away() {
    let bench = Bench::imported();
    bench.write("spec/.codegen-tmp-1-new-openapi.yaml", "half");
    bench.write("spec/.codegen-tmp-1-new-SOURCE.toml", "half");
    // Killed between the two moves: SOURCE.toml is new already, and the slice is not.
    bench.write("spec/SOURCE.toml", "new = true\n");
    bench.edit_upstream("maxLength: 32", "maxLength: 64");
    bench
        .import(&["upstream.yaml"])
        .assert_says(0, "written from upstream.yaml");
    let names: Vec<String> = bench.snapshot().into_keys().collect();
    assert_eq!(names, ["SOURCE.toml", "openapi.yaml", "sdk.toml"]);
    assert!(
        bench
            .read("spec/SOURCE.toml")
            .contains("file = \"upstream.yaml\"")
    );
    assert!(bench.read("spec/openapi.yaml").contains("maxLength: 64"));
}
