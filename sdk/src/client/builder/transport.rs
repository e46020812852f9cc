//! Which transport sends the requests: the built-in one, a layer around it, or another.

use std::fmt;
use std::sync::Arc;

use super::ClientBuilder;
use crate::client::base_url::BaseUrl;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::transport::HttpTransport;
use crate::transport::Transport;

/// Puts a layer around the built-in transport.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
type Wrap = dyn FnOnce(HttpTransport) -> Arc<dyn Transport> + Send + Sync;

/// The transport, as the application set it.
#[derive(Default)]
pub(super) enum TransportChoice {
    #[default]
    BuiltIn,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    Layered(Box<Wrap>),
    Custom(Arc<dyn Transport>),
}

impl TransportChoice {
    /// Whether requests are sent by the built-in transport, with a layer or without. It works only inside a tokio runtime.
    pub(super) fn is_built_in(&self) -> bool {
        !matches!(self, Self::Custom(_))
    }
}

impl fmt::Debug for TransportChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("BuiltIn"),
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            Self::Layered(_) => f.write_str("Layered(..)"),
            Self::Custom(transport) => transport.fmt(f),
        }
    }
}

impl ClientBuilder {
    /// Sends requests by a custom transport. Proxies, certificates, connections and the connect timeout are then up to it.
    ///
    /// Replaces a transport or a layer that was set before.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = TransportChoice::Custom(Arc::new(transport));
        self
    }

    /// Puts a layer around the built-in transport, which has all settings of this builder.
    ///
    /// `wrap` is called once, by `build`. The layer sees each attempt of each call with its credentials, and can count, log, delay or
    /// refuse it. What it has to keep to is in [the guide](crate::guide::networks). Replaces a transport or a layer that was set before.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn layer<T: Transport>(
        mut self,
        wrap: impl FnOnce(HttpTransport) -> T + Send + Sync + 'static,
    ) -> Self {
        let wrap = |transport| -> Arc<dyn Transport> { Arc::new(wrap(transport)) };
        self.transport = TransportChoice::Layered(Box::new(wrap));
        self
    }

    /// The transport for a base URL, whose name in error messages is `name`.
    pub(super) fn checked_transport(
        &mut self,
        name: &str,
        base_url: &BaseUrl,
    ) -> Result<Arc<dyn Transport>, String> {
        match std::mem::take(&mut self.transport) {
            TransportChoice::Custom(transport) => Ok(transport),
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            TransportChoice::Layered(wrap) => Ok(wrap(self.built_in(name, base_url)?)),
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            TransportChoice::BuiltIn => Ok(Arc::new(self.built_in(name, base_url)?)),
            #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
            TransportChoice::BuiltIn => {
                let _ = (name, base_url);
                Err(
                    "no transport: call transport, or turn on the feature `rustls` or `native-tls`"
                        .to_owned(),
                )
            }
        }
    }
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod built_in {
    //! Makes the built-in transport of the settings.

    use super::{BaseUrl, ClientBuilder, HttpTransport};
    use crate::client::builder::network::ProxyChoice;
    use crate::client::builder::unusable;
    use crate::client::{environment, proxies};
    use crate::transport::{Origin, Proxy, Settings, Tls};

    impl ClientBuilder {
        pub(super) fn built_in(
            &self,
            name: &str,
            base_url: &BaseUrl,
        ) -> Result<HttpTransport, String> {
            self.network.connections.check()?;
            let proxy = self.checked_proxy(base_url)?;
            let needs_tls = base_url.is_secure() || proxy.as_ref().is_some_and(Proxy::is_secure);
            HttpTransport::new(Settings {
                origin: Origin::parse(base_url.as_str()).map_err(|fault| unusable(name, &fault))?,
                connect_timeout: self.timeouts.connect,
                proxy,
                max_headers: u32::try_from(self.limits.headers).unwrap_or(u32::MAX),
                connections: self.network.connections.clone(),
                tls: Tls::new(&self.network.tls, needs_tls)?,
            })
        }

        /// The proxy of all requests. A URL that the application set is checked even if it is not used.
        fn checked_proxy(&self, base_url: &BaseUrl) -> Result<Option<Proxy>, String> {
            let proxy = match &self.network.proxy {
                ProxyChoice::None => None,
                ProxyChoice::One(url) => {
                    Some(Proxy::parse(url).map_err(|fault| unusable("the proxy", &fault))?)
                }
                ProxyChoice::Environment if base_url.is_loopback() => None,
                ProxyChoice::Environment => {
                    proxies::from_environment(&environment::process, base_url)?
                }
            };
            Ok(proxy.filter(|_| !base_url.is_loopback()))
        }
    }
}
