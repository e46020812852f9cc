//! The client: what all calls share.
//!
//! In: checked settings. Out: handles (the generator writes `account`). A client is a pointer: clones share connections,
//! and all that the runtime learns about the service's limits.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use crate::client::base_url::BaseUrl;
use crate::client::builder::ClientBuilder;
use crate::client::credentials::Credentials;
use crate::error::Error;
use crate::policy::clock::Clock;
use crate::policy::limits::Limits;
use crate::policy::rate::{Gate, RateLimit};
use crate::policy::retry::{Backoff, Budget};
use crate::policy::timeout::Timeouts;
use crate::service::Account;
use crate::transport::Transport;

mod base_url;
pub(crate) mod builder;
mod credentials;
mod environment;
mod user_agent;

/// A client of the service. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(crate) struct Shared {
    pub(crate) base_url: BaseUrl,
    pub(crate) credentials: Credentials,
    pub(crate) user_agent: HeaderValue,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    /// Whether transport or clock are the built-in ones, which work inside a tokio runtime only.
    pub(crate) needs_tokio: bool,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    /// How often a call is tried in all.
    pub(crate) attempts: u32,
    pub(crate) backoff: Backoff,
    pub(crate) budget: Budget,
    pub(crate) gate: Gate,
}

impl Client {
    /// A client from the environment.
    ///
    /// Credentials are `CLOUDFLARE_API_TOKEN`, or else `CLOUDFLARE_EMAIL` with `CLOUDFLARE_API_KEY`. `CLOUDFLARE_BASE_URL` may
    /// name another address. A variable that is set to nothing is an error, and so is half of a pair.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().use_environment().build()
    }

    /// Settings for a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// The account that `CLOUDFLARE_ACCOUNT_ID` names.
    pub fn account_from_env(&self) -> Result<Account, Error> {
        let name = environment::ACCOUNT_ID;
        match environment::variable(&environment::process, name) {
            Ok(Some(id)) => Ok(self.account(id)),
            Ok(None) => Err(Error::config(format!("{name} is not set"))),
            Err(fault) => Err(Error::config(fault)),
        }
    }

    /// What is left of the service's limit on calls, as its latest answer said.
    ///
    /// `None` before the first answer that tells it, and once the window that it told of is over.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.shared.gate.limit(self.shared.clock.now())
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url.as_str())
            .field("credentials", &self.shared.credentials)
            .field("timeouts", &self.shared.timeouts)
            .field("limits", &self.shared.limits)
            .field("max_attempts", &self.shared.attempts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Client;
    use crate::base::BoxFuture;
    use crate::transport::{Fault, Sent, Transport, TransportBody, TransportError};
    use bytes::Bytes;
    use http::{Request, Response};

    /// A transport that reaches nobody.
    #[derive(Debug)]
    pub(crate) struct Nowhere;

    impl Transport for Nowhere {
        fn exchange(
            &self,
            _: Request<Bytes>,
        ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
            Box::pin(async { Err(TransportError::new(Fault::Connect, Sent::No, "nowhere")) })
        }
    }

    /// A client that reaches nobody.
    pub(crate) fn client() -> Client {
        Client::builder()
            .api_token("token")
            .transport(Nowhere)
            .build()
            .unwrap()
    }

    #[test]
    fn it_travels() {
        fn travels<T: Clone + Send + Sync + 'static>(_: &T) {}
        travels(&client());
    }
}
