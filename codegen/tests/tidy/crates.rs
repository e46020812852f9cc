//! The rule on which of our crates depends on which.

use toml::{Table, Value};

use crate::files::File;

/// Each crate with those of ours that it may depend on, tests included.
const CRATES: &[(&str, &[&str])] = &[
    ("cloudflare-magic", &[]),
    ("codegen", &[]),
    ("xtask", &["codegen"]),
    ("tests", &["cloudflare-magic", "codegen"]),
];

pub(crate) fn crates_depend_only_downwards(files: &[File]) -> Vec<String> {
    let is_member = |file: &&File| {
        let folder = file.path.strip_suffix("/Cargo.toml");
        folder.is_some_and(|folder| !folder.contains('/'))
    };
    files.iter().filter(is_member).flat_map(check).collect()
}

fn check(file: &File) -> Vec<String> {
    let manifest: Table = file.text.parse().unwrap();
    let name = manifest["package"]["name"].as_str().unwrap();
    let Some((_, allowed)) = CRATES.iter().find(|(known, _)| *known == name) else {
        return vec![format!(
            "{}:{}: no crate of the map: add `{name}` and what it may use to CRATES in \
             codegen/tests/tidy/crates.rs",
            file.path,
            line(file, name),
        )];
    };
    dependencies(&manifest)
        .into_iter()
        .filter(|used| CRATES.iter().any(|(ours, _)| ours == used) && !allowed.contains(used))
        .map(|used| {
            format!(
                "{}:{}: `{name}` must not depend on `{used}`",
                file.path,
                line(file, used)
            )
        })
        .collect()
}

/// The names in every dependency table, those for single platforms included.
fn dependencies(manifest: &Table) -> Vec<&str> {
    let platforms = manifest.get("target").and_then(Value::as_table);
    let platforms = platforms
        .into_iter()
        .flat_map(Table::values)
        .filter_map(Value::as_table);
    std::iter::once(manifest)
        .chain(platforms)
        .flat_map(|table| {
            ["dependencies", "dev-dependencies", "build-dependencies"].map(|kind| table.get(kind))
        })
        .flatten()
        .filter_map(Value::as_table)
        .flat_map(Table::keys)
        .map(String::as_str)
        .collect()
}

/// The line that names the crate: the last one, since a package's own name comes first.
fn line(file: &File, name: &str) -> usize {
    let found = file
        .lines()
        .filter(|(_, line)| line.contains(name))
        .map(|(number, _)| number);
    found.max().unwrap_or(1)
}
