//! Rules on our crates: which depends on which, and that CI checks each feature.

use toml::{Table, Value};

use crate::files::File;

/// Each crate with those of ours that it may depend on, for tests too.
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
            "{}:{}: not a crate of the map: add `{name}` and what it may use to CRATES in \
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

/// The commands of CI, local and on GitHub.
const CI: &str = ".ci/run";

/// `.ci/run` has the SDK's features in `features=(…)` and `features+=(…)`, and checks each of them alone.
pub(crate) fn ci_checks_each_feature_alone(files: &[File]) -> Vec<String> {
    let text = |path: &str| files.iter().find(|file| file.path == path);
    let (Some(ci), Some(manifest)) = (text(CI), text("sdk/Cargo.toml")) else {
        return vec![format!("{CI}:1: this file or sdk/Cargo.toml is missing")];
    };
    let lists = ci.text.lines().filter_map(|line| {
        let list = line
            .trim()
            .strip_prefix("features")?
            .trim_start_matches('+');
        list.strip_prefix("=(")?.strip_suffix(')')
    });
    let listed: Vec<&str> = lists.flat_map(str::split_whitespace).collect();
    let manifest: Table = manifest.text.parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    let features = features.keys().map(String::as_str);
    let missing = features.filter(|name| *name != "default" && !listed.contains(name));
    let mut findings: Vec<String> = missing
        .map(|name| format!("{CI}:1: add the feature `{name}` of the SDK to `features`"))
        .collect();
    let alone = "--no-default-features --features \"$feature\"";
    if !(ci.text.contains("for feature in \"\" \"${features[@]}\"") && ci.text.contains(alone)) {
        findings.push(format!(
            "{CI}:1: check the SDK with `{alone}` for each feature, and for none"
        ));
    }
    findings
}

/// The dependencies of the SDK at the lowest versions that Cargo.toml states. CI builds the SDK with them.
const LOWEST: &str = "Cargo.minimal.lock";

/// The lock file of the lowest versions has those that Cargo.toml states, for each crate that the SDK names.
pub(crate) fn the_lowest_versions_are_locked(files: &[File]) -> Vec<String> {
    let text = |path: &str| files.iter().find(|file| file.path == path);
    let paths = ["Cargo.toml", "sdk/Cargo.toml", LOWEST];
    let [Some(root), Some(sdk), Some(lowest)] = paths.map(text) else {
        return vec![format!("{LOWEST}:1: this file or a manifest is missing")];
    };
    let [root, sdk, lowest] = [root, sdk, lowest].map(|file| file.text.parse::<Table>().unwrap());
    let packages = lowest["package"].as_array().unwrap();
    let is_locked = |name: &str, version: &str| {
        let is_it = |package: &Value| {
            package["name"].as_str() == Some(name) && package["version"].as_str() == Some(version)
        };
        packages.iter().any(is_it)
    };
    let stated = |name: &str| {
        let entry = &root["workspace"]["dependencies"][name];
        let version = entry.as_str().or_else(|| entry.get("version")?.as_str());
        version.unwrap_or_default().to_owned()
    };
    let names = dependencies(&sdk);
    names
        .into_iter()
        .map(|name| (name, stated(name)))
        .filter(|(name, version)| !is_locked(name, version))
        .map(|(name, version)| {
            format!(
                "{LOWEST}:1: `{name}` is not there with the version `{version}` of Cargo.toml: \
                 write the file anew, see \"Lowest versions\" in CONTRIBUTING.md"
            )
        })
        .collect()
}

/// The names in every dependency table, including those of single platforms.
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
