//! Text that must not be printed by accident.
//!
//! In: a value that carries a secret, such as a bucket URI with its access key. Out: the same value through
//! [`SecretText::expose`] and on the wire only.

use std::fmt;

use serde::Serialize;

use crate::decode::{Fault, FromJson, Json, impl_deserialize};

/// Text that carries a secret: `Debug` shows nothing of it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// The text itself. Do not log it.
    pub fn expose(&self) -> &str {
        &self.0
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
