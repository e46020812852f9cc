//! The credentials that a client uses now, and their replacement while it is in use.
//!
//! In: credentials of the builder, later those of the application. Out: the headers of each attempt. All clones of a client share
//! them.

use std::fmt;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::base::redact::Secrets;
use crate::client::Client;
use crate::client::credentials::Credentials;
#[cfg(feature = "credentials")]
use crate::client::schemes::{Credential, NamedCredentials, SecurityScheme};
use crate::error::Error;

/// Credentials that can be replaced.
pub(crate) struct CurrentCredentials(RwLock<Inner>);

struct Inner {
    current: Credentials,
    #[cfg(feature = "credentials")]
    named: NamedCredentials,
    /// The secrets of the current credentials and of those before: a response to the latter can still arrive.
    secrets: Secrets,
}

impl From<Credentials> for CurrentCredentials {
    fn from(current: Credentials) -> Self {
        let secrets = Secrets::new(current.secret().map(str::to_owned));
        Self(RwLock::new(Inner {
            current,
            #[cfg(feature = "credentials")]
            named: NamedCredentials::default(),
            secrets,
        }))
    }
}

impl CurrentCredentials {
    /// Adds the current credentials to a request.
    #[cfg(not(feature = "credentials"))]
    pub(crate) fn attach(&self, headers: &mut http::HeaderMap) {
        self.read().current.attach(headers);
    }

    /// What no text of a response may show.
    pub(crate) fn secrets(&self) -> Secrets {
        self.read().secrets.clone()
    }

    fn replace(&self, credentials: Credentials) {
        let mut inner = self.write();
        let former = std::mem::replace(&mut inner.current, credentials);
        let both = former.secret().into_iter().chain(inner.current.secret());
        let both = both.map(str::to_owned);
        #[cfg(feature = "credentials")]
        let both = both.chain(inner.named.secrets());
        inner.secrets = Secrets::new(both);
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(feature = "credentials")]
impl CurrentCredentials {
    /// The client's own credentials, and those that are set by name.
    pub(crate) fn new(current: Credentials, named: NamedCredentials) -> Self {
        let own = current.secret().map(str::to_owned);
        let secrets = Secrets::new(own.into_iter().chain(named.secrets()));
        Self(RwLock::new(Inner {
            current,
            named,
            secrets,
        }))
    }

    /// Errors if there are no credentials for an operation, or if they do not fit into a request to this address.
    pub(crate) fn check(
        &self,
        security: &[&[SecurityScheme]],
        uri: &http::Uri,
    ) -> Result<(), String> {
        let inner = self.read();
        inner.named.check(&inner.current, security, uri)
    }

    /// Adds the current credentials to a request that passed the check.
    pub(crate) fn attach<T>(&self, security: &[&[SecurityScheme]], request: &mut http::Request<T>) {
        let inner = self.read();
        // It was checked before, so there are such credentials; otherwise the service refuses the request.
        let _ = inner.named.attach(&inner.current, security, request);
    }

    fn replace_named(&self, name: &str, value: &Credential) -> Result<(), String> {
        let mut inner = self.write();
        let inner = &mut *inner;
        let former: Vec<String> = inner.named.secrets().collect();
        inner.named.set(name, value)?;
        let own = inner.current.secret().map(str::to_owned);
        let named = inner.named.secrets();
        inner.secrets = Secrets::new(former.into_iter().chain(own).chain(named));
        Ok(())
    }
}

impl fmt::Debug for CurrentCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.read();
        #[cfg(feature = "credentials")]
        if !inner.named.is_empty() {
            return write!(f, "{:?} {:?}", inner.current, inner.named);
        }
        inner.current.fmt(f)
    }
}

impl Client {
    /// Replaces the credentials of this client and all its clones by an API token.
    ///
    /// Every attempt that begins later uses the token, also that of a call which is under way. What has been sent is not touched: keep
    /// the old token valid until those calls have ended. Errors if the token is empty or has characters that no token has; then the
    /// credentials stay as they are.
    ///
    /// ```
    /// # fn run(client: cloudflare_magic::Client, new: String) -> Result<(), cloudflare_magic::Error> {
    /// client.set_api_token(new)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_api_token(&self, token: impl AsRef<str>) -> Result<(), Error> {
        self.replace(Credentials::token("the API token", token.as_ref()))
    }

    /// Replaces the credentials of this client and all its clones by an account's email and its global API key.
    ///
    /// It takes effect, and errors, like [`set_api_token`](Self::set_api_token).
    pub fn set_api_key(&self, email: impl AsRef<str>, key: impl AsRef<str>) -> Result<(), Error> {
        let (email, key) = (("the email", email.as_ref()), ("the API key", key.as_ref()));
        self.replace(Credentials::key(email, key))
    }

    /// Sets or replaces, for this client and all its clones, the credential of a security scheme. See
    /// [`ClientBuilder::credential`](crate::ClientBuilder::credential).
    ///
    /// It takes effect, and errors, like [`set_api_token`](Self::set_api_token).
    #[cfg(feature = "credentials")]
    pub fn set_credential(&self, scheme: &str, key: impl Into<String>) -> Result<(), Error> {
        self.replace_named(scheme, &Credential::Key(key.into()))
    }

    /// Sets or replaces, for this client and all its clones, the user name and the password of a security scheme. See
    /// [`ClientBuilder::basic_credential`](crate::ClientBuilder::basic_credential).
    ///
    /// It takes effect, and errors, like [`set_api_token`](Self::set_api_token).
    #[cfg(feature = "credentials")]
    pub fn set_basic_credential(
        &self,
        scheme: &str,
        user: impl Into<String>,
        password: impl Into<String>,
    ) -> Result<(), Error> {
        self.replace_named(scheme, &Credential::Basic(user.into(), password.into()))
    }

    /// Sets or replaces, for this client and all its clones, the value of the header `Authorization` of a security scheme. See
    /// [`ClientBuilder::authorization_credential`](crate::ClientBuilder::authorization_credential).
    ///
    /// It takes effect, and errors, like [`set_api_token`](Self::set_api_token).
    #[cfg(feature = "credentials")]
    pub fn set_authorization_credential(
        &self,
        scheme: &str,
        value: impl Into<String>,
    ) -> Result<(), Error> {
        self.replace_named(scheme, &Credential::Authorization(value.into()))
    }

    #[cfg(feature = "credentials")]
    fn replace_named(&self, scheme: &str, value: &Credential) -> Result<(), Error> {
        let credentials = &self.shared().credentials;
        credentials
            .replace_named(scheme, value)
            .map_err(Error::config)
    }

    fn replace(&self, credentials: Result<Credentials, String>) -> Result<(), Error> {
        let credentials = credentials.map_err(Error::config)?;
        self.shared().credentials.replace(credentials);
        Ok(())
    }
}
