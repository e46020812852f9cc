//! `spec diff`: which states it reads, what it says, and its exit code.

use std::fs;

use crate::repository::Repository;

#[test]
fn nothing_changed_is_an_answer() {
    let repository = Repository::committed();
    repository.diff(&[]).assert(0, "No change in our slice", "");
    repository
        .diff(&["--fail-on", "additive"])
        .assert(0, "Commit: spec: no change for users", "");
}

#[test]
fn the_working_tree_is_compared_with_the_last_commit() {
    let repository = Repository::committed();
    repository.breaks();
    let run = repository.diff(&[]);
    run.assert(
        0,
        "Verdict: breaking. 0.3.1 becomes 0.4.0 (minor bump).",
        "",
    );
    assert!(run.stdout.contains("HEAD:spec/openapi.yaml:"), "{run:?}");
    repository
        .diff(&["--fail-on", "breaking"])
        .assert(1, "Verdict: breaking", "");
    repository
        .diff(&["HEAD", "HEAD"])
        .assert(0, "No change in our slice", "");
}

#[test]
fn two_revisions_are_compared_and_the_version_is_that_of_the_old_one() {
    let repository = Repository::committed();
    repository.breaks();
    repository.edit("Cargo.toml", "0.3.1", "1.0.0");
    repository.commit();
    let run = repository.diff(&["HEAD~1", "HEAD"]);
    run.assert(0, "0.3.1 becomes 0.4.0", "");
    repository
        .diff(&["HEAD", "HEAD~1", "--fail-on", "breaking"])
        .assert(0, "1.0.0 becomes 1.1.0", "");
    repository
        .diff(&["HEAD", "HEAD~1", "--fail-on", "additive"])
        .assert(1, "1.0.0 becomes 1.1.0", "");
}

#[test]
fn folders_and_single_documents_are_states_too() {
    let repository = Repository::plain();
    let other = Repository::plain();
    other.breaks();
    let folder = other.folder.path().to_str().unwrap();
    repository
        .diff(&["spec", folder])
        .assert(0, "Verdict: breaking", "");
    repository
        .diff(&[folder, "spec"])
        .assert(0, "Verdict: additive", "");
    let document = other.folder.path().join("spec/openapi.yaml");
    repository
        .diff(&["spec", document.to_str().unwrap()])
        .assert(0, "Verdict: breaking", "");
}

#[test]
fn the_report_comes_in_four_formats() {
    let repository = Repository::committed();
    repository.breaks();
    for (format, start) in [
        ("text", "Verdict: breaking."),
        ("markdown", "**Verdict: breaking."),
        (
            "json",
            "{\n  \"verdict\": \"breaking\",\n  \"provisional\": false,\n  \"bump\": \"minor\",",
        ),
        ("github", "::warning file=spec/openapi.yaml,line="),
    ] {
        let run = repository.diff(&["--format", format]);
        assert!(
            run.stdout.starts_with(start) && run.stderr.is_empty(),
            "{run:?}"
        );
    }
}

#[test]
fn without_git_or_a_revision_it_says_what_is_missing() {
    let plain = Repository::plain();
    plain.diff(&[]).assert(
        3,
        "",
        "error: cannot read `HEAD`: fatal: not a git repository",
    );
    let repository = Repository::committed();
    repository
        .diff(&["no-such-thing"])
        .assert(3, "", "error: cannot read `no-such-thing`: ");
    repository.git(&["rm", "--quiet", "spec/sdk.toml"]);
    repository.commit();
    repository
        .diff(&["HEAD", "HEAD~1"])
        .assert(3, "", "error: cannot read `HEAD:spec/sdk.toml`: ");
    repository
        .diff(&["--sideways"])
        .assert(64, "", "--sideways");
}

#[test]
fn faults_end_it_and_lapsed_exceptions_come_with_the_comparison() {
    let repository = Repository::committed();
    let stale = "\n[names.types]\nno_such_schema = \"None\"\n";
    let config = repository.folder.path().join("spec/sdk.toml");
    let text = fs::read_to_string(&config).unwrap();
    assert!(
        !text.contains("[names.types]"),
        "the fixture has the table now"
    );
    fs::write(&config, format!("{text}{stale}")).unwrap();
    repository.breaks();
    let run = repository.diff(&["--fail-on", "breaking"]);
    run.assert(2, "Provisional verdict: breaking.", "");
    assert!(
        run.stdout
            .contains("names.types.no_such_schema at spec/sdk.toml:"),
        "{run:?}"
    );
    fs::write(&config, "not toml").unwrap();
    repository
        .diff(&[])
        .assert(2, "", "error: the new inputs are at fault");
    repository.diff(&["--format", "json"]).assert(
        2,
        "{\"level\":\"fault\"",
        "the new inputs are at fault",
    );
}

/// A repository whose last release is the version that it has.
fn released() -> Repository {
    let repository = Repository::plain();
    repository.write(
        "CHANGELOG.md",
        "# Changelog\n\n## [Unreleased]\n\n## [0.3.1] - 2026-01-01\n",
    );
    repository.git(&["init", "--quiet"]);
    repository.commit();
    repository
}

#[test]
fn a_break_wants_a_version_and_a_word_in_the_changelog() {
    let repository = released();
    repository.breaks();
    repository.commit();
    let check = ["HEAD~1", "HEAD", "--check-release"];
    let run = repository.diff(&check);
    let version = "the version is 0.3.1, and the verdict since 0.3.1 is breaking\n  help: set `version = \"0.4.0\"`";
    run.assert(1, version, "");
    run.assert(
        1,
        "the changelog does not say that `ShelfMaterial` breaks",
        "",
    );

    // The name of another item is no word about this one.
    let other = "## [Unreleased]\n\n- `ShelfMaterials`, `Shelf::material_before`: other things.\n";
    repository.edit("CHANGELOG.md", "## [Unreleased]\n", other);
    let run = repository.diff(&["HEAD~1", "--check-release"]);
    for name in ["ShelfMaterial", "Shelf::material"] {
        let gap = format!("the changelog does not say that `{name}` breaks");
        run.assert(1, &gap, "");
    }
    repository.git(&["checkout", "--quiet", "CHANGELOG.md"]);

    repository.edit("Cargo.toml", "0.3.1", "0.4.0");
    let entry =
        "## [Unreleased]\n\n### Removed\n\n- **Breaking:** `ShelfMaterial`, `Shelf::material`.\n";
    repository.edit("CHANGELOG.md", "## [Unreleased]\n", entry);
    repository.commit();
    repository
        .diff(&["HEAD~2", "HEAD", "--check-release"])
        .assert(0, "Verdict: breaking", "");
    // A second break goes with the version that the first one has brought.
    repository.edit("spec/openapi.yaml", "required: [id]", "required: []");
    repository.edit(
        "CHANGELOG.md",
        "`Shelf::material`",
        "`Shelf::material`, `Shelf::id`",
    );
    repository.commit();
    repository.diff(&check).assert(0, "Verdict: breaking", "");
}

#[test]
fn an_addition_wants_any_word_and_nothing_wants_none() {
    let repository = released();
    repository
        .diff(&["HEAD", "--check-release"])
        .assert(0, "No change in our slice", "");
    repository.edit("spec/openapi.yaml", "[oak, steel]", "[oak, steel, glass]");
    repository.edit("Cargo.toml", "0.3.1", "0.3.2");
    let gap = "the changelog does not say what changes";
    let check = |format| repository.diff(&["HEAD", "--check-release", "--format", format]);
    check("text").assert(1, &format!("error: {gap}\n"), "");
    check("markdown").assert(1, "### Does not go with it yet (1)\n\n- ", "");
    check("json").assert(1, "\"verdict\": \"additive\"", gap);
    check("github").assert(1, &format!("::error title={gap}::"), "");
    repository.edit(
        "CHANGELOG.md",
        "[Unreleased]\n",
        "[Unreleased]\n\n- Shelves of glass.\n",
    );
    check("text").assert(0, "Verdict: additive", "");
}

#[test]
fn before_the_first_release_any_version_goes() {
    let repository = Repository::committed();
    repository.breaks();
    repository.write(
        "CHANGELOG.md",
        "## [Unreleased]\n\n- `ShelfMaterial`, `Shelf::material`: gone.\n",
    );
    repository
        .diff(&["HEAD", "--check-release"])
        .assert(0, "Verdict: breaking", "");
}

/// A break that is accepted asks for no version; it is still named in the changelog.
#[test]
fn an_accepted_break_wants_a_word_and_no_version() {
    let repository = released();
    repository.breaks();
    let check = ["HEAD", "--check-release"];
    let run = repository.diff(&check);
    run.assert(1, "the verdict since 0.3.1 is breaking", "");
    let ids = run.stdout.lines().filter_map(|line| {
        let (_, id) = line.strip_suffix(']')?.rsplit_once('[')?;
        Some(format!("{id} = \"it never came\"\n"))
    });
    let config = repository.read("spec/sdk.toml");
    let accepted = format!("{config}\n[accept_breaks]\n{}", ids.collect::<String>());
    repository.write("spec/sdk.toml", &accepted);
    let run = repository.diff(&check);
    run.assert(1, "Verdict: patch. 0.3.1 becomes 0.3.2", "");
    run.assert(1, "that `ShelfMaterial` breaks", "");
    repository.edit("Cargo.toml", "0.3.1", "0.3.2");
    let entry = "## [Unreleased]\n\n- `ShelfMaterial`, `Shelf::material`: gone, they never came.\n";
    repository.edit("CHANGELOG.md", "## [Unreleased]\n", entry);
    repository.diff(&check).assert(0, "Accepted breaks (2)", "");
    // The break is undone: the entries have nothing to accept.
    repository.git(&["checkout", "--quiet", "spec/openapi.yaml"]);
    repository
        .diff(&check)
        .assert(2, "accept_breaks.", "this entry accepts nothing");
}
