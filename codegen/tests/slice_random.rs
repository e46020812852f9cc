//! For any text of upstream's an import returns a slice or faults; and a slice is a slice of itself.

use std::fs;
use std::path::Path;

use codegen::slice::{Prose, Request, slice};
use codegen::{MessageFormat, Source};
use proptest::prelude::{ProptestConfig, Strategy, any, proptest};

/// Pieces that have a meaning in a document.
const PIECES: &[&str] = &[
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "'",
    "\"",
    "#",
    "\n",
    "  ",
    ", ",
    "$ref: ",
    "'#/components/schemas/lamp'",
    "'#/paths'",
    "''",
    "null",
    "1e400",
    "x-auditable: ",
    "x-other: ",
    "description: ",
    "example: ",
    "type: ",
    "properties: ",
    "allOf: ",
    "parameters: ",
    "get: ",
    "tags: ",
    "security: [{api_key: []}]",
    "operationId: rooms-list",
    "mapping: ",
    "components: ",
    "/accounts/{account_id}/lamps: ",
    "name: ",
    "&a ",
    "*a",
    "é",
    "\u{feff}",
    "\t",
    "0x10",
    "yes",
    "~",
];

fn edited(text: &str, edits: &[(usize, usize, &str)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (at, cut, inserted) in edits {
        let start = at % (characters.len() + 1);
        let end = (start + cut).min(characters.len());
        characters.splice(start..end, inserted.chars());
    }
    characters.into_iter().collect()
}

/// Moves lines, which keeps most of them well-formed.
fn shuffled(text: &str, swaps: &[(usize, usize)]) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for (from, to) in swaps {
        let count = lines.len();
        let line = lines.remove(from % count);
        lines.insert(to % count, line);
    }
    lines.join("\n")
}

fn read(path: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slice/ours");
    Source {
        path: path.to_owned(),
        text: fs::read_to_string(folder.join(path)).unwrap_or_default(),
    }
}

/// Whether the import returned a slice.
fn try_import(upstream: String) -> bool {
    let (config, current) = (read("sdk.toml"), read("current.yaml"));
    let upstream = [Source {
        path: "upstream.yaml".to_owned(),
        text: upstream,
    }];
    let mut came_out = false;
    for prose in [Prose::Ours, Prose::Upstream] {
        let request = Request {
            config: &config,
            current: Some(&current),
            merged: None,
            prose,
        };
        match slice(&upstream, &request) {
            Ok(first) => {
                let current = Source {
                    path: "openapi.yaml".to_owned(),
                    text: first.text,
                };
                let again = Request {
                    current: Some(&current),
                    ..request
                };
                for upstream in [&upstream[..], std::slice::from_ref(&current)] {
                    match slice(upstream, &again) {
                        Ok(second) => assert!(
                            second.is_equal && second.text == current.text,
                            "{}",
                            second.text
                        ),
                        Err(report) => {
                            let faults = report.render(MessageFormat::Human);
                            assert_eq!(faults, "", "{}", current.text);
                        }
                    }
                }
                came_out = true;
            }
            Err(report) => assert!(!report.render(MessageFormat::Human).is_empty()),
        }
    }
    came_out
}

fn edits() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
    let piece = proptest::sample::select(PIECES);
    proptest::collection::vec((any::<usize>(), 0_usize..12, piece), 0..3)
}

#[test]
fn the_miniature_itself_is_imported() {
    assert!(try_import(read("upstream.yaml").text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edited_texts(edits in edits()) {
        try_import(edited(&read("upstream.yaml").text, &edits));
    }

    #[test]
    fn shuffled_lines(swaps in proptest::collection::vec(any::<(usize, usize)>(), 0..4)) {
        try_import(shuffled(&read("upstream.yaml").text, &swaps));
    }
}
