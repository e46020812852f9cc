//! Credentials that are set by the name of their security scheme.

use std::fmt;

use crate::client::builder::ClientBuilder;
use crate::client::credentials::Credentials;
use crate::client::rotation::CurrentCredentials;
use crate::client::schemes::{Credential, NamedCredentials};

/// What the application set, in order: the latest of a name counts.
#[derive(Default)]
pub(super) struct Named(Vec<(String, Credential)>);

impl ClientBuilder {
    /// Sets the credential of a security scheme, by the name that the API's document and the documentation of methods have for it: a key
    /// that is sent in a header, in the query or in a cookie, or a bearer token beside the API token, such as one that an application got
    /// from an OAuth server.
    ///
    /// Each operation is sent the credentials that it takes and no others. If it takes any one of several, these are the first of which all
    /// are set, in the order of the document. A call without credentials for it is an error, and nothing is sent. A key in the query is a part
    /// of the address that a transport of the application receives; the client itself shows it nowhere.
    ///
    /// A user name with a password is set with [`basic_credential`](Self::basic_credential), and a key whose header is `Authorization` with
    /// [`authorization_credential`](Self::authorization_credential).
    pub fn credential(mut self, scheme: impl Into<String>, key: impl Into<String>) -> Self {
        let value = Credential::Key(key.into());
        self.named.0.push((scheme.into(), value));
        self
    }

    /// Sets the user name and the password of a security scheme, by its name. See [`credential`](Self::credential).
    pub fn basic_credential(
        mut self,
        scheme: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let value = Credential::Basic(user.into(), password.into());
        self.named.0.push((scheme.into(), value));
        self
    }

    /// Sets the whole value of the header `Authorization`, by the name of its security scheme: one of type `apiKey` whose header is
    /// `Authorization`. It is sent as it is, such as `Token abc`: the client adds nothing to it. See [`credential`](Self::credential).
    ///
    /// No error shows it. In what errors quote of the service's responses its parts are masked too, as far as they have eight or more
    /// characters, even those that are no secret: `production` of `Key client=production key=..`.
    pub fn authorization_credential(
        mut self,
        scheme: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        let value = Credential::Authorization(value.into());
        self.named.0.push((scheme.into(), value));
        self
    }

    /// The API token or key may be left out if other credentials are set.
    pub(super) fn all_credentials(&self) -> Result<CurrentCredentials, String> {
        let mut named = NamedCredentials::default();
        for (scheme, value) in &self.named.0 {
            named.set(scheme, value)?;
        }
        let own_is_set = self.credentials.is_some() || self.environment;
        let own = match named.is_empty() || own_is_set {
            true => self.checked_credentials()?,
            false => Credentials::None,
        };
        Ok(CurrentCredentials::new(own, named))
    }
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}
