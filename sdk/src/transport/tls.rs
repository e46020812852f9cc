//! TLS by rustls, with the ring provider passed explicitly.
//!
//! No process-wide provider is set or read, so a program may use another TLS provider as well. Certificates are checked against
//! the platform's roots: companies that inspect traffic install their roots there, and this crate has no list of roots that could
//! become outdated. The platform verifier is among reqwest's dependencies anyway; bundled roots would be one crate more.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// A configuration for HTTP/2 and HTTP/1.1. If `secure` is false, no TLS is used: the configuration then trusts no certificate and
/// reads no certificate files.
pub(crate) fn config(secure: bool) -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions();
    let versions = versions.map_err(|error| format!("TLS cannot be set up: {error}"))?;
    let roots = if secure {
        let verifier =
            Verifier::new(provider).map_err(|error| format!("no root certificates: {error}"))?;
        versions
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
    } else {
        versions.with_root_certificates(RootCertStore::empty())
    };
    let mut config = roots.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
