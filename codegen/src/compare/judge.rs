//! What it means that an item is another one. In come two lines of one place; out comes the rule that applies.

use crate::surface::{Line, Role};

use super::rules::{Level, Rule};

/// The rule for a line that became another; nothing where it is the same.
pub(super) fn judged(old: &Line, new: &Line) -> Option<Rule> {
    if old.text == new.text {
        return None;
    }
    Some(match new.role {
        Role::Type => Rule::KindChanged,
        Role::Field | Role::Variant | Role::Constant | Role::Trait => Rule::TypeChanged,
        Role::Response => Rule::ResultChanged,
        Role::Function => function(old, new),
    })
}

/// The rule for a line that went, or came.
pub(super) fn on_its_own(line: &Line, level: Level) -> Rule {
    match (line.role, level) {
        (Role::Trait, Level::Breaking) => Rule::TraitLost,
        (_, Level::Breaking) => Rule::Removed,
        (Role::Trait, _) => Rule::TraitGained,
        _ => Rule::Added,
    }
}

fn function(old: &Line, new: &Line) -> Rule {
    let types = |line: &Line| -> Vec<String> {
        let arguments = line.arguments.iter();
        arguments.map(|argument| argument.ty.clone()).collect()
    };
    if types(old) != types(new) {
        return Rule::ArgumentsChanged;
    }
    if old.gives != new.gives {
        return Rule::ResultChanged;
    }
    let names = |line: &Line| -> Vec<String> {
        let arguments = line.arguments.iter();
        arguments.map(|argument| argument.name.clone()).collect()
    };
    let (mut before, mut after) = (names(old), names(new));
    if before == after {
        // Something else differs, such as what it is called on.
        return Rule::ArgumentsChanged;
    }
    before.sort();
    after.sort();
    if before == after {
        return Rule::ArgumentsSwapped;
    }
    let mut pairs = old.arguments.iter().zip(&new.arguments);
    let is_replaced = pairs.any(|(old, new)| old.name != new.name && old.sent_as != new.sent_as);
    match is_replaced {
        true => Rule::ArgumentReplaced,
        false => Rule::ArgumentRenamed,
    }
}
