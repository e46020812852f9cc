//! The text of a pull request: its order, its size, and what it leaves out.

use std::fs;
use std::path::Path;

use crate::corrections::Loop;

fn both(it: &Loop) -> (String, String) {
    let words = ["spec", "update", "upstream.yaml"];
    let files = ["--body", "body.md", "--full", "target/full.md"];
    fs::create_dir_all(it.repository.path("target")).unwrap();
    it.xtask(&[&words[..], &files].concat()).assert(0, "", "");
    (it.body(), it.repository.read("target/full.md"))
}

#[track_caller]
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let after = rest.split_once(part).map(|(_, after)| after);
        assert!(
            after.is_some(),
            "no `{part}`, or not in this order, in:\n{text}"
        );
        rest = after.unwrap();
    }
}

#[test]
fn six_changes_are_read_at_a_glance_with_what_to_do_first() {
    let it = Loop::start();
    for (from, to) in [
        ("required: [name, kind, room]", "required: [name, kind]"),
        (
            "enum: [floor, desk, wall]",
            "enum: [floor, desk, wall, ceiling]",
        ),
        ("maximum: 100", "maximum: 1000"),
        ("        room: {type: string, maxLength: 40}\n", ""),
        (
            "        broken: {type: boolean}\n",
            "        broken: {type: string}\n",
        ),
        (
            "    delete:\n      operationId: lamps-delete\n",
            "    patch:\n      operationId: lamps-patch\n      responses: {'204': {description: Done.}}\n    delete:\n      operationId: lamps-delete\n",
        ),
    ] {
        it.upstream(from, to);
    }
    let (body, full) = both(&it);
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/six-changes.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&expected, &body).unwrap();
    }
    assert_eq!(body, fs::read_to_string(expected).unwrap());
    assert!(
        body.lines().count() <= 150,
        "{} lines",
        body.lines().count()
    );
    assert_in_order(
        &body,
        &[
            "**Verdict: breaking.",
            "### To do",
            "- [ ] Version and changelog: the version is 0.3.1, and the verdict since 0.3.1 is breaking; set `version = \"0.4.0\"` in Cargo.toml",
            "- [ ] Write sentences for ",
            "- [ ] 1 new operation",
            "### Breaking (4)",
            "// migrate from",
            "CreateLamp::new(name, kind, room)",
            "// to\n",
            "CreateLamp::new(name, kind)",
            "### Additions",
            "lamps.patch(lamp_id).await?;",
            "LampKind::Ceiling",
            "### On the wire",
            "### In the document",
            "### Provenance",
            "Compared with",
        ],
    );
    assert!(full.len() >= body.len());
}

#[test]
fn a_long_text_leaves_whole_sections_to_the_full_one() {
    let it = Loop::start();
    let values: String = (0..900)
        .map(|number| format!(", value-of-many-{number}"))
        .collect();
    it.upstream(
        "enum: [floor, desk, wall]",
        &format!("enum: [floor, desk, wall{values}]"),
    );
    it.upstream("        room: {type: string, maxLength: 40}\n", "");
    let (body, full) = both(&it);
    assert!(body.chars().count() <= 60_000, "{}", body.chars().count());
    assert!(full.chars().count() > 100_000 && full.contains("LampKind::ValueOfMany899"));
    assert_in_order(
        &body,
        &[
            "### To do",
            "### Breaking",
            "let room: Option<String> = lamp.room;",
            "// to nothing: it is gone",
            "*Additions: left out here (",
            "### Provenance",
        ],
    );
}

#[test]
fn a_long_refusal_is_bounded_too() {
    let it = Loop::start();
    let names: String = (0..700)
        .map(|number| format!("ghost-{number} = \"Ghost{number}\"\n"))
        .collect();
    it.configure(&format!("[names.methods]\n{names}"));
    it.upstream("maximum: 100", "maximum: 1000");
    it.update().assert_says(2, "700 faults");
    let body = it.body();
    assert!(body.chars().count() <= 60_000, "{}", body.chars().count());
    assert_in_order(
        &body,
        &[
            "**Refused: nothing was written.**",
            "- [ ] Correct 700 faults",
            "*Faults: left out here (",
        ],
    );
}
