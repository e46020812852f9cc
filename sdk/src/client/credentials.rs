//! Credentials: exactly one of two styles, checked once, added to each request just before it is sent.
//!
//! In: a token, or an email and a key. Out: headers marked as sensitive. `Debug` prints only the style. Values are trimmed, because
//! files and shells add line breaks at the end; white space inside a value is an error.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

pub(crate) const AUTH_EMAIL: HeaderName = HeaderName::from_static("x-auth-email");
pub(crate) const AUTH_KEY: HeaderName = HeaderName::from_static("x-auth-key");

/// The scheme of tokens in the header.
pub(crate) const BEARER: &str = "Bearer ";

/// How a client authenticates.
#[derive(Clone)]
pub(crate) enum Credentials {
    Token(HeaderValue),
    Key {
        email: HeaderValue,
        key: HeaderValue,
    },
    /// All credentials are set by the names of their schemes.
    #[cfg(feature = "credentials")]
    None,
}

impl Credentials {
    /// An API token. `name` is its name in error messages.
    pub(crate) fn token(name: &str, token: &str) -> Result<Self, String> {
        let token = without_scheme(name, token)?;
        header(name, &format!("{BEARER}{token}")).map(Self::Token)
    }

    /// An account's email and its global API key, each with its name in error messages.
    pub(crate) fn key(email: (&str, &str), key: (&str, &str)) -> Result<Self, String> {
        Ok(Self::Key {
            email: header(email.0, checked(email.0, email.1)?)?,
            key: header(key.0, checked(key.0, key.1)?)?,
        })
    }

    /// The token or the key, without the email.
    pub(crate) fn secret(&self) -> Option<&str> {
        match self {
            Self::Token(token) => token.to_str().ok()?.strip_prefix(BEARER),
            Self::Key { key, .. } => key.to_str().ok(),
            #[cfg(feature = "credentials")]
            Self::None => None,
        }
    }

    /// Adds the credentials to a request. It has none yet: `crate::request` refuses headers with credentials of the application.
    pub(crate) fn attach(&self, headers: &mut HeaderMap) {
        match self {
            Self::Token(token) => {
                headers.insert(AUTHORIZATION, token.clone());
            }
            Self::Key { email, key } => {
                headers.insert(AUTH_EMAIL, email.clone());
                headers.insert(AUTH_KEY, key.clone());
            }
            #[cfg(feature = "credentials")]
            Self::None => {}
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token(***)",
            Self::Key { .. } => "Key(***)",
            #[cfg(feature = "credentials")]
            Self::None => "none",
        })
    }
}

/// A token without white space at its ends. Errors if the name of the scheme is in front of it.
pub(crate) fn without_scheme<'a>(name: &str, token: &'a str) -> Result<&'a str, String> {
    if token
        .trim_start()
        .get(..BEARER.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(BEARER))
    {
        return Err(format!(
            "{name} begins with `Bearer `: pass the token alone, the client adds the rest"
        ));
    }
    checked(name, token)
}

/// The value without white space at its ends. The error has the value's name, never the value.
fn checked<'a>(name: &str, value: &'a str) -> Result<&'a str, String> {
    let value = value.trim();
    if value.is_empty() {
        return Err(format!("{name} is empty"));
    }
    let quotes = ['"', '\'', '`', '\u{201c}', '\u{201d}'];
    if value.starts_with(quotes) || value.ends_with(quotes) {
        return Err(format!(
            "{name} is in quotes: remove them, they are no part of it"
        ));
    }
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!(
            "{name} has white space, a line break or another character that is not allowed in it"
        ));
    }
    Ok(value)
}

pub(crate) fn header(name: &str, value: &str) -> Result<HeaderValue, String> {
    let mut value =
        HeaderValue::from_str(value).map_err(|_| format!("{name} cannot be sent in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::{AUTH_EMAIL, AUTH_KEY, Credentials};
    use http::HeaderMap;
    use http::header::AUTHORIZATION;

    fn names(credentials: &Credentials) -> Vec<String> {
        let mut headers = HeaderMap::new();
        credentials.attach(&mut headers);
        assert!(headers.values().all(http::HeaderValue::is_sensitive));
        headers.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn b12_exactly_one_style_is_sent() {
        let token = Credentials::token("token", " t \n").unwrap();
        assert_eq!(names(&token), [AUTHORIZATION.as_str()]);
        let key = Credentials::key(("email", "a@b.example"), ("key", "k")).unwrap();
        assert_eq!(names(&key), [AUTH_EMAIL.as_str(), AUTH_KEY.as_str()]);
    }

    #[test]
    fn b10_b11_errors_have_the_name_of_the_value_and_not_the_value() {
        for bad in [
            "sen\ntinel",
            "sen tinel",
            "sentin\u{e9}l",
            "sen\0tinel",
            "  ",
            "",
        ] {
            let fault = Credentials::token("the token", bad).unwrap_err();
            assert!(
                fault.starts_with("the token ") && !fault.contains("sen"),
                "{fault}"
            );
        }
    }

    #[test]
    fn b97_quotes_and_the_scheme_are_no_part_of_a_token() {
        for bad in [
            "\"sentinel\"",
            "'sentinel'",
            " \"sentinel\"\n",
            "\u{201c}sentinel\u{201d}",
            "sentinel\"",
        ] {
            let fault = Credentials::token("the token", bad).unwrap_err();
            assert!(
                fault.contains("is in quotes") && !fault.contains("sentinel"),
                "{fault}"
            );
            let fault = Credentials::key(("the email", "a@b"), ("the key", bad)).unwrap_err();
            assert!(fault.starts_with("the key is in quotes"), "{fault}");
        }
        for bad in ["Bearer sentinel", " bearer sentinel\n", "BEARER  sentinel"] {
            let fault = Credentials::token("the token", bad).unwrap_err();
            assert!(
                fault.contains("`Bearer `") && !fault.contains("sentinel"),
                "{fault}"
            );
        }
        assert!(Credentials::token("the token", "Bearer-like").is_ok());
    }

    #[test]
    fn b14_debug_prints_the_style_only() {
        let token = Credentials::token("token", "sentinel").unwrap();
        let key = Credentials::key(("email", "sentinel@b"), ("key", "sentinel")).unwrap();
        assert!(!format!("{token:?}{key:?}").contains("sentinel"));
    }
}
