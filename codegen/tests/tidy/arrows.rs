//! Rules on the imports between the modules of codegen.

use crate::files::File;

/// Each room of codegen with the rooms that it may use, besides itself:
/// `document <- resolve -> model <- naming <- emit -> format -> output`, with `pointer`, `source`, `report` and `config` beside
/// all; `slice` needs only the document. `understand` runs the rooms up to `naming` and asks `emit`
/// what the runtime does not support; `render` runs those from `emit`. `explain` and
/// `lint` read every room from above; `surface` reads the output of `emit`, `compare` compares two models with their surfaces,
/// and `release` and `proposal` evaluate the comparison. `widen` runs all of them to find what the inputs lack. `lib.rs` is above all.
const ROOMS: &[(&str, &str)] = &[
    ("pointer", ""),
    ("markdown", ""),
    ("source", ""),
    ("report", "pointer source"),
    ("document", "pointer source report"),
    ("config", "pointer report document"),
    ("slice", "pointer source report config document"),
    ("model", "pointer report config"),
    ("resolve", "pointer report config document model"),
    ("naming", "pointer report config model"),
    ("emit", "pointer report config model naming format output"),
    (
        "understand",
        "pointer source report config document resolve model naming emit",
    ),
    ("render", "report emit output understand"),
    ("further", "report source document understand render"),
    (
        "explain",
        "pointer report config document model naming emit understand surface",
    ),
    ("surface", "pointer report config model naming emit"),
    (
        "compare",
        "pointer source report markdown config document model naming surface understand",
    ),
    ("release", "report compare"),
    ("proposal", "report markdown compare slice"),
    (
        "lint",
        "pointer source report config document model understand render",
    ),
    (
        "widen",
        "pointer source report config document naming output slice understand render further compare lint",
    ),
    ("format", ""),
    ("output", "report"),
];

/// Items that `lib.rs` exports under another name; a room imports them from the room that has them.
const EXPORTED: &[&str] = &[
    "Dump",
    "Fix",
    "Lint",
    "MessageFormat",
    "Model",
    "Output",
    "Report",
    "Source",
    "Sources",
    "dump",
    "explain_all",
    "fix",
    "generate",
];

/// Modules of the standard library with side effects.
const OUTSIDE: &[&str] = &["fs", "net", "env", "time", "process", "os"];

pub(crate) fn rooms_use_only_the_rooms_below_them(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        let Some(room) = room(&file.path) else {
            continue;
        };
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            findings.push(format!(
                "{}:1: not a room of the map: add `{room}` and what it may use to ROOMS in \
                 codegen/tests/tidy/arrows.rs",
                file.path
            ));
            continue;
        };
        for (line, used) in paths_below(file, "crate") {
            // Other names are in emitted code.
            let is_known =
                ROOMS.iter().any(|(name, _)| *name == used) || EXPORTED.contains(&&*used);
            if is_known && used != room && !allowed.split(' ').any(|room| room == used) {
                findings.push(format!(
                    "{}:{line}: `{room}` must not use `{used}`: move what is shared down, or mend \
                     ROOMS in codegen/tests/tidy/arrows.rs",
                    file.path
                ));
            }
        }
        findings.extend(roots_by_super(file));
    }
    findings
}

/// In the first file of a room `super` is the crate's root, which would hide an arrow.
fn roots_by_super(file: &File) -> Vec<String> {
    let is_first = file.path.matches('/').count() == 2 || file.path.ends_with("/mod.rs");
    file.code()
        .filter(|(_, line)| is_first && line.starts_with("use super::"))
        .map(|(number, _)| {
            format!(
                "{}:{number}: write `crate::` instead of `super::`",
                file.path
            )
        })
        .collect()
}

pub(crate) fn the_generator_is_pure(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("codegen/src/"))
    {
        if file.path.ends_with("/tests.rs") || file.path.contains("/tests/") {
            continue;
        }
        for (line, used) in paths_below(file, "std") {
            if OUTSIDE.contains(&&*used) {
                findings.push(format!(
                    "{}:{line}: leave `std::{used}` to xtask: the generator is pure",
                    file.path
                ));
            }
        }
    }
    findings
}

/// The room that a file of codegen belongs to; `None` for `lib.rs`, which is above all.
fn room(path: &str) -> Option<&str> {
    let below = path.strip_prefix("codegen/src/")?.strip_suffix(".rs")?;
    let room = below.split('/').next()?;
    (room != "lib").then_some(room)
}

/// The names after `root::` in the code, one for each member of a group, with their lines.
pub(crate) fn paths_below(file: &File, root: &str) -> Vec<(usize, String)> {
    // Comments are blanked, so that the lines keep their numbers.
    let mut code = String::new();
    for (_, line) in file.lines() {
        let is_comment = line.trim_start().starts_with("//");
        code.push_str(if is_comment { "\n" } else { line });
    }
    let start = format!("{root}::");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&start) {
        if code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + start.len()..];
        found.extend(first_names(rest).into_iter().map(|name| (line, name)));
    }
    found
}

/// The name after the path, or the first names of the members of its group.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| {
        let is_part = |letter: &char| letter.is_alphanumeric() || *letter == '_';
        text.trim_start()
            .chars()
            .take_while(is_part)
            .collect::<String>()
    };
    let Some(group) = rest.trim_start().strip_prefix('{') else {
        return vec![name(rest)];
    };
    let mut depth = 0;
    let mut members = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            letter => {
                if let Some(member) = members.last_mut() {
                    member.push(letter);
                }
            }
        }
    }
    members
        .iter()
        .map(|member| name(member))
        .filter(|name| !name.is_empty())
        .collect()
}
