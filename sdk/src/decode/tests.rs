//! Both ways through the decoder, on types like those that the generator writes.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{from_text, may_round, null_as_empty, text};

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Item {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    limit: Option<i64>,
    #[serde(default)]
    port: Option<u32>,
    #[serde(default)]
    cost: Option<f64>,
    #[serde(default, alias = "destinaton_conf")]
    destination_conf: Option<String>,
    #[serde(default, deserialize_with = "null_as_empty")]
    tags: Vec<String>,
    #[serde(default)]
    free: Option<Value>,
    #[serde(default)]
    labels: BTreeMap<String, u32>,
}

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
    assert_eq!(
        fault(r#"[{"id": "a"}, {"id": 7}]"#),
        "[1].id: expected a string, found a number"
    );
    assert_eq!(
        fault(r#"[{"limit": "sentinel"}]"#),
        "[0].limit: expected an integer (i64), found a string"
    );
    assert_eq!(
        fault(r#"[{"tags": ["a", ["sentinel"]]}]"#),
        "[0].tags[1]: expected a string, found an array"
    );
    assert_eq!(
        fault(r#"[{"labels": {"a b": true}}]"#),
        r#"[0].labels["a b"]: expected an integer of zero or more (u32), found a boolean"#
    );
    assert_eq!(
        fault(r#"{"id": "sentinel"}"#),
        "expected an array, found an object"
    );
    assert_eq!(
        fault(r#"["sentinel"]"#),
        "[0]: expected an object, found a string"
    );
}

#[test]
fn b38_the_last_of_duplicate_keys_wins() {
    let read = item(r#"{"id": "a", "limit": 1, "id": "b", "id": "c"}"#);
    assert_eq!((read.id.as_deref(), read.limit), (Some("c"), Some(1)));
    assert_eq!(
        item(r#"{"labels": {"x": 1, "x": 2}, "id": 1, "id": "y"}"#).labels["x"],
        2
    );
}

#[test]
fn the_right_spelling_wins_over_an_alias() {
    let right = r#"{"destination_conf": "right"}"#;
    let wrong = r#"{"destinaton_conf": "right"}"#;
    let both = r#"{"destination_conf": "right", "destinaton_conf": "wrong"}"#;
    let turned = r#"{"destinaton_conf": "wrong", "destination_conf": "right"}"#;
    for text in [right, wrong, both, turned] {
        assert_eq!(
            item(text).destination_conf.as_deref(),
            Some("right"),
            "{text}"
        );
    }
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
fn a_run_of_sixteen_digits_is_seen_wherever_it_stands() {
    for shift in 0..40 {
        let spaces = " ".repeat(shift);
        assert!(may_round(&format!("{spaces}1234567890123456")));
        assert!(may_round(&format!("{spaces}12345678901234567,1")));
        assert!(may_round(&format!("{spaces}[0.1234567890123456]")));
        assert!(!may_round(&format!(r#"{spaces}"12345678901234567""#)));
        assert!(!may_round(&format!(r#"{spaces}"a1234567890123456c""#)));
        assert!(!may_round(&format!(
            "{spaces}123456789012345,123456789012345"
        )));
        // Whatever is passed over, what comes behind it is not.
        let digits = "7".repeat(31 + spaces.len());
        assert!(may_round(&format!(r#"["{digits}",1234567890123456]"#)));
        assert!(!may_round(&format!(r#"["{digits}",123456789012345]"#)));
    }
}

#[test]
fn an_array_is_no_object_on_the_slow_way() {
    assert!(fault(r#"[["a"], {"id": 1}]"#).starts_with("[0]: expected an object, found an array"));
}

#[test]
fn b45_depth_is_a_fault_and_no_overflow() {
    for (open, close) in [("[", "]"), (r#"{"free":"#, "}")] {
        let deep = format!(
            "[{{\"free\":{}1{}}}]",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        let fault = fault(&deep);
        assert!(
            fault.contains("nested deeper than 128 levels") && fault.len() < 2000,
            "{fault}"
        );
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
    assert!(fault(r#"[{"id": "\ud800"}]"#).starts_with("[0].id: "));
}

#[test]
fn raw_values_keep_their_exact_text() {
    // The duplicate forces the slow way.
    #[derive(Deserialize)]
    struct Holder {
        raw: Box<RawValue>,
        id: u8,
    }
    let read: Holder = from_text(r#"{"id": 1, "raw": {"a":  1.0 }, "id": 2}"#).unwrap();
    assert_eq!((read.raw.get(), read.id), (r#"{"a":  1.0 }"#, 2));
}

#[test]
fn escapes_and_unicode_read_alike_on_both_ways() {
    let fast = item(r#"{"id": "\u00e9\n\"\\ é"}"#);
    let slow = item(r#"{"id": 0, "\u0069d": "\u00e9\n\"\\ é"}"#);
    assert_eq!(fast, slow);
    assert_eq!(fast.id.as_deref(), Some("é\n\"\\ é"));
}
