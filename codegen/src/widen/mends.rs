//! The inputs with what is proposed in them.
//!
//! In: entries and faults. Out: the texts of `sdk.toml`, of the overlay and of `names.lock`, and the list of what was added to them.

use std::collections::BTreeSet;

use crate::config::with_entry;
use crate::lint;
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Report};
use crate::source::{Source, Sources};
use crate::understand::{Model, lock};

use super::{reasons, source};

/// Something that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// An entry of `sdk.toml`, and why.
    Entry {
        /// The entry.
        entry: Entry,
        /// Why, and what a person should look at.
        reason: String,
    },
    /// Actions of the overlay, each with its description.
    Actions(String),
    /// Names in `names.lock`.
    Lock,
}

/// The inputs, and what was added to them.
pub(super) struct Mended {
    pub(super) sources: Sources,
    /// `sdk.toml` without what is proposed.
    start: Source,
    proposed: Vec<Proposed>,
}

impl Mended {
    pub(super) fn new(sources: Sources) -> Self {
        Self {
            start: sources.config.clone(),
            sources,
            proposed: Vec::new(),
        }
    }

    pub(super) fn into_parts(self) -> (Sources, Vec<Proposed>) {
        (self.sources, self.proposed)
    }

    /// Writes an entry; `false` if it is there already, or cannot be written beside what is there.
    pub(super) fn write(&mut self, entry: Entry, reason: String) -> bool {
        let config = &self.sources.config;
        let Some(text) = with_entry(&config.text, &entry, &reason) else {
            return false;
        };
        if text == config.text {
            return false;
        }
        self.sources.config = source(config, text);
        self.proposed.push(Proposed::Entry { entry, reason });
        true
    }

    /// Takes back the entries that change nothing any more: what was proposed after them has the same effect. `false` if there are none.
    pub(super) fn take_back(&mut self, report: &Report) -> bool {
        let refused = report.refused();
        let stale = refused.filter(|refused| refused.code == Code::Stale);
        let stale: BTreeSet<&str> = stale.map(|refused| refused.pointer).collect();
        let is_stale = |place: &Pointer| stale.contains(place.as_str());
        let mut config = self.start.clone();
        let mut is_changed = false;
        for proposed in std::mem::take(&mut self.proposed) {
            let Proposed::Entry { entry, reason } = proposed else {
                self.proposed.push(proposed);
                continue;
            };
            let Some(left) = entry.without(is_stale) else {
                is_changed = true;
                continue;
            };
            is_changed |= left != entry;
            // What is needed and not there is found again.
            if let Some(text) = with_entry(&config.text, &left, &reason) {
                config.text = text;
                let entry = left;
                self.proposed.push(Proposed::Entry { entry, reason });
            }
        }
        self.sources.config = config;
        is_changed
    }

    /// Removes names that are required and defined nowhere: that is wrong whatever the service does.
    pub(super) fn by_overlay(&mut self, report: &Report) -> bool {
        let refused = report.refused();
        let nodes: Vec<&str> = refused
            .filter(|refused| refused.code == Code::UndefinedRequired)
            .map(|refused| refused.pointer)
            .collect();
        if nodes.is_empty() {
            return false;
        }
        let rule = "required-without-property";
        let Some((text, actions)) = lint::with_actions(&self.sources, rule, &nodes) else {
            return false;
        };
        let overlay = self.sources.overlay.as_ref();
        let path = overlay.map_or(lint::OVERLAY, |overlay| &overlay.path);
        let overlay = Source {
            path: path.to_owned(),
            text,
        };
        self.sources.overlay = Some(overlay);
        self.proposed.push(Proposed::Actions(actions));
        true
    }

    /// Records qualified names in nested layout, as `cargo xtask codegen --lock` does; in flat layout there are none.
    pub(super) fn by_lock(&mut self, before: &Model<'_>) -> bool {
        let Ok(Some(text)) = lock(&self.sources, Some(before.sources)) else {
            return false;
        };
        let present = self.sources.lock.as_ref();
        if present.is_some_and(|present| present.text == text) {
            return false;
        }
        let path = reasons::beside(&self.sources.config.path, "names.lock");
        self.sources.lock = Some(Source { path, text });
        self.proposed.push(Proposed::Lock);
        true
    }
}
