//! Text that must not be printed by accident.
//!
//! In: a value that carries a secret, such as a bucket URI with its access key. Out: the same value through
//! [`SecretText::expose`], in [`Exposed`] and on the wire only.

use std::fmt;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};

use crate::decode::{Blank, Fault, FromJson, Json, impl_deserialize};

mod blank;
mod mode;

pub use self::mode::Exposed;
use self::mode::Mode;
pub(crate) use self::mode::sending;

/// Text that carries a secret: `Debug` shows nothing of it, and it has no `Display`.
///
/// Serialized by an application, it loses its secrets: of a bucket's URI stay the bucket, the path, the region and the account, and `***`
/// is in place of keys; any other text becomes `***`. [`Exposed`] serializes it as it is, and so do requests. A text that has lost its
/// secrets and is read back is [blanked](Self::is_blanked); a request with it is an error of kind
/// [`InvalidInput`](crate::ErrorKind::InvalidInput).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SecretText(String);

impl SecretText {
    /// The text itself. Do not log it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns whether the text has lost its secrets: it was serialized by an application, and read back.
    pub fn is_blanked(&self) -> bool {
        blank::is_blanked(&self.0)
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Mode::current() {
            Mode::Blanked => serializer.serialize_str(&blank::blanked(&self.0)),
            Mode::Sent if self.is_blanked() => Err(S::Error::custom(
                "a secret text in it has lost its secrets, because it was serialized without `Exposed`",
            )),
            Mode::Exposed | Mode::Sent => serializer.serialize_str(&self.0),
        }
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for SecretText {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<&Self> for SecretText {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl Blank for SecretText {
    fn blank() -> Self {
        Self(String::new())
    }
}

impl FromJson for SecretText {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        String::from_json(json).map(Self)
    }
}

impl_deserialize!(SecretText);

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::SecretText;

    #[test]
    fn debug_shows_nothing() {
        let secret = SecretText::from("r2://bucket?secret-access-key=hush");
        assert_eq!(
            format!("{secret:?} {:#?}", Some(&secret))
                .matches("hush")
                .count(),
            0
        );
        assert!(secret.expose().ends_with("hush"));
    }
}
