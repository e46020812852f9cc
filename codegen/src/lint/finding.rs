//! A finding: what a rule found, with the rule.

use crate::config;
use crate::document::Node;
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Level, Oddity};

use super::found::Found;
use super::look::Look;
use super::mend::Mend;
use super::rule::{Mending, Rule};

/// How far the dash of a member of `actions` stands from the margin.
pub(super) const INDENT: &str = "  ";

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    found: Found,
    /// An object is best shown at its key: its first line says something else.
    on_key: bool,
}

impl Rule {
    /// What the rule finds.
    pub(super) fn look(&'static self, look: &Look<'_>) -> Vec<Finding> {
        let found = (self.check)(look).into_iter();
        found.map(|found| Finding::new(self, found, look)).collect()
    }
}

impl Finding {
    pub(super) fn new(rule: &'static Rule, found: Found, look: &Look<'_>) -> Self {
        let node = look.document.node(&found.pointer);
        Self {
            rule,
            on_key: node.is_some_and(Node::is_map),
            found,
        }
    }

    /// The node, in the document after the overlay.
    pub fn pointer(&self) -> &Pointer {
        &self.found.pointer
    }

    /// The entry of `[accept]` that lets it pass.
    pub fn acceptance(&self) -> String {
        let address = config::address_of(self.pointer());
        let key = config::quoted(&format!("{} {address}", self.rule.id));
        format!("{key} = \"<reason>\"")
    }

    /// The overlay action that mends it, ready to be pasted; it ends with a line break.
    pub fn action(&self) -> Option<String> {
        self.found.mend.as_ref().map(|mend| mend.text(INDENT))
    }

    /// The mend, where it can be written without asking.
    pub(super) fn safe_mend(&self) -> Option<&Mend> {
        let mend = self.found.mend.as_ref();
        match self.rule.mending {
            Mending::Safe(_) => mend.filter(|_| !self.found.by_hand),
            Mending::None | Mending::ByHand => None,
        }
    }

    /// Whether `--fix` mends it.
    pub(super) fn is_fixable(&self) -> bool {
        self.safe_mend().is_some()
    }

    /// Whether both say the same of the same node.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.rule.id == other.rule.id
            && self.found.pointer == other.found.pointer
            && self.found.message == other.found.message
    }

    /// The finding as reports have it.
    pub(super) fn oddity(&self, level: Level) -> Oddity {
        let Found {
            pointer,
            message,
            help,
            related,
            ..
        } = self.found.clone();
        Oddity {
            fault: Fault {
                level,
                code: self.rule.id,
                on_key: self.on_key,
                ..Fault::new(Input::Spec, pointer, message, help)
            },
            refused: self.rule.refused,
            related,
            mend: self.action().unwrap_or_default(),
        }
    }
}
