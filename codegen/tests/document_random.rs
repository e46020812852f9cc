//! For any texts the front end returns a document or faults, and its report can be rendered.

use codegen::document::{Document, read_toml};
use codegen::report::{MessageFormat, Report};
use codegen::{Source, Sources};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: t, version: '1'}
security: [{key: []}]
paths:
  /a/{id}:
    parameters:
    - {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/id'}}
    get:
      operationId: a.get
      parameters:
      - {name: q, in: query, style: form, schema: {type: array, items: {type: string}}}
      responses:
        200:
          description: d
          content: {application/json: {schema: {$ref: '#/components/schemas/all'}}}
        4XX: {$ref: '#/components/responses/bad'}
components:
  responses:
    bad: {description: d, headers: {h: {schema: {type: integer}}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    id: &id {type: string, minLength: 1, maxLength: 32}
    copy: *id
    all:
      allOf:
      - {type: object, properties: {é: {type: number, minimum: 1.5, maximum: 1e3}}}
      - {oneOf: [{$ref: '#/components/schemas/id'}, {enum: [1, null, a]}]}
      required: [é]
";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: t, version: '1'}
actions:
- target: $.components.schemas['id', 'copy']
  description: d
  update: {format: uuid, x-list: [1]}
  x-expect: {format: null, x-list: null}
- target: \"$..required[?@ == 'é']\"
  description: d
  remove: true
  x-expect: é
- target: $.security
  description: d
  update: {}
  x-expect: [{key: []}]
";

const TOML: &str =
    "[a]\nb = [1, 'x', 2.5, true]\n[[c]]\n\"d é\" = { e = 1 }\n[[c]]\nf.g = 2020-01-01\n";

/// Characters that have a meaning in one of the syntaxes.
const MARKS: &[&str] = &[
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "|\n",
    ">\n",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!int ",
    "!x ",
    "? ",
    "#",
    "\t",
    "\n",
    "\r\n",
    "---\n",
    "...\n",
    "\\",
    "~",
    "null",
    ".inf",
    "0x",
    "$ref: ",
    "é",
    "\u{feff}",
    "\u{0}",
    "\u{85}",
    "😀",
    "%YAML 1.1\n",
    "@",
    "`",
    ", ",
    "..",
    "[?@",
    "$",
    "*",
    "allOf: ",
    "1e999",
    "-",
    "+",
    "_",
    "/",
    "#/components/schemas/all",
    "\u{2028}",
    "\\ud800",
];

/// One edit of a text: removes a stretch and inserts a piece.
fn edit() -> impl Strategy<Value = (usize, usize, String)> {
    let mark = proptest::sample::select(MARKS).prop_map(str::to_owned);
    let inserted = prop_oneof![4 => mark, 1 => any::<String>(), 1 => Just(String::new())];
    (
        any::<usize>(),
        prop_oneof![Just(0_usize), 0_usize..12, 0_usize..200],
        inserted,
    )
}

fn edited(text: &str, edits: &[(usize, usize, String)]) -> String {
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

fn try_all(spec: String, overlay: String, config: String) {
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    let config = source("c", config);
    let _ = read_toml(&config.text);
    let sources = Sources {
        spec: source("s", spec),
        overlay: Some(source("o", overlay)),
        config,
        lock: None,
    };
    if let Err(faults) = Document::read(&sources) {
        assert!(!faults.is_empty());
        let report = Report::new(faults, &sources, &());
        for format in [
            MessageFormat::Human,
            MessageFormat::Json,
            MessageFormat::Github,
        ] {
            assert!(!report.render(format).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edited_texts(
        spec in proptest::collection::vec(edit(), 0..4),
        overlay in proptest::collection::vec(edit(), 0..4),
        config in proptest::collection::vec(edit(), 0..4),
    ) {
        try_all(edited(SPEC, &spec), edited(OVERLAY, &overlay), edited(TOML, &config));
    }

    #[test]
    fn shuffled_lines(
        spec in proptest::collection::vec(any::<(usize, usize)>(), 0..5),
        overlay in proptest::collection::vec(any::<(usize, usize)>(), 0..5),
    ) {
        try_all(shuffled(SPEC, &spec), shuffled(OVERLAY, &overlay), String::new());
    }

    #[test]
    fn random_texts(spec in any::<String>(), overlay in any::<String>(), config in any::<String>()) {
        try_all(spec, overlay, config);
    }

    #[test]
    fn random_marks(
        spec in proptest::collection::vec(proptest::sample::select(MARKS), 0..40),
        overlay in proptest::collection::vec(proptest::sample::select(MARKS), 0..40),
    ) {
        try_all(spec.concat(), overlay.concat(), String::new());
        try_all(format!("openapi: 3.0.3\n{}", spec.concat()), format!("{OVERLAY}- target: \"${}\"", overlay.concat()), String::new());
    }
}
