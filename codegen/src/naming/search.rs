//! Other names for the search of the documentation. In: the lists of `sdk.toml`. Out: faults of those that rustdoc refuses or that
//! change nothing.

use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::Namer;

impl Namer<'_> {
    /// Checks the other names of a method or type, which are listed under its node in `[search_names]`.
    pub(super) fn searched(&mut self, pointer: &Pointer, own: &str) {
        if let Some(rule) = self.config.search_names.peek(pointer) {
            self.check_search_names(&rule.value, own, &rule.place);
        }
    }

    /// Checks the other names of an item with the name `own`; `place` is their list in `sdk.toml`.
    pub(super) fn check_search_names(&mut self, listed: &[String], own: &str, place: &Pointer) {
        for (index, name) in listed.iter().enumerate() {
            let before = listed.get(..index).unwrap_or_default();
            let (message, is_stale) = if is_unfit(name) {
                let message = format!(
                    "`{name}` is no name to search for: it is empty, has a space at an end, or a quotation mark"
                );
                (message, false)
            } else if name.eq_ignore_ascii_case(own) {
                let message = format!("this entry changes nothing: `{own}` is found as it is");
                (message, true)
            } else if before.contains(name) {
                let message = format!("this entry changes nothing: `{name}` is listed before");
                (message, true)
            } else {
                continue;
            };
            let place = place.push(&index.to_string());
            let fault = Fault::new(Input::Config, place, message, "remove it from the list");
            let fault = if is_stale { fault.stale() } else { fault };
            self.faults.push(fault);
        }
    }
}

/// Whether `#[doc(alias)]` refuses a text.
fn is_unfit(name: &str) -> bool {
    let is_refused = |c: char| matches!(c, '"' | '\'') || (c.is_whitespace() && c != ' ');
    name.trim().is_empty() || name.trim() != name || name.chars().any(is_refused)
}
