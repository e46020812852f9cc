//! `[import]` of `sdk.toml`: the parts of upstream's document that are imported.
//!
//! Input: the text of `sdk.toml`. Output: the rules, whose patterns are well-formed. Unlike the other tables this one is read
//! without a document: it decides what the document will contain.

use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::file::File;
use super::glob;
use super::rule::ConfigRule;

/// The rules of `[import]`.
#[derive(Debug)]
pub(crate) struct Import {
    /// Path patterns of the operations that are imported.
    pub(crate) paths: Vec<ConfigRule<String>>,
    /// Components that are imported although nothing refers to them: `name` of a schema, or `kind/name`.
    pub(crate) keep: Vec<ConfigRule<String>>,
}

impl Import {
    /// Reads the table. A table without a pattern selects nothing, which is a fault too.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let import = File::read(text).map_err(|fault| vec![fault])?.import;
        let place = Pointer::root().push("import");
        let rules = |list: Vec<String>, place: Pointer| -> Vec<ConfigRule<String>> {
            let rules = list.into_iter().enumerate();
            rules
                .map(|(index, value)| ConfigRule::new(place.push_index(index), value))
                .collect()
        };
        let import = Self {
            paths: rules(import.paths, place.push("paths")),
            keep: rules(import.keep, place.push("keep")),
        };
        let mut faults: Vec<Fault> = import.paths.iter().filter_map(malformed).collect();
        if import.paths.is_empty() {
            let help = "write `[import]` with `paths = [\"/accounts/{account_id}/example/**\"]`";
            faults.push(Fault::new(
                Input::Config,
                Pointer::root(),
                "no path pattern selects what to import",
                help,
            ));
        }
        if faults.is_empty() {
            Ok(import)
        } else {
            Err(faults)
        }
    }
}

fn malformed(rule: &ConfigRule<String>) -> Option<Fault> {
    let (message, help) = glob::malformed(&rule.value)?;
    Some(Fault::new(Input::Config, rule.place.clone(), message, help))
}
