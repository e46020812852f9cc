//! A certificate authority that exists only in the process of a test.
//!
//! In: nothing. Out: [`Authority`]: its certificate, which a client can trust, and certificates that it issues to servers and
//! clients. There are two: one for all servers of the tests, and one that clients do not trust.

use std::io;
use std::sync::{Arc, LazyLock};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;

use crate::protocol::Protocol;

/// The names of every server of the tests.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A certificate authority.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    server: Identity,
}

/// A certificate and its key, both PEM.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// The private key, as PKCS #8.
    pub key: String,
}

impl Authority {
    /// The authority of all servers of the tests.
    pub fn get() -> &'static Self {
        static TRUSTED: LazyLock<Authority> = LazyLock::new(|| Authority::new("tests"));
        &TRUSTED
    }

    /// Another authority, which no client of the tests trusts by default.
    pub fn other() -> &'static Self {
        static OTHER: LazyLock<Authority> = LazyLock::new(|| Authority::new("other tests"));
        &OTHER
    }

    #[allow(
        clippy::unwrap_used,
        reason = "without certificates no test can run: a failure here fails them"
    )]
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params
            .distinguished_name
            .push(DnType::CommonName, format!("authority of the {name}"));
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().unwrap();
        let issuer = CertifiedIssuer::self_signed(params, key).unwrap();
        let server = issue(&issuer, &NAMES, ExtendedKeyUsagePurpose::ServerAuth).unwrap();
        Self { issuer, server }
    }

    /// Its certificate, PEM.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// The certificate of its servers: for `localhost`, 127.0.0.1 and ::1.
    pub fn server_identity(&self) -> &Identity {
        &self.server
    }

    /// A new certificate for a server with these names, host names or addresses.
    pub fn issue_server(&self, names: &[&str]) -> io::Result<Identity> {
        issue(&self.issuer, names, ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A new certificate for a client.
    pub fn issue_client(&self, name: &str) -> io::Result<Identity> {
        issue(&self.issuer, &[name], ExtendedKeyUsagePurpose::ClientAuth)
    }

    /// The TLS settings of a server that has this authority's certificate and offers one protocol.
    pub fn server_config(&self, protocol: Protocol) -> io::Result<Arc<ServerConfig>> {
        self.server.server_config(&[protocol.alpn()], None)
    }
}

impl Identity {
    /// The TLS settings of a server with this certificate that offers these protocols by ALPN. With `clients`, only clients with a
    /// certificate of that authority can connect.
    pub fn server_config(
        &self,
        alpn: &[&[u8]],
        clients: Option<&Authority>,
    ) -> io::Result<Arc<ServerConfig>> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?;
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                let root = authority.issuer.der().clone();
                roots.add(root).map_err(io::Error::other)?;
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                        .build()
                        .map_err(io::Error::other)?;
                builder.with_client_cert_verifier(verifier)
            }
        };
        let certificate = CertificateDer::from_pem_slice(self.certificate.as_bytes())
            .map_err(io::Error::other)?;
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes()).map_err(io::Error::other)?;
        let mut config = builder
            .with_single_cert(vec![certificate], key)
            .map_err(io::Error::other)?;
        config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
        Ok(Arc::new(config))
    }
}

/// A new certificate for these names and one purpose.
fn issue(
    issuer: &CertifiedIssuer<'static, KeyPair>,
    names: &[&str],
    usage: ExtendedKeyUsagePurpose,
) -> io::Result<Identity> {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names).map_err(io::Error::other)?;
    params.extended_key_usages = vec![usage];
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let certificate = params.signed_by(&key, issuer).map_err(io::Error::other)?;
    Ok(Identity {
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}
