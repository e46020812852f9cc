//! What kind of value a place holds, for the readers of unions whose members are not all objects.

use super::json::Json;
use super::number;
use super::tree::Kind;

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "generated unions use what their document needs")]
pub(crate) enum Shape {
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
    pub(crate) fn shape(self) -> Shape {
        match self.kind() {
            Kind::Null => Shape::Null,
            Kind::Bool(_) => Shape::Bool,
            Kind::Number => of_number(self.raw()),
            Kind::Plain | Kind::Escaped | Kind::Replaced => Shape::Text,
            Kind::Array => Shape::List,
            Kind::Object => Shape::Object,
        }
    }
}

#[allow(dead_code, reason = "generated unions use what their document needs")]
fn of_number(text: &str) -> Shape {
    match number::integer(text) {
        Some(_) if text.contains(['.', 'e', 'E']) => Shape::Whole,
        Some(_) => Shape::Integer,
        None => Shape::Fraction,
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;
    use crate::decode::{DEEPEST, Tree};

    #[test]
    fn each_kind_of_value_has_its_shape() {
        for (text, expected) in [
            ("null", Shape::Null),
            ("false", Shape::Bool),
            ("-3", Shape::Integer),
            ("3.0", Shape::Whole),
            ("3e2", Shape::Whole),
            ("3.5", Shape::Fraction),
            ("1e400", Shape::Fraction),
            (r#""3""#, Shape::Text),
            (r#""\u0033""#, Shape::Text),
            ("[]", Shape::List),
            ("{}", Shape::Object),
        ] {
            let tree = Tree::parse(text, DEEPEST).unwrap();
            assert_eq!(tree.root().shape(), expected, "{text}");
        }
    }
}
