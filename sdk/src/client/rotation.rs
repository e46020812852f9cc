//! The credentials that a client uses now, and their replacement while it is in use.
//!
//! In: credentials of the builder, later those of the application. Out: the headers of each attempt. All clones of a client share
//! them.

use std::fmt;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use http::HeaderMap;

use crate::base::redact::Secrets;
use crate::client::Client;
use crate::client::credentials::Credentials;
use crate::error::Error;

/// Credentials that can be replaced.
pub(crate) struct CurrentCredentials(RwLock<Inner>);

struct Inner {
    current: Credentials,
    /// The secrets of the current credentials and of those before: a response to the latter can still arrive.
    secrets: Secrets,
}

impl From<Credentials> for CurrentCredentials {
    fn from(current: Credentials) -> Self {
        let secrets = Secrets::new(current.secret().map(str::to_owned));
        Self(RwLock::new(Inner { current, secrets }))
    }
}

impl CurrentCredentials {
    /// Adds the current credentials to a request.
    pub(crate) fn attach(&self, headers: &mut HeaderMap) {
        self.read().current.attach(headers);
    }

    /// What no text of a response may show.
    pub(crate) fn secrets(&self) -> Secrets {
        self.read().secrets.clone()
    }

    fn replace(&self, credentials: Credentials) {
        let mut inner = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let former = std::mem::replace(&mut inner.current, credentials);
        let both = former.secret().into_iter().chain(inner.current.secret());
        inner.secrets = Secrets::new(both.map(str::to_owned));
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for CurrentCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.read().current.fmt(f)
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

    fn replace(&self, credentials: Result<Credentials, String>) -> Result<(), Error> {
        let credentials = credentials.map_err(Error::config)?;
        self.shared().credentials.replace(credentials);
        Ok(())
    }
}
