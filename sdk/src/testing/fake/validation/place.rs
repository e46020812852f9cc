//! The place of a value in a request, as errors name it.

use crate::testing::fake::failure::{Problem, code};

/// The place of a value.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// A JSON pointer into the body.
    Body(String),
    /// A query parameter.
    Parameter(&'static str),
}

impl Place {
    /// The place of a member. Members of a query parameter have no place of their own.
    pub(super) fn member(&self, key: &str) -> Self {
        match self {
            Self::Body(pointer) => {
                let key = key.replace('~', "~0").replace('/', "~1");
                Self::Body(format!("{pointer}/{key}"))
            }
            Self::Parameter(name) => Self::Parameter(name),
        }
    }

    /// An error about this place.
    pub(super) fn problem(&self, message: &str) -> Problem {
        match self {
            Self::Body(pointer) if pointer.is_empty() => {
                Problem::new(code::BAD_REQUEST, format!("the body {message}")).at("")
            }
            Self::Body(pointer) => {
                let message = format!("`{pointer}` {message}");
                Problem::new(code::BAD_REQUEST, message).at(pointer)
            }
            Self::Parameter(name) => {
                let message = format!("the parameter `{name}` {message}");
                Problem::new(code::BAD_REQUEST, message).of_parameter(*name)
            }
        }
    }
}
