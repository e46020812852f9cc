//! Security: the schemes of the document, what operations require, and which of that the runtime can send.

use std::collections::BTreeSet;

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
    /// A bearer token that is not the client's API token: `sdk.toml` says so.
    NamedBearer,
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
    /// What the runtime sends for any one of these, in order. Empty: the client's own credentials.
    pub sent: Vec<Vec<Sent>>,
}

/// A part of what the runtime sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The client's API token.
    Token,
    /// The client's email with its API key.
    Key,
    /// What an application sets by the name of the scheme.
    Named {
        /// The name.
        scheme: String,
        /// Where it is sent.
        place: SentPlace,
    },
}

/// Where a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentPlace {
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization`, all of its value.
    Authorization,
    /// This header.
    Header(String),
    /// This parameter of the query.
    Query(String),
    /// This cookie.
    Cookie(String),
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

/// What the runtime sends for an alternative, its own credentials or others; `None` where it cannot send all of it.
pub(crate) fn sent(
    schemes: &IndexMap<String, SecurityScheme>,
    alternative: &[Requirement],
) -> Option<Vec<Sent>> {
    match credentials(schemes, alternative) {
        Some(Credentials::Nothing) => return Some(Vec::new()),
        Some(Credentials::Token) => return Some(vec![Sent::Token]),
        Some(Credentials::Key) => return Some(vec![Sent::Key]),
        None => {}
    }
    let part = |wanted: &Requirement| schemes.get(&wanted.scheme)?.sent(&wanted.scheme);
    let parts: Option<Vec<Sent>> = alternative.iter().map(part).collect();
    let mut taken = BTreeSet::new();
    parts.filter(|parts| parts.iter().all(|part| taken.insert(part.slot())))
}

impl Sent {
    /// What only one credential of a request can take: a header, a parameter or a cookie.
    fn slot(&self) -> String {
        match self {
            Self::Token
            | Self::Named {
                place: SentPlace::Bearer | SentPlace::Basic | SentPlace::Authorization,
                ..
            } => "authorization".to_owned(),
            Self::Key => KEY_HEADERS.join(" ").to_ascii_lowercase(),
            Self::Named {
                place: SentPlace::Header(name),
                ..
            } => name.to_ascii_lowercase(),
            Self::Named {
                place: SentPlace::Query(name),
                ..
            } => format!("?{name}"),
            Self::Named {
                place: SentPlace::Cookie(name),
                ..
            } => format!("cookie {name}"),
        }
    }

    /// As reports and documentation say it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Token => Credentials::Token.name().to_owned(),
            Self::Key => Credentials::Key.name().to_owned(),
            Self::Named { scheme, place } => match place {
                SentPlace::Bearer => format!("the bearer token `{scheme}`"),
                SentPlace::Basic => format!("the user name and password `{scheme}`"),
                SentPlace::Authorization => {
                    format!("the value `{scheme}` of the header `Authorization`")
                }
                SentPlace::Header(name) => format!("the key `{scheme}` in the header `{name}`"),
                SentPlace::Query(name) => format!("the key `{scheme}` in the query as `{name}`"),
                SentPlace::Cookie(name) => format!("the key `{scheme}` in the cookie `{name}`"),
            },
        }
    }

    /// The method of the client's builder that sets it by the name of its scheme.
    pub(crate) fn setter(&self) -> Option<&'static str> {
        match self {
            Self::Token | Self::Key => None,
            Self::Named { scheme: _, place } => Some(match place {
                SentPlace::Basic => "basic_credential",
                SentPlace::Authorization => "authorization_credential",
                SentPlace::Bearer
                | SentPlace::Header(_)
                | SentPlace::Query(_)
                | SentPlace::Cookie(_) => "credential",
            }),
        }
    }
}

/// Headers that a credential cannot have: they frame the message or belong to other credentials.
const OTHER_HEADERS: [&str; 15] = [
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-auth-email",
    "x-auth-key",
];

impl SecurityScheme {
    /// What the runtime sends for a scheme of this name alone.
    fn sent(&self, scheme: &str) -> Option<Sent> {
        let place = match self {
            Self::Http { scheme } if scheme == "bearer" => return Some(Sent::Token),
            Self::Http { scheme } if scheme == "basic" => SentPlace::Basic,
            Self::Http { .. } => return None,
            Self::NamedBearer | Self::OAuth2 | Self::OpenIdConnect { .. } => SentPlace::Bearer,
            Self::ApiKey { location, name } => match location.as_str() {
                "query" if !name.is_empty() => SentPlace::Query(name.clone()),
                "cookie" if is_token(name) => SentPlace::Cookie(name.clone()),
                "header" if name.eq_ignore_ascii_case("authorization") => SentPlace::Authorization,
                "header" if is_token(name) && !is_other_header(name) => {
                    SentPlace::Header(name.clone())
                }
                _ => return None,
            },
        };
        Some(Sent::Named {
            scheme: scheme.to_owned(),
            place,
        })
    }

    /// The header that has the key.
    pub(crate) fn header(&self) -> Option<&str> {
        match self {
            Self::ApiKey { location, name } if location == "header" => Some(name),
            Self::ApiKey { .. }
            | Self::Http { .. }
            | Self::NamedBearer
            | Self::OAuth2
            | Self::OpenIdConnect { .. } => None,
        }
    }
}

fn is_other_header(name: &str) -> bool {
    OTHER_HEADERS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a text can name a header or a cookie: RFC 9110, section 5.6.2.
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}
