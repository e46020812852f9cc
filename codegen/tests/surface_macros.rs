//! What the runtime's macros add to a generated type, against what the list of the surface knows of it.

#![allow(clippy::unwrap_used, reason = "a test fails if a file cannot be read")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::surface::{Runtime, known};

#[test]
fn what_the_macros_of_the_runtime_add_is_known() {
    for (runtime, called, file) in [
        (Runtime::Id, "id", "sdk/src/types/id.rs"),
        (
            Runtime::Texts,
            "open_enum",
            "sdk/src/types/open_enum/texts.rs",
        ),
        (
            Runtime::Codes,
            "open_code",
            "sdk/src/types/open_enum/codes.rs",
        ),
        (Runtime::Values, "open_value", "sdk/src/types/open_value.rs"),
    ] {
        let text = fs::read_to_string(repository().join(file)).unwrap();
        let mut body = macro_named(&text, called);
        // What several have in common is in macros of their own, one inside the other.
        let common = fs::read_to_string(repository().join("sdk/src/types/text.rs")).unwrap();
        for shared in ["text", "key", "order"] {
            if body.contains(&format!("::{shared}!($name")) {
                body.push_str(&macro_named(&common, shared));
            }
        }
        let heads = body
            .lines()
            .filter_map(|line| line.trim().strip_prefix("impl"));
        let heads = heads.filter_map(|line| {
            let line = line.trim_end_matches('}').trim_end_matches(" {");
            line.strip_suffix(" for $name")
        });
        let mut found: BTreeSet<String> = heads
            .map(|of| {
                of.trim_start_matches("<'de>")
                    .trim()
                    .trim_end_matches("<'de>")
            })
            .map(|of| {
                of.rsplit_once("::")
                    .map_or(of, |(_, of)| of)
                    .replace("$name", "X")
            })
            .collect();
        // How a type is read no user names; that it can be read, they do.
        for inner in ["Blank", "FromJson", "OpenText", "OpenCode"] {
            found.remove(inner);
        }
        if body.contains("impl_deserialize!($name);") {
            found.insert("Deserialize".to_owned());
        }
        let expected: BTreeSet<String> = known(runtime, "X").into_iter().collect();
        assert_eq!(
            found, expected,
            "`{called}!`: mend codegen/src/surface/known.rs"
        );
        if runtime != Runtime::Id {
            let line = |text: &str| body.lines().any(|line| line.trim() == text);
            assert!(line("#[derive(Clone, Debug, PartialEq)]"), "{called}");
            assert!(line("#[non_exhaustive]"), "{called}");
            assert!(body.contains("pub const ALL: &'static [Self]"), "{called}");
        }
    }
}

/// The text of a macro.
fn macro_named(text: &str, name: &str) -> String {
    let start = text.find(&format!("macro_rules! {name} {{")).unwrap();
    text[start..start + text[start..].find("\n}\n").unwrap()].to_owned()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}
