//! Copies of the SDK that contain many generated modules, so that one build compiles all of them and the dependencies once.
//!
//! In: the texts that the generator writes, by case. Out: a workspace in the target folder, and the output of cargo. In each case the
//! paths `crate::generated::…` are changed to the module of that case.
//!
//! The features of products that the cases list are features of the copy, too, and all of them are on.
//!
//! All copies share one target folder and have the same dependencies with the same features, so that these are compiled only once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails if a file cannot be read or written"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The features of the SDK that generated code may need; no crate comes with them.
const FEATURES: &str = "bodies,credentials,cursors,responses,styles";

/// The feature that turns on the products of all cases.
const PRODUCTS: &str = "all-products";

/// The name of the list of products.
const LIST: &str = "features.toml";

/// A workspace of one member: a copy of the SDK, with the repository's locked versions.
#[derive(Debug)]
pub struct Copy {
    /// The folder of the workspace.
    pub folder: PathBuf,
    /// The crate's module that contains the cases.
    module: String,
}

impl Copy {
    /// Writes the SDK into `folder`, with `module` for the cases and these crate `attributes`.
    pub fn new(folder: &Path, module: &str, attributes: &str) -> Self {
        let root = root();
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let members = manifest
            .lines()
            .find(|line| line.starts_with("members = "))
            .expect("a line of members");
        let alone = manifest.replace(members, "members = [\"sdk\"]");
        write(&folder.join("Cargo.toml"), &alone);
        if !folder.join("Cargo.lock").exists() {
            let locked = fs::read_to_string(root.join("Cargo.lock")).unwrap();
            write(&folder.join("Cargo.lock"), &locked);
        }
        let mut files = files_below(&root.join("sdk/src"));
        files.push(root.join("sdk/Cargo.toml"));
        for file in files {
            let place = folder.join(file.strip_prefix(&root).unwrap());
            let mut text = fs::read_to_string(&file).unwrap();
            if place.ends_with("sdk/Cargo.toml") {
                text = without_table(&text, "[dev-dependencies]");
                text = without_table(&text, "[[example]]");
            }
            if place.ends_with("sdk/src/lib.rs") {
                let beside = format!("mod generated;\n#[rustfmt::skip]\npub mod {module};");
                text = text.replacen("mod generated;", &beside, 1);
                let missing = "#![warn(missing_docs)]";
                text = text.replacen(missing, &format!("{missing}\n{attributes}"), 1);
            }
            write(&place, &text);
        }
        Self {
            folder: folder.to_owned(),
            module: module.to_owned(),
        }
    }

    /// Writes the generated files of each case as a module, and removes those of other cases.
    pub fn write_cases<'a>(
        &self,
        cases: impl IntoIterator<Item = (String, Vec<(String, &'a str)>)>,
    ) {
        let below = self.folder.join("sdk/src").join(&self.module);
        let mut modules = "//! The cases, one module each.\n\n".to_owned();
        let mut products = BTreeMap::new();
        let mut written = vec![below.join("mod.rs")];
        for (case, files) in cases {
            modules.push_str(&format!("pub mod {case};\n"));
            for (name, text) in files {
                if name == LIST {
                    products.extend(listed(text));
                }
                let place = below.join(&case).join(name);
                write(&place, &self.adapted(text, &case));
                written.push(place);
            }
        }
        self.declare(&products);
        write(&below.join("mod.rs"), &modules);
        let there = files_below(&below);
        for stale in there.iter().filter(|file| !written.contains(*file)) {
            fs::remove_file(stale).unwrap();
        }
    }

    /// Writes the features of products into the manifest.
    fn declare(&self, products: &BTreeMap<String, String>) {
        let place = self.folder.join("sdk/Cargo.toml");
        let manifest = fs::read_to_string(&place).unwrap();
        let names: Vec<String> = products.keys().map(|name| format!("{name:?}")).collect();
        let mut lines = format!("\n{PRODUCTS} = [{}]\n", names.join(", "));
        for (name, needed) in products {
            lines.push_str(&format!("{name} = {needed}\n"));
        }
        let declared = manifest.replacen("[features]\n", &format!("[features]{lines}"), 1);
        write(&place, &declared);
    }

    /// Runs cargo on the copy, offline, with the features that generated code may need.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let features = format!("{FEATURES},{PRODUCTS}");
        let features = ["--features", &features];
        self.cargo_without_features(&[arguments, &features].concat())
    }

    /// The same without these features. The output is used once, so it is built without incremental state and debug info.
    pub fn cargo_without_features(&self, arguments: &[&str]) -> Output {
        Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .args(["--quiet", "--offline", "--package", "cloudflare-magic"])
            .arg("--no-default-features")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.with_file_name("sdk_copies"))
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTDOCFLAGS")
            .output()
            .expect("cargo runs")
    }

    /// The text of a generated file, changed for the module of its case: its paths, its visibility, and the name of the method that
    /// it adds to the client, since the client can have each name once.
    fn adapted(&self, text: &str, case: &str) -> String {
        let module = &self.module;
        let text = text
            .replace("crate::generated::", &format!("crate::{module}::{case}::"))
            .replace(
                "/// use cloudflare_magic::",
                &format!("/// use cloudflare_magic::{module}::{case}::types::"),
            )
            .replace(
                "pub(crate) mod types {",
                // Examples import types of the runtime from where the types of the case are.
                "pub mod types {\n    pub use crate::{SecretText, Timestamp};\n    #[cfg(feature = \"bodies\")]\n    pub use crate::FileUpload;\n",
            )
            .replace("pub(crate) const BASE_URL", "pub const BASE_URL");
        let text = linked(&text, &format!("](crate::{module}::{case}::types::"));
        let text = inserted(&text, "impl Client {", "pub fn ", case);
        // In examples a call begins a statement, or follows `=`, `in` or `match`.
        let openings = ["/// client", "= client", "in client", "match client"];
        openings
            .iter()
            .fold(text, |text, opening| inserted(&text, opening, ".", case))
    }
}

/// The products of a list, each with the features that it needs.
fn listed(text: &str) -> impl Iterator<Item = (String, String)> {
    let lines = text.lines().filter_map(|line| line.split_once(" = "));
    let products = lines.filter(|(name, _)| *name != PRODUCTS && !name.starts_with('#'));
    products.map(|(name, needed)| (name.to_owned(), needed.to_owned()))
}

/// The manifest of the SDK without a table: dev-dependencies add features to the dependencies, and the examples are not copied.
fn without_table(manifest: &str, name: &str) -> String {
    let Some((before, rest)) = manifest.split_once(name) else {
        return manifest.to_owned();
    };
    let after = rest.find("\n[").map_or("", |at| &rest[at + 1..]);
    format!("{before}{after}")
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.unwrap().to_owned()
}

/// The text with links to the types of the case in place of those to the crate, except where they lead to the runtime.
fn linked(text: &str, to: &str) -> String {
    const RUNTIME: [&str; 7] = [
        "ApiError",
        "Call",
        "Client",
        "ClientBuilder",
        "Error",
        "ErrorKind",
        "guide",
    ];
    let from = "](crate::";
    let mut parts = text.split(from);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let first = part.split([':', ')']).next().unwrap_or_default();
        whole.push_str(if RUNTIME.contains(&first) { from } else { to });
        whole.push_str(part);
    }
    whole
}

/// Inserts `<case>_` after the first `mark` that follows each `opening`.
fn inserted(text: &str, opening: &str, mark: &str, case: &str) -> String {
    let marked = format!("{mark}{case}_");
    let mut parts = text.split(opening);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str(opening);
        // What is inserted makes a raw identifier a plain one.
        let named = part.replacen(mark, &marked, 1);
        whole.push_str(&named.replacen(&format!("{marked}r#"), &marked, 1));
    }
    whole
}

/// Writes a file only if its text changes, so that cargo rebuilds no more than needed.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// All files in a folder and its folders.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files_below(&path)),
            false => found.push(path),
        }
    }
    found
}

/// The last part of a path.
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
