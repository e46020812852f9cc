//! Nested layout: the paths that users have, and what a maintainer can ask for.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports a violation by failing"
)]

use std::fs;
use std::path::Path;

use codegen::surface::surface;
use codegen::{MessageFormat, Source, Sources, explain_all, model};

/// The inputs of the golden case.
fn sources() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/nested");
    let source = |path: &str| Source {
        path: path.to_owned(),
        text: fs::read_to_string(folder.join(path)).unwrap(),
    };
    Sources {
        spec: source("spec.yaml"),
        overlay: None,
        config: source("sdk.toml"),
    }
}

#[test]
fn in_nested_layout_paths_lead_through_modules() {
    let sources = sources();
    let model = model(&sources).unwrap();
    let surface = surface(&model.api, &model.names).unwrap();
    for path in [
        "rooms::Rooms",
        "rooms::rules::lists::Lists::list",
        "rooms::rules::r#type::Type::r#match",
        "houses::rules::lists::Lists::list",
        "houses::rules::lists::Listing::id",
        "Call<houses::rules::lists::ListsList>::order",
        "rooms::rules::Kind::builder",
        "shared::Meta",
        "shared::RoomId",
    ] {
        let entry = surface.entries.get(path);
        let entry = entry.unwrap_or_else(|| panic!("no {path}: {:#?}", surface.entries.keys()));
        assert!(entry.identity.is_some(), "{path}");
    }
    let line = &surface.entries["rooms::rules::lists::Lists::update"].lines[0];
    assert_eq!(
        line.text,
        "pub fn update(&self, body: impl Into<rooms::rules::lists::Listing>) -> Call<rooms::rules::lists::ListsUpdate>"
    );
    for (path, home) in [
        ("houses::rules::lists::Meta", "shared::Meta"),
        (
            "rooms::rules::lists::KindBuilder",
            "rooms::rules::KindBuilder",
        ),
    ] {
        assert_eq!(surface.exports.get(path).map(String::as_str), Some(home));
    }
}

#[test]
fn explain_finds_paths_with_and_without_their_modules() {
    let places = [
        (
            "houses::rules::lists::Listing::id",
            "in sdk/src/generated/houses/rules/lists.rs",
        ),
        (
            "houses::rules::lists::Meta",
            "cloudflare_magic::shared::Meta",
        ),
        (
            "rooms::rules::type::Type::match",
            "rooms::rules::r#type::Type::r#match",
        ),
        ("Kind::builder", "rooms::rules::Kind::builder"),
        (
            "rooms/rules/lists",
            "handle cloudflare_magic::rooms::rules::lists::Lists",
        ),
        (
            "house-lists?order",
            "setter cloudflare_magic::houses::rules::lists::ListsList::order",
        ),
    ];
    let names: Vec<&str> = places.iter().map(|(place, _)| *place).collect();
    for ((place, wanted), text) in places.iter().zip(explain_all(&sources(), &names).unwrap()) {
        let text = text.unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        assert!(text.contains(wanted), "{place}: {text}");
    }
}
