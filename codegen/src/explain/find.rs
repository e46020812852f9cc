//! Finds what a maintainer means: everything that the document, `sdk.toml`, users and the reports of `spec diff` call a thing.

use crate::config::{Layout, node_of};
use crate::model::Operation;
use crate::pointer::Pointer;
use crate::report::{Desk, Fault, Input};
use crate::surface::surface;
use crate::understand::Model;

use super::call::by_call;
use super::index::Item;
use super::runtime;

/// What was meant.
pub(super) enum Found<'a> {
    /// Items of the SDK.
    Items(Vec<&'a Item>),
    /// A node of the document.
    Node(Pointer),
    /// Something that has no node.
    Text(String),
}

/// Looks in the document first, then in the SDK, then in `sdk.toml`, then in the runtime.
pub(super) fn find<'a>(model: &Model<'_>, items: &'a [Item], place: &str) -> Option<Found<'a>> {
    let is_node = |pointer: &Pointer| model.document.node(pointer).is_some();
    if place.starts_with(['#', '/'])
        && let Some(pointer) = Pointer::parse(place).filter(is_node)
    {
        return Some(Found::Node(pointer));
    }
    let ways = [by_request, by_rust_path, by_call, by_line];
    for way in ways {
        let found = way(model, items, place);
        if !found.is_empty() {
            return Some(Found::Items(found));
        }
    }
    if let Some(pointer) = node_of(&model.document, place) {
        return Some(Found::Node(pointer));
    }
    let found = by_key(model, items, place);
    if !found.is_empty() {
        return Some(Found::Items(found));
    }
    other(model, items, place).map(Found::Text)
}

/// The names of everything that can be asked for, for near ones.
pub(super) fn known<'a>(model: &'a Model<'_>, items: &'a [Item]) -> Vec<&'a str> {
    let operations = operations(model);
    let ids = operations
        .into_iter()
        .map(|operation| operation.id.as_str());
    let runtime = runtime::TYPES.iter().map(|(name, _)| *name);
    let paths = items.iter().map(|item| item.path.as_str());
    paths.chain(ids).chain(runtime).collect()
}

/// A Rust path without the crate.
pub(super) fn plain(place: &str) -> &str {
    place
        .trim_start_matches("crate::")
        .trim_start_matches("cloudflare_magic::")
        .trim_start_matches("types::")
}

fn operations<'a>(model: &'a Model<'_>) -> Vec<&'a Operation> {
    let resources = model.api.root.walk();
    resources
        .into_iter()
        .flat_map(|resource| &resource.operations)
        .collect()
}

/// `GET /accounts/{account_id}/pcaps`, or the path alone. Names of parameters do not matter, nor does the base URL.
fn by_request<'a>(model: &Model<'_>, items: &'a [Item], place: &str) -> Vec<&'a Item> {
    let (method, path) = place.split_once(' ').unwrap_or(("", place));
    let path = model
        .api
        .servers
        .iter()
        .find_map(|server| path.strip_prefix(server.as_str()))
        .unwrap_or(path);
    if !path.starts_with('/') {
        return Vec::new();
    }
    let shape = |path: &str| {
        let segments = path.trim_end_matches('/').split('/');
        let segments = segments.map(|segment| match segment.starts_with(['{', ':']) {
            true => "{}".to_owned(),
            false => segment.to_owned(),
        });
        segments.collect::<Vec<_>>()
    };
    let wanted = shape(path);
    let is_meant = |operation: &&Operation| {
        shape(&operation.path.template) == wanted
            && (method.is_empty() || method.eq_ignore_ascii_case(operation.method.as_str()))
    };
    let found: Vec<&Pointer> = operations(model)
        .into_iter()
        .filter(is_meant)
        .map(|operation| &operation.pointer)
        .collect();
    items
        .iter()
        .filter(|item| item.kind == "method" && found.contains(&&item.pointer))
        .collect()
}

/// `Provider`, `Provider::name`, `api::Providers::list`, `Call<api::ProvidersList>::status`, `api::Providers::list(status)`, an
/// endpoint, a builder, an old name.
fn by_rust_path<'a>(model: &Model<'_>, items: &'a [Item], place: &str) -> Vec<&'a Item> {
    let place = plain(place);
    let at = |path: &str| -> Vec<&'a Item> {
        let below = format!("api::{path}");
        let is_meant = |item: &&Item| same(&item.path, path) || same(&item.path, &below);
        let found: Vec<&Item> = items.iter().filter(is_meant).collect();
        if !found.is_empty() || path.is_empty() {
            return found;
        }
        // In nested layout the module before the path may be left out.
        let end = format!("::{path}");
        let ends = |item: &&Item| ends_with(&item.path, &end);
        match model.names.layout {
            Layout::Flat => Vec::new(),
            Layout::Nested => items.iter().filter(ends).collect(),
        }
    };
    let found = at(place);
    if !found.is_empty() {
        return found;
    }
    // Where a report shows an argument in parentheses; those of a call are empty, or hold values.
    if let Some((owner, argument)) = place
        .strip_suffix(')')
        .and_then(|text| text.split_once('('))
    {
        let found = argument_of(items, plain(owner), argument);
        return if found.is_empty() { at(owner) } else { found };
    }
    if let Some(name) = place
        .strip_suffix("Builder")
        .filter(|name| !name.is_empty())
    {
        let found = at(&format!("{name}::builder"));
        if !found.is_empty() {
            return found;
        }
    }
    let endpoint = place.rsplit("::").next().unwrap_or_default();
    let mut methods = model.names.methods.iter();
    if let Some((pointer, _)) = methods.find(|(_, names)| names.endpoint == endpoint) {
        let is_method = |item: &&Item| item.kind == "method" && item.pointer == *pointer;
        return items.iter().filter(is_method).take(1).collect();
    }
    let surface = surface(&model.api, &model.names).unwrap_or_default();
    let now = surface.old_names.get(place);
    match now.or_else(|| surface.exports.get(place)) {
        Some(now) => at(now),
        None => Vec::new(),
    }
}

/// Whether a path ends so, with or without the `r#` of raw identifiers, and without more than modules before it.
fn ends_with(path: &str, end: &str) -> bool {
    let (path, end) = (path.replace("r#", ""), end.replace("r#", ""));
    let before = path.strip_suffix(&end);
    before.is_some_and(|before| !before.contains(|letter: char| letter.is_ascii_uppercase()))
}

/// Whether two paths are one, with or without the `r#` of raw identifiers.
fn same(one: &str, other: &str) -> bool {
    one == other || (one.contains("r#") && one.replace("r#", "") == other.replace("r#", ""))
}

/// An argument of a method, or of the method that returns a handle.
fn argument_of<'a>(items: &'a [Item], owner: &str, argument: &str) -> Vec<&'a Item> {
    let below = format!("api::{owner}");
    let is_there = items.iter().any(|item| item.path.starts_with(&below));
    let owner = if is_there { &below } else { owner };
    let direct = format!("{owner}::{argument}");
    let of_handle = |item: &&Item| {
        let rest = item.path.strip_prefix(&format!("{owner}::"));
        let last = rest.and_then(|rest| rest.rsplit("::").next());
        item.kind == "argument" && (item.path == direct || last == Some(argument))
    };
    items.iter().filter(of_handle).take(1).collect()
}

/// `spec/openapi.yaml:120`: the item whose lines contain that one, or that begins before it.
fn by_line<'a>(model: &Model<'_>, items: &'a [Item], place: &str) -> Vec<&'a Item> {
    let mut parts = place.split(':');
    let (Some(path), Some(line)) = (parts.next(), parts.next()) else {
        return Vec::new();
    };
    let Ok(line) = line.parse::<usize>() else {
        return Vec::new();
    };
    let locator = model.locator();
    let desk = Desk::of(model.sources, &locator);
    let placed = items.iter().filter_map(|item| {
        let fault = Fault::new(Input::Spec, item.pointer.clone(), "", "").on_key();
        let (file, at) = desk.place(fault);
        let is_there = at <= line && (file == path || file.ends_with(&format!("/{path}")));
        is_there.then_some((at, item))
    });
    let placed: Vec<(usize, &Item)> = placed.collect();
    let last = placed.iter().map(|(at, _)| *at).max();
    let nearest = placed.into_iter().filter(|(at, _)| Some(*at) == last);
    nearest.map(|(_, item)| item).collect()
}

/// Keys of `sdk.toml` that are no addresses: a handle's segments, a waiter, the wire name of a property or parameter.
fn by_key<'a>(model: &Model<'_>, items: &'a [Item], place: &str) -> Vec<&'a Item> {
    let key = place.trim_matches('/');
    if let Some(path) = model.names.handle_path(key) {
        let is_handle = |item: &&Item| item.kind == "handle" && item.path == path;
        return items.iter().filter(is_handle).collect();
    }
    let waiter = place.trim_start_matches("waiters.");
    if let Some(names) = model.names.waiters.get(waiter) {
        let end = format!("::{}", names.method);
        let is_waiter = |item: &&Item| item.kind == "method" && item.path.ends_with(&end);
        return items.iter().filter(is_waiter).collect();
    }
    let is_wire =
        |item: &&Item| item.kind == "field" && item.pointer.last().as_deref() == Some(place);
    items.iter().filter(is_wire).collect()
}

/// What has no node: affixes of names, public types of the runtime, ids of changes.
fn other(model: &Model<'_>, items: &[Item], place: &str) -> Option<String> {
    let config = model.config();
    let affixes = [
        ("prefixes", &config.prefixes),
        ("suffixes", &config.suffixes),
    ];
    for (table, rules) in affixes {
        if let Some(rule) = rules.iter().find(|rule| rule.value.0 == place) {
            let is_of = |item: &&Item| {
                let name = item.pointer.last().unwrap_or_default();
                let is_type = matches!(item.kind, "struct" | "enum");
                let fits = match table {
                    "prefixes" => name.starts_with(place),
                    _ => name.ends_with(place),
                };
                is_type && fits
            };
            let names: Vec<&str> = items
                .iter()
                .filter(is_of)
                .map(|item| item.path.as_str())
                .collect();
            return Some(format!(
                "{place}\n  [names.{table}] in spec/sdk.toml replaces it by `{}`\n  types: {}\n",
                rule.value.1,
                names.join(", ")
            ));
        }
    }
    let is_id = place.len() == 10 && place.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id {
        return Some(format!(
            "{place}\n  the id of a change: `cargo xtask spec diff` shows it, and [accept_breaks] in spec/sdk.toml accepts it\n"
        ));
    }
    runtime::explain(plain(place))
}
