//! A client of reqwest: its settings, and how it is built from them.
//!
//! In: [`Settings`]. Out: a client that only pools connections, or an error that names the setting that cannot be used.

use std::error::Error as StdError;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Proxy};

use super::Origin;
use super::dial::Dials;

/// Settings of the transport.
pub(crate) struct Settings {
    /// The origin of all requests.
    pub(crate) origin: Origin,
    /// Whether requests are sent over TLS. If not, no root certificates are loaded.
    pub(crate) secure: bool,
    pub(crate) connect_timeout: Duration,
    pub(crate) proxies: Proxies,
    pub(crate) max_headers: u32,
    /// Root certificates that are trusted besides the platform's, each a PEM file with one or several of them.
    pub(crate) roots: Vec<Vec<u8>>,
}

/// Which proxies are used.
pub(crate) enum Proxies {
    /// Those that the environment variables name.
    Environment,
    /// None.
    None,
    /// This one.
    One(String),
}

/// How long a connection may be silent while a call waits before it is tested by a PING, and how long that may take.
const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// How much a server may send of one response that is not read yet. A connection carries any number of such responses: its own window
/// is as large as HTTP/2 allows, so that a response that is not read does not stop the others.
const STREAM_WINDOW: u32 = 2 << 20;
const CONNECTION_WINDOW: u32 = (1 << 31) - 1;

/// How much larger a list of headers is as HTTP/2 counts it than the sum of its names and values: 32 bytes for each of them, and the
/// shortest has two bytes. A list that is within the client's limit is then received in any case.
const HEADER_LIST_FACTOR: u32 = 17;

/// A new client, which has no connections yet. Dials reports and limits the connections that are opened.
pub(super) fn new_client(
    settings: &Settings,
    dials: Dials,
    http1_only: bool,
) -> Result<Client, String> {
    let mut client = Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connector_layer(dials)
        .http2_initial_stream_window_size(STREAM_WINDOW)
        .http2_initial_connection_window_size(CONNECTION_WINDOW)
        .http2_keep_alive_interval(KEEP_ALIVE)
        .http2_keep_alive_timeout(KEEP_ALIVE)
        .http2_max_header_list_size(settings.max_headers.saturating_mul(HEADER_LIST_FACTOR));
    if http1_only {
        client = client.http1_only();
    }
    let client = with_proxies(client, &settings.proxies)?;
    with_tls(client, settings)?
        .build()
        .map_err(|error| format!("the HTTP client cannot be set up: {}", innermost(&error)))
}

fn with_proxies(client: ClientBuilder, proxies: &Proxies) -> Result<ClientBuilder, String> {
    match proxies {
        Proxies::Environment => Ok(client),
        Proxies::None => Ok(client.no_proxy()),
        // The error does not contain the address, which can hold a password.
        Proxies::One(url) => Proxy::all(url)
            .map(|proxy| client.proxy(proxy))
            .map_err(|_| "the proxy's address is not a URL".to_owned()),
    }
}

#[cfg(feature = "rustls")]
fn with_tls(client: ClientBuilder, settings: &Settings) -> Result<ClientBuilder, String> {
    Ok(
        client.tls_backend_preconfigured(crate::transport::tls::config(
            settings.secure,
            &settings.roots,
        )?),
    )
}

#[cfg(not(feature = "rustls"))]
fn with_tls(client: ClientBuilder, settings: &Settings) -> Result<ClientBuilder, String> {
    let mut client = client.tls_backend_native();
    for pem in &settings.roots {
        let roots = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|error| format!("a root certificate cannot be used: {}", innermost(&error)))?;
        client = client.tls_certs_merge(roots);
    }
    Ok(client)
}

fn innermost(error: &(dyn StdError + 'static)) -> String {
    error.source().map_or_else(|| error.to_string(), innermost)
}
