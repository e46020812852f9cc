//! Both syntaxes: values, spans, and what is refused.

use super::{Parsed, parse};
use crate::document::build::MAX_DEPTH;
use crate::document::convert::to_json;
use crate::document::node::Node;
use crate::pointer::Pointer;
use crate::report::Input;

fn read(text: &str) -> Node {
    let Parsed { node, faults } = parse(text, Input::Spec);
    assert_eq!(faults, [], "{text:?}");
    node.expect("a tree")
}

fn json(text: &str) -> String {
    to_json(&read(text)).to_string()
}

/// `line:column message` of each fault.
fn faults(text: &str) -> Vec<String> {
    let place = |at: usize| {
        let before = text
            .get(..at)
            .expect("a span starts and ends at character boundaries");
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        format!(
            "{}:{}",
            before.matches('\n').count() + 1,
            before[start..].chars().count() + 1
        )
    };
    let found = parse(text, Input::Spec).faults;
    found
        .iter()
        .map(|fault| {
            format!(
                "{} {}",
                place(fault.span.as_ref().expect("a span").start),
                fault.message
            )
        })
        .collect()
}

fn refuse(text: &str, expected: &str) {
    let found = faults(text);
    assert!(
        found.len() == 1 && found[0].starts_with(expected),
        "{text:?} has {found:#?}, not {expected}"
    );
}

/// The text of the span of the node at `pointer`.
fn covered<'t>(text: &'t str, pointer: &str) -> &'t str {
    let root = read(text);
    let node = root
        .at(&Pointer::parse(pointer).expect("a pointer"))
        .expect("a node");
    text.get(node.span.start..node.span.end)
        .expect("a span starts and ends at character boundaries")
}

#[test]
fn yaml_values() {
    assert_eq!(
        json("a: 1\nb: [x, 'y', \"z\\n\"]\nc: {d: }\ne: |\n  two\n  lines\n"),
        r#"{"a":1,"b":["x","y","z\n"],"c":{"d":null},"e":"two\nlines\n"}"#
    );
    assert_eq!(
        json("200: a\ntrue: b\n1.5: c\n"),
        r#"{"1.5":"c","200":"a","true":"b"}"#
    );
    assert_eq!(
        json("a: &x {b: [1]}\nc: *x\nd: &y k\n*y : 2\n"),
        r#"{"a":{"b":[1]},"c":{"b":[1]},"d":"k","k":2}"#
    );
    assert_eq!(
        json("a: !!str 1\nb: !!int '2'\nc: ! 3\nd: !!seq [1]\ne: !!float 1\n"),
        r#"{"a":"1","b":2,"c":"3","d":[1],"e":1}"#
    );
    assert_eq!(json("\u{feff}a: 1\r\nb: 2\r\n"), r#"{"a":1,"b":2}"#);
    assert_eq!(json("--- \na: 1\n...\n"), r#"{"a":1}"#);
    assert_eq!(json("{a: 1, b: [x,]}"), r#"{"a":1,"b":["x"]}"#);
}

#[test]
fn json_values() {
    assert_eq!(
        json("{\"a\":\t[1, -2.5e3, true, null, \"\\ud83d\\ude00\\/\\u00e9\\n\"]}"),
        "{\"a\":[1,-2500.0,true,null,\"😀/é\\n\"]}"
    );
    assert_eq!(json("[]"), "[]");
    assert_eq!(json(" { } "), "{}");
    let long = format!("{{\"{}\": 1}}", "k".repeat(5000));
    assert_eq!(json(&long).len(), 5000 + 6);
}

#[test]
fn nodes_have_their_spans() {
    let text = "é: \"ü x\"\nb:\n  - 1\n  - c: d\n    ☃: [x, {y: 'z'}]\nt: |\n  two\n  lines\nn:\n";
    assert_eq!(covered(text, "/é"), "\"ü x\"");
    assert_eq!(covered(text, "/b/0"), "1");
    assert_eq!(covered(text, "/b/1"), "c: d\n    ☃: [x, {y: 'z'}]");
    assert_eq!(covered(text, "/b/1/☃/1"), "{y: 'z'}");
    assert_eq!(covered(text, "/b/1/☃/1/y"), "'z'");
    assert!(covered(text, "/t").starts_with("two"));
    assert_eq!(covered(text, "/n"), "n");
    let text = "{\"é\": [1, {\"b\": \"ü\"}]}";
    assert_eq!(covered(text, "/é/1"), "{\"b\": \"ü\"}");
    assert_eq!(covered(text, "/é/1/b"), "\"ü\"");
}

#[test]
fn yaml_refusals() {
    refuse("", "1:1 the file is empty");
    refuse(" \n# only a comment\n", "1:1 the file is empty");
    refuse("<!DOCTYPE html>\n<html>", "1:1 this is a web page");
    refuse("\n  <html lang=en>", "2:3 this is a web page");
    refuse(
        "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n",
        "1:1 this is a pointer of Git LFS",
    );
    refuse("404: Not Found", "1:1 this is what a server sends");
    refuse(
        "503 Service Unavailable\n",
        "1:1 this is what a server sends",
    );
    read("404: Not Found\n500: Else\n");
    refuse(
        "a: 1\n b: 2\n",
        "2:3 a `:` that starts a value is not allowed here",
    );
    refuse("a: b: c\n", "1:5 a `:` that starts a value");
    refuse("a: [1, 2\n", "2:1 this `[` is not closed");
    refuse("a: \"abc\n", "1:4 this string has no closing quote");
    refuse("é: @x\n", "1:4 a plain string cannot start with `@`");
    refuse("a: *x\n", "1:4 no anchor of this name");
    refuse("a: 1\n---\nb: 2\n", "2:1 a second document starts here");
    refuse(
        "a: 1\nb: 2\na: 3\n",
        "3:1 the key `a` is used a second time here; the first is on line 1",
    );
    refuse(
        "x:\n  é: 1\n  'é': 3\n",
        "3:3 the key `é` is used a second time here; the first is on line 2",
    );
    refuse("a: .inf\n", "1:4 `.inf` is not a number");
    refuse("a: &x {b: 1}\n<<: *x\n", "2:1 the merge key `<<`");
    refuse("a: !foo 1\n", "1:4 the tag `!foo` does not fit here");
    refuse("a: !!int x\n", "1:4 the tag `!!int` does not fit here");
    refuse("a: !!map [x]\n", "1:4 the tag `!!map` does not fit here");
    refuse("? [a]\n: 1\n", "1:3 a key must be a string");
    refuse("a: {: 1}\n", "1:5 a key is missing here");
    refuse(
        "- &a [*a]\n",
        "1:7 this alias is inside the node that it names",
    );
}

#[test]
fn json_refusals() {
    refuse(
        "{\"a\": 1, \"a\": 2}",
        "1:10 the key `a` is used a second time here; the first is on line 1",
    );
    refuse("{\"a\": 1", "1:8 the text ends in the middle");
    refuse("{\"a\" 1 : 2]", "1:6 expected `:` here");
    refuse("{\"a\": 1 \"b\": 2}", "1:9 expected `,` or `}` here");
    refuse("[1 2", "1:4 expected `,` or `]` here");
    refuse("{\"a\": \"x", "1:7 this string has no closing quote");
    refuse("{\"a\": \"\\x\"]", "1:8 JSON has no such escape");
    refuse(
        "{\"a\": \"\\ud800\"}",
        "1:8 this escape is not a valid character",
    );
    refuse("{\"a\": 1} x", "1:10 something follows the end");
}

#[test]
fn several_faults_at_once() {
    assert_eq!(faults("a: .nan\nb: 1\nb: 2\nc: {d: 1, d: 2}\n").len(), 3);
    let parsed = parse("a: 1\na: 2\n", Input::Spec);
    assert_eq!(
        to_json(&parsed.node.expect("a tree")).to_string(),
        r#"{"a":1}"#
    );
}

#[test]
fn depth_is_bounded() {
    let deep = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    read(&deep(MAX_DEPTH));
    read(&format!("a: {}", deep(MAX_DEPTH - 1)));
    for depth in [MAX_DEPTH + 1, 1_000, 100_000] {
        let text = deep(depth);
        assert!(
            faults(&text)[0].contains("more than 64 lists and objects are nested"),
            "{depth}"
        );
        let text = format!("a: {text}");
        assert!(faults(&text)[0].contains("nested here"), "{depth}");
        let text = "- ".repeat(depth);
        assert!(faults(&text)[0].contains("nested here"), "{depth}");
        let text = "{\"a\":".repeat(depth);
        assert!(faults(&text)[0].contains("nested here"), "{depth}");
        let text: String = (0..depth.min(2_000))
            .map(|level| format!("{}a:\n", " ".repeat(level)))
            .collect();
        assert!(faults(&text)[0].contains("nested here"), "{depth}");
    }
}

#[test]
fn aliases_are_bounded() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let members = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{members}]\n"));
    }
    assert!(faults(&text)[0].contains("add up to more than 100000 nodes"));
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..200 {
        text.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert!(faults(&text)[0].contains("nested here"));
}

/// Few nodes, and keys, can hold more text than memory has room for.
#[test]
fn the_text_of_aliases_is_bounded() {
    let long = "x".repeat(1_000_000);
    let copies = |count: usize, alias: &str| {
        let aliases = vec![alias; count].join(", ");
        format!("a: &a {long}\nb: [{aliases}]\n")
    };
    for alias in ["*a", "{*a : 1}"] {
        assert!(parse(&copies(10, alias), Input::Spec).faults.is_empty());
        let found = faults(&copies(11, alias));
        assert!(found[0].contains("add up to more than 10000000 bytes of text"));
    }
}
