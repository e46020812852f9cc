//! The comparison on hand-made folders.

use std::collections::BTreeMap;

use super::compare::Foreign;
use super::{Difference, DifferenceKind, Files, Found, HEADER, MARK, RenderOptions, Step};
use super::{compare, is_ours, render, steps};
use crate::report::MessageFormat;

fn files(entries: &[(&str, &str)]) -> Files {
    let mut files = Files::new();
    for (path, text) in entries {
        files.insert(*path, text).unwrap();
    }
    files
}

/// A disk that holds exactly what is generated.
fn disk(files: &Files) -> BTreeMap<String, Found> {
    files
        .iter()
        .map(|(path, text)| (path.to_owned(), Found::File(text.into())))
        .collect()
}

fn difference(path: &str, kind: DifferenceKind) -> Difference {
    Difference {
        path: path.to_owned(),
        kind,
    }
}

fn render_as(differences: &[Difference], format: MessageFormat) -> String {
    let repair = "cargo xtask codegen";
    render(
        differences,
        RenderOptions {
            format,
            folder: "sdk/src/generated/",
            repair,
        },
    )
}

#[test]
fn the_header_stands_once_above_the_text() {
    let files = files(&[("mod.rs", "mod a;\n")]);
    assert_eq!(
        files.get("mod.rs"),
        Some(format!("{HEADER}\n\nmod a;\n").as_str())
    );
    assert!(HEADER.starts_with(&format!("//{MARK}")));
    assert_eq!(files.len(), 1);
}

#[test]
fn a_file_of_toml_has_a_comment_of_its_own() {
    let files = files(&[("a.toml", "b = []\n")]);
    let text = files.get("a.toml").unwrap();
    assert!(text.starts_with(&format!("#{MARK}")) && text.ends_with("\n\nb = []\n"));
}

#[test]
fn paths_that_lose_a_file_or_leave_the_folder_are_refused() {
    let mut files = files(&[("mod.rs", "")]);
    let error = files.insert("mod.rs", "other").unwrap_err().to_string();
    assert_eq!(error, "the generated file `mod.rs` is written twice");
    for path in [
        "", "/a.rs", "../a.rs", "a//b.rs", "a\\b.rs", "C:a.rs", "./a.rs", ".a.rs", "a\n",
    ] {
        let error = files.insert(path, "").unwrap_err().to_string();
        assert!(
            error.contains("is not a plain relative path"),
            "{path:?}: {error}"
        );
    }
    assert_eq!(files.len(), 1);
}

#[test]
fn equal_files_give_no_difference() {
    let files = files(&[("a.rs", "struct A;\n"), ("b/mod.rs", "struct B;\n")]);
    let mut disk = disk(&files);
    disk.insert("b".to_owned(), Found::Folder);
    disk.insert("empty".to_owned(), Found::Folder);
    assert_eq!(compare(&files, &disk), []);
    assert_eq!(render_as(&[], MessageFormat::Human), "");
}

#[test]
fn missing_stale_and_left_files_are_told_in_the_order_of_their_paths() {
    let files = files(&[("b.rs", ""), ("d.rs", "")]);
    let disk = BTreeMap::from([
        ("a.rs".to_owned(), Found::File(HEADER.into())),
        ("c/.codegen-tmp-1".to_owned(), Found::File(b"half".into())),
        (
            "e.rs".to_owned(),
            Found::File(format!("//{MARK} of 1999\r\n").into()),
        ),
        ("f.toml".to_owned(), Found::File(format!("#{MARK}").into())),
        ("g.toml".to_owned(), Found::File(MARK.into())),
    ]);
    let expected = [
        difference("a.rs", DifferenceKind::Stale),
        difference("b.rs", DifferenceKind::Missing),
        difference("c/.codegen-tmp-1", DifferenceKind::Leftover),
        difference("d.rs", DifferenceKind::Missing),
        difference("e.rs", DifferenceKind::Stale),
        difference("f.toml", DifferenceKind::Stale),
        difference("g.toml", DifferenceKind::Foreign(Foreign::NoHeader)),
    ];
    assert_eq!(compare(&files, &disk), expected);
}

#[test]
fn a_changed_file_shows_the_change() {
    let files = files(&[("a.rs", "struct New;\nstruct Same;\n")]);
    let old = format!("{HEADER}\n\nstruct Old;\nstruct Same;\n");
    let disk = BTreeMap::from([("a.rs".to_owned(), Found::File(old.into()))]);
    let diff = format!(
        "--- on the disk\n+++ generated\n@@ -1,4 +1,4 @@\n {HEADER}\n \n-struct Old;\n+struct New;\n \
         struct Same;\n"
    );
    let expected = difference("a.rs", DifferenceKind::Changed { diff, crlf: false });
    assert_eq!(compare(&files, &disk), [expected]);
}

#[test]
fn a_long_change_is_cut_and_counted() {
    let old: String = (0..100).map(|number| format!("old {number}\n")).collect();
    let new: String = (0..100).map(|number| format!("new {number}\n")).collect();
    let diff = super::diff::unified(&old, &new);
    assert_eq!(diff.lines().count(), 41);
    // Of 200 changed lines 37 are below the two titles and the line of the hunk.
    assert!(diff.ends_with("\n... 163 more lines differ\n"), "{diff}");
}

#[test]
fn crlf_counts_as_changed_and_says_so() {
    let files = files(&[("a.rs", "struct A;\n"), ("b.rs", "struct B;\n")]);
    let mut disk = disk(&files);
    let crlf = |text: &str| Found::File(text.replace('\n', "\r\n").into());
    disk.insert("a.rs".to_owned(), crlf(files.get("a.rs").unwrap()));
    disk.insert(
        "b.rs".to_owned(),
        crlf(&format!("{HEADER}\n\nstruct Old;\n")),
    );
    let differences = compare(&files, &disk);
    assert_eq!(
        differences[0],
        difference(
            "a.rs",
            DifferenceKind::Changed {
                diff: String::new(),
                crlf: true
            }
        )
    );
    assert!(
        matches!(&differences[1].kind, DifferenceKind::Changed { diff, crlf: true } if
        diff.contains("\n-struct Old;\n+struct B;\n"))
    );
    let text = render_as(&differences, MessageFormat::Human);
    assert!(
        text.contains("a.rs: only the line endings differ: CRLF on the disk"),
        "{text}"
    );
    assert!(
        text.contains("b.rs: its content differs from the generated text, and its line"),
        "{text}"
    );
    assert!(!text.contains('\r'));
}

#[test]
fn what_is_not_ours_is_foreign_wherever_it_stands() {
    let files = files(&[("a.rs", ""), ("b.rs", ""), ("c.rs", ""), ("d/e.rs", "")]);
    let disk = BTreeMap::from([
        ("a.rs".to_owned(), Found::File(b"by hand".into())),
        ("b.rs".to_owned(), Found::Folder),
        ("c.rs".to_owned(), Found::Link),
        ("d".to_owned(), Found::File(Vec::new())),
        ("notes.txt".to_owned(), Found::File(b"notes".into())),
        ("pipe".to_owned(), Found::Other),
    ]);
    let differences = compare(&files, &disk);
    let expected = [
        difference("a.rs", DifferenceKind::Foreign(Foreign::NoHeader)),
        difference("b.rs", DifferenceKind::Foreign(Foreign::Folder)),
        difference("c.rs", DifferenceKind::Foreign(Foreign::Link)),
        difference("d", DifferenceKind::Foreign(Foreign::NoHeader)),
        difference("d/e.rs", DifferenceKind::Missing),
        difference("notes.txt", DifferenceKind::Foreign(Foreign::NoHeader)),
        difference("pipe", DifferenceKind::Foreign(Foreign::Other)),
    ];
    assert_eq!(differences, expected);
    assert_eq!(
        steps(&files, &differences),
        [],
        "nothing foreign is touched or written below"
    );
}

#[test]
fn steps_delete_only_ours() {
    let files = files(&[("a.rs", "a\n"), ("c.rs", "c\n")]);
    let disk = BTreeMap::from([
        (".codegen-tmp-1".to_owned(), Found::File(Vec::new())),
        ("b.rs".to_owned(), Found::File(HEADER.into())),
        ("c.rs".to_owned(), Found::File(HEADER.into())),
        ("notes.txt".to_owned(), Found::File(b"notes".into())),
    ]);
    let differences = compare(&files, &disk);
    let expected = [
        Step::Delete {
            path: ".codegen-tmp-1",
        },
        Step::Write {
            path: "a.rs",
            text: files.get("a.rs").unwrap(),
        },
        Step::Write {
            path: "c.rs",
            text: files.get("c.rs").unwrap(),
        },
        Step::Delete { path: "b.rs" },
    ];
    assert_eq!(steps(&files, &differences), expected);
}

#[test]
fn our_header_is_known_with_any_line_endings_and_a_byte_order_mark() {
    assert!(is_ours(format!("{HEADER}\r\nmod a;\r\n").as_bytes()));
    assert!(is_ours(format!("\u{feff}{HEADER}\n").as_bytes()));
    assert!(!is_ours(format!("\n{HEADER}\n").as_bytes()));
    assert!(!is_ours(b""));
    assert!(!is_ours(b"// @generated by something else"));
}

#[test]
fn people_read_every_difference_and_the_command_last() {
    let differences = [
        difference("a.rs", DifferenceKind::Missing),
        difference(
            "b.rs",
            DifferenceKind::Changed {
                diff: "-old\n \n+new\n".to_owned(),
                crlf: false,
            },
        ),
        difference("c.rs", DifferenceKind::Foreign(Foreign::NoHeader)),
    ];
    let expected = "\
missing: sdk/src/generated/a.rs: the generator writes this file, and it does not exist
changed: sdk/src/generated/b.rs: its content differs from the generated text
    -old

    +new
foreign: sdk/src/generated/c.rs: a file without the generator's header

2 paths are out of date under sdk/src/generated/.
1 path is not the generator's: move or delete the foreign files first.
To repair, run: cargo xtask codegen
";
    assert_eq!(render_as(&differences, MessageFormat::Human), expected);
}

#[test]
fn programs_and_github_read_one_line_each() {
    let diff = "-100%\n+new\n".to_owned();
    let differences = [difference(
        "b,1.rs",
        DifferenceKind::Changed { diff, crlf: false },
    )];
    assert_eq!(
        render_as(&differences, MessageFormat::Json),
        "{\"kind\":\"changed\",\"path\":\"sdk/src/generated/b,1.rs\",\"message\":\"its content \
         differs from the generated text\",\"diff\":\"-100%\\n+new\\n\"}\n\
         {\"kind\":\"repair\",\"command\":\"cargo xtask codegen\"}\n"
    );
    let text = render_as(&differences, MessageFormat::Github);
    assert!(
        text.starts_with(
            "::error file=sdk/src/generated/b%2C1.rs,title=changed::its content differs from \
             the generated text%0A-100%25%0A+new\n"
        ),
        "{text}"
    );
}
