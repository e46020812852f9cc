//! The sentences of what is proposed: what an entry decides, and what a person should look at.

use crate::compare::Uncomparable;
use crate::pointer::Pointer;
use crate::report::{Entry, Fault, Input, Report};
use crate::source::Sources;

/// The reason of an entry that removes a fault with this message.
pub(super) fn of_entry(entry: &Entry, message: &str) -> String {
    let decides = match entry.table {
        "ids" => "named after what is before it in the path; look whether the name is good",
        "unions" => {
            "such values are kept as JSON; look whether a property distinguishes the members, and name it as the tag"
        }
        "credentials" => "applications set these credentials by name; look whether they have them",
        "handles" => {
            "this entry keeps it, and the others have a handle of their own; look whether its name is good"
        }
        "skip" => "look whether the SDK should have it",
        _ => "look whether it is meant so",
    };
    format!("Proposed by `spec widen`: {message}; {decides}.")
}

/// The reason of a name.
pub(super) fn of_name(message: &str) -> String {
    format!(
        "Proposed by `spec widen`: {message}; named after what is around it; look whether the name is good."
    )
}

/// A report that says why two states cannot be compared.
pub(super) fn uncomparable(why: &Uncomparable, sources: &Sources) -> Report {
    let help = "correct `version` under [workspace.package] in Cargo.toml";
    let fault = Fault::new(Input::Config, Pointer::root(), why.to_string(), help);
    Report::new(vec![fault], sources, &())
}

/// The path of a file in the same folder.
pub(super) fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}
