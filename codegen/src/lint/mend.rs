//! An action of the overlay that mends what a rule finds, as text in the style of `spec/overlay.yaml`.

use crate::document::Node;

use super::target::Target;

/// The columns of a line.
const WIDTH: usize = 110;

/// An action that mends a node.
#[derive(Clone, Debug)]
pub(super) struct Mend {
    target: Target,
    /// Why: the `description` of the action.
    reason: String,
    change: Change,
}

/// What an action does. What it expects follows from it, so that it always bites.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// A key of the target gets a value.
    Set {
        key: &'static str,
        value: &'static str,
        /// What stands there now.
        now: Option<Node>,
    },
    /// The target, which is this, goes.
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

    /// One action for both, where they do the same to siblings.
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
                // The path up to its list stands alone.
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

/// `key: value` for a text.
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

/// A text as YAML writes it, quoted where it must be.
fn scalar(text: &str) -> String {
    // A text always serialises.
    serde_yaml::to_string(text).unwrap_or_default()
}
