//! The order of the rooms of the SDK.

use crate::arrows::paths_below;
use crate::files::File;

/// The rooms of `sdk/src`. Each uses itself and those before it.
const ROOMS: &[&str] = &[
    "base",
    "decode",
    "types",
    "error",
    "transport",
    "policy",
    "response",
    "client",
    "request",
    "pipeline",
    "call",
];

/// Files and folders beside the rooms, which may use every room.
const BESIDE: &[&str] = &["bin", "bucket", "guide", "lib", "runtime", "testing"];

/// The items of generated code that the rooms need; nothing else may be imported from there.
const SERVICE: &str = "service";

pub(crate) fn rooms_of_the_sdk_have_one_direction(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        let Some(room) = room(&file.path) else {
            continue;
        };
        let allowed: Vec<&str> = match ROOMS.iter().position(|name| *name == room) {
            Some(at) => ROOMS[..=at].iter().copied().chain([SERVICE]).collect(),
            None if room == SERVICE => vec!["generated"],
            None if room == "generated" => vec!["generated", "runtime"],
            None if BESIDE.contains(&room) => continue,
            None => {
                findings.push(format!(
                    "{}:1: not a room of the SDK: move it into a room, or add `{room}` to \
                     codegen/tests/tidy/sdk_rooms.rs",
                    file.path
                ));
                continue;
            }
        };
        for (line, used) in paths_below(file, "crate") {
            if !allowed.contains(&used.as_str()) {
                findings.push(format!(
                    "{}:{line}: `{room}` must not use `crate::{used}`: import from a room before \
                     it ({}), or move what is shared down",
                    file.path,
                    ROOMS.join(" < ")
                ));
            }
        }
    }
    findings
}

/// The room that a file of the SDK belongs to.
fn room(path: &str) -> Option<&str> {
    let below = path.strip_prefix("sdk/src/")?.strip_suffix(".rs")?;
    below.split('/').next()
}
