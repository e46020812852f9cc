//! `spec widen`: what is proposed, what is written, and that nothing is written while a fault remains.

use std::collections::BTreeMap;
use std::fs;

use crate::repository::Repository;
use crate::run::Run;

/// What upstream has beside the slice: books of a shelf, whose names clash with each other.
const BOOKS: &str = "  /accounts/{account_id}/books:
    get:
      operationId: books-list
      parameters:
        - $ref: '#/components/parameters/account_id'
      responses: {'200': {description: Upstream's., content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}}}
  /accounts/{account_id}/books/{book_id}:
    parameters:
      - $ref: '#/components/parameters/account_id'
      - {name: book_id, in: path, required: true, schema: {type: string}}
    get:
      operationId: books-get
      responses: {'200': {description: Upstream's., content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}}}
";

const BOOK: &str = "    book:
      type: object
      required: [title, author]
      properties:
        title: {type: string}
";

const PATTERN: &str = "/accounts/{account_id}/books/**";

/// The fixtures, and an upstream that has them and books.
fn library() -> Repository {
    let repository = Repository::plain();
    let slice = repository.read("spec/openapi.yaml");
    let upstream = slice
        .replacen("components:\n", &format!("{BOOKS}components:\n"), 1)
        .replacen("  schemas:\n", &format!("  schemas:\n{BOOK}"), 1);
    repository.write("upstream.yaml", &upstream);
    xtask(&repository, &["spec", "format"]).assert(0, "", "");
    repository
}

fn xtask(repository: &Repository, arguments: &[&str]) -> Run {
    Run::of(repository.xtask(arguments).output().unwrap())
}

fn widen(repository: &Repository, arguments: &[&str]) -> Run {
    let words = ["spec", "widen", PATTERN, "--from", "upstream.yaml"];
    xtask(repository, &[&words[..], arguments].concat())
}

/// The files of `spec`.
fn inputs(repository: &Repository) -> BTreeMap<String, String> {
    let files = fs::read_dir(repository.path("spec")).unwrap();
    let file = |entry: fs::DirEntry| {
        let text = fs::read_to_string(entry.path()).unwrap();
        (entry.file_name().into_string().unwrap(), text)
    };
    files.map(|entry| file(entry.unwrap())).collect()
}

#[test]
fn what_is_needed_is_proposed_and_written_on_demand() {
    let repository = library();
    let before = inputs(&repository);
    let run = widen(&repository, &[]);
    for part in [
        "new operations: 2\n  GET /accounts/{account_id}/books (books-list)\n",
        "\n+\"books-get\" = \"get_book\"\n",
        "\n+  - target: $.components.schemas.book.required[?@ == 'author']\n",
        "\nVerdict: additive. 0.3.1 becomes 0.3.2 (patch bump).\n",
        "\nnothing was written: add --write to write it\n",
    ] {
        run.assert_says(0, part);
    }
    assert_eq!(inputs(&repository), before);
    widen(&repository, &["--write"]).assert_says(0, "written; now look at what is proposed");
    let after = inputs(&repository);
    assert!(after["openapi.yaml"].contains("/books/{book_id}:"));
    assert!(
        !after["openapi.yaml"].contains("Upstream's"),
        "words of upstream"
    );
    assert!(after["sdk.toml"].contains("# Proposed by `spec widen`: "));
    assert!(after["SOURCE.toml"].contains("operations = 3"));
    xtask(&repository, &["codegen"]).assert_says(0, "written");
    let books = repository.read("sdk/src/generated/books.rs");
    assert!(
        books.contains("pub fn get(") && books.contains("pub fn get_book("),
        "{books}"
    );
    // What is there already is no widening, and a later update has nothing to do.
    widen(&repository, &["--write"]).assert_says(0, "no operation comes in");
    assert_eq!(inputs(&repository), after);
    xtask(&repository, &["spec", "import", "upstream.yaml"])
        .assert_says(0, "nothing of ours changed");
}

#[test]
fn nothing_is_written_while_a_fault_remains() {
    let repository = library();
    repository.edit(
        "upstream.yaml",
        "title: {type: string}",
        "title: {type: string, enum: [[a]]}",
    );
    let before = inputs(&repository);
    for arguments in [&[][..], &["--write"]] {
        let run = widen(&repository, arguments);
        run.assert_says(2, "error[unsupported-schema]");
        run.assert_says(2, "nothing was written: faults remain for a person");
        assert_eq!(inputs(&repository), before);
    }
    // An operation that upstream has withdrawn is none of the matters of a widening.
    let repository = library();
    let upstream = repository.read("upstream.yaml");
    let start = upstream.find("  /accounts/{account_id}/shelves:").unwrap();
    let end = upstream.find(BOOKS).unwrap();
    let withdrawn = format!("{}{}", &upstream[..start], &upstream[end..]);
    repository.write("upstream.yaml", &withdrawn);
    repository.edit("spec/sdk.toml", "/shelves\"", "/*\"");
    widen(&repository, &["--write"]).assert_says(2, "the source does not have this operation");
}

#[test]
fn programs_read_the_output_stream() {
    let repository = library();
    let run = widen(&repository, &["--message-format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let proposed = "{\"kind\":\"proposed\",\"file\":\"spec/sdk.toml\",\"table\":\"names.methods\",\"key\":\"books-get\",\"reason\":\"Proposed by `spec widen`: ";
    assert!(run.stdout.contains(proposed), "{}", run.stdout);
    assert!(run.stdout.contains("\"file\":\"spec/overlay.yaml\""));
}

#[test]
fn what_cannot_be_read_is_said() {
    let repository = library();
    let words = |pattern, source| ["spec", "widen", pattern, "--from", source];
    xtask(&repository, &words(PATTERN, "absent.yaml")).assert_says(3, "absent.yaml");
    xtask(&repository, &words("books", "upstream.yaml")).assert_says(2, "is not a path pattern");
    xtask(&repository, &words("/films/**", "upstream.yaml")).assert_says(2, "selects no path");
    xtask(&repository, &["spec", "widen", PATTERN]).assert_says(64, "--from");
}
