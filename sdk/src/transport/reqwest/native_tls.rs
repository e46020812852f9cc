//! TLS by the platform's library.
//!
//! In: the settings of TLS. Out: the same, checked, as reqwest's types. Which root certificates the platform has, and which files
//! they are read from, is up to its library.

use reqwest::tls::Version;
use reqwest::{Certificate, ClientBuilder, Identity};

use super::client::innermost;
use crate::transport::network::{ClientCertificate, TlsSettings, TlsVersion};

/// Checked settings.
pub(super) struct Checked {
    roots: Vec<Certificate>,
    platform_roots: bool,
    identity: Option<Identity>,
    min_version: Version,
}

impl Checked {
    pub(super) fn new(settings: &TlsSettings, needed: bool) -> Result<Self, String> {
        let mut roots = Vec::new();
        for pem in &settings.roots {
            let unusable = |fault: &str| format!("a root certificate cannot be used: {fault}");
            let read =
                Certificate::from_pem_bundle(pem).map_err(|_| unusable("it is not valid PEM"))?;
            if read.is_empty() {
                return Err(unusable(
                    "it is not PEM with at least one `BEGIN CERTIFICATE`",
                ));
            }
            roots.extend(read);
        }
        if needed && !settings.platform_roots && roots.is_empty() {
            return Err(
                "no root certificates: platform_roots is false, and none was added".to_owned(),
            );
        }
        let identity = settings
            .client_certificate
            .as_ref()
            .map(identity)
            .transpose()?;
        Ok(Self {
            roots,
            platform_roots: settings.platform_roots,
            identity,
            min_version: match settings.min_version {
                TlsVersion::Tls12 => Version::TLS_1_2,
                TlsVersion::Tls13 => Version::TLS_1_3,
            },
        })
    }

    pub(super) fn apply(&self, client: ClientBuilder) -> ClientBuilder {
        let client = client
            .tls_backend_native()
            .tls_version_min(self.min_version);
        let roots = self.roots.iter().cloned();
        let client = if self.platform_roots {
            client.tls_certs_merge(roots)
        } else {
            client.tls_certs_only(roots)
        };
        match &self.identity {
            Some(identity) => client.identity(identity.clone()),
            None => client,
        }
    }
}

/// A client certificate that the platform's library accepts.
fn identity(certificate: &ClientCertificate) -> Result<Identity, String> {
    let identity = Identity::from_pkcs8_pem(&certificate.chain, &certificate.key);
    // Only a connector shows whether certificate and key belong together.
    let checked = identity.and_then(|identity| {
        let client = ClientBuilder::new().tls_backend_native().no_proxy();
        client.identity(identity.clone()).build()?;
        Ok(identity)
    });
    checked.map_err(|error| {
        let fault = innermost(&error);
        format!("the client certificate cannot be used: {fault}")
    })
}
