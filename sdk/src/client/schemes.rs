//! Credentials that are set by the name of their security scheme in the API's document: keys in a header, in the query or in a cookie,
//! bearer tokens beside the API token, user names with passwords, and whole values of the header `Authorization`.
//!
//! In: values by name, from the application, and for each request the schemes that its operation takes. Out: the request with the
//! credentials of one alternative, none of another. `Debug` prints the names only.

use std::collections::BTreeMap;
use std::fmt;

use http::Request;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue, Uri};

use crate::base::redact::MASK;
use crate::base::{base64, percent};
use crate::client::credentials::{BEARER, Credentials, header, without_scheme};

mod authorization;

/// A security scheme: the name under which an application sets its credential, and where a request has it.
///
/// The generator writes those that an operation takes; a custom request names them itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    name: &'static str,
    place: Place,
}

/// Where a request has the credentials of a scheme.
#[allow(dead_code, reason = "generated code uses what its document needs")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// As the client's API token.
    Token,
    /// As the client's email and API key.
    Key,
    /// As either.
    Own,
    Bearer,
    Basic,
    /// The whole value of `Authorization`.
    Authorization,
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
}

/// Alternatives: the schemes of one of them are sent, all together.
pub(crate) type Security = &'static [&'static [SecurityScheme]];

/// What operations take unless the generator says otherwise: the API token, or the email with the API key.
pub(crate) const OWN: Security = &[&[SecurityScheme::own("", Place::Own)]];

#[allow(dead_code, reason = "generated code uses what its document needs")]
impl SecurityScheme {
    /// The client's API token.
    pub const API_TOKEN: Self = Self::own("an API token", Place::Token);
    /// The client's email with its API key.
    pub const API_KEY: Self = Self::own("an email with an API key", Place::Key);

    const fn own(name: &'static str, place: Place) -> Self {
        Self { name, place }
    }

    /// `Authorization: Bearer`, with another token than the API token.
    pub const fn bearer(name: &'static str) -> Self {
        Self::own(name, Place::Bearer)
    }

    /// `Authorization: Basic`.
    pub const fn basic(name: &'static str) -> Self {
        Self::own(name, Place::Basic)
    }

    /// `Authorization`, with a value that is set as a whole.
    pub const fn authorization(name: &'static str) -> Self {
        Self::own(name, Place::Authorization)
    }

    /// A key in this header.
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::own(name, Place::Header(header))
    }

    /// A key in this parameter of the query.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::own(name, Place::Query(parameter))
    }

    /// A key in this cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::own(name, Place::Cookie(cookie))
    }

    /// The header that is its own.
    pub(crate) fn own_header(&self) -> Option<&'static str> {
        match self.place {
            Place::Header(name) => Some(name),
            _ => None,
        }
    }

    /// Where a request has it, as errors print it. There is one credential in each place.
    pub(crate) fn place(&self) -> String {
        match self.place {
            Place::Own | Place::Token | Place::Bearer | Place::Basic | Place::Authorization => {
                "the header `authorization`".to_owned()
            }
            Place::Key => "the headers of the API key".to_owned(),
            Place::Header(name) => format!("the header `{}`", name.to_ascii_lowercase()),
            Place::Query(name) => format!("the parameter `{name}` of the query"),
            Place::Cookie(name) => format!("the cookie `{name}`"),
        }
    }

    /// As errors print it, with what sets it.
    fn described(&self) -> String {
        let Self { name, place } = self;
        match place {
            Place::Own => "an API token, or an email with an API key".to_owned(),
            Place::Token | Place::Key => (*name).to_owned(),
            Place::Basic => format!("`{name}` (basic_credential)"),
            Place::Authorization => format!("`{name}` (authorization_credential)"),
            Place::Bearer | Place::Header(_) | Place::Query(_) | Place::Cookie(_) => {
                format!("`{name}` (credential)")
            }
        }
    }
}

/// A value as the application set it.
#[derive(Clone)]
pub(crate) enum Credential {
    /// A token or a key.
    Key(String),
    /// A user name and a password.
    Basic(String, String),
    /// The whole value of `Authorization`.
    Authorization(String),
}

/// The values by the names of their schemes.
#[derive(Clone, Default)]
pub(crate) struct NamedCredentials(BTreeMap<String, Checked>);

/// A value that can be sent.
#[derive(Clone)]
enum Checked {
    Key(String),
    /// The header, the password, and both encoded.
    Basic(HeaderValue, String, String),
    Authorization(HeaderValue),
}

impl NamedCredentials {
    /// Sets a value, or errors with its name if it cannot be sent.
    pub(crate) fn set(&mut self, name: &str, value: &Credential) -> Result<(), String> {
        let about = format!("the credential `{name}`");
        let checked = match value {
            Credential::Key(key) => Checked::Key(without_scheme(&about, key)?.to_owned()),
            Credential::Basic(user, password) => basic(&about, user, password)?,
            Credential::Authorization(value) => {
                Checked::Authorization(authorization::check(&about, value)?)
            }
        };
        self.0.insert(name.to_owned(), checked);
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What no text of a response may show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = String> + '_ {
        self.0.values().flat_map(|value| match value {
            Checked::Key(key) => vec![key.clone()],
            Checked::Basic(_, password, encoded) => vec![password.clone(), encoded.clone()],
            Checked::Authorization(value) => authorization::secrets(value),
        })
    }

    /// The first alternative of which all credentials are set; one that is empty is the last resort.
    fn choose<'a>(
        &self,
        own: &Credentials,
        security: &[&'a [SecurityScheme]],
    ) -> Option<&'a [SecurityScheme]> {
        let is_set = |scheme: &SecurityScheme| match (scheme.place, own) {
            (Place::Own, Credentials::Token(_) | Credentials::Key { .. })
            | (Place::Token, Credentials::Token(_))
            | (Place::Key, Credentials::Key { .. }) => true,
            (Place::Own | Place::Token | Place::Key, _) => false,
            _ => self.is_set(scheme) == Some(true),
        };
        let mut alternatives = security.iter().copied();
        let fits = |all: &&[SecurityScheme]| !all.is_empty() && all.iter().all(is_set);
        let none = || security.iter().copied().find(|all| all.is_empty());
        alternatives.find(fits).or_else(none)
    }

    /// Whether the value under the name of a scheme is of its kind. `None`: there is none.
    fn is_set(&self, scheme: &SecurityScheme) -> Option<bool> {
        let place = scheme.place;
        Some(match self.0.get(scheme.name)? {
            Checked::Basic(..) => place == Place::Basic,
            Checked::Authorization(_) => place == Place::Authorization,
            Checked::Key(_) => !matches!(place, Place::Basic | Place::Authorization),
        })
    }

    /// Errors if no alternative of an operation has all its credentials, or if they do not fit into a request to this address.
    pub(crate) fn check(
        &self,
        own: &Credentials,
        security: &[&[SecurityScheme]],
        uri: &Uri,
    ) -> Result<(), String> {
        if self.choose(own, security).is_some() {
            let mut request = Request::new(());
            *request.uri_mut() = uri.clone();
            return self.attach(own, security, &mut request);
        }
        let alternatives = security.iter().map(|all| {
            let all = all.iter().map(SecurityScheme::described);
            all.collect::<Vec<_>>().join(" together with ")
        });
        let alternatives = alternatives.collect::<Vec<_>>().join(", or ");
        let mut all = security.iter().copied().flatten();
        let other = all.find(|scheme| self.is_set(scheme) == Some(false));
        let other = other.map_or_else(String::new, |SecurityScheme { name, .. }| {
            format!(" (`{name}` is set with another method)")
        });
        Err(format!(
            "the client has no credentials for this operation: it takes {alternatives}{other}"
        ))
    }

    /// Adds the credentials of the alternative that is chosen.
    pub(crate) fn attach<T>(
        &self,
        own: &Credentials,
        security: &[&[SecurityScheme]],
        request: &mut Request<T>,
    ) -> Result<(), String> {
        for scheme in self.choose(own, security).unwrap_or_default() {
            match (scheme.place, self.0.get(scheme.name)) {
                (Place::Own | Place::Token | Place::Key, _) => own.attach(request.headers_mut()),
                (Place::Basic, Some(Checked::Basic(value, ..)))
                | (Place::Authorization, Some(Checked::Authorization(value))) => {
                    request.headers_mut().insert(AUTHORIZATION, value.clone());
                }
                (_, Some(Checked::Key(key))) => add(*scheme, key, request)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Adds a token or a key to a request.
fn add<T>(scheme: SecurityScheme, key: &str, request: &mut Request<T>) -> Result<(), String> {
    let about = format!("the credential `{}`", scheme.name);
    let headers = request.headers_mut();
    match scheme.place {
        Place::Header(name) => {
            let name = HeaderName::try_from(name).map_err(|_| format!("{name} is no header"))?;
            headers.insert(name, header(&about, key)?);
        }
        Place::Cookie(name) => {
            if key.contains([',', ';', '"', '\\']) {
                return Err(format!("{about} has a character that no cookie can have"));
            }
            let others = headers.get(COOKIE).and_then(|value| value.to_str().ok());
            let others = others.map_or_else(String::new, |others| format!("{others}; "));
            headers.insert(COOKIE, header(&about, &format!("{others}{name}={key}"))?);
        }
        Place::Query(name) => *request.uri_mut() = with_parameter(request.uri(), name, key)?,
        _ => {
            headers.insert(AUTHORIZATION, header(&about, &format!("{BEARER}{key}"))?);
        }
    }
    Ok(())
}

/// The address with a further parameter. No text of the client shows addresses.
fn with_parameter(uri: &Uri, name: &str, key: &str) -> Result<Uri, String> {
    let mut parts = uri.clone().into_parts();
    let path = parts.path_and_query.take();
    let path = path.as_ref().map_or("/", |path| path.as_str());
    let separator = if path.contains('?') { '&' } else { '?' };
    let (name, key) = (percent::encode(name), percent::encode(key));
    let path = format!("{path}{separator}{name}={key}");
    parts.path_and_query = path.try_into().ok();
    let too_long = |_| "the request's address is too long".to_owned();
    Uri::from_parts(parts).map_err(too_long)
}

/// A user name and a password as a header: RFC 7617.
fn basic(about: &str, user: &str, password: &str) -> Result<Checked, String> {
    if user.contains(':') {
        return Err(format!("the user name of {about} has a colon"));
    }
    if user.is_empty() && password.is_empty() {
        return Err(format!("{about} is empty"));
    }
    if [user, password].concat().chars().any(char::is_control) {
        return Err(format!(
            "{about} has a line break or another control character"
        ));
    }
    let encoded = base64::encode(format!("{user}:{password}").as_bytes());
    let value = header(about, &format!("Basic {encoded}"))?;
    Ok(Checked::Basic(value, password.to_owned(), encoded))
}

impl fmt::Debug for NamedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mask = format_args!("{MASK}");
        f.debug_map()
            .entries(self.0.keys().map(|name| (name, mask)))
            .finish()
    }
}

#[cfg(test)]
mod tests;
