//! The whole front end: the order of its stages, types of `openapiv3`, spans after the overlay, TOML.

use openapiv3::{ReferenceOr, Schema};

use super::{Document, Locator, read_toml};
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Locate};
use crate::source::{Source, Sources};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    size: {type: number, maximum: 10}
    all: {allOf: [{$ref: '#/components/schemas/size'}], type: object}
";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: t, version: '1'}
actions:
- target: $.components.schemas.size
  description: d
  update: {type: integer}
  x-expect: {type: number}
";

fn sources(spec: &str, overlay: Option<&str>) -> Sources {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    Sources {
        spec: source("openapi.yaml", spec),
        overlay: overlay.map(|text| source("overlay.yaml", text)),
        config: source("sdk.toml", ""),
        lock: None,
    }
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

fn faults(spec: &str, overlay: Option<&str>) -> Vec<Fault> {
    Document::read(&sources(spec, overlay)).expect_err("faults")
}

#[test]
fn reads_and_mends() {
    let document = Document::read(&sources(SPEC, Some(OVERLAY))).expect("a document");
    assert_eq!(document.openapi().openapi, "3.0.3");
    assert_eq!(document.actions().len(), 1);
    assert_eq!(
        document.actions()[0].changed,
        [pointer("/components/schemas/size/type")]
    );
    let schema: ReferenceOr<Schema> = document
        .at(&pointer("/components/schemas/all/allOf/0"))
        .expect("a schema");
    assert!(matches!(schema, ReferenceOr::Reference { .. }));
    assert!(document.at::<Schema>(&pointer("/nope")).is_err());
    assert!(document.text().contains("type: integer"));
    let again = Document::read(&sources(&document.text(), None)).expect("its text is a document");
    assert_eq!(again.text(), document.text());
}

#[test]
fn locates_in_both_texts() {
    let document = Document::read(&sources(SPEC, Some(OVERLAY))).expect("a document");
    let text = |at: &str, on_key: bool| {
        let (input, span) = document
            .locator()
            .locate(Input::Spec, &pointer(at), on_key)
            .expect("a place");
        let text = if input == Input::Spec { SPEC } else { OVERLAY };
        (input, text.get(span.start..span.end).expect("a text"))
    };
    assert_eq!(
        text("/components/schemas/size/type", false),
        (Input::Overlay, "integer")
    );
    assert_eq!(
        text("/components/schemas/size/type", true),
        (Input::Overlay, "type")
    );
    assert_eq!(
        text("/components/schemas/size/maximum", false),
        (Input::Spec, "10")
    );
    assert_eq!(
        text("/components/schemas/size", true),
        (Input::Spec, "size")
    );
    assert_eq!(
        text("/components/schemas/gone/deep", false),
        (Input::Spec, "schemas")
    );
}

#[test]
fn faults_of_all_stages_come_together() {
    let found = faults(
        &SPEC.replace("maximum: 10", "maximun: 10, type: string"),
        Some(&OVERLAY.replace("type: number", "type: string")),
    );
    let messages: Vec<&str> = found.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages.len(), 3, "{messages:#?}");
    for expected in ["a second time", "x-expect", "maximun"] {
        let mut messages = messages.iter();
        assert!(
            messages.any(|message| message.contains(expected)),
            "{expected}: {found:#?}"
        );
    }
}

#[test]
fn another_version_is_the_only_fault() {
    assert_eq!(faults("swagger: '2.0'\nfoo: 1", Some(OVERLAY)).len(), 1);
}

#[test]
fn an_overlay_may_mend_a_structural_fault() {
    let spec = SPEC.replace("type: number", "type: numbr");
    let overlay = OVERLAY.replace("type: number", "type: numbr");
    assert!(Document::read(&sources(&spec, Some(&overlay))).is_ok());
}

#[test]
fn an_overlay_that_breaks_the_document_is_shown_in_the_overlay() {
    let found = faults(
        SPEC,
        Some(&OVERLAY.replace("type: integer", "type: interger")),
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].input, found[0].pointer.as_str()),
        (Input::Overlay, "/components/schemas/size/type")
    );
}

#[test]
fn syntax_errors_of_both_texts() {
    let found = faults("a: [", Some("b: ["));
    assert_eq!(
        found.iter().map(|fault| fault.input).collect::<Vec<_>>(),
        [Input::Spec, Input::Overlay]
    );
}

#[test]
fn json_documents() {
    let json =
        r#"{"openapi": "3.0.3", "info": {"title": "\ud83d\ude00", "version": "1"}, "paths": {}}"#;
    let document = Document::read(&sources(json, None)).expect("a document");
    assert_eq!(document.openapi().info.title, "😀");
}

#[test]
fn toml() {
    let text = "z = 1\n[names.types]\n\"a b\" = 'x'\n[[skip]]\nwhy = \"é\"\nwhen = 2020-01-01\n[[skip]]\nwhy = 0x1f\n[a.b]\nc.d = [1.5, true]\n";
    let root = read_toml(text).expect("a tree");
    let keys: Vec<&str> = root
        .entries()
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    assert_eq!(keys, ["z", "names", "skip", "a"]);
    let locator = Locator::default().with_config(&root);
    let covered = |at: &str, on_key: bool| {
        let (_, span) = locator
            .locate(Input::Config, &pointer(at), on_key)
            .expect("a place");
        text.get(span.start..span.end).expect("a text")
    };
    assert_eq!(covered("/names/types/a b", false), "'x'");
    assert_eq!(covered("/names/types/a b", true), "\"a b\"");
    assert_eq!(covered("/skip/0/why", false), "\"é\"");
    assert_eq!(covered("/a/b/c/d/1", false), "true");
    assert_eq!(
        root.at(&pointer("/skip/1/why")).expect("a node").brief(),
        "31"
    );
    assert_eq!(
        root.at(&pointer("/skip/0/when")).expect("a node").brief(),
        "\"2020-01-01\""
    );
}

#[test]
fn toml_refusals() {
    for (text, place, message) in [
        ("a = 1\na = 2\n", "a", "duplicate key"),
        ("a = \n", "", "not valid TOML"),
        (
            "x = 99999999999999999999\n",
            "99999999999999999999",
            "too large",
        ),
        ("x = nan\n", "nan", "not a finite number"),
    ] {
        let fault = read_toml(text).expect_err("a fault");
        assert!(fault.message.contains(message), "{fault:?}");
        let span = fault.span.as_ref().expect("a span");
        assert!(
            text.get(span.start..span.end)
                .is_some_and(|covered| covered.contains(place)),
            "{fault:?}"
        );
    }
    for depth in [79, 81, 1_000, 50_000] {
        let _ = read_toml(&format!("a = {}1{}", "[".repeat(depth), "]".repeat(depth)));
        let _ = read_toml(&format!("{}b = 1", "a.".repeat(depth)));
        let _ = read_toml(&format!(
            "[{}b]\n{}b = {}{}",
            "a.".repeat(70),
            "a.".repeat(70),
            "[".repeat(depth),
            "]".repeat(depth)
        ));
    }
}

#[test]
fn what_only_openapiv3_refuses_has_a_place() {
    let callbacks = "  callbacks: {good: {}, bad: {x-note: 1}}\n";
    let found = faults(&format!("{SPEC}{callbacks}"), None);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].pointer.as_str(), "/components/callbacks/bad");
    assert!(
        found[0]
            .message
            .starts_with("this cannot be read as OpenAPI 3.0: "),
        "{found:#?}"
    );
}

/// The deepest document that is accepted must not overflow the stack of a test thread, which is small.
#[test]
fn the_deepest_documents_are_read() {
    for (open, close) in [
        ("{properties: {a: ", "}}"),
        ("{allOf: [", "]}"),
        ("{items: ", "}"),
        ("{type: object, additionalProperties: ", "}"),
    ] {
        for depth in [10, 23, 24, 29, 58, 200] {
            let schema = format!("{}{{}}{}", open.repeat(depth), close.repeat(depth));
            let spec = format!(
                "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{s: {schema}}}}}\n"
            );
            let _ = Document::read(&sources(&spec, None));
            // `openapiv3` cannot read the innermost schema.
            let _ = Document::read(&sources(
                &spec.replace("{}}}", "{minLength: 99999999999999999999}}}"),
                None,
            ));
        }
    }
}
