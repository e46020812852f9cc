//! A scope: the names in it are taken once.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::case::{is_keyword, is_valid};

/// Where names must be unique.
pub(super) struct Scope {
    /// Said in faults: `the crate`, `Provider`.
    place: String,
    reserved: &'static [&'static str],
    taken: BTreeMap<String, Pointer>,
}

impl Scope {
    pub(super) fn new(place: &str, reserved: &'static [&'static str]) -> Self {
        Self {
            place: place.to_owned(),
            reserved,
            taken: BTreeMap::new(),
        }
    }

    /// Takes `name` for the node at `pointer`, or says why it cannot: `line` is what to write in `sdk.toml`.
    pub(super) fn take(&mut self, name: &str, pointer: &Pointer, line: &str) -> Option<Fault> {
        let message = if is_keyword(name) {
            format!("this would be called `{name}` in Rust, which is a keyword")
        } else if !is_valid(name) {
            format!("this would be called `{name}` in Rust, which is no valid name")
        } else if self.reserved.contains(&name) {
            format!(
                "this would be called `{name}` in {}, where the runtime has that name",
                self.place
            )
        } else {
            match self.taken.insert(name.to_owned(), pointer.clone()) {
                Some(other) if other != *pointer => {
                    format!(
                        "this would be called `{name}` in {}, and so would `{other}`",
                        self.place
                    )
                }
                _ => return None,
            }
        };
        let help = format!("give it a name of its own: {line}");
        Some(Fault::new(Input::Spec, pointer.clone(), message, help).on_key())
    }
}
