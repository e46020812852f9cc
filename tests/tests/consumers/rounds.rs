//! Compiles many programs at once, and finds those that do not compile.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use tests::sdk_copy::{Copy, files_below, write};

/// The most rounds: the compiler has fewer phases, so more mean an error in the test itself.
const MOST_ROUNDS: usize = 8;

/// The programs that do not compile, each with the first error; `example` has all of them as modules.
pub fn failing(
    copy: &Copy,
    example: &str,
    mut programs: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let folder = copy.folder.join("sdk/examples").join(example);
    for stale in files_below(&folder) {
        let name = stale.file_stem().unwrap().to_string_lossy().into_owned();
        if name != "main" && !programs.contains_key(&name) {
            fs::remove_file(stale).unwrap();
        }
    }
    for (name, text) in &programs {
        write(&folder.join(format!("{name}.rs")), text);
    }
    let mut failing = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let modules: String = programs
            .keys()
            .map(|name| format!("pub mod {name};\n"))
            .collect();
        let main =
            format!("//! Programs.\n#![allow(warnings, clippy::all)]\n{modules}fn main() {{}}\n");
        write(&folder.join("main.rs"), &main);
        let output = copy.cargo(&["check", "--example", example, "--message-format=json"]);
        if output.status.success() {
            return failing;
        }
        let found = errors(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            !found.is_empty(),
            "cargo fails, and no program does:\n{stderr}"
        );
        for (name, error) in found {
            assert!(
                programs.remove(&name).is_some(),
                "`{name}` is not a program:\n{error}\n{stderr}"
            );
            failing.insert(name, error);
        }
    }
    panic!("after {MOST_ROUNDS} rounds programs still fail");
}

/// The programs in which the compiler finds errors, each with the first of them. Other files are named by their path.
fn errors(messages: &[u8]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for line in String::from_utf8_lossy(messages).lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        let message = &message["message"];
        if message["level"] != "error" {
            continue;
        }
        let spans = message["spans"].as_array().cloned().unwrap_or_default();
        let primary = spans.iter().find(|span| span["is_primary"] == true);
        let Some(file) = primary.and_then(|span| span["file_name"].as_str()) else {
            continue;
        };
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let is_program = file.contains("examples");
        let name = if is_program {
            name.trim_end_matches(".rs")
        } else {
            file
        };
        let text = message["rendered"].as_str().unwrap_or_default().to_owned();
        found.entry(name.to_owned()).or_insert(text);
    }
    found
}
