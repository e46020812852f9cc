//! The canonical form: exact texts for typical documents, and for any tree that its text reads back as the same tree.

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

use super::canonical;
use crate::document::node::{Entry, Node, Value};
use crate::document::parse::parse;
use crate::report::{Input, Span};

fn read(text: &str) -> Node {
    let parsed = parse(text, Input::Spec);
    assert!(parsed.faults.is_empty(), "{:#?}\n{text}", parsed.faults);
    parsed.node.expect("a tree")
}

fn rewritten(text: &str) -> String {
    canonical(&read(text))
}

#[test]
fn blocks_lists_and_empty_lines() {
    let text = "\
# Comments are not kept.
openapi: '3.0.3'
info: {title: \"a title\", version: \"4.0.0\"}
security: [{key: [], other: [a]}, {}]
paths:
  /a/{b}: {get: {tags: [x, [v, [z]], []], responses: {200: {description: d}}}}
  /c: {}
  /d: {x: null}
components: {responses: {r: {a: 1}, s: {b: ~}}, schemas: {t: {enum: [TRUE, 0x10, 1.50, '1']}}}
";
    let expected = "\
openapi: 3.0.3

info:
  title: a title
  version: 4.0.0

security:
  - key: []
    other:
      - a
  - {}

paths:
  /a/{b}:
    get:
      tags:
        - x
        - - v
          - - z
        - []
      responses:
        '200':
          description: d

  /c: {}

  /d:
    x: null

components:
  responses:
    r:
      a: 1

    s:
      b: null

  schemas:
    t:
      enum:
        - true
        - 16
        - 1.5
        - '1'
";
    assert_eq!(rewritten(text), expected);
    assert_eq!(rewritten(expected), expected);
}

#[test]
fn strings_are_written_in_the_plainest_form_that_every_reader_reads_alike() {
    let table = [
        ("plain", "plain"),
        ("two words", "two words"),
        ("it's", "it's"),
        ("192.0.2.0/24", "192.0.2.0/24"),
        (
            "7dabe929-c4a3-44bf-86cd-75e9bb049a79",
            "7dabe929-c4a3-44bf-86cd-75e9bb049a79",
        ),
        ("https://a.example/b?c=d", "https://a.example/b?c=d"),
        ("#/components/schemas/a", "'#/components/schemas/a'"),
        ("3.0.3", "3.0.3"),
        ("é", "é"),
        ("", "''"),
        ("'", "''''"),
        (" a", "' a'"),
        ("a ", "'a '"),
        ("a: b", "'a: b'"),
        ("a:", "'a:'"),
        ("a:b", "a:b"),
        ("a #b", "'a #b'"),
        ("a#b", "a#b"),
        ("-", "'-'"),
        ("- a", "'- a'"),
        ("{a}", "'{a}'"),
        ("@a", "'@a'"),
        ("~", "'~'"),
        ("null", "'null'"),
        ("True", "'True'"),
        ("yes", "'yes'"),
        ("NO", "'NO'"),
        ("On", "'On'"),
        ("y", "'y'"),
        ("<<", "'<<'"),
        ("=", "'='"),
        ("...", "'...'"),
        ("---", "'---'"),
        ("1", "'1'"),
        ("-1.5e3", "'-1.5e3'"),
        (".inf", "'.inf'"),
        ("0x1", "'0x1'"),
        ("0b1", "'0b1'"),
        ("0o7", "'0o7'"),
        ("1_000", "'1_000'"),
        ("12:30", "'12:30'"),
        ("2026-07-27", "'2026-07-27'"),
        ("2026-07-27T08:00:00Z", "'2026-07-27T08:00:00Z'"),
        ("a\tb", "\"a\\tb\""),
        ("\u{feff}a", "\"\\uFEFFa\""),
        ("\u{85}", "\"\\x85\""),
        ("a\u{202e}b", "\"a\\u202Eb\""),
        ("\u{0}", "\"\\x00\""),
        ("\n", "\"\\n\""),
        (" a\nb", "\" a\\nb\""),
        ("a \nb", "\"a \\nb\""),
        ("a\r\nb", "\"a\\r\\nb\""),
        ("a\n\n", "\"a\\n\\n\""),
    ];
    for (text, expected) in table {
        let tree = map(vec![("k", node(Value::String(text.to_owned())))]);
        assert_eq!(canonical(&tree), format!("k: {expected}\n"), "{text:?}");
    }
}

#[test]
fn long_texts_are_folded_and_lines_are_kept() {
    let words = "word ".repeat(30);
    let words = words.trim_end();
    let tree = map(vec![
        ("long", node(Value::String(words.to_owned()))),
        ("ended", node(Value::String(format!("{words}\n")))),
        (
            "lines",
            node(Value::String("one\n\n  two # no comment\n---\n".to_owned())),
        ),
        ("open", node(Value::String("one\ntwo".to_owned()))),
        ("one", node(Value::String("one\n".to_owned()))),
        ("unbroken", node(Value::String("x".repeat(120)))),
        ("spaced", node(Value::String(format!("a  {words}")))),
    ]);
    let line = "word ".repeat(21);
    let (line, rest) = (line.trim_end(), "word ".repeat(9));
    let (rest, x) = (rest.trim_end(), "x".repeat(120));
    let expected = format!(
        "long: >-\n  {line}\n  {rest}\nended: >\n  {line}\n  {rest}\nlines: |\n  one\n\n    two # no comment\n  ---\n\
         open: |-\n  one\n  two\none: |\n  one\nunbroken: {x}\nspaced: a  {words}\n"
    );
    assert_eq!(canonical(&tree), expected);
    assert!(read(&expected).same_as(&tree));
}

#[test]
fn a_key_that_is_too_long_for_one_is_marked() {
    let key = "k".repeat(2000);
    let tree = map(vec![
        (&key, map(vec![("a", node(Value::Null))])),
        ("b", node(Value::Bool(true))),
    ]);
    assert_eq!(
        canonical(&tree),
        format!("? {key}\n:\n  a: null\nb: true\n")
    );
    assert!(read(&canonical(&tree)).same_as(&tree));
}

fn node(value: Value) -> Node {
    Node {
        value,
        span: Span::default(),
        input: Input::Spec,
    }
}

fn map(entries: Vec<(&str, Node)>) -> Node {
    let entry = |(key, node): (&str, Node)| Entry {
        key: key.to_owned(),
        key_span: Span::default(),
        node,
    };
    node(Value::Map(entries.into_iter().map(entry).collect()))
}

/// Pieces that have a meaning in YAML.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "#",
    " #",
    ": ",
    ":",
    "- ",
    "-",
    "~",
    "yes",
    "null",
    "0x1",
    "0b1",
    "1_0",
    "1e3",
    "2026-07-27",
    "12:30",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "\r",
    "\r\n",
    "'",
    "\"",
    "\\",
    "|",
    ">",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a",
    "*a",
    "!",
    "%",
    "@",
    "`",
    "?",
    "? ",
    "...",
    "---",
    "<<",
    "=",
    "a",
    "word",
    "é",
    "😀",
    ".",
    "\u{7f}",
    "\u{0}",
    "\u{fffe}",
    "some longer words that go on for a while ",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..8);
    prop_oneof![
        6 => pieces.prop_map(|pieces| pieces.concat()),
        2 => proptest::collection::vec(Just("some more words "), 5..15).prop_map(|words| words.concat()),
        2 => any::<String>(),
    ]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        (any::<i32>(), -30_i32..30)
            .prop_map(|(mantissa, exponent)| format!("{mantissa}e{exponent}")),
        (any::<i16>(), any::<u16>()).prop_map(|(whole, fraction)| format!("{whole}.{fraction}")),
    ]
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(node(Value::Null)),
        any::<bool>().prop_map(|value| node(Value::Bool(value))),
        number().prop_map(|number| node(Value::Number(number))),
        text().prop_map(|text| node(Value::String(text))),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let list = proptest::collection::vec(inner.clone(), 0..5)
            .prop_map(|members| node(Value::List(members)));
        let entries = proptest::collection::btree_map(text(), inner, 0..5);
        let map = entries.prop_map(|entries| {
            let entries = entries
                .iter()
                .map(|(key, node)| (key.as_str(), node.clone()));
            map(entries.collect())
        });
        prop_oneof![list, map]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_reads_back_as_itself(tree in tree()) {
        let text = canonical(&tree);
        let again = read(&text);
        assert!(again.same_as(&tree), "{text}");
        assert_eq!(canonical(&again), text);
        assert!(text.ends_with('\n') && !text.contains('\r'));
    }
}
