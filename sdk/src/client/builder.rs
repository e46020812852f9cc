//! The settings of a client, all checked by [`ClientBuilder::build`].
//!
//! In: the application's settings. Environment variables are read only after `use_environment`, and only for settings that the
//! application did not set. Out: a [`Client`], or an error of kind [`Config`](crate::ErrorKind::Config) that names the setting.

use std::fmt;
use std::sync::Arc;

use crate::client::base_url::BaseUrl;
use crate::client::credentials::Credentials;
use crate::client::environment;
#[cfg(not(feature = "credentials"))]
use crate::client::rotation::CurrentCredentials;
use crate::client::runtime_check::RuntimeCheck;
use crate::client::user_agent::user_agent;
use crate::client::{Client, Shared};
use crate::error::Error;
use crate::policy::clock::{Clock, MonotonicClock, TokioClock};
use crate::policy::limits::Limits;
use crate::policy::rate::Gate;
use crate::policy::retry::Budget;
use crate::policy::timeout::Timeouts;

#[cfg(feature = "credentials")]
mod credentials;
mod limits;
mod network;
mod retries;
mod transport;

use self::network::Network;
use self::retries::Retries;
use self::transport::TransportChoice;

/// Settings of a client. See [`Client::builder`].
#[derive(Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    credentials: Option<UncheckedCredentials>,
    #[cfg(feature = "credentials")]
    named: credentials::Named,
    environment: bool,
    base_url: Option<String>,
    allow_plain_http: bool,
    user_agent_suffix: Option<String>,
    network: Network,
    timeouts: Timeouts,
    limits: Limits,
    retries: Retries,
    transport: TransportChoice,
    clock: Option<Arc<dyn Clock>>,
}

/// Credentials as the application set them.
enum UncheckedCredentials {
    Token(String),
    Key { email: String, key: String },
}

impl ClientBuilder {
    /// Uses an API token. Replaces credentials that were set before.
    pub fn api_token(mut self, token: impl Into<String>) -> Self {
        self.credentials = Some(UncheckedCredentials::Token(token.into()));
        self
    }

    /// Uses an account's email and its global API key. Replaces credentials that were set before.
    pub fn api_key(mut self, email: impl Into<String>, key: impl Into<String>) -> Self {
        self.credentials = Some(UncheckedCredentials::Key {
            email: email.into(),
            key: key.into(),
        });
        self
    }

    /// Reads credentials and base URL from environment variables if they are not set here. See [`Client::from_env`].
    ///
    /// If credentials are set here, those of the environment are not read.
    pub fn use_environment(mut self) -> Self {
        self.environment = true;
        self
    }

    /// Sets the base URL. Default: `https://api.cloudflare.com/client/v4`.
    ///
    /// It must be `https`, or `http` to a loopback address, without user name, query and fragment.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows a base URL with `http` to any host. The credentials are then sent unencrypted.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Adds the application's name to the `User-Agent` header.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Measures time by a custom clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Checks the settings and builds the client.
    pub fn build(self) -> Result<Client, Error> {
        self.checked()
            .map(Client::from_shared)
            .map_err(Error::config)
    }

    fn checked(mut self) -> Result<Shared, String> {
        self.limits.check()?;
        let (name, base_url) = self.checked_base_url()?;
        let user_agent = user_agent(self.user_agent_suffix.as_deref());
        let clock: Arc<dyn Clock> = match &self.clock {
            Some(clock) => Arc::new(MonotonicClock::new(Arc::clone(clock))),
            None => Arc::new(TokioClock),
        };
        Ok(Shared {
            credentials: self.all_credentials()?,
            runtime: RuntimeCheck::new(self.transport.is_built_in(), self.clock.is_none()),
            user_agent: user_agent.ok_or("the suffix of the user agent is not printable ASCII")?,
            transport: self.checked_transport(name, &base_url)?,
            gate: Gate::new(self.retries.gate, Arc::clone(&clock)),
            clock,
            base_url,
            timeouts: self.timeouts,
            limits: self.limits,
            attempts: self.retries.attempts,
            backoff: self.retries.backoff(),
            budget: Budget::default(),
        })
    }

    /// The base URL, and its name in error messages.
    fn checked_base_url(&self) -> Result<(&'static str, BaseUrl), String> {
        let (name, url) = match &self.base_url {
            Some(url) => ("the base URL", Some(url.clone())),
            None if self.environment => (
                environment::BASE_URL,
                environment::variable(&environment::process, environment::BASE_URL)?,
            ),
            None => ("the base URL", None),
        };
        let base_url = match url {
            None => BaseUrl::of_service(),
            Some(url) => BaseUrl::parse(&url, self.allow_plain_http),
        };
        Ok((name, base_url.map_err(|fault| unusable(name, &fault))?))
    }

    #[cfg(not(feature = "credentials"))]
    fn all_credentials(&self) -> Result<CurrentCredentials, String> {
        self.checked_credentials().map(CurrentCredentials::from)
    }

    fn checked_credentials(&self) -> Result<Credentials, String> {
        match &self.credentials {
            Some(UncheckedCredentials::Token(token)) => Credentials::token("the API token", token),
            Some(UncheckedCredentials::Key { email, key }) => {
                Credentials::key(("the email", email), ("the API key", key))
            }
            None if self.environment => environment::credentials(&environment::process),
            None => Err("no credentials: call api_token, api_key or use_environment".to_owned()),
        }
    }
}

fn unusable(name: &str, fault: &str) -> String {
    format!("{name} cannot be used: {fault}")
}

impl fmt::Debug for ClientBuilder {
    /// Prints the style of the credentials, and of URLs only whether they are set: each can hold a secret by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = match self.credentials {
            Some(UncheckedCredentials::Token(_)) => "Token(***)",
            Some(UncheckedCredentials::Key { .. }) => "Key(***)",
            None => "none",
        };
        let mut all = f.debug_struct("ClientBuilder");
        all.field("credentials", &format_args!("{credentials}"));
        #[cfg(feature = "credentials")]
        all.field("named_credentials", &self.named);
        all.field("environment", &self.environment)
            .field("base_url_is_set", &self.base_url.is_some())
            .field("network", &self.network)
            .field("timeouts", &self.timeouts)
            .field("limits", &self.limits)
            .field("retries", &self.retries)
            .field("transport", &self.transport)
            .field("clock", &self.clock)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use crate::client::Client;
    use crate::error::ErrorKind;

    fn fault(builder: super::ClientBuilder) -> String {
        let error = builder.base_url("http://127.0.0.1:9").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        error.to_string()
    }

    #[test]
    fn b11_a_client_cannot_be_built_without_credentials() {
        assert!(fault(Client::builder()).contains("no credentials"));
        assert!(fault(Client::builder().api_token(" ")).contains("the API token is empty"));
        assert!(
            fault(Client::builder().api_key("a@b.example", "")).contains("the API key is empty")
        );
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[test]
    fn a_base_url_that_the_transport_cannot_use_is_an_error() {
        for url in ["https://api.example:99999", "https://1.2.3.4.5"] {
            let builder = Client::builder().api_token("token").base_url(url);
            let error = builder.build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(
                error.to_string().contains("the base URL cannot be used: "),
                "{error}"
            );
        }
    }

    #[test]
    fn b14_debug_of_builder_and_client_holds_no_secret() {
        let secret = "http://sentinel:sentinel@127.0.0.1:1";
        let builder = Client::builder()
            .api_key("sentinel@b.example", "sentinel")
            .proxy(secret)
            .base_url(secret);
        assert!(!format!("{builder:?}").contains("sentinel"));
        assert!(
            !builder
                .build()
                .unwrap_err()
                .to_string()
                .contains("sentinel")
        );
        let client = Client::builder()
            .api_token("sentinel")
            .transport(crate::client::tests::Unreachable)
            .build()
            .unwrap();
        assert!(!format!("{client:#?}").contains("sentinel"));
    }
}
