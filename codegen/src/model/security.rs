//! Security: the schemes of the document, what operations require, and which of that the runtime can send.

use indexmap::IndexMap;

use crate::pointer::Pointer;

/// The headers that the runtime sends for an email with a key.
pub(crate) const KEY_HEADERS: [&str; 2] = ["X-Auth-Email", "X-Auth-Key"];

/// A security scheme of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityScheme {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where it is sent: `header`, `query` or `cookie`.
        location: String,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// An `Authorization` header, such as `bearer`.
    Http {
        /// The scheme's name, in lower case.
        scheme: String,
    },
    /// OAuth 2.
    OAuth2,
    /// OpenID Connect.
    OpenIdConnect {
        /// Where its configuration is.
        url: String,
    },
}

/// What an operation requires of those who call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// The list: the operation's own, or that of the document.
    pub pointer: Pointer,
    /// Any one of these, with its position in the list; empty where nothing is required.
    pub alternatives: Vec<(usize, Vec<Requirement>)>,
}

/// One scheme of an alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The name of the scheme.
    pub scheme: String,
    /// The scopes that it must grant.
    pub scopes: Vec<String>,
}

/// What the runtime sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Nothing is required.
    Nothing,
    /// `Authorization: Bearer`.
    Token,
    /// `X-Auth-Email` and `X-Auth-Key`.
    Key,
}

impl Credentials {
    /// As reports say it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Token => "an API token",
            Self::Key => "an email and an API key",
        }
    }
}

/// What the runtime sends for an alternative; `None` where it has no such credentials.
pub(crate) fn credentials(
    schemes: &IndexMap<String, SecurityScheme>,
    alternative: &[Requirement],
) -> Option<Credentials> {
    let find = |wanted: &Requirement| schemes.get(&wanted.scheme);
    match alternative {
        [] => Some(Credentials::Nothing),
        [token] => match find(token)? {
            SecurityScheme::Http { scheme } if scheme == "bearer" => Some(Credentials::Token),
            _ => None,
        },
        [one, other] => {
            let (one, other) = (find(one)?.header()?, find(other)?.header()?);
            let are = |first: &str, second: &str| {
                one.eq_ignore_ascii_case(first) && other.eq_ignore_ascii_case(second)
            };
            let [email, key] = KEY_HEADERS;
            (are(email, key) || are(key, email)).then_some(Credentials::Key)
        }
        _ => None,
    }
}

impl SecurityScheme {
    /// The header that has the key.
    pub(crate) fn header(&self) -> Option<&str> {
        match self {
            Self::ApiKey { location, name } if location == "header" => Some(name),
            Self::ApiKey { .. } | Self::Http { .. } | Self::OAuth2 | Self::OpenIdConnect { .. } => {
                None
            }
        }
    }
}
