//! The client: what all calls share.
//!
//! In: checked settings. Out: handles (`account` is generated). A client is an `Arc`: clones share connections, the retry budget
//! and the rate gate.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use crate::client::base_url::BaseUrl;
use crate::client::builder::ClientBuilder;
use crate::client::rotation::CurrentCredentials;
use crate::client::runtime_check::RuntimeCheck;
use crate::error::Error;
use crate::policy::clock::Clock;
use crate::policy::limits::Limits;
use crate::policy::rate::{Gate, RateLimits};
use crate::policy::retry::{Backoff, Budget};
use crate::policy::timeout::Timeouts;
use crate::service::Account;
use crate::transport::Transport;

mod base_url;
pub(crate) mod builder;
mod credentials;
mod environment;
#[cfg(any(feature = "rustls", feature = "native-tls", test))]
mod proxies;
mod rotation;
mod runtime_check;
#[cfg(feature = "credentials")]
pub(crate) mod schemes;
mod user_agent;

/// A client of the service. Cheap to clone; clones share connections, the retry budget and the rate gate.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(crate) struct Shared {
    pub(crate) base_url: BaseUrl,
    pub(crate) credentials: CurrentCredentials,
    pub(crate) user_agent: HeaderValue,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) runtime: RuntimeCheck,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    /// The maximum number of attempts per call.
    pub(crate) attempts: u32,
    pub(crate) backoff: Backoff,
    pub(crate) budget: Budget,
    pub(crate) gate: Gate,
}

impl Client {
    /// Builds a client from environment variables.
    ///
    /// The credentials are `CLOUDFLARE_API_TOKEN`, or else `CLOUDFLARE_EMAIL` with `CLOUDFLARE_API_KEY`. `CLOUDFLARE_BASE_URL` may
    /// set another base URL. Errors if one of them is set but empty, and if only one of email and key is set.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().use_environment().build()
    }

    /// Returns a builder with default settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Returns the account whose id is in `CLOUDFLARE_ACCOUNT_ID`. Errors if it is not set or is empty.
    pub fn account_from_env(&self) -> Result<Account, Error> {
        let name = environment::ACCOUNT_ID;
        match environment::variable(&environment::process, name) {
            Ok(Some(id)) => Ok(self.account(id)),
            Ok(None) => Err(Error::config(format!("{name} is not set"))),
            Err(fault) => Err(Error::config(fault)),
        }
    }

    /// Returns what is known of the service's rate limits: the limit in its latest response, and which operations are closed for how
    /// long. Sends nothing.
    pub fn rate_limit(&self) -> RateLimits {
        self.shared.gate.limits()
    }

    /// Forgets what is known of the service's rate limits: all operations are open again, for all clones of this client. Calls that
    /// wait are sent now, at most 10 of them before the first response.
    ///
    /// Use it if the application knows that the service accepts calls again, for example after the account's limit was raised.
    pub fn reset_rate_limit(&self) {
        self.shared.gate.reset();
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

    /// A transport that never connects.
    #[derive(Debug)]
    pub(crate) struct Unreachable;

    impl Transport for Unreachable {
        fn exchange(
            &self,
            _: Request<Bytes>,
        ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
            Box::pin(async { Err(TransportError::new(Fault::Connect, Sent::No, "unreachable")) })
        }
    }

    /// A client that never connects.
    pub(crate) fn client() -> Client {
        Client::builder()
            .api_token("token")
            .transport(Unreachable)
            .build()
            .unwrap()
    }

    #[test]
    fn a_client_can_be_cloned_and_sent_between_threads() {
        fn assert_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
        assert_shareable(&client());
    }
}
