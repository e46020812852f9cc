//! The rule of a changed item. In: two lines with the same key. Out: the rule that applies.

use crate::surface::{Role, SurfaceLine};

use super::rules::{ChangeRule, Level};

/// The rule for a changed line; `None` where it is the same.
pub(super) fn classify_changed(old: &SurfaceLine, new: &SurfaceLine) -> Option<ChangeRule> {
    if old.text == new.text {
        return None;
    }
    Some(match new.role {
        Role::Type => ChangeRule::KindChanged,
        Role::Field | Role::Variant | Role::Constant | Role::Trait => ChangeRule::TypeChanged,
        Role::Response => ChangeRule::ResultChanged,
        Role::Function => function(old, new),
    })
}

/// The rule for a line that was removed or added.
pub(super) fn classify_unpaired(line: &SurfaceLine, level: Level) -> ChangeRule {
    match (line.role, level) {
        (Role::Trait, Level::Breaking) => ChangeRule::TraitLost,
        (_, Level::Breaking) => ChangeRule::Removed,
        (Role::Trait, _) => ChangeRule::TraitGained,
        _ => ChangeRule::Added,
    }
}

fn function(old: &SurfaceLine, new: &SurfaceLine) -> ChangeRule {
    let types = || old.arguments.iter().zip(&new.arguments);
    let mut pairs = types();
    let is_widened = types().any(|(old, new)| old.ty != new.ty);
    if old.arguments.len() != new.arguments.len()
        || pairs.any(|(old, new)| old.ty != new.ty && !is_wider(&old.ty, &new.ty))
    {
        return ChangeRule::ArgumentsChanged;
    }
    if old.returns != new.returns {
        return ChangeRule::ResultChanged;
    }
    let names = |line: &SurfaceLine| -> Vec<String> {
        let arguments = line.arguments.iter();
        arguments.map(|argument| argument.name.clone()).collect()
    };
    let (mut before, mut after) = (names(old), names(new));
    if before == after {
        // If no type does, something else differs, such as the type of `self`.
        return match is_widened {
            true => ChangeRule::ArgumentsWidened,
            false => ChangeRule::ArgumentsChanged,
        };
    }
    if is_widened {
        return ChangeRule::ArgumentsChanged;
    }
    before.sort();
    after.sort();
    if before == after {
        return ChangeRule::ArgumentsSwapped;
    }
    let mut pairs = old.arguments.iter().zip(&new.arguments);
    let is_replaced = pairs.any(|(old, new)| old.name != new.name && old.sent_as != new.sent_as);
    match is_replaced {
        true => ChangeRule::ArgumentReplaced,
        false => ChangeRule::ArgumentRenamed,
    }
}

/// Whether an argument of the new type takes every value of the old one: an integer where `impl Into` a wider one is taken.
fn is_wider(old: &str, new: &str) -> bool {
    let narrower: &[&str] = match new {
        "impl Into<i64>" => &["i8", "i16", "i32", "i64", "u8", "u16", "u32"],
        "impl Into<i32>" => &["i8", "i16", "i32", "u8", "u16"],
        _ => &[],
    };
    narrower.contains(&old)
}
