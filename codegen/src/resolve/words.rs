//! Descriptions: those of the document, of which an empty one counts as absent, and the sentences under `[docs]`.

use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::resolver::Resolver;

/// The text, unless it is empty.
pub(super) fn stated(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

impl Resolver<'_> {
    /// What the document says of a property or parameter, which is what it says of the type where it says nothing else; or the
    /// sentence under `[docs]`, which must differ from that.
    pub(super) fn sentence_for(&mut self, at: &Pointer, said: Option<String>) -> Option<String> {
        let Some(rule) = self.config.docs.get(at) else {
            return said;
        };
        if said.as_deref().map(first_sentence) == Some(first_sentence(&rule.value)) {
            let fault = Fault::new(
                Input::Config,
                rule.place.clone(),
                "this entry changes nothing: the document says the same",
                "remove the entry, or say what this one is for, apart from others of its type",
            );
            self.faults.push(fault.on_key().stale());
        }
        Some(rule.value.clone())
    }
}

impl Resolver<'_> {
    /// The same of a type; a component has no sentence under `[docs]`, because the document describes nothing else with it.
    pub(super) fn sentence_for_type(
        &mut self,
        at: &Pointer,
        said: Option<String>,
    ) -> Option<String> {
        let schemas = Pointer::root().push("components").push("schemas");
        match at.parent() == Some(schemas) {
            true => said,
            false => self
                .config
                .docs
                .peek(at)
                .map_or(said, |rule| Some(rule.value.clone())),
        }
    }
}

/// The first paragraph, without its full stop and its line breaks.
fn first_sentence(text: &str) -> String {
    let first = text.trim().split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}
