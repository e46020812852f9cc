//! What is written, and what stays as it is.

use super::with_entry;
use crate::report::Entry;

#[track_caller]
fn assert_edited(text: &str, entry: &Entry, expected: &str) {
    let edited = with_entry(text, entry, "it is so");
    assert_eq!(edited.as_deref(), Some(expected));
    // A second time there is nothing to add.
    let again = with_entry(expected, entry, "it is so");
    assert_eq!(again.as_deref(), Some(expected));
}

#[test]
fn an_entry_comes_to_the_end_of_its_table_with_its_reason() {
    let text = "# Head.\n[names.types]\n\"a\" = \"A\" # Why.\n\n# Fields.\n[names.fields]\n\"b\" = \"c\"\n";
    let expected = "# Head.\n[names.types]\n\"a\" = \"A\" # Why.\n# it is so\n\"x.y\" = \"Z\"\n\n# Fields.\n[names.fields]\n\"b\" = \"c\"\n";
    assert_edited(text, &Entry::text("names.types", "x.y", "Z"), expected);
    // The last table of a file that ends without a line break.
    let text = "[names.types]\n\"a\" = \"A\"";
    let expected = "[names.types]\n\"a\" = \"A\"\n# it is so\n\"x\" = \"Z\"\n";
    assert_edited(text, &Entry::text("names.types", "x", "Z"), expected);
}

#[test]
fn a_table_that_is_not_there_comes_to_the_end_of_the_file() {
    let list = Entry::list("ids", "LampId", vec!["lamp".to_owned()]);
    let expected = "[ids]\n# it is so\nLampId = [\"lamp\"]\n";
    assert_edited("", &list, expected);
    assert_edited("a = 1\n", &list, &format!("a = 1\n\n{expected}"));
    assert_edited("a = 1", &list, &format!("a = 1\n\n{expected}"));
    // A header with nothing below it, and one whose tables have headers of their own.
    assert_edited(
        "[ids]\n\n[names]\n",
        &list,
        "[ids]\n# it is so\nLampId = [\"lamp\"]\n\n[names]\n",
    );
    let json = Entry::table("unions", "x", [("undecidable", "json")]);
    let text = "[unions.\"a\"]\ntag = \"b\"\n";
    let expected = format!("{text}\n[unions]\n# it is so\n\"x\" = {{ undecidable = \"json\" }}\n");
    assert_edited(text, &json, &expected);
}

#[test]
fn a_reason_that_is_the_value_is_said_once() {
    let expected = "[skip]\n\"lamps-trace\" = \"it is so\"\n";
    assert_edited("[skip]\n", &Entry::skip("lamps-trace"), expected);
}

#[test]
fn lists_and_tables_that_are_there_grow() {
    let ids = Entry::list("ids", "LampId", vec!["a".to_owned(), "lamp".to_owned()]);
    let expected = "[ids]\n# it is so\nLampId = [\"a\", \"lamp\"] # Those.\n";
    assert_edited("[ids]\nLampId = [\"a\"] # Those.\n", &ids, expected);
    let expected = "[ids]\n# it is so\nLampId = [\"a\", \"lamp\"]\n";
    assert_edited("[ids]\nLampId = []\n", &ids, expected);
    let paths = Entry::list("import", "paths", vec!["/b/**".to_owned()]);
    for (comma, after) in [("", ""), (",", " # All.")] {
        let text = format!("[import]\npaths = [\n  \"/a/**\"{comma}{after}\n]\n");
        let expected = format!(
            "[import]\npaths = [\n  \"/a/**\",{after}\n  # it is so\n  \"/b/**\"{comma}\n]\n"
        );
        assert_edited(&text, &paths, &expected);
    }
    let handle = Entry::table("handles", "lamps", [("type", "Lights")]);
    let expected =
        "[handles]\n# it is so\n\"lamps\" = { method = \"lights\", type = \"Lights\" }\n";
    assert_edited(
        "[handles]\n\"lamps\" = { method = \"lights\" }\n",
        &handle,
        expected,
    );
    let text = "[handles.lamps]\nmethod = \"lights\"\n[ids]\n";
    let expected = "[handles.lamps]\nmethod = \"lights\"\n# it is so\ntype = \"Lights\"\n[ids]\n";
    assert_edited(text, &handle, expected);
    let expected = "[handles]\n# it is so\nlamps = { type = \"Lights\" }\n";
    assert_edited("[handles]\nlamps = {}\n", &handle, expected);
}

#[test]
fn line_breaks_are_those_of_the_file() {
    let entry = Entry::text("names.types", "x", "Z");
    let text = "[names.types]\r\n\"a\" = \"A\"\r\n";
    let expected = format!("{text}# it is so\r\n\"x\" = \"Z\"\r\n");
    assert_edited(text, &entry, &expected);
}

#[test]
fn what_the_file_says_otherwise_stays() {
    for (text, entry) in [
        (
            "[names.types]\nx = \"Other\"\n",
            Entry::text("names.types", "x", "Z"),
        ),
        (
            "[handles]\nlamps = { type = \"Other\" }\n",
            Entry::table("handles", "lamps", [("type", "Z")]),
        ),
        (
            "[ids]\nLampId = \"lamp\"\n",
            Entry::list("ids", "LampId", vec!["x".to_owned()]),
        ),
        // Inside braces there is no place for a line.
        (
            "names = { types = {} }\n",
            Entry::text("names.types", "x", "Z"),
        ),
        ("names = 1\n", Entry::text("names.types", "x", "Z")),
        ("not toml", Entry::text("names.types", "x", "Z")),
    ] {
        assert_eq!(with_entry(text, &entry, "it is so"), None, "{text}");
    }
    // A header inside of a text is none.
    let text = "a = '''\n[names.types]\n'''\n";
    assert_eq!(
        with_entry(text, &Entry::text("names.types", "x", "Z"), "it is so"),
        None
    );
}

#[test]
fn long_reasons_are_broken_into_lines() {
    let reason = "word ".repeat(60);
    let edited = with_entry(
        "[names.types]\n",
        &Entry::text("names.types", "x", "Z"),
        &reason,
    );
    let edited = edited.unwrap_or_default();
    let comments: Vec<&str> = edited
        .lines()
        .filter(|line| line.starts_with("# "))
        .collect();
    assert_eq!(comments.len(), 3, "{edited}");
    assert!(comments.iter().all(|line| line.len() <= 130), "{edited}");
}
