//! Names that Rust and the runtime allow. In: the name that a node makes of its text. Out: that name, or where it is none, a keyword or the
//! runtime's, one of the text and a word of what is around the node. Other nodes have no part in it.

use super::case::{Case, is_keyword, is_valid, plain};
use super::reserved::CRATE;
use super::spelled::pronounced;

/// What the name of a node is fitted to.
pub(super) struct Fit<'a> {
    pub(super) case: Case,
    /// The text that the name is made of.
    pub(super) text: &'a str,
    /// The names that are the runtime's.
    pub(super) reserved: &'a [&'a [&'a str]],
    /// The word before a name that begins with a digit.
    pub(super) before: &'a str,
    /// The word behind a name that is the runtime's or a keyword.
    pub(super) after: &'a str,
}

impl Fit<'_> {
    /// The name.
    pub(super) fn name(&self, made: String) -> String {
        let is_number = |name: &str| name.starts_with(|first: char| first.is_ascii_digit());
        let begins_so = self
            .text
            .starts_with(|first: char| first.is_ascii_alphanumeric());
        let made = match is_valid(&made) || is_keyword(&made) || (is_number(&made) && begins_so) {
            true => made,
            false => self.case.of(&pronounced(self.text)),
        };
        if is_number(&made) {
            return self.joined(self.before, &made);
        }
        let is_reserved = || {
            let mut lists = self.reserved.iter();
            lists.any(|list| list.contains(&made.as_str()))
        };
        match is_keyword(&made) || is_reserved() {
            true => self.joined(&made, self.after),
            false => made,
        }
    }

    fn joined(&self, one: &str, other: &str) -> String {
        match self.case {
            Case::UpperCamel => format!("{one}{other}"),
            Case::Snake => format!("{}_{}", plain(one), plain(other)),
        }
    }
}

/// The name of an item: of a type or a handle, where `word` says which.
pub(super) fn item(text: &str, made: String, word: &str) -> String {
    let fit = Fit {
        case: Case::UpperCamel,
        text,
        reserved: &[CRATE],
        before: word,
        after: word,
    };
    match is_type_parameter(&made) {
        true => format!("{made}{word}"),
        false => fit.name(made),
    }
}

/// Type parameters of builders are named `T1`, `T2`, …
pub(super) fn is_type_parameter(name: &str) -> bool {
    let number = name.strip_prefix('T').unwrap_or_default();
    !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::case::{snake, upper_camel};
    use super::{Case, Fit, item};

    #[test]
    fn names_are_fitted_to_rust_and_to_the_runtime() {
        for (text, wanted) in [
            ("name", "name"),
            ("1st", "lamp_1st"),
            ("+1", "plus_1"),
            ("*", "star"),
            ("", "empty"),
            ("größe", "gr_uf6_udf_e"),
            ("self", "self_value"),
            ("new", "new_value"),
        ] {
            let fit = Fit {
                case: Case::Snake,
                text,
                reserved: &[&["build"], &["new"]],
                before: "lamp",
                after: "value",
            };
            assert_eq!(fit.name(snake(text)), wanted, "{text}");
        }
    }

    #[test]
    fn items_are_fitted_to_the_crate() {
        for (text, wanted) in [
            ("lamp", "Lamp"),
            ("3d_lamp", "Schema3dLamp"),
            ("error", "ErrorSchema"),
            ("t1", "T1Schema"),
        ] {
            assert_eq!(item(text, upper_camel(text), "Schema"), wanted, "{text}");
        }
    }
}
