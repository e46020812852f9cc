//! A client of reqwest: its settings, and how it is built from them.
//!
//! In: [`Settings`]. Out: a client that only pools connections, or an error that names the setting that cannot be used. Features
//! of reqwest that another crate turns on are switched off here one by one: they must not change what is sent.

use std::error::Error as StdError;
use std::time::Duration;

use http::Uri;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};

use super::Origin;
use super::dial::Dials;
use crate::transport::network::{Connections, TlsSettings};
use crate::transport::proxy::Proxy;

/// Settings of the transport, checked. Clients made of them share TLS sessions.
pub(crate) struct Settings {
    /// The origin of all requests.
    pub(crate) origin: Origin,
    pub(crate) connect_timeout: Duration,
    /// The proxy of all requests.
    pub(crate) proxy: Option<Proxy>,
    pub(crate) max_headers: u32,
    pub(crate) connections: Connections,
    pub(crate) tls: Tls,
}

/// Settings of TLS, checked: the certificates are read once, and not for each client.
pub(crate) struct Tls {
    #[cfg(feature = "rustls")]
    config: rustls::ClientConfig,
    #[cfg(not(feature = "rustls"))]
    settings: super::native_tls::Checked,
}

impl Tls {
    /// Checks settings. If `needed` is false, no request and no proxy uses TLS: the platform's root certificates are then not read.
    #[cfg(feature = "rustls")]
    pub(crate) fn new(settings: &TlsSettings, needed: bool) -> Result<Self, String> {
        let config = crate::transport::tls::config(settings, needed)?;
        Ok(Self { config })
    }

    /// Checks settings. The platform's root certificates are read by its TLS library.
    #[cfg(not(feature = "rustls"))]
    pub(crate) fn new(settings: &TlsSettings, needed: bool) -> Result<Self, String> {
        let settings = super::native_tls::Checked::new(settings, needed)?;
        Ok(Self { settings })
    }

    #[cfg(feature = "rustls")]
    fn apply(&self, client: ClientBuilder, http1_only: bool) -> ClientBuilder {
        let config = self.config.clone();
        client.tls_backend_preconfigured(if http1_only {
            crate::transport::tls::http1_only(config)
        } else {
            config
        })
    }

    #[cfg(not(feature = "rustls"))]
    fn apply(&self, client: ClientBuilder, _: bool) -> ClientBuilder {
        self.settings.apply(client)
    }
}

/// How much a server may send of one response that is not read yet. A connection carries any number of such responses: its own window
/// is as large as HTTP/2 allows, so that a response that is not read does not stop the others.
const STREAM_WINDOW: u32 = 2 << 20;
const CONNECTION_WINDOW: u32 = (1 << 31) - 1;

/// How much larger a list of headers is as HTTP/2 counts it than the sum of its names and values: 32 bytes for each of them, and the
/// shortest has two bytes. A list that is within the client's limit is then received in any case.
const HEADER_LIST_FACTOR: u32 = 17;

/// A new client, which has no connections yet. Dials reports and limits the connections that are opened. With `http1_only` it never negotiates HTTP/2, whatever the settings say.
pub(super) fn new_client(
    settings: &Settings,
    dials: Dials,
    http1_only: bool,
) -> Result<Client, String> {
    builder(settings, dials, http1_only)?
        .build()
        .map_err(|error| format!("the HTTP client cannot be set up: {}", innermost(&error)))
}

fn builder(settings: &Settings, dials: Dials, http1_only: bool) -> Result<ClientBuilder, String> {
    let http1_only = http1_only || settings.connections.http1_only;
    let client = Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connector_layer(dials)
        .connect_timeout(shared_by_addresses(settings.connect_timeout))
        .http2_initial_stream_window_size(STREAM_WINDOW)
        .http2_initial_connection_window_size(CONNECTION_WINDOW)
        .http2_max_header_list_size(settings.max_headers.saturating_mul(HEADER_LIST_FACTOR));
    let client = without_foreign_features(client);
    let client = with_connections(client, &settings.connections, http1_only);
    let client = with_proxy(client, settings.proxy.as_ref())?;
    Ok(settings.tls.apply(client, http1_only))
}

/// The time limit that reqwest divides among the addresses of a host, so that one from which nothing is received does not use up the
/// time of the others. It is a little longer than the client's own limit, which is to expire first: only that is reported as such.
fn shared_by_addresses(limit: Duration) -> Duration {
    limit.saturating_add(limit / 16 + Duration::from_millis(10))
}

/// Switches off what reqwest does by default once any crate of the program turns on its feature. It keeps no cookies by default.
fn without_foreign_features(client: ClientBuilder) -> ClientBuilder {
    let client = client
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .no_hickory_dns()
        .no_proxy();
    if cfg!(feature = "gzip") {
        client
    } else {
        client.no_gzip()
    }
}

fn with_connections(
    client: ClientBuilder,
    connections: &Connections,
    http1_only: bool,
) -> ClientBuilder {
    let client = client
        .pool_max_idle_per_host(connections.max_idle)
        .pool_idle_timeout(connections.idle_timeout)
        .local_address(connections.local_address);
    if http1_only {
        return client.http1_only();
    }
    match connections.keep_alive {
        None => client,
        Some(keep_alive) => client
            .http2_keep_alive_interval(keep_alive.interval)
            .http2_keep_alive_timeout(keep_alive.timeout)
            .http2_keep_alive_while_idle(false),
    }
}

/// Sets the proxy. reqwest connects directly where it cannot read a proxy's URL, so the URL is read here as reqwest reads it.
fn with_proxy(client: ClientBuilder, proxy: Option<&Proxy>) -> Result<ClientBuilder, String> {
    let Some(proxy) = proxy else {
        return Ok(client);
    };
    let unusable = || format!("the proxy {proxy} cannot be used: its address is not a URL");
    let url = reqwest::Url::parse(&proxy.url()).map_err(|_| unusable())?;
    let uri: Uri = url.as_str().parse().map_err(|_| unusable())?;
    let (Some(_), Some(_)) = (uri.scheme(), uri.authority()) else {
        return Err(unusable());
    };
    let proxy = reqwest::Proxy::all(url).map_err(|_| unusable())?;
    Ok(client.proxy(proxy))
}

pub(super) fn innermost(error: &(dyn StdError + 'static)) -> String {
    error.source().map_or_else(|| error.to_string(), innermost)
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
