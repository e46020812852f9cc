//! What kind of value a place holds, for the readers of unions whose members are not all objects.

use super::json::Json;
use super::number;
use super::tree::Kind;

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "generated unions use what their document needs")]
pub(crate) enum JsonShape {
    Null,
    Bool,
    /// A number that is written as an integer: `300`.
    Integer,
    /// Another number that is an integer: `300.0`, `3e2`.
    Whole,
    /// A number with a fraction, or one that no integer type holds.
    Fraction,
    Text,
    List,
    Object,
}

#[allow(dead_code, reason = "generated unions use what their document needs")]
impl Json<'_> {
    /// The kind of the value.
    pub(crate) fn shape(self) -> JsonShape {
        match self.kind() {
            Kind::Null => JsonShape::Null,
            Kind::True | Kind::False => JsonShape::Bool,
            Kind::Number => of_number(self.raw()),
            Kind::Plain | Kind::Escaped | Kind::Replaced => JsonShape::Text,
            Kind::Array => JsonShape::List,
            Kind::Object => JsonShape::Object,
        }
    }
}

#[allow(dead_code, reason = "generated unions use what their document needs")]
fn of_number(text: &str) -> JsonShape {
    match number::integer(text) {
        Some(_) if text.contains(['.', 'e', 'E']) => JsonShape::Whole,
        Some(_) => JsonShape::Integer,
        None => JsonShape::Fraction,
    }
}

#[cfg(test)]
mod tests {
    use super::JsonShape;
    use crate::decode::{DEEPEST, Tree};

    #[test]
    fn each_kind_of_value_has_its_shape() {
        for (text, expected) in [
            ("null", JsonShape::Null),
            ("false", JsonShape::Bool),
            ("-3", JsonShape::Integer),
            ("3.0", JsonShape::Whole),
            ("3e2", JsonShape::Whole),
            ("3.5", JsonShape::Fraction),
            ("1e400", JsonShape::Fraction),
            (r#""3""#, JsonShape::Text),
            (r#""\u0033""#, JsonShape::Text),
            ("[]", JsonShape::List),
            ("{}", JsonShape::Object),
        ] {
            let tree = Tree::parse(text, DEEPEST).unwrap();
            assert_eq!(tree.root().shape(), expected, "{text}");
        }
    }
}
