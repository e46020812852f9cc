//! The program that tries the generator on a large document: what it prints, and its exit codes.

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::fs;
use std::process::Command;

/// Two products. One operation of the second has a parameter that no path can have.
const DOCUMENT: &str = r##"{
    "openapi": "3.0.3", "info": {"title": "Lamps", "version": "1"}, "servers": [{"url": "https://api.example/v1"}],
    "components": {"schemas": {"unused": {"type": "object"}, "lamp": {"type": "object", "properties": {"id": {"type": "string"}}}}},
    "paths": {
        "/accounts/{account_id}/lamps": {"get": {"operationId": "lamps-list",
            "parameters": [{"name": "account_id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "Lamps.", "content": {"application/json": {"schema": {"type": "object", "properties": {
                "success": {"type": "boolean"}, "errors": {"type": "array", "items": {"type": "string"}}, "messages": {"type": "array", "items": {"type": "string"}},
                "result": {"type": "array", "items": {"$ref": "#/components/schemas/lamp"}}}}}}}}}},
        "/zones/{zone_id}/shades": {
            "parameters": [{"name": "zone_id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "delete": {"operationId": "shades-delete", "responses": {"204": {"description": "Gone."}}},
            "put": {"operationId": "shades-put", "parameters": [{"name": "a", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"204": {"description": "Done."}}}}
    }
}"##;

/// The exit code, and everything that is printed.
fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(arguments)
        .output();
    let output = output.unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// The line of a product, without the time.
fn line<'a>(text: &'a str, product: &str) -> Option<&'a str> {
    let mut lines = text.lines();
    let line = lines.find(|line| line.starts_with(product))?;
    line.split_once(" lines").map(|(figures, _)| figures)
}

#[test]
fn products_are_counted_with_the_reasons_of_their_faults() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.json");
    fs::write(&file, DOCUMENT).unwrap();
    let file = file.to_str().unwrap();

    let (code, text) = run(&[file, "--each", "--at-least", "66"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("66.7 % generated"), "{text}");
    let shades = line(&text, "shades").unwrap();
    assert!(
        shades.contains("2 operations     1 generated    1 faults"),
        "{text}"
    );
    assert!(text.contains("     1  "), "{text}");

    // Together, the fault of one operation refuses its product.
    let (code, text) = run(&[file, "--at-least", "66"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("33.3 % generated; 1 of 2 products without a fault"),
        "{text}"
    );

    let report = folder.path().join("report.txt");
    let (code, text) = run(&[
        file,
        "--product",
        "shades",
        "--report",
        report.to_str().unwrap(),
    ]);
    assert_eq!(code, Some(0), "{text}");
    assert!(line(&text, "lamps").is_none(), "{text}");
    assert!(fs::read_to_string(report).unwrap().contains("shades"));
}

#[test]
fn what_cannot_be_read_is_an_error_that_says_why() {
    let (code, text) = run(&[]);
    assert_eq!(code, Some(2));
    assert!(
        text.contains("no file") && text.contains("gunzip"),
        "{text}"
    );
    let (code, text) = run(&["/does/not/exist.json"]);
    assert_eq!(
        (code, text.contains("/does/not/exist.json")),
        (Some(2), true),
        "{text}"
    );
    let (code, text) = run(&["a.json", "--colour"]);
    assert_eq!(
        (code, text.contains("unknown flag --colour")),
        (Some(2), true),
        "{text}"
    );

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.json.gz");
    fs::write(&file, [0x1f, 0x8b, 8, 0]).unwrap();
    let (code, text) = run(&[file.to_str().unwrap()]);
    assert_eq!(
        (code, text.contains("gunzip -k")),
        (Some(2), true),
        "{text}"
    );
}
