//! Who may do what: tokens with permissions, and keys of users.
//!
//! In: the headers of a request. Out: the user, and whether an operation is permitted; or a failure with status 400, 401 or 403. As long
//! as a test has named no token, every token is good for everything; keys of users always are. Tokens that a test has not named, keys and
//! email addresses are not kept.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::failure::{Failure, code};
use crate::request::operation::Operation;

/// The tokens that exist.
#[derive(Clone, Default)]
pub(crate) struct Access {
    /// By the text of the token. Empty: every token is good.
    tokens: BTreeMap<String, Token>,
}

#[derive(Clone)]
struct Token {
    user: String,
    permissions: Vec<String>,
}

/// Who sends a request.
#[derive(Clone, Debug)]
pub(crate) struct User {
    /// For the rate limit: all tokens and keys of a user count together.
    pub(crate) name: String,
    /// `None`: all permissions.
    permissions: Option<Vec<String>>,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Access({} tokens)", self.tokens.len())
    }
}

impl Access {
    /// Adds a token. From now on only tokens that were added are good.
    pub(crate) fn add(&mut self, token: &str, user: &str, permissions: Vec<String>) {
        let user = user.to_owned();
        self.tokens
            .insert(token.to_owned(), Token { user, permissions });
    }

    /// The user whose credentials are in these headers.
    pub(crate) fn user(&self, headers: &HeaderMap) -> Result<User, Failure> {
        let text = |name: &str| {
            headers
                .get(name)?
                .to_str()
                .ok()
                .filter(|text| !text.is_empty())
        };
        if let Some(authorization) = text(AUTHORIZATION.as_str()) {
            let token = authorization.strip_prefix("Bearer ").map(str::trim);
            return match token.filter(|token| !token.is_empty()) {
                Some(token) => self.of_token(token),
                None => Err(malformed(
                    "the header `Authorization` is not `Bearer <token>`",
                )),
            };
        }
        match (text("x-auth-email"), text("x-auth-key")) {
            (Some(email), Some(_)) => Ok(User {
                name: name_of(email),
                permissions: None,
            }),
            (None, None) => Err(unknown("the request has no credentials")),
            _ => Err(malformed("`X-Auth-Email` and `X-Auth-Key` go together")),
        }
    }

    fn of_token(&self, token: &str) -> Result<User, Failure> {
        if self.tokens.is_empty() {
            return Ok(User {
                name: "any".to_owned(),
                permissions: None,
            });
        }
        match self.tokens.get(token) {
            Some(token) => Ok(User {
                name: token.user.clone(),
                permissions: Some(token.permissions.clone()),
            }),
            None => Err(unknown("this token does not exist")),
        }
    }
}

impl User {
    /// Whether the user may call this operation. A token needs one of the operation's permissions; where the document names none, a
    /// permission of its product that writes.
    pub(crate) fn may_call(&self, operation: &Operation) -> Result<(), Failure> {
        let Some(mine) = &self.permissions else {
            return Ok(());
        };
        let wanted = match operation.permissions() {
            [] => &["Magic WAN Write"],
            wanted => wanted,
        };
        if wanted
            .iter()
            .any(|wanted| mine.iter().any(|mine| mine == wanted))
        {
            return Ok(());
        }
        let message = format!("the token needs the permission `{}`", wanted.join("` or `"));
        Err(Failure::new(403, code::AUTHENTICATION, message))
    }
}

/// A name for the user of an email address, which does not contain it.
fn name_of(email: &str) -> String {
    let mut hasher = DefaultHasher::new();
    email.to_lowercase().hash(&mut hasher);
    format!("user-{:016x}", hasher.finish())
}

fn unknown(why: &str) -> Failure {
    Failure::new(401, code::AUTHENTICATION, why)
}

fn malformed(why: &str) -> Failure {
    Failure::new(400, code::BAD_CREDENTIAL_HEADERS, why)
}

#[cfg(test)]
mod tests {
    use super::Access;
    use http::{HeaderMap, HeaderValue};

    #[test]
    fn a_user_with_a_key_has_a_name_without_the_address() {
        let name = |email: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-auth-email", HeaderValue::from_static(email));
            headers.insert("x-auth-key", HeaderValue::from_static("key"));
            Access::default().user(&headers).unwrap().name
        };
        let ada = name("ada@example.com");
        assert!(!ada.contains("ada@"), "{ada}");
        assert_eq!(ada, name("Ada@example.com"));
        assert_ne!(ada, name("bob@example.com"));
    }
}
