//! The generator's output compiles without a warning: every accepted golden case, together with the runtime that it uses.
//!
//! Programs run on some of the cases, for what no operation of the SDK's document has yet (one is behaviour 52).

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

mod products;

use std::fs;
use std::path::{Path, PathBuf};

use tests::sdk_copy::{Copy, files_below, name_of, root, write};

/// What a `PATCH` sends for fields that are kept, cleared and set.
const PATCH: &str = include_str!("../data/golden_patch.rs");

/// What is read from JSON as types of the cases that it names.
const DECODE: &str = include_str!("../data/golden_decode.rs");

/// The same for documents that are wrong, and for discriminators that do not tell members apart.
const DECODE_TAGS: &str = include_str!("../data/golden_decode_tags.rs");

/// What is sent where a document has other credentials than an API token or key.
const CREDENTIALS: &str = include_str!("../data/golden_credentials.rs");

/// Responses of kinds that no operation of the SDK has.
const RESPONSES: &str = include_str!("../data/golden_responses.rs");

/// The case that the program `PATCH` uses.
const PATCHED: &str = "nullable_in_request";

/// What can be done with names of one type.
const EQUAL: &str = include_str!("../data/golden_equal.rs");

/// What the calls of the cases that it uses send.
const REQUESTS: &str = include_str!("../data/golden_requests.rs");

/// A case whose code needs the feature `responses`.
const NEEDS_RESPONSES: &str = "response_text";

#[test]
fn accepted_goldens_compile_without_warnings() {
    let cases = accepted(&root().join("codegen/tests/golden"));
    assert!(
        cases.len() > 30,
        "only {} accepted cases were found",
        cases.len()
    );
    let copy = copy("golden_compile", "#![deny(warnings)]", &cases);
    let examples = examples(&files_below(&copy.folder.join("sdk/src/golden")));
    write(&copy.folder.join("sdk/examples/golden.rs"), &examples);
    assert_succeeds(&copy, &["check", "--example", "golden"]);
    // rustdoc has its own lints.
    assert_succeeds(&copy, &["doc", "--no-deps"]);
}

/// The program is built with its case only: with the others, all of them would have to be compiled and linked.
#[test]
fn b52_a_patch_keeps_clears_and_sets() {
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| name == PATCHED);
    let copy = copy("golden_patch", "", &cases);
    write(&copy.folder.join("sdk/examples/patch.rs"), PATCH);
    assert_succeeds(&copy, &["run", "--example", "patch"]);
}

/// Custom requests cover the rest over a real connection, in `behaviours_kinds`.
#[test]
fn b124_responses_become_variants_by_status_and_media_type() {
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| RESPONSES.contains(&format!("golden::{name}::")));
    let copy = copy("golden_responses", "", &cases);
    write(&copy.folder.join("sdk/examples/responses.rs"), RESPONSES);
    assert_succeeds(&copy, &["run", "--example", "responses"]);
}

/// What the documents say of the variants of unions and of properties is true of the values that are read.
#[test]
fn values_of_goldens_are_read_as_their_types() {
    for (name, program) in [("decode", DECODE), ("decode_tags", DECODE_TAGS)] {
        let mut cases = accepted(&root().join("codegen/tests/golden"));
        cases.retain(|(case, _)| program.contains(&format!("{case}::types")));
        let copy = copy(&format!("golden_{name}"), "", &cases);
        write(
            &copy.folder.join(format!("sdk/examples/{name}.rs")),
            program,
        );
        assert_succeeds(&copy, &["run", "--example", name]);
    }
}

/// What the generated calls send, where no operation of the SDK's document has the like.
#[test]
fn requests_of_goldens_are_sent_as_their_documents_say() {
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| REQUESTS.contains(&format!("client.{name}_")));
    let copy = copy("golden_requests", "", &cases);
    write(&copy.folder.join("sdk/examples/requests.rs"), REQUESTS);
    assert_succeeds(&copy, &["run", "--example", "requests"]);
}

#[test]
fn b123_a_feature_that_is_off_is_named_where_generated_code_needs_it() {
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| name == NEEDS_RESPONSES);
    let copy = copy("golden_features", "", &cases);
    let output = copy.cargo_without_features(&["check"]);
    let said = String::from_utf8_lossy(&output.stderr);
    let message = "the generated code needs the feature `responses` of cloudflare-magic";
    assert!(!output.status.success() && said.contains(message), "{said}");
}

/// Names of one type can be used one for the other, those of two types cannot.
#[test]
fn equal_inline_schemas_of_a_product_are_one_type() {
    const CASE: &str = "equal_inline";
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| name == CASE);
    let copy = copy("golden_equal", "", &cases);
    write(&copy.folder.join("sdk/examples/equal.rs"), EQUAL);
    for (example, one, other) in [
        (
            "same",
            "weather::rain::RainGetUnit",
            "weather::wind::WindGetUnit",
        ),
        (
            "product",
            "weather::rain::RainGetUnit",
            "doors::DoorsGetUnit",
        ),
        (
            "documentation",
            "weather::rain::RainGetResult",
            "weather::sun::SunGetResult",
        ),
        ("component", "doors::One", "doors::Other"),
        (
            "variant",
            "weather::snow::SnowCreateResultLamp",
            "weather::snow::SnowCreateResultBell",
        ),
    ] {
        let uses = format!(
            "use cloudflare_magic::golden::{CASE}::houses;\n\nfn main() {{ let _: fn(houses::{one}) -> houses::{other} = |value| value; }}\n"
        );
        write(
            &copy.folder.join(format!("sdk/examples/{example}.rs")),
            &uses,
        );
        let output = copy.cargo(&["check", "--example", example]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.success(),
            example == "same",
            "{example}: {said}"
        );
        assert!(
            example == "same" || said.contains("mismatched types"),
            "{example}: {said}"
        );
    }
    assert_succeeds(&copy, &["run", "--example", "equal"]);
}

/// Each operation is sent the credentials that it takes, and no others.
#[test]
fn b130_credentials_by_name_are_those_that_an_operation_takes() {
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| name == "security_named");
    let copy = copy("golden_credentials", "", &cases);
    write(
        &copy.folder.join("sdk/examples/credentials.rs"),
        CREDENTIALS,
    );
    assert_succeeds(&copy, &["run", "--example", "credentials"]);
}

type Case = (String, Vec<(String, String)>);

/// A copy of the SDK with these cases as modules of `golden`.
fn copy(name: &str, attributes: &str, cases: &[Case]) -> Copy {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let copy = Copy::new(&folder, "golden", attributes);
    copy.write_cases(cases.iter().map(|(name, files)| {
        let files = files.iter();
        let files = files.map(|(name, text)| (name.clone(), text.as_str()));
        (name.clone(), files.collect())
    }));
    copy
}

fn assert_succeeds(copy: &Copy, arguments: &[&str]) {
    let output = copy.cargo(arguments);
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(
        output.status.success(),
        "cargo {}, in {}:\n{said}",
        arguments.join(" "),
        copy.folder.display()
    );
}

/// The code that rustdoc compiles in the documentation of these files, as one program with a module for each.
fn examples(files: &[PathBuf]) -> String {
    let mut program = "//! Examples in the documentation.\n#![allow(unused)]\n".to_owned();
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let lines = text.lines().filter_map(|line| {
            let line = line.trim_start().strip_prefix("///")?;
            Some(line.strip_prefix(' ').unwrap_or(line))
        });
        let lines: Vec<&str> = lines.collect();
        let mut fences = lines.split_inclusive(|line| line.starts_with("```"));
        while let (Some(before), Some(example)) = (fences.next(), fences.next()) {
            // What rustdoc compiles: anything but code in another language.
            if !matches!(before.last(), Some(&("```" | "```rust" | "```no_run"))) {
                continue;
            }
            count += 1;
            let place = file.display();
            program.push_str(&format!("\n// {place}\nmod example_{count} {{\n"));
            for line in example.iter().filter(|line| !line.starts_with("```")) {
                // Hidden lines of an example begin with `# `.
                let line = line.strip_prefix("# ").unwrap_or(line);
                program.push_str(&format!("{line}\n"));
            }
            program.push_str("}\n");
        }
    }
    assert!(count > 20, "only {count} examples were found");
    program.push_str("\nfn main() {}\n");
    program
}

/// The expected files of each accepted case.
fn accepted(goldens: &Path) -> Vec<Case> {
    let folders = fs::read_dir(goldens).unwrap();
    let mut folders: Vec<_> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("expected").exists());
    folders.sort();
    let case = |folder: &Path| {
        let expected = folder.join("expected");
        let files = files_below(&expected);
        let files = files.iter().map(|file| {
            let name = file.strip_prefix(&expected).unwrap();
            let text = fs::read_to_string(file).unwrap();
            (name.to_string_lossy().into_owned(), text)
        });
        (name_of(folder).replace('-', "_"), files.collect())
    };
    folders.iter().map(|folder| case(folder)).collect()
}
