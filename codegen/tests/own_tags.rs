//! Tags of unions that are no fields: what is said of them, and what becomes of them where a document changes.

#![allow(clippy::unwrap_used, reason = "a test reports a violation by failing")]

use std::path::Path;

use codegen::compare::{ChangeRule, Comparison, State, Verdict, Version};
use codegen::model::{Fate, Fold, TypeKind};
use codegen::pointer::Pointer;
use codegen::{Source, Sources, explain, model};

const OPTION: &str = "union_tags = \"implied\"\n";

const PLAIN: &str = "#/components/schemas/plain/properties/kind";

/// The golden case.
fn sources() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/union-tags-implied");
    let source = |name: &str| Source {
        path: name.to_owned(),
        text: std::fs::read_to_string(folder.join(name)).unwrap(),
    };
    Sources {
        spec: source("spec.yaml"),
        overlay: None,
        config: source("sdk.toml"),
        lock: None,
    }
}

/// The same with another document.
fn with(from: &str, to: &str) -> Sources {
    let mut sources = sources();
    assert!(sources.spec.text.contains(from), "{from}");
    sources.spec.text = sources.spec.text.replacen(from, to, 1);
    sources
}

fn compared(old: &Sources, new: &Sources) -> Comparison {
    let read = |sources| State::read(sources).unwrap();
    let version = Version::parse("1.2.3").unwrap();
    read(old).compare(&read(new), version)
}

fn verdict(old: &Sources, new: &Sources) -> Verdict {
    compared(old, new).verdict
}

#[test]
fn a_tag_is_explained_by_its_property() {
    let text = explain(&sources(), PLAIN).unwrap();
    assert!(text.contains("union_tags in spec/sdk.toml"), "{text}");
    let text = explain(
        &sources(),
        "#/components/schemas/tall/properties/kind/enum/0",
    )
    .unwrap();
    assert!(!text.contains("union_tags"), "{text}");
}

/// The property and its enum have a fate, so that nothing of the document is forgotten.
#[test]
fn a_tag_is_counted() {
    let sources = sources();
    let model = model(&sources).unwrap();
    let fate = |pointer: &str| model.api.ledger.fate(&Pointer::parse(pointer).unwrap());
    for pointer in [PLAIN.to_owned(), format!("{PLAIN}/enum/0")] {
        assert_eq!(fate(&pointer), Some(&Fate::Folded(Fold::Tag)), "{pointer}");
    }
    let tall = PLAIN.replace("plain", "tall");
    assert_eq!(fate(&tall), Some(&Fate::Emitted));
    let structs = model.api.types.values().filter_map(|ty| match &ty.kind {
        TypeKind::Struct(object) => Some(object),
        TypeKind::Enum(_) | TypeKind::Union(_) => None,
    });
    let tags = structs.flat_map(|object| &object.tags);
    let mut tags: Vec<&str> = tags.map(|tag| tag.value.as_str()).collect();
    tags.sort_unstable();
    let expected = ["CORD", "PLAIN", "SHADE", "a `CORD`\n", "blink", "dim"];
    assert_eq!(tags, expected);
}

#[test]
fn the_option_breaks_and_new_variants_do_not() {
    let mut fields = sources();
    fields.config.text = fields.config.text.replace(OPTION, "");
    assert_eq!(verdict(&fields, &sources()), Verdict::Breaking);
    assert_eq!(verdict(&sources(), &fields), Verdict::Breaking);
    assert_eq!(verdict(&sources(), &sources()), Verdict::None);
    let more = with(
        "oneOf: [{$ref: '#/components/schemas/socket'}, ",
        "oneOf: [{type: object, required: [fits], properties: {fits: {type: string, enum: [CLAMP]}}}, {$ref: '#/components/schemas/socket'}, ",
    );
    assert_eq!(verdict(&sources(), &more), Verdict::Additive);
}

/// What makes a field of a tag: another value, another use of the struct, or that the property need not be there where a union has no
/// discriminator. Then the struct is created as before, and is sent without it.
#[test]
fn a_tag_that_becomes_a_field_breaks() {
    for (from, to) in [
        ("enum: [PLAIN]", "enum: [PLAIN, DESK]"),
        ("required: [name, kind]", "required: [name]"),
        ("enum: [PLAIN]", "enum: [PLAIN], readOnly: true"),
        (
            "result: {$ref: '#/components/schemas/tall'}",
            "result: {$ref: '#/components/schemas/plain'}",
        ),
        (
            "oneOf: [{$ref: '#/components/schemas/plain'}, {$ref: '#/components/schemas/cord'}]",
            "oneOf: [{$ref: '#/components/schemas/plain'}, {type: object, required: [cord], properties: {cord: {type: string}}}]",
        ),
    ] {
        assert_eq!(
            verdict(&sources(), &with(from, to)),
            Verdict::Breaking,
            "{to}"
        );
    }
}

#[test]
fn a_tag_that_requests_lose_is_named() {
    let new = with("required: [name, kind]", "required: [name]");
    let comparison = compared(&sources(), &new);
    let lost = comparison
        .changes
        .iter()
        .find(|change| change.rule == ChangeRule::TagLost);
    let lost = lost.unwrap();
    assert_eq!(
        (lost.path.as_str(), lost.before.as_slice()),
        ("Plain", ["kind = \"PLAIN\"".to_owned()].as_slice())
    );
    // Of what only responses have, the field shows in Rust.
    let new = with("required: [fits]\n", "required: []\n");
    let rules: Vec<ChangeRule> = compared(&sources(), &new)
        .changes
        .iter()
        .map(|change| change.rule)
        .collect();
    assert!(!rules.contains(&ChangeRule::TagLost), "{rules:?}");
}

/// What is written is the same, but for the order.
#[test]
fn the_option_changes_nothing_on_the_wire() {
    let mut fields = sources();
    fields.config.text = fields.config.text.replace(OPTION, "");
    let changes = compared(&fields, &sources()).changes;
    assert!(
        changes.iter().all(|change| change.rule != ChangeRule::Wire),
        "{changes:?}"
    );
}

#[test]
fn another_value_of_a_tag_is_one_on_the_wire() {
    let comparison = compared(&sources(), &with("enum: [SHADE]", "enum: [BLIND]"));
    let mut changes = comparison.changes.iter();
    let change = changes.find(|change| change.path == "Shade" && change.noun == "tag");
    let change = change.unwrap();
    assert_eq!(change.rule, ChangeRule::Wire);
    assert_eq!(change.before, ["kind = \"SHADE\""]);
    assert_eq!(change.after, ["kind = \"BLIND\""]);
}
