//! The generator's output compiles without a warning: every accepted golden case, together with the runtime that it uses.
//!
//! Programs run on some of the cases, for what no operation of the SDK's document has yet (one is behaviour 52).

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tests::sdk_copy::{Copy, files_below, name_of, root, write};

/// What a `PATCH` sends for fields that are kept, cleared and set.
const PATCH: &str = include_str!("data/golden_patch.rs");

/// What is read from JSON as types of the cases that it names.
const DECODE: &str = include_str!("data/golden_decode.rs");

/// The same for documents that are wrong, and for discriminators that do not tell members apart.
const DECODE_TAGS: &str = include_str!("data/golden_decode_tags.rs");

/// What is sent where a document has other credentials than an API token or key.
const CREDENTIALS: &str = include_str!("data/golden_credentials.rs");
/// Responses of kinds that no operation of the SDK has.
const RESPONSES: &str = include_str!("data/golden_responses.rs");

/// The case that the program `PATCH` uses.
const PATCHED: &str = "nullable_in_request";

/// What can be done with names of one type.
const EQUAL: &str = include_str!("data/golden_equal.rs");

/// What the calls of the cases that it uses send.
const REQUESTS: &str = include_str!("data/golden_requests.rs");

/// What is there without any product.
const ALWAYS: &str = "";

/// Items of this case, each with the products that it is there with.
const ITEMS: [(&str, &str); 18] = [
    ("floors::Floor", ALWAYS),
    ("floors::Floors", ALWAYS),
    ("floors::lamps::Lamps", "lamps"),
    ("houses::Home", "houses"),
    ("houses::House", "houses"),
    ("houses::HouseId", "door-bells houses logs"),
    ("houses::Houses", ALWAYS),
    ("houses::HousesList", "houses"),
    ("houses::Level", "houses logs"),
    ("houses::Mood", "door-bells logs"),
    ("houses::PlanBuilder", "houses time-api"),
    ("houses::logs::Logs", "logs"),
    ("rooms::RoomId", ALWAYS),
    ("shared::Cause", "all-products"),
    ("shared::CauseKind", ALWAYS),
    ("shared::ProblemCode", ALWAYS),
    ("user::notes::Notes", "notes"),
    ("weather::Weather", "weather"),
];

/// The same for a product that is divided.
const ITEMS_OF_PARTS: [(&str, &str); 14] = [
    ("houses::heat::Heat", ALWAYS),
    ("houses::heat::HeatGet", "heat"),
    ("houses::heat::Heating", "heat"),
    ("houses::heat::Mode", "heat heat-rooms"),
    ("houses::heat::Warmth", "heat-boilers heat-rooms"),
    ("houses::heat::rooms::Rooms", "heat-rooms"),
    ("houses::heat::rooms::Valve", "heat-rooms"),
    ("houses::heat::boilers::Boilers", ALWAYS),
    ("houses::heat::boilers::Boiler", "heat-boilers"),
    (
        "houses::heat::boilers::Amount",
        "heat-boilers-fuel heat-boilers-water",
    ),
    (
        "houses::heat::boilers::BoilerId",
        "heat-boilers-fuel heat-boilers-water",
    ),
    (
        "houses::heat::boilers::fuel::FuelLevel",
        "heat-boilers-fuel",
    ),
    ("houses::heat::boilers::water::Water", "heat-boilers-water"),
    ("yards::heat::Heat", "heat"),
];

/// The features that turn others on.
const WHOLES: [(&str, &str); 6] = [
    ("heat", "heat-boilers"),
    ("heat", "heat-boilers-fuel"),
    ("heat", "heat-boilers-water"),
    ("heat", "heat-rooms"),
    ("heat-boilers", "heat-boilers-fuel"),
    ("heat-boilers", "heat-boilers-water"),
];

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

/// Products compile one by one, all together, and not at all; none is compiled that is off, and the manifest has what is listed. The own
/// operations of an owner are such a product.
#[test]
fn products_compile_alone_and_together() {
    assert_products("nested_products", &ITEMS, &[]);
}

/// So do the parts of a product that is divided, and its feature compiles all of them.
#[test]
fn parts_of_a_product_compile_alone_and_together() {
    assert_products("nested_divided", &ITEMS_OF_PARTS, &WHOLES);
}

/// The items of a case are there with their products, and with the features that turn these on.
fn assert_products(case: &str, items: &[(&str, &str)], wholes: &[(&str, &str)]) {
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| name == case);
    let copy = copy(&format!("golden_{case}"), "#![deny(warnings)]", &cases);
    let manifest = fs::read_to_string(copy.folder.join("sdk/Cargo.toml")).unwrap();
    let list = cases.iter().flat_map(|(_, files)| files);
    let list = list.filter(|(name, _)| name == "features.toml");
    let lines = list.flat_map(|(_, text)| text.lines());
    let listed: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(" = ")).collect();
    let is_missing = |name: &str, needed: &str| {
        let line = format!("{name} = {needed}");
        !manifest.lines().any(|there| there == line)
    };
    let missing: Vec<_> = listed
        .iter()
        .filter(|(name, needed)| is_missing(name, needed))
        .collect();
    assert!(listed.len() > 6 && missing.is_empty(), "{missing:?}");
    for (features, _) in listed.iter().chain(&[("", "[]")]) {
        let check = ["check", "--lib", "--features", features];
        let output = copy.cargo_without_features(&check);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{features}: {said}");
        let (there, absent): (Vec<_>, Vec<_>) = items.iter().partition(|(_, products)| {
            let is_on = |product| {
                [product, "all-products"].contains(features)
                    || wholes.contains(&(*features, product))
            };
            *products == ALWAYS || products.split(' ').any(is_on)
        });
        // An error for each line, which has one item.
        for (name, uses, errors) in [("there", &there, 0), ("absent", &absent, absent.len())] {
            let uses = uses.iter().map(|(path, _)| {
                format!("    let _: Option<cloudflare_magic::golden::{case}::{path}> = None;\n")
            });
            let uses: String = uses.collect();
            let program = format!("#![allow(deprecated)]\nfn main() {{\n{uses}}}\n");
            write(
                &copy.folder.join(format!("sdk/examples/{name}.rs")),
                &program,
            );
            let check = ["check", "--example", name, "--features", features];
            let short = ["--message-format", "short"];
            let output = copy.cargo_without_features(&[check.as_slice(), &short].concat());
            let said = String::from_utf8_lossy(&output.stderr);
            let place = format!("examples/{name}.rs:");
            let lines = said.lines().filter(|line| line.contains(&place));
            let lines = lines.filter_map(|line| line.split(&place).nth(1)?.split(':').next());
            let found: BTreeSet<&str> = lines.collect();
            assert_eq!(found.len(), errors, "{features}: {said}");
            assert_eq!(output.status.success(), errors == 0, "{features}: {said}");
        }
    }
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

/// The SDK's own code is flat: its manifest has no products.
#[test]
fn a_list_of_products_is_in_the_manifest() {
    let list = root().join("sdk/src/generated/features.toml");
    let manifest = fs::read_to_string(root().join("sdk/Cargo.toml")).unwrap();
    let list = fs::read_to_string(list).unwrap_or_default();
    let listed: Vec<&str> = list.lines().filter(|line| line.contains(" = ")).collect();
    let has = |line: &&str| manifest.lines().any(|there| there == *line);
    assert!(listed.iter().all(has), "{listed:?}");
    assert_eq!(manifest.contains("all-products"), !listed.is_empty());
    let features = manifest.split("[features]\n").nth(1).unwrap();
    let features = features.split("\n[").next().unwrap();
    let features = features.lines().filter_map(|line| line.split_once(" = "));
    for (name, _) in features {
        let is_known = codegen::naming::RUNTIME_FEATURES.contains(&name);
        let is_listed = listed
            .iter()
            .any(|line| line.starts_with(&format!("{name} = ")));
        assert!(is_known || is_listed, "`{name}` is not in RUNTIME_FEATURES");
    }
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
