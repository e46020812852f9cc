//! The target of an action of the overlay: a JSONPath of RFC 9535 that is made from a pointer.

use std::fmt;

use crate::document::Node;
use crate::document::json_path::quoted;
use crate::pointer::Pointer;

/// A path to a node, or to several at the same position of siblings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target(Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// The values of these keys.
    Keys(Vec<String>),
    /// The member with this number.
    Index(String),
    /// The members that are this string.
    Text(String),
}

impl Target {
    /// The node at `pointer`.
    pub(super) fn node(root: &Node, pointer: &Pointer) -> Self {
        let mut steps = Vec::new();
        let mut node = Some(root);
        for token in pointer.tokens() {
            let below = node.and_then(|node| node.child(&token));
            steps.push(match node.is_some_and(Node::is_list) {
                true => Step::Index(token),
                false => Step::Keys(vec![token]),
            });
            node = below;
        }
        Self(steps)
    }

    /// The members of the list at `pointer` that are `text`: they are found at any index.
    pub(super) fn members(root: &Node, pointer: &Pointer, text: &str) -> Self {
        let mut target = Self::node(root, pointer);
        target.0.push(Step::Text(text.to_owned()));
        target
    }

    /// A path to both targets, if they differ in one key only.
    pub(super) fn united(&self, other: &Self) -> Option<Self> {
        let mut differing = self.0.iter().zip(&other.0).enumerate();
        let differing = differing
            .by_ref()
            .filter(|(_, (mine, theirs))| mine != theirs);
        let differing: Vec<_> = differing.collect();
        let [(at, (Step::Keys(mine), Step::Keys(theirs)))] = differing.as_slice() else {
            return None;
        };
        let is_only_list = self.0.iter().enumerate().all(|(index, step)| {
            index == *at || !matches!(step, Step::Keys(keys) if keys.len() > 1)
        });
        if self.0.len() != other.0.len() || !is_only_list {
            return None;
        }
        let mut united = self.clone();
        if let Some(step) = united.0.get_mut(*at) {
            *step = Step::Keys(mine.iter().chain(theirs).cloned().collect());
        }
        Some(united)
    }

    /// The parts of the path, between which a line can be broken: inside the brackets of a list of names.
    pub(super) fn parts(&self) -> Vec<String> {
        let mut parts = vec!["$".to_owned()];
        for step in &self.0 {
            let mut written = step.parts().into_iter();
            if let (Some(last), Some(first)) = (parts.last_mut(), written.next()) {
                last.push_str(&first);
            }
            parts.extend(written);
        }
        parts
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts().iter().enumerate() {
            let space = if index > 1 { " " } else { "" };
            write!(formatter, "{space}{part}")?;
        }
        Ok(())
    }
}

impl Step {
    fn parts(&self) -> Vec<String> {
        match self {
            Self::Index(index) => vec![format!("[{index}]")],
            Self::Text(text) => vec![format!("[?@ == {}]", quoted(text))],
            Self::Keys(keys) => match keys.as_slice() {
                [key] if is_plain(key) => vec![format!(".{key}")],
                [key] => vec![format!("[{}]", quoted(key))],
                keys => listed(keys),
            },
        }
    }
}

/// `[`, then each name with the characters after it.
fn listed(keys: &[String]) -> Vec<String> {
    let last = keys.len().saturating_sub(1);
    let names = keys.iter().enumerate().map(|(index, key)| {
        let end = if index == last { "]" } else { "," };
        format!("{}{end}", quoted(key))
    });
    std::iter::once("[".to_owned()).chain(names).collect()
}

/// Whether a key can be written after a dot.
fn is_plain(key: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    key.starts_with(is_letter)
        && key
            .chars()
            .all(|letter| is_letter(letter) || letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Step, Target};

    fn keys(steps: &[&str]) -> Target {
        let steps = steps.iter().map(|key| Step::Keys(vec![(*key).to_owned()]));
        Target(steps.collect())
    }

    #[test]
    fn keys_are_quoted_where_they_must_be() {
        let mut target = keys(&["paths", "/a/{b}", "it's", "a\nb", "9"]);
        target.0.push(Step::Index("3".to_owned()));
        target.0.push(Step::Text("x".to_owned()));
        let expected = r"$.paths['/a/{b}']['it\'s']['a\nb']['9'][3][?@ == 'x']";
        assert_eq!(target.to_string(), expected);
    }

    #[test]
    fn paths_that_differ_in_one_key_are_one() {
        let united = keys(&["a", "b", "c"]).united(&keys(&["a", "x", "c"]));
        let united = united.expect("one key differs");
        assert_eq!(united.to_string(), "$.a['b', 'x'].c");
        assert_eq!(united.united(&keys(&["a", "b", "d"])), None);
        let again = united.united(&keys(&["a", "y", "c"]));
        assert_eq!(
            again.expect("the same key").to_string(),
            "$.a['b', 'x', 'y'].c"
        );
        for other in [
            &["a", "x", "d"][..],
            &["a", "b"],
            &["a", "b", "c", "d"],
            &["a", "b", "c"],
        ] {
            assert_eq!(
                keys(&["a", "b", "c"]).united(&keys(other)),
                None,
                "{other:?}"
            );
        }
    }
}
