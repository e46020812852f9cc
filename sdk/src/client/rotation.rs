//! The credentials that a client uses now, and their replacement while it is in use.
//!
//! In: credentials of the builder, later those of the application. Out: the headers of each attempt. All clones of a client share
//! them.

use std::fmt;
use std::sync::{PoisonError, RwLock};

use http::HeaderMap;

use crate::client::Client;
use crate::client::credentials::Credentials;
use crate::error::Error;

/// Credentials that can be replaced.
pub(crate) struct CurrentCredentials(RwLock<Credentials>);

impl From<Credentials> for CurrentCredentials {
    fn from(credentials: Credentials) -> Self {
        Self(RwLock::new(credentials))
    }
}

impl CurrentCredentials {
    /// Adds the current credentials to a request.
    pub(crate) fn attach(&self, headers: &mut HeaderMap) {
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        current.attach(headers);
    }

    fn replace(&self, credentials: Credentials) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = credentials;
    }
}

impl fmt::Debug for CurrentCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        current.fmt(f)
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
