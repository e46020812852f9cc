//! Whether an action is still in effect at one of its targets.
//!
//! Input: an action and a node that it targets. Output: faults where the node differs from `x-expect`, where the
//! update does not fit it, and where nothing would change.

use crate::document::near;
use crate::document::node::{Node, Value};
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Span};

use super::{Action, change};

/// Everything that prevents the action from being applied to `node`.
pub(super) fn check(action: &Action<'_>, target: &Pointer, node: &Node) -> Vec<Fault> {
    let check = Check {
        action,
        target,
        node,
    };
    match action.update {
        None if target.is_root() => {
            vec![check.fault(
                "target",
                action.target.span,
                "the whole document cannot be removed",
                "target a part of it",
            )]
        }
        None => check.whole_value(),
        Some(update) => match &node.value {
            Value::Map(_) if !update.is_map() => vec![check.not_an_object(update)],
            Value::Map(_) => check.object(update),
            Value::List(_) => check.whole_value(),
            _ => vec![check.plain_target()],
        },
    }
}

struct Check<'a> {
    action: &'a Action<'a>,
    target: &'a Pointer,
    node: &'a Node,
}

impl Check<'_> {
    /// `x-expect` is the whole present value.
    fn whole_value(&self) -> Vec<Fault> {
        if self.node.same_as(self.action.expect) {
            return Vec::new();
        }
        let message = format!(
            "`{}` is {} now, not what `x-expect` says",
            self.target,
            self.node.brief()
        );
        vec![self.stale("x-expect", self.action.expect.span, message)]
    }

    /// `x-expect` has the keys of the update with their present values.
    fn object(&self, update: &Node) -> Vec<Fault> {
        let expect = self.action.expect;
        if !expect.is_map() {
            let message = format!(
                "`x-expect` must be an object here, and is {}",
                expect.kind()
            );
            let help = "write the keys of `update` with the values that are there now, `null` for an absent key";
            return vec![self.fault("x-expect", expect.span, message, help)];
        }
        let mut faults = self.unexpected_keys(update);
        for new in update.entries() {
            let now = self.node.get(&new.key);
            match expect.entry(&new.key) {
                Some(expected) if meets(&expected.node, now) => {}
                Some(expected) => {
                    let message = format!(
                        "`{}` is {} now, not what `x-expect` says",
                        self.target.push(&new.key),
                        rendered(now)
                    );
                    faults.push(self.stale_key(&new.key, expected.node.span, message));
                }
                None => {
                    let message = format!("`x-expect` does not say what `{}` is now", new.key);
                    let help = format!(
                        "write `{}: {}` under `x-expect`",
                        new.key,
                        rendered_for_help(now)
                    );
                    faults.push(self.fault("x-expect", expect.span, message, help));
                }
            }
        }
        faults.extend(
            change::conflicts(self.node, update, self.target)
                .iter()
                .map(|conflict| self.conflict(conflict)),
        );
        if faults.is_empty() && !change::changes(self.node, update) {
            let message = format!("this update changes nothing at `{}`", self.target);
            faults.push(
                self.fault(
                    "update",
                    update.span,
                    message,
                    "the document has this already: delete the action",
                )
                .stale(),
            );
        }
        faults
    }

    fn unexpected_keys(&self, update: &Node) -> Vec<Fault> {
        let others = self
            .action
            .expect
            .entries()
            .iter()
            .filter(|entry| update.get(&entry.key).is_none());
        let known = || update.entries().iter().map(|entry| entry.key.as_str());
        let faults = others.map(|entry| {
            let message = format!(
                "`x-expect` has `{}`, which `update` does not touch",
                entry.key
            );
            let help = near::did_you_mean(&entry.key, known(), "remove it");
            let pointer = self.action.pointer.push("x-expect").push(&entry.key);
            Fault::new(Input::Overlay, pointer, message, help)
                .on_key()
                .at(entry.key_span)
        });
        faults.collect()
    }

    fn not_an_object(&self, update: &Node) -> Fault {
        let message = format!(
            "`{}` is an object, and the update is {}",
            self.target,
            update.kind()
        );
        self.fault(
            "update",
            update.span,
            message,
            "write an object with the keys to set",
        )
    }

    fn plain_target(&self) -> Fault {
        let message = format!(
            "`{}` is {}, and only objects and lists can be updated",
            self.target,
            self.node.kind()
        );
        let help = "target the object that holds it, and write the key under `update`";
        self.fault("target", self.action.target.span, message, help)
    }

    fn conflict(&self, conflict: &change::Conflict<'_>) -> Fault {
        let (old, new) = (conflict.old.kind(), conflict.new.node.kind());
        let message = format!(
            "`{}` is {old}, and the update has {new} for it",
            conflict.at
        );
        let help = "remove it with an action above this one, and add it here";
        let pointer = self.action.pointer.push("update");
        Fault::new(Input::Overlay, pointer, message, help).at(conflict.new.node.span)
    }

    fn stale(&self, key: &str, span: Span, message: String) -> Fault {
        let help = format!(
            "delete the action if the document is correct now; if it is still needed, write `x-expect: {}`, or narrow the target to the nodes that have what it expects",
            self.node.brief()
        );
        self.fault(key, span, message, help).stale()
    }

    fn stale_key(&self, key: &str, span: Span, message: String) -> Fault {
        let now = rendered_for_help(self.node.get(key));
        let help = format!(
            "delete the action if the document is correct now; if it is still needed, write `{key}: {now}`, or narrow the target to the nodes that have what it expects"
        );
        let pointer = self.action.pointer.push("x-expect").push(key);
        Fault::new(Input::Overlay, pointer, message, help)
            .at(span)
            .stale()
    }

    fn fault(
        &self,
        key: &str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Fault {
        Fault::new(Input::Overlay, self.action.pointer.push(key), message, help).at(span)
    }
}

/// Whether `now` is as expected; `null` also means an absent key.
fn meets(expected: &Node, now: Option<&Node>) -> bool {
    match now {
        Some(now) => now.same_as(expected),
        None => matches!(expected.value, Value::Null),
    }
}

fn rendered(now: Option<&Node>) -> String {
    now.map_or_else(|| "absent".to_owned(), Node::brief)
}

fn rendered_for_help(now: Option<&Node>) -> String {
    now.map_or_else(|| "null".to_owned(), Node::brief)
}
