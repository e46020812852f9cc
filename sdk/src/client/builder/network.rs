//! Settings of the network: proxies, certificates and connections. All are settings of the built-in transport.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use super::ClientBuilder;
use crate::transport::TlsVersion;
use crate::transport::network::{ClientCertificate, Connections, KeepAlive, TlsSettings};

/// Settings of the network, as the application set them.
#[derive(Default)]
pub(super) struct Network {
    pub(super) proxy: ProxyChoice,
    pub(super) tls: TlsSettings,
    pub(super) connections: Connections,
}

#[derive(Default)]
#[cfg_attr(
    not(any(feature = "rustls", feature = "native-tls")),
    allow(dead_code, reason = "only the built-in transport reads it")
)]
pub(super) enum ProxyChoice {
    #[default]
    Environment,
    None,
    One(String),
}

impl fmt::Debug for Network {
    /// Prints of a proxy only whether it is set: its URL can have a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = match self.proxy {
            ProxyChoice::Environment => "environment",
            ProxyChoice::None => "none",
            ProxyChoice::One(_) => "set",
        };
        f.debug_struct("Network")
            .field("proxy", &format_args!("{proxy}"))
            .field("tls", &self.tls)
            .field("connections", &self.connections)
            .finish()
    }
}

impl ClientBuilder {
    /// Uses no proxy, even if environment variables name one. Loopback addresses are never proxied.
    pub fn no_proxy(mut self) -> Self {
        self.network.proxy = ProxyChoice::None;
        self
    }

    /// Uses this proxy, whatever environment variables name. Loopback addresses are never proxied.
    ///
    /// The scheme is `http`, `https`, or with the feature `socks` also `socks5` (the host's name is resolved here) or `socks5h` (the
    /// proxy resolves it). User name and password are part of the URL, percent-encoded: `http://user:password@proxy.example:3128`.
    /// `build` errors for a URL that cannot be used.
    ///
    /// Default: the proxy that the environment names in `HTTPS_PROXY` or `ALL_PROXY` (for a base URL with `http`: in `HTTP_PROXY` or
    /// `ALL_PROXY`), unless `NO_PROXY` excludes the base URL's host. See [the guide](crate::guide::networks).
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.network.proxy = ProxyChoice::One(url.into());
        self
    }

    /// Trusts the root certificates in a PEM file, besides the platform's. Several files can be added.
    ///
    /// The file has one or several certificates. `build` errors if it has none, or one that cannot be read.
    pub fn add_root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.tls.roots.push(pem.into());
        self
    }

    /// Sets whether the platform's root certificates are trusted. Default: true.
    ///
    /// With false, only those of [`add_root_certificate`](Self::add_root_certificate) are: `build` errors if there are none.
    pub fn platform_roots(mut self, trust: bool) -> Self {
        self.network.tls.platform_roots = trust;
        self
    }

    /// Sends a client certificate to servers that ask for one. Default: none is sent.
    ///
    /// `chain` is PEM: the client's certificate, then those of the authorities between it and a root. `key` is the certificate's
    /// private key, PEM without a password; with the feature `native-tls` it is PKCS #8 (`BEGIN PRIVATE KEY`). `build` errors if they
    /// cannot be read or do not belong together. The key is never printed.
    pub fn client_certificate(
        mut self,
        chain: impl Into<Vec<u8>>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        self.network.tls.client_certificate = Some(ClientCertificate {
            chain: chain.into(),
            key: key.into(),
        });
        self
    }

    /// Sets the lowest version of TLS that is accepted. Default: TLS 1.2.
    pub fn min_tls_version(mut self, version: TlsVersion) -> Self {
        self.network.tls.min_version = version;
        self
    }

    /// Limits how many unused connections are kept for later calls. Default: no limit.
    ///
    /// With 0, each call opens a connection of its own. Over HTTP/2 all calls share one connection, so that a limit above 0 has no
    /// effect there.
    pub fn max_idle_connections(mut self, connections: usize) -> Self {
        self.network.connections.max_idle = connections;
        self
    }

    /// Limits how long an unused connection is kept. Default: 90 seconds.
    pub fn idle_connection_timeout(mut self, timeout: Duration) -> Self {
        self.network.connections.idle_timeout = timeout;
        self
    }

    /// Sets when PINGs are sent over HTTP/2, which find connections that no longer transport anything. Default: 10 seconds for both.
    ///
    /// While a request is under way and for `interval` nothing was received, a PING is sent. If it is not acknowledged within
    /// `timeout`, the connection is closed, and its requests fail with an error of kind [`Io`](crate::ErrorKind::Io) or are retried.
    pub fn http2_keep_alive(mut self, interval: Duration, timeout: Duration) -> Self {
        self.network.connections.keep_alive = Some(KeepAlive { interval, timeout });
        self
    }

    /// Sends no PINGs over HTTP/2: a connection that no longer transports anything is found by the time limits of calls alone.
    pub fn no_http2_keep_alive(mut self) -> Self {
        self.network.connections.keep_alive = None;
        self
    }

    /// Makes connections from this local address. Default: the operating system chooses it.
    ///
    /// Calls fail with an error of kind [`Connect`](crate::ErrorKind::Connect) if this machine does not have the address, or if the
    /// server has only addresses of the other family (IPv4, IPv6).
    pub fn local_address(mut self, address: IpAddr) -> Self {
        self.network.connections.local_address = Some(address);
        self
    }

    /// Speaks HTTP/1.1 only. Default: HTTP/2 with servers that support it over TLS, else HTTP/1.1.
    pub fn http1_only(mut self) -> Self {
        self.network.connections.http1_only = true;
        self
    }
}
