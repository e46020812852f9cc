//! An action of the overlay that corrects a finding, as text in the style of `spec/overlay.yaml`.

use crate::document::Node;

use super::target::Target;

/// The number of columns of a line.
const WIDTH: usize = 110;

/// An action that corrects a node.
#[derive(Clone, Debug)]
pub(super) struct Mend {
    target: Target,
    /// Why: the `description` of the action.
    reason: String,
    change: Change,
}

/// The change of an action. `x-expect` follows from it, so the action is always in effect.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Sets a key of the target.
    Set {
        key: &'static str,
        value: &'static str,
        /// The present value.
        now: Option<Node>,
    },
    /// Removes the target, which is this.
    Remove(Node),
}

impl Mend {
    pub(super) fn new(target: Target, reason: impl Into<String>, change: Change) -> Self {
        Self {
            target,
            reason: reason.into(),
            change,
        }
    }

    /// One action for both, if they make the same change to siblings.
    pub(super) fn united(&self, other: &Self) -> Option<Self> {
        let is_same = self.reason == other.reason && self.change.text("") == other.change.text("");
        let target = self.target.united(&other.target).filter(|_| is_same)?;
        Some(Self {
            target,
            ..self.clone()
        })
    }

    /// The member of `actions`, its dash indented by `indent`.
    pub(super) fn text(&self, indent: &str) -> String {
        let inner = format!("{indent}  ");
        let mut text = format!("{indent}- target: {}\n", self.target_text(&inner));
        text.push_str(&text_entry(&inner, "description", &self.reason));
        text.push_str(&self.change.text(&inner));
        text
    }

    /// The path on one line, or folded inside its list of names.
    fn target_text(&self, indent: &str) -> String {
        let line = scalar(&self.target.to_string());
        let parts = self.target.parts();
        if line.len() + indent.len() + "target: ".len() <= WIDTH || parts.len() == 1 {
            return line.trim_end().to_owned();
        }
        let mut text = ">-".to_owned();
        let mut room = 0;
        for part in parts {
            if part.len() < room {
                text.push(' ');
                room -= part.len() + 1;
            } else {
                text.push_str(&format!("\n{indent}  "));
                room = WIDTH.saturating_sub(indent.len() + 2 + part.len());
                // The path up to its list is on a line of its own.
                room = if part.ends_with('[') { 0 } else { room };
            }
            text.push_str(&part);
        }
        text
    }
}

impl Change {
    fn text(&self, indent: &str) -> String {
        match self {
            Self::Set { key, value, now } => {
                let inner = format!("{indent}  ");
                let now = match now {
                    Some(now) => entry(&inner, key, now),
                    None => format!("{inner}{key}: null\n"),
                };
                let update = text_entry(&inner, key, value);
                format!("{indent}update:\n{update}{indent}x-expect:\n{now}")
            }
            Self::Remove(now) => {
                format!("{indent}remove: true\n{}", entry(indent, "x-expect", now))
            }
        }
    }
}

/// `key: value` for any value.
fn entry(indent: &str, key: &str, value: &Node) -> String {
    let is_block = !value.entries().is_empty() || !value.members().is_empty();
    if is_block {
        let inside = indented(&format!("{indent}  "), &value.yaml());
        format!("{indent}{key}:\n{inside}")
    } else {
        scalar_entry(indent, key, &value.yaml())
    }
}

/// `key: value` for a string.
fn text_entry(indent: &str, key: &str, value: &str) -> String {
    scalar_entry(indent, key, &scalar(value))
}

fn scalar_entry(indent: &str, key: &str, yaml: &str) -> String {
    let (first, rest) = yaml.split_once('\n').unwrap_or((yaml, ""));
    format!("{indent}{key}: {first}\n{}", indented(indent, rest))
}

fn indented(indent: &str, text: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("{indent}{line}\n"),
    };
    text.lines().map(line).collect()
}

/// A string as YAML writes it, quoted if necessary.
fn scalar(text: &str) -> String {
    // Serialising a string cannot fail.
    serde_yaml::to_string(text).unwrap_or_default()
}
