//! The surface equals the generated files: every public item of the SDK and of every accepted golden
//! case is read a second time, from the committed text, and compared.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reports what it cannot read by failing"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::surface::{Runtime, Surface, known, surface};
use codegen::{Source, Sources, generate, model};
use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct, Visibility};

#[test]
fn the_surface_of_the_sdk_equals_its_files() {
    let root = repository();
    let surface = surface_of(&ours(&root));
    let files = rust_below(&root.join("sdk/src/generated"));
    assert_agrees("the SDK", &surface, &files);
}

/// The inputs of the SDK.
fn ours(root: &Path) -> Sources {
    let read = |path: &str| source(path, &root.join(path));
    Sources {
        spec: read("spec/openapi.yaml"),
        overlay: Some(read("spec/overlay.yaml")),
        config: read("spec/sdk.toml"),
        lock: None,
    }
}

#[test]
fn the_surface_of_every_golden_case_equals_its_files() {
    let goldens = repository().join("codegen/tests/golden");
    let mut seen = 0;
    for entry in fs::read_dir(&goldens).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("expected").is_dir() {
            continue;
        }
        seen += 1;
        let spec = if folder.join("spec.json").exists() {
            "spec.json"
        } else {
            "spec.yaml"
        };
        let overlay = folder.join("overlay.yaml");
        let config = folder.join("sdk.toml");
        let lock = folder.join("names.lock");
        let sources = Sources {
            spec: source(spec, &folder.join(spec)),
            overlay: overlay.exists().then(|| source("overlay.yaml", &overlay)),
            config: Source {
                path: "sdk.toml".to_owned(),
                text: fs::read_to_string(config).unwrap_or_default(),
            },
            lock: lock.exists().then(|| source("names.lock", &lock)),
        };
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let files = match sources.config.text.contains(SHARED) {
            true => apart(&sources),
            false => rust_below(&folder.join("expected")),
        };
        assert_agrees(&name, &surface_of(&sources), &files);
    }
    assert!(seen > 30, "only {seen} accepted cases were found");
}

#[test]
fn every_entry_has_a_node_and_an_owner_that_exists() {
    let surface = surface_of(&ours(&repository()));
    for (path, entry) in &surface.entries {
        assert!(!entry.pointers.is_empty(), "`{path}` has no node");
        assert!(!entry.lines.is_empty(), "`{path}` has no item");
        if let Some(owner) = &entry.owner {
            assert!(
                surface.entries.contains_key(owner),
                "`{path}` belongs to `{owner}`"
            );
        }
    }
    let identities: Vec<_> = surface
        .entries
        .values()
        .filter_map(|entry| entry.identity.as_ref())
        .collect();
    let distinct: BTreeSet<_> = identities.iter().collect();
    assert_eq!(
        identities.len(),
        distinct.len(),
        "two entries have one identity"
    );
    let nameless: Vec<_> = surface
        .entries
        .iter()
        .filter(|(_, entry)| entry.identity.is_none())
        .map(|(path, _)| path)
        .collect();
    let are_catch_alls = nameless.iter().all(|path| path.ends_with("::Unknown"));
    assert!(are_catch_alls, "{nameless:?}");
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn source(shown: &str, path: &Path) -> Source {
    Source {
        path: shown.to_owned(),
        text: fs::read_to_string(path).unwrap(),
    }
}

fn surface_of(sources: &Sources) -> Surface {
    let model = model(sources).unwrap();
    surface(&model.api, &model.names).unwrap()
}

/// In both directions: every item of the files is in the surface, and the reverse.
fn assert_agrees(name: &str, surface: &Surface, files: &[String]) {
    let mut listed: Vec<String> = Vec::new();
    for line in surface.entries.values().flat_map(|entry| &entry.lines) {
        listed.push(squeezed(&format!("{}|{}", line.on, line.text)));
    }
    let listed_once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(
        listed.len(),
        listed_once.len(),
        "{name}: an item is listed twice"
    );
    // In nested layout the surface has the paths of types, and the files have imports.
    let lines = surface.entries.values().flat_map(|entry| &entry.lines);
    let lines = lines.map(|line| without_paths(&format!("{}|{}", line.on, line.text)));
    let listed_once: BTreeSet<String> = lines.map(|line| squeezed(&line)).collect();
    let mut found = BTreeSet::new();
    for text in files {
        for item in syn::parse_file(text).unwrap().items {
            let items = items(&item).into_iter();
            let items = items.map(|item| without_paths(&item.replace(" :: ", "::")));
            found.extend(items.map(|item| squeezed(&item)));
        }
    }
    let missing: Vec<_> = found.difference(&listed_once).collect();
    let extra: Vec<_> = listed_once.difference(&found).collect();
    assert!(
        missing.is_empty(),
        "{name}: in the files, not in the surface: {missing:#?}"
    );
    assert!(
        extra.is_empty(),
        "{name}: in the surface, not in the files: {extra:#?}"
    );
}

/// What makes one item of equal types.
const SHARED: &str = "equal_inline = \"share\"\n";

/// The files with an item for each of them: the surface has the items of all names.
fn apart(sources: &Sources) -> Vec<String> {
    let mut sources = sources.clone();
    sources.config.text = sources.config.text.replace(SHARED, "");
    let output = generate(&sources).unwrap();
    let files = output.files.iter();
    let files = files.filter(|(path, _)| path.ends_with(".rs"));
    files.map(|(_, text)| text.to_owned()).collect()
}

/// The texts of the Rust files of a folder.
fn rust_below(folder: &Path) -> Vec<String> {
    let files = files_below(folder).into_iter();
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files_below(&path)),
            false => found.push(path),
        }
    }
    found
}

/// A text without the modules before the names in it.
fn without_paths(text: &str) -> String {
    let parts: Vec<&str> = text.split("::").collect();
    let mut whole = String::new();
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        let is_of_module = |letter: char| letter.is_ascii_lowercase() || "_#".contains(letter);
        whole.push_str(if is_last {
            part
        } else {
            part.trim_end_matches(is_of_module)
        });
    }
    whole
}

fn squeezed(text: &str) -> String {
    text.split_whitespace()
        .collect::<String>()
        .replace(",>", ">")
        .replace(",)", ")")
}

/// The items of a file: `type|signature`.
fn items(item: &Item) -> Vec<String> {
    let mut found = Vec::new();
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let (name, generics) = (&item.ident, item.generics.to_token_stream());
            found.push(format!("|{}pub struct {name}{generics}", open(&item.attrs)));
            found.extend(derives(&item.attrs, &name.to_string()));
            for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                let (field, ty) = (field.ident.as_ref().unwrap(), field.ty.to_token_stream());
                found.push(format!("{name}|pub {field}: {ty}"));
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let name = &item.ident;
            found.push(format!("|{}pub enum {name}", open(&item.attrs)));
            found.extend(derives(&item.attrs, &name.to_string()));
            for variant in &item.variants {
                let (ident, fields) = (&variant.ident, variant.fields.to_token_stream());
                found.push(format!("{name}|{ident}{fields}"));
            }
        }
        Item::Impl(item) => found.extend(block(item)),
        // A feature that the file needs.
        Item::Macro(item) if item.mac.path.is_ident("compile_error") => {}
        Item::Macro(item) => {
            let called = item.mac.path.to_token_stream().to_string();
            let runtime = Runtime::named(&called).unwrap();
            let (name, method) = match runtime {
                Runtime::Readable => (item.mac.tokens.to_string(), ""),
                Runtime::Fields => {
                    let table: ItemStruct = syn::parse2(item.mac.tokens.clone()).unwrap();
                    (table.ident.to_string(), "")
                }
                Runtime::Successes => {
                    let table: ItemEnum = syn::parse2(item.mac.tokens.clone()).unwrap();
                    (table.ident.to_string(), "")
                }
                Runtime::Id => (item.mac.tokens.to_string(), "as_str(&self) -> &str"),
                Runtime::Texts => (
                    table(&mut found, item, "UnknownValue", &DERIVED),
                    "as_str(&self) -> &str",
                ),
                Runtime::Codes => (
                    table(&mut found, item, "UnknownCode", &DERIVED),
                    "code(&self) -> i64",
                ),
                Runtime::Values => (
                    table(&mut found, item, "UnknownVariant", &DERIVED[..3]),
                    "to_json(&self) -> Value",
                ),
            };
            if !method.is_empty() {
                found.push(format!("{name}|pub fn {method}"));
            }
            let traits = known(runtime, &name);
            found.extend(
                traits
                    .iter()
                    .map(|of| format!("{name}|impl {of} for {name}")),
            );
        }
        _ => {}
    }
    found
}

/// The traits that the macros of open enums derive; of values of any kind only the first three.
const DERIVED: [&str; 5] = ["Clone", "Debug", "PartialEq", "Eq", "Hash"];

/// The items of the table of an open enum; returns its name.
fn table(found: &mut Vec<String>, item: &ItemMacro, unknown: &str, derived: &[&str]) -> String {
    let table: ItemEnum = syn::parse2(item.mac.tokens.clone()).unwrap();
    let name = table.ident.to_string();
    found.push(format!("|#[non_exhaustive] pub enum {name}"));
    for derived in derived {
        found.push(format!("{name}|impl {derived} for {name}"));
    }
    found.push(format!("{name}|pub const ALL: &'static [Self]"));
    for variant in &table.variants {
        found.push(format!("{name}|{}", variant.ident));
    }
    found.push(format!("{name}|Unknown({unknown})"));
    name
}

fn block(item: &ItemImpl) -> Vec<String> {
    let on = item.self_ty.to_token_stream().to_string();
    if let Some((of, _)) = &item.trait_ {
        let of = squeezed(&of.to_token_stream().to_string()).replace("<'de>", "");
        if of == "FromJson" {
            return Vec::new();
        }
        if of != "Endpoint" {
            return vec![format!("{on}|impl {of} for {on}")];
        }
    }
    let mut found = Vec::new();
    for member in &item.items {
        match member {
            // The present name is the item.
            ImplItem::Fn(function) if function.attrs.iter().any(is_old_name) => {}
            ImplItem::Fn(function) if is_public(&function.vis) => {
                let signature = function.sig.to_token_stream().to_string();
                found.push(format!(
                    "{on}|pub {}",
                    signature.replace("(mut self", "(self")
                ));
            }
            ImplItem::Const(constant) if is_public(&constant.vis) => {
                let ty = constant.ty.to_token_stream();
                found.push(format!("{on}|pub const {}: {ty}", constant.ident));
            }
            ImplItem::Type(alias) => {
                let ty = alias.ty.to_token_stream();
                found.push(format!("{on}|type {} = {ty}", alias.ident));
            }
            _ => {}
        }
    }
    found
}

/// Whether this is the attribute of a name that is kept: it says since when there is another.
fn is_old_name(attribute: &Attribute) -> bool {
    attribute.path().is_ident("deprecated") && attribute.meta.require_list().is_ok()
}

fn derives(attributes: &[Attribute], name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        attribute
            .parse_nested_meta(|meta| {
                found.push(format!(
                    "{name}|impl {} for {name}",
                    meta.path.to_token_stream()
                ));
                Ok(())
            })
            .unwrap();
    }
    found
}

fn open(attributes: &[Attribute]) -> &'static str {
    let is_open = attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"));
    if is_open { "#[non_exhaustive] " } else { "" }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
