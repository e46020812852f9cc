//! Settings from environment variables, for what the program does not set itself.
//!
//! In: the variables `CLOUDFLARE_API_TOKEN`, `CLOUDFLARE_EMAIL`, `CLOUDFLARE_API_KEY`, `CLOUDFLARE_BASE_URL` and
//! `CLOUDFLARE_ACCOUNT_ID`. Out: their values, or an error message with the variable's name, never its value.
//! An empty variable is an error, not the same as an absent one: it must not lead to an unauthenticated request.

use std::env::{self, VarError};

use crate::client::credentials::Credentials;

pub(crate) const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
pub(crate) const EMAIL: &str = "CLOUDFLARE_EMAIL";
pub(crate) const KEY: &str = "CLOUDFLARE_API_KEY";
pub(crate) const BASE_URL: &str = "CLOUDFLARE_BASE_URL";
pub(crate) const ACCOUNT_ID: &str = "CLOUDFLARE_ACCOUNT_ID";

/// Looks up a variable. Tests supply their own function, because changing the process's environment is not thread-safe.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Result<String, VarError>;

/// Looks up a variable in the process's environment.
pub(crate) fn process(name: &str) -> Result<String, VarError> {
    env::var(name)
}

/// The value of a variable, trimmed. `None` if it is not set. Errors if it is empty or not Unicode.
pub(crate) fn variable(lookup: Lookup<'_>, name: &str) -> Result<Option<String>, String> {
    match lookup(name) {
        Ok(value) if value.trim().is_empty() => Err(format!("{name} is empty")),
        Ok(value) => Ok(Some(value.trim().to_owned())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not valid text")),
    }
}

/// The credentials in the environment. A token takes precedence over an email with a key. Errors if only one of email and key is set.
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
    fn b10_a_token_is_trimmed_and_an_error_names_its_variable() {
        assert_eq!(from(&[(TOKEN, "abc\r\n")]).unwrap(), "Token(***)");
        assert!(from(&[(TOKEN, "a\nb")]).unwrap_err().starts_with(TOKEN));
    }

    #[test]
    fn b11_an_empty_token_is_an_error_even_beside_a_key() {
        assert!(from(&[(TOKEN, "")]).unwrap_err().contains(TOKEN));
        assert!(
            from(&[(TOKEN, " \n"), (EMAIL, "e"), (KEY, "k")])
                .unwrap_err()
                .contains(TOKEN)
        );
    }

    #[test]
    fn b12_a_token_takes_precedence_and_half_a_pair_is_an_error() {
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
