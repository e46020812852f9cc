//! The house rules, as tests on the text of the repository.
//!
//! Each rule is a function from files to findings, so that each is also tried on a planted
//! violation. A finding has the file, the line, and the correction.

#![allow(
    clippy::unwrap_used,
    reason = "a test reports what it cannot read by failing"
)]

mod arrows;
mod behaviours;
mod copies;
mod crates;
mod files;
mod methods;
mod sdk_rooms;
mod text;

use std::env;
use std::fs;
use std::path::Path;

use files::{File, repository};

/// A rule: takes all files, returns one line for each violation.
type TidyRule = fn(&[File]) -> Vec<String>;

fn assert_holds(rule: TidyRule) {
    let findings = rule(&repository());
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

/// Tries a rule on one planted file and returns the findings.
fn planted(rule: TidyRule, path: &str, text: &str) -> Vec<String> {
    rule(&[File {
        path: path.to_owned(),
        text: text.to_owned(),
    }])
}

#[test]
fn the_repository_is_read() {
    let files = repository();
    for path in [
        "Cargo.toml",
        "codegen/src/lib.rs",
        "sdk/src/lib.rs",
        "xtask/src/main.rs",
    ] {
        assert!(
            files.iter().any(|file| file.path == path),
            "{path} was not found"
        );
    }
}

#[test]
fn modules_open_with_docs() {
    assert_holds(text::modules_open_with_docs);
    let found = planted(
        text::modules_open_with_docs,
        "sdk/src/id.rs",
        "use std::fmt;\n",
    );
    assert_eq!(
        found,
        ["sdk/src/id.rs:1: open the module with `//!`: what comes in, what goes out"]
    );
    assert!(planted(text::modules_open_with_docs, "a.rs", "//! Docs.\n").is_empty());
    assert!(
        planted(
            text::modules_open_with_docs,
            "sdk/src/generated/a.rs",
            "x\n"
        )
        .is_empty()
    );
}

#[test]
fn files_are_small() {
    assert_holds(text::files_are_small);
    let long = "//! Long.\n".repeat(401);
    let found = planted(text::files_are_small, "sdk/src/id.rs", &long);
    assert_eq!(
        found,
        ["sdk/src/id.rs:401: split the file: 401 lines, at most 400 are allowed"]
    );
    assert!(planted(text::files_are_small, "spec/openapi.yaml", &long).is_empty());
}

#[test]
fn lines_end_with_lf() {
    assert_holds(text::lines_end_with_lf);
    let found = planted(text::lines_end_with_lf, "a.md", "one\ntwo\r\nthree");
    assert_eq!(
        found,
        [
            "a.md:2: end the line with LF, without a carriage return",
            "a.md:3: end the file with a newline"
        ]
    );
    let found = planted(text::lines_end_with_lf, "a.rs", "//! A.\n\tfn a() {}\n");
    assert_eq!(found, ["a.rs:2: indent with spaces, not tabs"]);
}

#[test]
fn nothing_is_left_undone() {
    assert_holds(text::nothing_is_left_undone);
    for word in [
        concat!("to", "do!()"),
        concat!("db", "g!(a)"),
        concat!("#[", "ignore]"),
    ] {
        let found = planted(
            text::nothing_is_left_undone,
            "a.rs",
            &format!("//! A.\n{word}\n"),
        );
        assert_eq!(found.len(), 1, "{word}: {found:?}");
        assert!(found[0].starts_with("a.rs:2: "), "{found:?}");
    }
}

#[test]
fn the_header_marks_generated_files_only() {
    assert_holds(text::the_header_marks_generated_files_only);
    let header = format!("{}\n", codegen::output::HEADER);
    let rule = text::the_header_marks_generated_files_only;
    assert_eq!(planted(rule, "sdk/src/id.rs", &header).len(), 1);
    assert!(planted(rule, "sdk/src/generated/id.rs", &header).is_empty());
    assert!(planted(rule, "codegen/tests/golden/ids/expected/id.rs", &header).is_empty());
    assert_eq!(
        planted(rule, "sdk/src/generated/id.rs", "//! By hand.\n").len(),
        1
    );
}

#[test]
fn the_generator_has_no_hashed_order() {
    assert_holds(text::the_generator_has_no_hashed_order);
    let text = "//! A.\nuse std::collections::{BTreeMap, HashMap};\n";
    let rule = text::the_generator_has_no_hashed_order;
    let found = planted(rule, "codegen/src/model.rs", text);
    assert_eq!(
        found,
        ["codegen/src/model.rs:2: use BTreeMap, BTreeSet or IndexMap instead of `HashMap`"]
    );
    assert!(planted(rule, "sdk/src/model.rs", text).is_empty());
}

#[test]
fn the_generator_is_pure() {
    assert_holds(arrows::the_generator_is_pure);
    let text = "//! A.\nuse std::{\n    fmt,\n    fs::File,\n};\nlet now = std::time::now();\n";
    let found = planted(arrows::the_generator_is_pure, "codegen/src/model.rs", text);
    assert_eq!(
        found,
        [
            "codegen/src/model.rs:2: leave `std::fs` to xtask: the generator is pure",
            "codegen/src/model.rs:6: leave `std::time` to xtask: the generator is pure"
        ]
    );
    assert!(
        planted(
            arrows::the_generator_is_pure,
            "codegen/src/model/tests.rs",
            text
        )
        .is_empty()
    );
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    assert_holds(arrows::rooms_use_only_the_rooms_below_them);
    let rule = arrows::rooms_use_only_the_rooms_below_them;
    let upwards =
        "//! A.\nuse crate::{model::Api, pointer::Pointer};\n\nfn a(b: crate::emit::B) {}\n";
    let found = planted(rule, "codegen/src/model/ty.rs", upwards);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("codegen/src/model/ty.rs:4: `model` must not use `emit`"));
    let found = planted(rule, "codegen/src/attic.rs", "//! A.\n");
    assert!(found[0].starts_with("codegen/src/attic.rs:1: not a room of the map: add `attic`"));
    let found = planted(
        rule,
        "codegen/src/model.rs",
        "//! A.\nuse super::emit::B;\n",
    );
    assert!(found[0].starts_with("codegen/src/model.rs:2: write `crate::` instead of `super::`"));
    let found = planted(
        rule,
        "codegen/src/model.rs",
        "//! A.\nuse crate::generate;\n",
    );
    assert!(found[0].starts_with("codegen/src/model.rs:2: `model` must not use `generate`"));
    assert!(planted(rule, "codegen/src/lib.rs", "//! A.\nuse crate::emit::B;\n").is_empty());
}

#[test]
fn rooms_of_the_sdk_have_one_direction() {
    let rule = sdk_rooms::rooms_of_the_sdk_have_one_direction;
    assert_holds(rule);
    let upwards = "//! A.\nuse crate::base::redact;\nuse crate::{call::Call, error::Error};\n";
    let found = planted(rule, "sdk/src/response/envelope.rs", upwards);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0]
            .starts_with("sdk/src/response/envelope.rs:3: `response` must not use `crate::call`")
    );
    let around = "//! A.\nuse crate::Client;\n";
    assert_eq!(planted(rule, "sdk/src/error/kind.rs", around).len(), 1);
    let generated = "//! A.\nuse crate::generated::api::Account;\n";
    assert_eq!(planted(rule, "sdk/src/client.rs", generated).len(), 1);
    assert!(planted(rule, "sdk/src/service.rs", generated).is_empty());
    let internal = "//! A.\nuse crate::runtime::Call;\nuse crate::call::Call;\n";
    assert_eq!(
        planted(rule, "sdk/src/generated/pcaps.rs", internal).len(),
        1
    );
    assert!(planted(rule, "sdk/src/testing/mock.rs", internal).is_empty());
    let found = planted(rule, "sdk/src/attic.rs", "//! A.\n");
    assert!(found[0].starts_with("sdk/src/attic.rs:1: not a room of the SDK"));
}

#[test]
fn crates_depend_only_downwards() {
    assert_holds(crates::crates_depend_only_downwards);
    let rule = crates::crates_depend_only_downwards;
    let text =
        "[package]\nname = \"cloudflare-magic\"\n\n[dev-dependencies]\ncodegen.workspace = true\n";
    let found = planted(rule, "sdk/Cargo.toml", text);
    assert_eq!(
        found,
        ["sdk/Cargo.toml:5: `cloudflare-magic` must not depend on `codegen`"]
    );
    let text = "[package]\nname = \"new\"\n";
    let found = planted(rule, "new/Cargo.toml", text);
    assert!(
        found[0].starts_with("new/Cargo.toml:2: not a crate of the map: add `new`"),
        "{found:?}"
    );
    let text = "[package]\nname = \"xtask\"\n[target.'cfg(unix)'.dependencies]\ntests = \"1\"\n";
    assert_eq!(planted(rule, "xtask/Cargo.toml", text).len(), 1);
}

#[test]
fn b60_ci_checks_each_feature_alone() {
    assert_holds(crates::ci_checks_each_feature_alone);
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let files = [
        file(
            "sdk/Cargo.toml",
            "[features]\ndefault = []\ngzip = []\ntime = []\n",
        ),
        file(".ci/run", "features=(gzip)\n"),
    ];
    let found = crates::ci_checks_each_feature_alone(&files);
    assert_eq!(
        found[0],
        ".ci/run:1: add the feature `time` of the SDK to `features`"
    );
    assert!(
        found[1].starts_with(".ci/run:1: check the SDK with "),
        "{found:?}"
    );
}

#[test]
fn b77_the_lowest_versions_are_locked() {
    assert_holds(crates::the_lowest_versions_are_locked);
}

#[test]
fn behaviours_have_their_tests() {
    if env::var("UPDATE_GOLDEN").is_ok_and(|asked| asked == "1") {
        assert!(
            env::var("CI").is_err(),
            "UPDATE_GOLDEN is set, but CI never accepts"
        );
        let list = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(behaviours::LIST);
        fs::write(list, behaviours::updated(&repository()).unwrap()).unwrap();
    }
    assert_holds(behaviours::behaviours_have_their_tests);
}

#[test]
fn a_list_that_differs_from_the_tests_is_found() {
    let rule = behaviours::behaviours_have_their_tests;
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let code = "//! A.\nfn b01_one() {}\n    async fn b01_to_b03_all() {}\nfn b07_b09_two() {}\nfn b1() {}\n";
    let list = "# A\n\n**1.** One.\n- `a.rs`: `b01_one`\n- `b.rs`: `b01_gone`\n\n**3.** Three.\n\n**4.** Four\nof them.\n\n**3.** Again.\n";
    let files = [file("a.rs", code), file(behaviours::LIST, list)];
    let found = rule(&files);
    let starts = [
        "tests/BEHAVIOURS.md:12: behaviour 3 is there already, in line 7: take a number that is free",
        "tests/BEHAVIOURS.md:5: there is no such test of behaviour 1: correct or remove the line;",
        "tests/BEHAVIOURS.md:3: add below behaviour 1 the line \"- `a.rs`: `b01_to_b03_all`\";",
        "tests/BEHAVIOURS.md:7: add below behaviour 3 the line \"- `a.rs`: `b01_to_b03_all`\";",
        "tests/BEHAVIOURS.md:9: behaviour 4 has no test: write one whose name begins with `b04_`",
        "tests/BEHAVIOURS.md:12: add below behaviour 3 the line ",
        "a.rs:3: `b01_to_b03_all` tests behaviour 2, which tests/BEHAVIOURS.md does not have: write there `**2.**` and",
        "a.rs:4: `b07_b09_two` tests behaviour 7, which ",
        "a.rs:4: `b07_b09_two` tests behaviour 9, which ",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (found, start) in found.iter().zip(starts) {
        assert!(found.starts_with(start), "{found}\n{start}");
    }
    let updated = behaviours::updated(&files).unwrap();
    assert_eq!(
        updated,
        "# A\n\n**1.** One.\n- `a.rs`: `b01_one`\n- `a.rs`: `b01_to_b03_all`\n\n**3.** Three.\n- `a.rs`: `b01_to_b03_all`\n\n\
         **4.** Four\nof them.\n\n**3.** Again.\n- `a.rs`: `b01_to_b03_all`\n"
    );
}

#[test]
fn licences_are_copied_unchanged() {
    assert_holds(copies::licences_are_copied_unchanged);
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let files = [
        file("LICENSE-MIT", "MIT"),
        file("LICENSE-APACHE", "Apache"),
        file("sdk/LICENSE-MIT", "other"),
    ];
    assert_eq!(
        copies::licences_are_copied_unchanged(&files),
        [
            "sdk/LICENSE-MIT:1: copy LICENSE-MIT here: the published crate contains it",
            "sdk/LICENSE-APACHE:1: copy LICENSE-APACHE here: the published crate contains it",
        ]
    );
}

/// Cargo packs what a link leads to.
#[test]
fn the_crate_packs_the_changelog() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let advice = "make sdk/CHANGELOG.md a link to ../CHANGELOG.md";
    assert_eq!(text("sdk/CHANGELOG.md"), text("CHANGELOG.md"), "{advice}");
}

#[test]
fn links_of_the_crate_are_absolute() {
    assert_holds(copies::links_of_the_crate_are_absolute);
    let text = "[a](https://a.example) [b](#b)\n[c](../LICENSE-MIT)\n";
    let rule = copies::links_of_the_crate_are_absolute;
    assert_eq!(
        planted(rule, "sdk/README.md", text),
        ["sdk/README.md:2: write `../LICENSE-MIT` as a whole URL"]
    );
    assert!(planted(rule, "README.md", text).is_empty());
}

#[test]
fn snippets_are_the_examples() {
    assert_holds(copies::snippets_are_the_examples);
    let has_example =
        |file: &File| file.path == "sdk/README.md" && file.text.contains("<!-- example: ");
    assert!(repository().iter().any(has_example), "users see a program");
    let example = "//! Says hello.\n\nfn main() {}\n";
    let try_with = |text: &str| {
        let file = |path: &str, text: &str| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        copies::snippets_are_the_examples(&[
            file("sdk/examples/hello.rs", example),
            file("README.md", text),
        ])
    };
    let equal = "# A\n\n<!-- example: hello -->\n```rust\nfn main() {}\n```\n<!-- end -->\n";
    assert!(try_with(equal).is_empty());
    let found = try_with(&equal.replace("main", "other"));
    assert_eq!(
        found,
        ["README.md:3: put here, as a rust block, sdk/examples/hello.rs without its `//!` lines"]
    );
    let found = try_with(&equal.replace("hello", "none"));
    assert_eq!(found, ["README.md:3: there is no sdk/examples/none.rs"]);
    let found = try_with("<!-- example: hello -->\n");
    assert_eq!(
        found,
        ["README.md:1: close the example with `<!-- end -->`"]
    );
}
