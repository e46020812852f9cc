//! A finding, with the rule that found it.

use crate::config;
use crate::document::Node;
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Level, Oddity};

use super::found::Found;
use super::look::Look;
use super::mend::Mend;
use super::rule::{LintRule, Mending};

/// The indentation of the dash of a member of `actions`.
pub(super) const INDENT: &str = "  ";

/// A finding of a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static LintRule,
    found: Found,
    /// A finding about an object is placed at its key: the first line of the value is about something else.
    on_key: bool,
}

impl LintRule {
    /// The findings of the rule.
    pub(super) fn look(&'static self, look: &Look<'_>) -> Vec<Finding> {
        let found = (self.check)(look).into_iter();
        found.map(|found| Finding::new(self, found, look)).collect()
    }
}

impl Finding {
    pub(super) fn new(rule: &'static LintRule, found: Found, look: &Look<'_>) -> Self {
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

    /// The entry of `[accept]` that accepts it.
    pub fn acceptance(&self) -> String {
        let address = config::address_of(self.pointer());
        let key = config::quoted(&format!("{} {address}", self.rule.id));
        format!("{key} = \"<reason>\"")
    }

    /// The overlay action that corrects it, ready to be pasted; it ends with a line break.
    pub fn action(&self) -> Option<String> {
        self.found.mend.as_ref().map(|mend| mend.text(INDENT))
    }

    /// The correction, if it can be written without a person's decision.
    pub(super) fn safe_mend(&self) -> Option<&Mend> {
        let mend = self.found.mend.as_ref();
        match self.rule.mending {
            Mending::Safe(_) => mend.filter(|_| !self.found.by_hand),
            Mending::None | Mending::ByHand => None,
        }
    }

    /// Whether `--fix` corrects it.
    pub(super) fn is_fixable(&self) -> bool {
        self.safe_mend().is_some()
    }

    /// Whether both are the same finding of the same node.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.rule.id == other.rule.id
            && self.found.pointer == other.found.pointer
            && self.found.message == other.found.message
    }

    /// The finding in the form of reports.
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
                rule: self.rule.id,
                on_key: self.on_key,
                ..Fault::new(Input::Spec, pointer, message, help)
            },
            refused: self.rule.refused,
            related,
            mend: self.action().unwrap_or_default(),
        }
    }
}
