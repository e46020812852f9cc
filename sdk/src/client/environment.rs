//! What the environment says, for everything that the program does not say itself.
//!
//! In: the variables `CLOUDFLARE_API_TOKEN`, `CLOUDFLARE_EMAIL`, `CLOUDFLARE_API_KEY`, `CLOUDFLARE_BASE_URL` and
//! `CLOUDFLARE_ACCOUNT_ID`. Out: their values, or a fault that names the variable and never repeats what it holds.
//! An empty variable is a mistake, not an absent one: it must not end in an unauthenticated request.

use std::env::{self, VarError};

use crate::client::credentials::Credentials;

pub(crate) const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
pub(crate) const EMAIL: &str = "CLOUDFLARE_EMAIL";
pub(crate) const KEY: &str = "CLOUDFLARE_API_KEY";
pub(crate) const BASE_URL: &str = "CLOUDFLARE_BASE_URL";
pub(crate) const ACCOUNT_ID: &str = "CLOUDFLARE_ACCOUNT_ID";

/// How a variable is looked up. Tests bring their own, because changing the real environment is not thread-safe.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Result<String, VarError>;

/// The real environment.
pub(crate) fn process(name: &str) -> Result<String, VarError> {
    env::var(name)
}

/// One variable, trimmed. `None` where it is not set; a fault where it is set to nothing or is not text.
pub(crate) fn variable(lookup: Lookup<'_>, name: &str) -> Result<Option<String>, String> {
    match lookup(name) {
        Ok(value) if value.trim().is_empty() => Err(format!("{name} is empty")),
        Ok(value) => Ok(Some(value.trim().to_owned())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not valid text")),
    }
}

/// The credentials of the environment. A token wins over an email with a key; half a pair is a fault.
pub(crate) fn credentials(lookup: Lookup<'_>) -> Result<Credentials, String> {
    if let Some(token) = variable(lookup, TOKEN)? {
        return Credentials::token(TOKEN, &token);
    }
    match (variable(lookup, EMAIL)?, variable(lookup, KEY)?) {
        (Some(email), Some(key)) => Credentials::key((EMAIL, &email), (KEY, &key)),
        (Some(_), None) => Err(format!("{EMAIL} is set without {KEY}")),
        (None, Some(_)) => Err(format!("{KEY} is set without {EMAIL}")),
        (None, None) => Err(format!("no credentials: set {TOKEN}, or {EMAIL} and {KEY}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{EMAIL, KEY, TOKEN, credentials};
    use std::env::VarError;

    fn from(variables: &[(&str, &str)]) -> Result<String, String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        };
        credentials(&lookup).map(|credentials| format!("{credentials:?}"))
    }

    #[test]
    fn b10_a_token_is_trimmed_or_named() {
        assert_eq!(from(&[(TOKEN, "abc\r\n")]).unwrap(), "Token(***)");
        assert!(from(&[(TOKEN, "a\nb")]).unwrap_err().starts_with(TOKEN));
    }

    #[test]
    fn b11_an_empty_token_is_a_fault_even_beside_a_key() {
        assert!(from(&[(TOKEN, "")]).unwrap_err().contains(TOKEN));
        assert!(
            from(&[(TOKEN, " \n"), (EMAIL, "e"), (KEY, "k")])
                .unwrap_err()
                .contains(TOKEN)
        );
    }

    #[test]
    fn b12_token_wins_and_half_a_pair_is_a_fault() {
        assert_eq!(
            from(&[(TOKEN, "t"), (EMAIL, "e"), (KEY, "k")]).unwrap(),
            "Token(***)"
        );
        assert_eq!(from(&[(EMAIL, "e"), (KEY, "k")]).unwrap(), "Key(***)");
        assert!(from(&[(EMAIL, "e")]).unwrap_err().contains(KEY));
        assert!(from(&[(KEY, "k")]).unwrap_err().contains(EMAIL));
        assert!(from(&[]).unwrap_err().contains(TOKEN));
    }
}
