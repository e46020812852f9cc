//! One small document per refusal: the input, the line of the fault, and its message.

mod paths;
mod references;
mod schemas;
mod security;

use crate::document::node::Node;
use crate::document::parse::parse;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

/// A document with given `paths` and `components`.
fn document(paths: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo:\n  title: t\n  version: '1'\npaths:\n{}components:\n{}",
        indented(paths, "  {}\n"),
        indented(components, "  {}\n"),
    )
}

fn indented(text: &str, empty: &str) -> String {
    match text.trim() {
        "" => empty.to_owned(),
        _ => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| format!("  {line}\n"))
            .collect(),
    }
}

fn tree(text: &str) -> Node {
    let parsed = parse(text, Input::Spec);
    assert_eq!(parsed.faults, [], "{text}");
    parsed.node.expect("a tree")
}

/// `line: message | help` of each fault, in the order of the text.
fn faults(text: &str) -> Vec<String> {
    let root = tree(text);
    let found: Vec<Fault> =
        super::version(&root).map_or_else(|| super::check(&root), |fault| vec![fault]);
    let mut lines: Vec<(usize, String)> = found
        .iter()
        .map(|fault| (line(text, fault), rendered(fault)))
        .collect();
    lines.sort();
    lines
        .into_iter()
        .map(|(line, rendered)| format!("{line}: {rendered}"))
        .collect()
}

fn line(text: &str, fault: &Fault) -> usize {
    let start = fault
        .span
        .as_ref()
        .expect("every fault of the check has a span")
        .start;
    text[..start].matches('\n').count() + 1
}

fn rendered(fault: &Fault) -> String {
    format!("{} | {}", fault.message, fault.help)
}

/// The line of the first mark `<-` in a document, and the document without it.
fn marked(text: &str) -> (String, usize) {
    let line = text
        .lines()
        .position(|line| line.contains("<-"))
        .map_or(0, |line| line + 1);
    (text.replace("<-", ""), line)
}

/// Asserts that the document has exactly one fault, on the marked line, with these words.
fn refuse(text: &str, words: &[&str]) {
    let (text, line) = marked(text);
    let found = faults(&text);
    assert_eq!(found.len(), 1, "{found:#?}\n{text}");
    let start = if line == 0 {
        String::new()
    } else {
        format!("{line}: ")
    };
    assert!(
        found[0].starts_with(&start),
        "expected line {line}: {}\n{text}",
        found[0]
    );
    for word in words {
        assert!(
            found[0].contains(word),
            "`{word}` is not in: {}\n{text}",
            found[0]
        );
    }
}

fn accept(text: &str) {
    let found = faults(text);
    assert_eq!(found, Vec::<String>::new(), "{text}");
}

fn refuse_schema(schema: &str, words: &[&str]) {
    refuse(
        &document("", &format!("schemas:\n  s:\n{}", nested(schema))),
        words,
    );
}

fn accept_schema(schema: &str) {
    accept(&document(
        "",
        &format!("schemas:\n  s:\n{}", nested(schema)),
    ));
}

fn nested(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

const OK: &str = "responses: {'200': {description: d}}";

#[test]
fn versions() {
    refuse(
        "info: {}<-\npaths: {}",
        &["`openapi` is missing", "`openapi: 3.0.3`"],
    );
    refuse(
        "openapi: 3.1.0<-\ninfo: {}",
        &["OpenAPI 3.1.0", "only 3.0", "convert"],
    );
    refuse(
        "openapi: 3.0<-\ninfo: {}",
        &["must be a string", "`openapi: 3.0.3`"],
    );
    refuse("openapi: '4'<-", &["not a version of OpenAPI 3.0"]);
    refuse("openapi: 3.0.x<-", &["not a version of OpenAPI 3.0"]);
    refuse("swagger: '2.0'<-\ninfo: {}", &["Swagger 2.0", "convert"]);
    refuse("- a<-", &["must be an OpenAPI Object, and is a list"]);
    refuse(
        "just text<-",
        &["must be an OpenAPI Object, and is a string"],
    );
}

#[test]
fn kinds_and_keys() {
    accept(&document("", ""));
    refuse(
        "openapi: 3.0.3<-\ninfo: {title: t, version: '1'}\n",
        &["`paths` is missing in an OpenAPI Object"],
    );
    refuse(
        "openapi: 3.0.3\ninfo: {title: t, version: 1.0}<-\npaths: {}",
        &["`version` must be a string, and is `1.0`", "`\"1.0\"`"],
    );
    refuse(
        "openapi: 3.0.3\ninfo:<-\n  title: t\npaths: {}",
        &["`version` is missing in an Info Object"],
    );
    refuse(
        "openapi: 3.0.3\ninfo: {title: t, version: '1', sumary: x}<-\npaths: {}",
        &["An Info Object has no key `sumary`"],
    );
    refuse(
        &format!("{}servrs: []<-\n", document("", "")),
        &["no key `servrs`", "did you mean `servers`?"],
    );
    refuse(
        &format!("{}webhooks: {{}}<-\n", document("", "")),
        &["3.1", "remove it"],
    );
    refuse(
        &format!("{}tags: {{}}<-\n", document("", "")),
        &["`tags` must be a list, and is an object"],
    );
    refuse(
        &format!("{}tags: [x]<-\n", document("", "")),
        &["a member of `tags` must be a Tag Object"],
    );
    refuse(
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:<-\n",
        &["`paths` must be an object, and is null", "remove the key"],
    );
    accept(&format!(
        "{}x-anything: [1]\n",
        document("", "x-more: 1\nschemas: {}")
    ));
    refuse(
        &document("", "schemas:\n  a b: {}<-"),
        &["`a b` cannot be the name of a component"],
    );
    refuse(&document("", "schema: {}<-"), &["did you mean `schemas`?"]);
}

#[test]
fn all_faults_come_at_once() {
    let found = faults(&document(
        "/a/{id}:\n  get:\n    responses: {'2': {}}",
        "schemas:\n  s: {type: strin, foo: 1}",
    ));
    assert_eq!(found.len(), 5, "{found:#?}");
}

#[test]
fn faults_have_pointers() {
    let root = tree(&document(
        "",
        "schemas:\n  s:\n    properties:\n      a/b: {type: strin}",
    ));
    let pointers: Vec<Pointer> = super::check(&root)
        .into_iter()
        .map(|fault| fault.pointer)
        .collect();
    assert_eq!(
        pointers,
        [Pointer::parse("/components/schemas/s/properties/a~1b/type").expect("a pointer")]
    );
}
