//! The decoder on types like those that the generator writes, and on those of an application.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{DEEPEST, Fault, FromJson, Json, Tree, by_serde, from_text, impl_deserialize, text};

#[derive(Debug, Default, PartialEq)]
struct Item {
    id: Option<String>,
    limit: Option<i64>,
    port: Option<u32>,
    cost: Option<f64>,
    destination_conf: Option<String>,
    tags: Vec<String>,
    free: Option<Value>,
    labels: BTreeMap<String, u32>,
}

impl FromJson for Item {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        let mut fields = json.object()?;
        Ok(Self {
            id: fields.optional("id")?,
            limit: fields.optional("limit")?,
            port: fields.optional("port")?,
            cost: fields.optional("cost")?,
            destination_conf: fields
                .alias(&["destinaton_conf"])
                .optional("destination_conf")?,
            tags: fields.optional("tags")?.unwrap_or_default(),
            free: fields.optional("free")?,
            labels: fields.or_default("labels")?,
        })
    }
}

impl_deserialize!(Item);

fn item(text: &str) -> Item {
    from_text(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn fault(text: &str) -> String {
    from_text::<Vec<Item>>(text).unwrap_err().to_string()
}

#[test]
fn b35_null_is_fine_for_options_and_collections() {
    assert_eq!(
        item(r#"{"id": null, "limit": null, "tags": null, "free": null}"#),
        Item::default()
    );
}

#[test]
fn b36_b37_faults_name_path_and_kinds_and_no_text() {
    for (text, expected) in [
        (
            r#"[{"id": "a"}, {"id": 7}]"#,
            "[1].id: expected a string, found a number",
        ),
        (
            r#"[{"limit": "sentinel"}]"#,
            "[0].limit: expected an integer (i64), found a string",
        ),
        (
            r#"[{"tags": ["a", ["sentinel"]]}]"#,
            "[0].tags[1]: expected a string, found an array",
        ),
        (
            r#"[{"labels": {"a b": true}}]"#,
            r#"[0].labels["a b"]: expected an integer of zero or more (u32), found a boolean"#,
        ),
        (
            r#"{"id": "sentinel"}"#,
            "expected an array, found an object",
        ),
        (r#"["sentinel"]"#, "[0]: expected an object, found a string"),
        (
            r#"[["a"], {"id": 1}]"#,
            "[0]: expected an object, found an array",
        ),
        (
            r#"[{"id": "\ud800"}]"#,
            "[0].id: the string has a broken escape",
        ),
    ] {
        assert_eq!(fault(text), expected);
    }
}

#[test]
fn a_field_that_is_missing_is_named() {
    let tree = Tree::parse("{}", DEEPEST).unwrap();
    let fault = tree.root().object().unwrap().required::<i64>("id");
    assert_eq!(fault.unwrap_err().to_string(), "`id` is missing");
}

#[test]
fn b38_the_last_of_duplicate_keys_wins() {
    let read = item(r#"{"id": "a", "limit": 1, "id": "b", "\u0069d": "c"}"#);
    assert_eq!((read.id.as_deref(), read.limit), (Some("c"), Some(1)));
    assert_eq!(
        item(r#"{"labels": {"x": 1, "x": 2}, "id": 1, "id": "y"}"#).labels["x"],
        2
    );
    // So it is in an object of many keys, and for a type of an application.
    let many: String = (0..100).map(|n| format!(r#""k{n}": 1, "#)).collect();
    let text = format!(r#"{{"id": 1, {many} "\u0069d": "z"}}"#);
    assert_eq!(item(&text).id.as_deref(), Some("z"));
    let tree = Tree::parse(r#"{"a": 1, "a": 2}"#, DEEPEST).unwrap();
    let read: Vec<(String, u8)> = by_serde::<BTreeMap<_, _>>(tree.root())
        .unwrap()
        .into_iter()
        .collect();
    assert_eq!(read, [("a".to_owned(), 2)]);
}

#[test]
fn b38_duplicates_of_any_keys_are_found() {
    // Some are of the same length, and their last bytes are the same.
    const KEYS: [&str; 7] = [
        "",
        "a",
        "axcxaxcxa",
        "bxcxaxcxa",
        "ay\u{e9}a",
        "\\u0061",
        "ayyaaa",
    ];
    let four = KEYS.len().pow(4);
    for number in 0..four {
        let key = |place: u32| KEYS[number / KEYS.len().pow(place) % KEYS.len()];
        is_read_as_by_serde_json(&(0..4).map(key).collect::<Vec<_>>());
    }
}

#[test]
fn b38_many_duplicates_are_found() {
    for count in 0..40 {
        let others: Vec<String> = (0..count).map(|number| format!("key{number}")).collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        is_read_as_by_serde_json(&[&others[..], &["a"; 20], &others[..], &["a"]].concat());
    }
}

/// Whether the value of each key is the last one, in a map and for one that asks for the key.
#[track_caller]
fn is_read_as_by_serde_json(keys: &[&str]) {
    let entry = |(value, key): (usize, &&str)| format!("\"{key}\":{value}");
    let entries: Vec<String> = keys.iter().enumerate().map(entry).collect();
    let text = format!("{{{}}}", entries.join(","));
    let expected: BTreeMap<String, u32> = serde_json::from_str(&text).unwrap();
    let read: BTreeMap<String, u32> = from_text(&text).unwrap();
    assert_eq!(read, expected, "{text}");
    let tree = Tree::parse(&text, DEEPEST).unwrap();
    for (key, value) in expected {
        let mut fields = tree.root().object().unwrap();
        assert_eq!(
            fields.required::<u32>(&key).unwrap(),
            value,
            "{key} of {text}"
        );
    }
}

#[test]
fn strings_of_any_length_are_read_as_serde_json_reads_them() {
    let inserted = [
        "\"", "\\", "\\n", "\\u0041", "\0", "\u{1f}", " ", "!", "[", "\u{7f}", "\u{e9}", "\u{20ac}",
    ];
    for length in 0..20 {
        for (at, inserted) in (0..=length).flat_map(|at| inserted.map(|inserted| (at, inserted))) {
            let mut content = "x".repeat(length);
            content.insert_str(at, inserted);
            for text in [format!("[\"{content}\"]"), format!("[\"{content}")] {
                let expected = serde_json::from_str::<Vec<String>>(&text).ok();
                assert_eq!(from_text::<Vec<String>>(&text).ok(), expected, "{text}");
            }
        }
    }
}

#[test]
fn the_right_spelling_wins_over_an_alias() {
    for text in [
        r#"{"destination_conf": "right"}"#,
        r#"{"destinaton_conf": "right"}"#,
        r#"{"destination_conf": "right", "destinaton_conf": "wrong"}"#,
        r#"{"destinaton_conf": "wrong", "destination_conf": "right"}"#,
    ] {
        let read = item(text).destination_conf;
        assert_eq!(read.as_deref(), Some("right"), "{text}");
    }
    assert_eq!(
        item(r#"{"idd": "a", "destinaton_conf": null}"#),
        Item::default()
    );
}

#[test]
fn b39_numbers_are_exact_or_a_fault() {
    assert_eq!(item(r#"{"limit": 300.0}"#).limit, Some(300));
    assert_eq!(
        item(r#"{"limit": 3e2, "port": 4294967295}"#).port,
        Some(u32::MAX)
    );
    assert_eq!(
        item(r#"{"cost": 9007199254740992}"#).cost,
        Some(9_007_199_254_740_992.0)
    );
    assert_eq!(
        item(r#"{"cost": 0.30000000000000004}"#).cost,
        Some(0.1 + 0.2)
    );
    let refused = [
        (
            r#"[{"limit": 1180591620717411303424}]"#,
            "[0].limit: expected an integer (i64), found the number 1180591620717411303424",
        ),
        (
            r#"[{"limit": 1.5}]"#,
            "[0].limit: expected an integer (i64), found the number 1.5",
        ),
        (
            r#"[{"port": -1}]"#,
            "[0].port: expected an integer of zero or more (u32), found the number -1",
        ),
        (
            r#"[{"port": 4294967296}]"#,
            "[0].port: expected an integer of zero or more (u32), found the number 4294967296",
        ),
        (
            r#"[{"cost": 9007199254740993}]"#,
            "[0].cost: expected a number, found the number 9007199254740993",
        ),
        (
            r#"[{"cost": 1e400}]"#,
            "[0].cost: expected a number, found the number 1e400",
        ),
        (
            r#"[{"free": [9007199254740993, 1180591620717411303425]}]"#,
            "[0].free[1]: expected any valid JSON value, found the number 1180591620717411303425",
        ),
    ];
    for (text, expected) in refused {
        let fault = fault(text);
        assert!(fault.starts_with(expected), "{fault}");
    }
}

#[test]
fn b45_depth_is_a_fault_and_no_overflow() {
    for (open, close) in [("[", "]"), (r#"{"free":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let fault = fault(&format!(r#"[{{"free": {deep}}}]"#));
        assert!(
            fault.contains("nested deeper than 128 levels") && fault.len() < 2000,
            "{fault}"
        );
        // What is not read can be of any depth.
        let unknown = item(&format!(r#"{{"unknown": {deep}, "id": "a"}}"#));
        assert_eq!(unknown.id.as_deref(), Some("a"));
    }
    assert!(fault(&"[".repeat(100_000)).contains("ends in the middle"));
}

#[test]
fn b46_marks_are_skipped_and_bad_text_has_an_offset() {
    assert_eq!(text(b"\xef\xbb\xbf{}"), Ok("{}"));
    assert!(
        text(b"\xef\xbb\xbf{\"\xff\"}")
            .unwrap_err()
            .to_string()
            .ends_with("at byte 5")
    );
}

#[test]
fn broken_syntax_is_located_and_not_repeated() {
    assert_eq!(
        fault("[{\n\"id\": sentinel}]"),
        "the body is not valid JSON, at line 2, column 7"
    );
    assert_eq!(
        fault(""),
        "the body ends in the middle of its JSON, at line 1, column 0"
    );
}

#[test]
fn escapes_and_unicode_are_read_in_keys_and_values() {
    let read = item(r#"{"\u0069d": "\u00e9\n\"\\ é \ud83d\ude00"}"#);
    assert_eq!(read.id.as_deref(), Some("é\n\"\\ é \u{1f600}"));
}

/// A type of an application, with one of this crate's in it.
#[derive(Debug, Deserialize)]
struct Holder {
    raw: Box<RawValue>,
    item: Item,
    port: u8,
}

fn holder(text: &str) -> Result<Holder, Fault> {
    by_serde(Tree::parse(text, DEEPEST)?.root())
}

#[test]
fn types_of_an_application_are_read_by_way_of_serde() {
    let read = holder(r#"{"raw": {"a":  1.0 }, "item": {"limit": 3e2}, "port": 1, "port": 2.0}"#);
    let read = read.unwrap();
    assert_eq!(read.raw.get(), r#"{"a":  1.0 }"#);
    assert_eq!((read.item.limit, read.port), (Some(300), 2));
    for (text, expected) in [
        (
            r#"{"raw": 1, "item": {}, "port": 256}"#,
            "port: expected an integer of zero or more (u8), found the number 256",
        ),
        (
            r#"{"raw": 1, "item": {"tags": [[]]}, "port": 1}"#,
            "item.tags[0]: expected a string, found an array",
        ),
        (r#"[1, {}, 1]"#, "expected an object, found an array"),
    ] {
        assert_eq!(holder(text).unwrap_err().to_string(), expected);
    }
}

#[test]
fn types_of_this_crate_are_read_from_serde_json_without_loss() {
    let text = r#"{"limit": 3e2, "limit": 9007199254740993, "free": 0.1}"#;
    assert_eq!(serde_json::from_str::<Item>(text).unwrap(), item(text));
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::from_value::<Item>(value).unwrap(), item(text));
    let error = serde_json::from_str::<Vec<Item>>(r#"[{"id": ["sentinel"]}]"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with(".id: expected a string, found an array"),
        "{error}"
    );
}
