//! Rules on texts that exist in two places.

use crate::files::File;

/// Opens a snippet in a page, up to its name.
const START: &str = "<!-- example: ";

/// Closes a snippet.
const END: &str = "<!-- end -->";

/// `cargo publish` packs the folder of the crate only, so the licences are there too.
pub(crate) fn licences_are_copied_unchanged(files: &[File]) -> Vec<String> {
    let text = |path: &str| {
        files
            .iter()
            .find(|file| file.path == path)
            .map(|file| &file.text)
    };
    ["LICENSE-MIT", "LICENSE-APACHE"]
        .into_iter()
        .filter(|name| text(name) != text(&format!("sdk/{name}")))
        .map(|name| format!("sdk/{name}:1: copy {name} here: the published crate contains it"))
        .collect()
}

/// A registry shows the crate's page without the repository, so relative links would break.
pub(crate) fn links_of_the_crate_are_absolute(files: &[File]) -> Vec<String> {
    let page = files.iter().filter(|file| file.path == "sdk/README.md");
    let lines = page.flat_map(File::lines);
    let links = lines.flat_map(|(number, line)| {
        let targets = line.split("](").skip(1);
        targets.map(move |target| (number, target.split(')').next().unwrap_or_default()))
    });
    links
        .filter(|(_, target)| !target.starts_with("https://") && !target.starts_with('#'))
        .map(|(number, target)| format!("sdk/README.md:{number}: write `{target}` as a whole URL"))
        .collect()
}

/// The programs in a page are examples that compile.
pub(crate) fn snippets_are_the_examples(files: &[File]) -> Vec<String> {
    let pages = files.iter().filter(|file| file.path.ends_with(".md"));
    pages.flat_map(|page| check_page(page, files)).collect()
}

fn check_page(page: &File, files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for (at, _) in page.text.match_indices(START) {
        let number = page.text[..at].matches('\n').count() + 1;
        let mut find = |advice: String| findings.push(format!("{}:{number}: {advice}", page.path));
        let rest = &page.text[at + START.len()..];
        let Some((name, snippet)) = rest
            .split_once(END)
            .and_then(|(text, _)| text.split_once(" -->"))
        else {
            find(format!("close the example with `{END}`"));
            continue;
        };
        let path = format!("sdk/examples/{name}.rs");
        match files.iter().find(|file| file.path == path) {
            None => find(format!("there is no {path}")),
            Some(example) if snippet == block(&example.text) => {}
            Some(_) => {
                find(format!(
                    "put here, as a rust block, {path} without its `//!` lines"
                ));
            }
        }
    }
    findings
}

/// The program as a block of Markdown, without the docs at its start.
fn block(example: &str) -> String {
    let lines = example
        .split_inclusive('\n')
        .skip_while(|line| line.starts_with("//!"));
    let program: String = lines.collect();
    format!("\n```rust\n{}```\n", program.trim_start())
}
