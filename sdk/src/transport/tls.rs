//! TLS by rustls, with the ring provider passed explicitly.
//!
//! No process-wide provider is set or read, so a program may use another TLS provider as well. Certificates are checked against
//! the platform's roots: companies that inspect traffic install their roots there, and this crate has no list of roots that could
//! become outdated. The platform verifier is among reqwest's dependencies anyway; bundled roots would be one crate more.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// A configuration for HTTP/2 and HTTP/1.1. The certificates in `roots` (PEM) are trusted besides the platform's. If `secure` is
/// false, no TLS is used: the configuration then trusts no certificate and reads no certificate files.
pub(crate) fn config(secure: bool, roots: &[Vec<u8>]) -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions();
    let versions = versions.map_err(|error| format!("TLS cannot be set up: {error}"))?;
    let roots = if secure {
        let verifier = Verifier::new_with_extra_roots(certificates(roots)?, provider)
            .map_err(|error| format!("no root certificates: {error}"))?;
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

/// The certificates in PEM files.
fn certificates(roots: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, String> {
    let mut certificates = Vec::new();
    for pem in roots {
        let before = certificates.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            certificates.push(
                certificate
                    .map_err(|error| format!("a root certificate cannot be used: {error}"))?,
            );
        }
        if certificates.len() == before {
            return Err(
                "a root certificate cannot be used: there is no certificate in it".to_owned(),
            );
        }
    }
    Ok(certificates)
}
