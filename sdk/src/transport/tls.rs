//! TLS by rustls, with the ring provider passed explicitly.
//!
//! No process-wide provider is set or read, so a program may use another TLS provider as well. Certificates are checked against
//! the platform's roots: companies that inspect traffic install their roots there, and this crate has no list of roots that could
//! become outdated. The platform verifier is among reqwest's dependencies anyway; bundled roots would be one crate more.

use std::sync::Arc;

use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use rustls::{
    ClientConfig, ConfigBuilder, DEFAULT_VERSIONS, RootCertStore, SupportedProtocolVersion,
};
use rustls_platform_verifier::Verifier;

use super::network::{ClientCertificate, TlsSettings, TlsVersion};

/// What to do on a machine without root certificates.
const NO_ROOTS: &str = "no root certificates: install the package `ca-certificates`, name a file of them in `SSL_CERT_FILE`, or \
     call add_root_certificate";

/// A configuration for HTTP/2 and HTTP/1.1. If `needed` is false, no TLS is used: the settings are checked, but the configuration
/// trusts no certificate, and the platform's are not read.
pub(crate) fn config(settings: &TlsSettings, needed: bool) -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions(settings.min_version))
        .map_err(|error| format!("TLS cannot be set up: {error}"))?;
    let roots = certificates(&settings.roots)?;
    let builder = if needed && settings.platform_roots {
        builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(platform_verifier(roots, provider)?))
    } else if needed && roots.is_empty() {
        return Err("no root certificates: platform_roots is false, and none was added".to_owned());
    } else {
        builder.with_root_certificates(store(roots)?)
    };
    let mut config = match &settings.client_certificate {
        None => builder.with_no_client_auth(),
        Some(certificate) => with_client_certificate(builder, certificate)?,
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The same configuration for HTTP/1.1 alone.
pub(crate) fn http1_only(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}

fn versions(min: TlsVersion) -> &'static [&'static SupportedProtocolVersion] {
    static TLS13_ONLY: &[&SupportedProtocolVersion] = &[&TLS13];
    match min {
        TlsVersion::Tls12 => DEFAULT_VERSIONS,
        TlsVersion::Tls13 => TLS13_ONLY,
    }
}

/// Checks certificates by the platform's roots and those that the application added. The latter are enough if the platform has none.
fn platform_verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, String> {
    // Added to a store of their own first, so that an error says which certificates cannot be used.
    store(roots.clone())?;
    Verifier::new_with_extra_roots(roots, provider).map_err(|_| NO_ROOTS.to_owned())
}

fn store(roots: Vec<CertificateDer<'static>>) -> Result<RootCertStore, String> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store
            .add(root)
            .map_err(|_| "a root certificate cannot be used: it is not X.509".to_owned())?;
    }
    Ok(store)
}

/// The certificates in PEM files.
fn certificates(files: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, String> {
    let mut certificates = Vec::new();
    for pem in files {
        let read = chain(pem);
        certificates
            .extend(read.map_err(|fault| format!("a root certificate cannot be used: {fault}"))?);
    }
    Ok(certificates)
}

/// The certificates in a PEM file: at least one. The error repeats nothing of the file, which can be a key by mistake.
fn chain(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match read {
        Ok(certificates) if certificates.is_empty() => {
            Err("it is not PEM with at least one `BEGIN CERTIFICATE`".to_owned())
        }
        Ok(certificates) => Ok(certificates),
        Err(_) => Err("it is not valid PEM".to_owned()),
    }
}

fn with_client_certificate(
    builder: ConfigBuilder<ClientConfig, WantsClientCert>,
    certificate: &ClientCertificate,
) -> Result<ClientConfig, String> {
    let unusable = |fault: &str| format!("the client certificate cannot be used: {fault}");
    let chain = chain(&certificate.chain).map_err(|fault| unusable(&fault))?;
    let key = PrivateKeyDer::from_pem_slice(&certificate.key).map_err(|_| {
        unusable("its key is not PEM with a `BEGIN PRIVATE KEY`, or is encrypted with a password")
    })?;
    builder
        .with_client_auth_cert(chain, key)
        .map_err(|error| unusable(&error.to_string()))
}
