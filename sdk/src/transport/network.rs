//! The settings of the built-in transport's connections and of TLS, as the application set them.
//!
//! In: values from the client's builder. Out: plain data, which `reqwest/client.rs` checks and applies. No key is printed.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// Settings of connections.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(any(feature = "rustls", feature = "native-tls")),
    allow(dead_code, reason = "only the built-in transport reads them")
)]
pub(crate) struct Connections {
    /// How many unused connections are kept.
    pub(crate) max_idle: usize,
    /// How long an unused connection is kept.
    pub(crate) idle_timeout: Duration,
    pub(crate) keep_alive: Option<KeepAlive>,
    /// The local address that connections are made from. `None`: the system chooses.
    pub(crate) local_address: Option<IpAddr>,
    pub(crate) http1_only: bool,
}

/// PINGs over HTTP/2, sent while a request is under way.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(any(feature = "rustls", feature = "native-tls")),
    allow(dead_code, reason = "only the built-in transport reads them")
)]
pub(crate) struct KeepAlive {
    /// The time without data after which a PING is sent.
    pub(crate) interval: Duration,
    /// How long its acknowledgement may take.
    pub(crate) timeout: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            max_idle: usize::MAX,
            idle_timeout: Duration::from_secs(90),
            keep_alive: Some(KeepAlive {
                interval: Duration::from_secs(10),
                timeout: Duration::from_secs(10),
            }),
            local_address: None,
            http1_only: false,
        }
    }
}

impl Connections {
    /// Errors for a keep-alive that would close every connection.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(crate) fn check(&self) -> Result<(), String> {
        match self.keep_alive {
            Some(KeepAlive { interval, timeout }) if interval.is_zero() || timeout.is_zero() => {
                Err("http2_keep_alive needs times above zero; call no_http2_keep_alive".to_owned())
            }
            _ => Ok(()),
        }
    }
}

/// Settings of TLS. All certificates and keys are PEM, not checked yet.
#[derive(Clone)]
pub(crate) struct TlsSettings {
    /// Root certificates that are trusted besides the platform's, each a file with one or several of them.
    pub(crate) roots: Vec<Vec<u8>>,
    /// Whether the platform's root certificates are trusted.
    pub(crate) platform_roots: bool,
    pub(crate) client_certificate: Option<ClientCertificate>,
    pub(crate) min_version: TlsVersion,
}

/// A client's certificate.
#[derive(Clone)]
#[cfg_attr(
    not(any(feature = "rustls", feature = "native-tls")),
    allow(dead_code, reason = "only the built-in transport reads it")
)]
pub(crate) struct ClientCertificate {
    /// The certificate, then those of the authorities between it and a root.
    pub(crate) chain: Vec<u8>,
    /// Its private key.
    pub(crate) key: Vec<u8>,
}

impl Default for TlsSettings {
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            platform_roots: true,
            client_certificate: None,
            min_version: TlsVersion::Tls12,
        }
    }
}

impl fmt::Debug for TlsSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsSettings")
            .field("roots", &self.roots.len())
            .field("platform_roots", &self.platform_roots)
            .field(
                "client_certificate_is_set",
                &self.client_certificate.is_some(),
            )
            .field("min_version", &self.min_version)
            .finish()
    }
}
