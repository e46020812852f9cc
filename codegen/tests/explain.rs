//! `explain` on our own inputs: from a node to its Rust item and back, with the reasons.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports a violation by failing"
)]

use std::fs;
use std::path::Path;

use codegen::{MessageFormat, Source, Sources, explain, model};

fn sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| Source {
        path: path.to_owned(),
        text: fs::read_to_string(root.join(path)).unwrap(),
    };
    Sources {
        spec: read("spec/openapi.yaml"),
        overlay: Some(read("spec/overlay.yaml")),
        config: read("spec/sdk.toml"),
    }
}

fn explained(place: &str) -> String {
    explain(&sources(), place)
        .unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)))
}

/// The text of the line that an explanation names as the place in the document.
fn line_of(text: &str) -> String {
    let place = text.split("spec/openapi.yaml:").nth(1).unwrap();
    let line: usize = place.split(':').next().unwrap().parse().unwrap();
    sources()
        .spec
        .text
        .lines()
        .nth(line - 1)
        .unwrap()
        .trim()
        .to_owned()
}

#[test]
fn a_type_and_its_schema_lead_to_each_other() {
    let sources = sources();
    let model = model(&sources).unwrap();
    // Each one is a separate run, so a few of each kind are enough.
    for (pointer, name) in model.names.types.iter().step_by(7) {
        let from_document = explained(pointer.as_str());
        assert!(
            from_document.contains(&format!(" cloudflare_magic::{name}\n")),
            "{from_document}"
        );
        let from_rust = explained(name);
        assert!(
            from_rust.starts_with(&format!("{pointer}\n")),
            "{from_rust}"
        );
    }
}

#[test]
fn a_field_shows_its_line_its_file_its_type_and_the_actions_of_the_overlay() {
    let text = explained("cloudflare_magic::Provider::last_updated");
    assert!(
        text.starts_with("/components/schemas/mcn_provider/properties/last_updated\n"),
        "{text}"
    );
    assert_eq!(line_of(&text), "last_updated:");
    for wanted in [
        "field cloudflare_magic::Provider::last_updated: Timestamp",
        "in sdk/src/generated/providers.rs",
        "because it is `string` with format `date-time`",
        "overlay: Timestamps by their name, reported to be in ISO 8601. Upstream states no form. (spec/overlay.yaml:",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk/src/generated/providers.rs");
    assert!(
        fs::read_to_string(file)
            .unwrap()
            .contains("pub last_updated: Timestamp,")
    );
}

#[test]
fn a_method_shows_its_operation_and_whether_it_is_repeated() {
    let text = explained("api::Onramps::plan");
    assert_eq!(line_of(&text), "post:");
    assert!(text.contains("`onramps-plan` is POST "), "{text}");
    assert!(
        text.contains("[repeat] in spec/sdk.toml says that it may be repeated"),
        "{text}"
    );
}

#[test]
fn sentences_and_other_names_of_the_configuration_are_shown() {
    for (place, wanted) in [
        (
            "Provider::id",
            "documentation: [docs] says \"The id of this integration.\" (spec/sdk.toml:",
        ),
        (
            "Provider",
            "documentation: [search_names] lists `cloud integration` (spec/sdk.toml:",
        ),
        (
            "api::Onramps::patch",
            "documentation: [search_names] lists `edit` (spec/sdk.toml:",
        ),
    ] {
        let text = explained(place);
        assert!(text.contains(wanted), "{place}: {text}");
    }
}

#[test]
fn nodes_without_an_item_are_explained() {
    for (place, wanted) in [
        (
            "#/components/schemas/mcn_good_response",
            "folded (envelope)",
        ),
        ("/components/schemas/mcn_cidr_prefix", "folded (alias)"),
        (
            "/components/schemas/mcn_deleted_resource",
            "skipped by spec/sdk.toml: ",
        ),
    ] {
        let text = explained(place);
        assert!(text.contains(wanted), "{place}: {text}");
    }
}

#[test]
fn unknown_names_get_similar_ones() {
    for (place, wanted) in [
        ("Provder", "did you mean `Provider`"),
        ("/components/schemas/nothing", "the document has no node"),
    ] {
        let report = explain(&sources(), place).unwrap_err();
        let text = report.render(MessageFormat::Human);
        assert!(text.contains(wanted), "{text}");
    }
}
