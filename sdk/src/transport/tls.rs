//! TLS through rustls, with the ring provider handed over by value.
//!
//! Nothing process-wide is set or read, so a program may hold another TLS provider beside this one. Certificates are checked
//! against the platform's roots: companies that inspect traffic install theirs there, and no list of roots ages in this
//! crate. The platform verifier is in reqwest's tree anyway; bundled roots would be one crate more.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// A configuration for HTTP/2 and HTTP/1.1. Where no TLS is spoken it trusts nobody, and reads no certificate files.
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
