//! Differences without meaning change nothing: the order of keywords, line ends, a byte order mark, YAML or JSON.

use codegen::{Sources, generate};
use serde_yaml::{Mapping, Value};

use super::inputs::{all, rewritable};
use super::output_of;

/// Objects whose keys are names of the document, or whose order is that of the items generated from them.
const NAMED: &[&str] = &[
    "paths",
    "properties",
    "schemas",
    "responses",
    "parameters",
    "content",
    "encoding",
    "headers",
    "mapping",
    "securitySchemes",
    "requestBodies",
];

#[test]
fn keywords_may_stand_in_any_order() {
    for (name, mut sources) in rewritable() {
        let before = sorted(&sources);
        let tree: Value = serde_yaml::from_str(&sources.spec.text).unwrap();
        sources.spec.text = serde_yaml::to_string(&turned(tree, false)).unwrap();
        assert_eq!(before, sorted(&sources), "{name}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    for (name, mut sources) in all() {
        let before = output_of(&sources);
        let overlay = sources.overlay.as_mut().map(|source| &mut source.text);
        for text in [&mut sources.spec.text, &mut sources.config.text]
            .into_iter()
            .chain(overlay)
        {
            *text = text.replace('\n', "\r\n");
        }
        assert_eq!(before, output_of(&sources), "{name} with CRLF");
        sources.spec.text.insert(0, '\u{feff}');
        assert_eq!(before, output_of(&sources), "{name} with a byte order mark");
    }
}

#[test]
fn yaml_and_json_are_generated_alike() {
    for (name, mut sources) in rewritable() {
        let before = output_of(&sources);
        let tree: Value = serde_yaml::from_str(&sources.spec.text).unwrap();
        sources.spec.text = serde_json::to_string_pretty(&tree).unwrap();
        assert_eq!(before, output_of(&sources), "{name}");
    }
}

/// The generated files with their items in alphabetical order: the position of an item depends on the document.
fn sorted(sources: &Sources) -> Vec<(String, Vec<String>)> {
    let output = generate(sources)
        .unwrap_or_else(|report| panic!("{}", report.render(codegen::MessageFormat::Human)));
    let files = output.files.iter().map(|(path, text)| {
        let mut items: Vec<String> = text.trim_end().split("\n\n").map(str::to_owned).collect();
        items.sort();
        (path.to_owned(), items)
    });
    files.collect()
}

/// The tree with the keys of each object reversed, except objects of names and path items, whose methods have an order.
fn turned(value: Value, named: bool) -> Value {
    match value {
        Value::Sequence(list) => {
            Value::Sequence(list.into_iter().map(|value| turned(value, false)).collect())
        }
        Value::Mapping(map) => {
            let entries = map.into_iter().map(|(key, value)| {
                let word = key.as_str().unwrap_or_default();
                // A requirement lists schemes by their names.
                if !named && word == "security" {
                    return (key, value);
                }
                let is_path = named && word.starts_with('/');
                let named = is_path || (!named && NAMED.contains(&word));
                (key, turned(value, named))
            });
            let mut entries: Vec<(Value, Value)> = entries.collect();
            if !named {
                entries.reverse();
            }
            Value::Mapping(Mapping::from_iter(entries))
        }
        plain => plain,
    }
}
