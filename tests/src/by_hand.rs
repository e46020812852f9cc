//! The same calls as the SDK makes, written by hand with reqwest and serde: what a program does without the SDK.
//!
//! In: an address. Out: results with the same fields as the SDK's, read by serde's derive. It has no retries, no limits except the
//! connect timeout, and errors with few details.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::canned::Address;

mod types;

pub use self::types::{Provider, Resource};

/// The account of every call.
pub const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// The envelope of a response.
#[derive(Deserialize)]
struct Envelope<T> {
    success: bool,
    result: Option<T>,
}

/// Calls by hand.
#[derive(Clone)]
pub struct ByHand {
    client: reqwest::Client,
    url: String,
}

/// The settings of HTTP/2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Http2 {
    /// Those of reqwest: windows of 2 MiB for a stream and 5 MiB for a connection, and no PING.
    Default,
    /// Those of the SDK: windows of 2 MiB for a stream and 2 GiB for a connection, and PING after ten silent seconds.
    LikeSdk,
}

impl ByHand {
    /// A client with the settings of reqwest that the SDK's own client has, where they have a part in a call that succeeds: the
    /// same TLS provider and versions, no redirects, retries, `Referer` and proxies. Certificates are checked in the same handshake,
    /// but by the server's authority alone, without those of the platform.
    pub fn new(address: &Address, http2: Http2) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(address.root.as_deref())?)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(Duration::from_secs(10))
            .no_proxy()
            .user_agent("by-hand/0.1.0");
        let client = match http2 {
            Http2::Default => client,
            Http2::LikeSdk => client
                .http2_initial_stream_window_size(2 << 20)
                .http2_initial_connection_window_size((1 << 31) - 1)
                .http2_keep_alive_interval(Duration::from_secs(10))
                .http2_keep_alive_timeout(Duration::from_secs(10)),
        };
        Ok(Self {
            client: client.build()?,
            url: address.url.clone(),
        })
    }

    /// Reads one cloud integration.
    pub async fn provider(&self, id: &str) -> Result<Provider, Box<dyn Error + Send + Sync>> {
        let url = format!("{}/accounts/{ACCOUNT}/magic/cloud/providers/{id}", self.url);
        let response = self.get(&url).await?;
        Ok(result(&response.bytes().await?)?)
    }

    /// Downloads a capture to a file, which is not synced to the disk yet.
    pub async fn download(
        &self,
        id: &str,
        path: &Path,
    ) -> Result<File, Box<dyn Error + Send + Sync>> {
        let mut response = self.begin(id).await?;
        let mut file = File::create(path).await?;
        while let Some(chunk) = response.chunk().await? {
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        Ok(file)
    }

    /// Begins to download a capture.
    pub async fn begin(&self, id: &str) -> Result<reqwest::Response, Box<dyn Error + Send + Sync>> {
        let url = format!("{}/accounts/{ACCOUNT}/pcaps/{id}/download", self.url);
        Ok(self.get(&url).await?)
    }

    async fn get(&self, url: &str) -> reqwest::Result<reqwest::Response> {
        let request = self.client.get(url).bearer_auth("token");
        let request = request.header("accept", "application/json");
        request.send().await?.error_for_status()
    }
}

/// The settings of TLS.
fn tls(root: Option<&str>) -> Result<ClientConfig, Box<dyn Error + Send + Sync>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    if let Some(root) = root {
        roots.add(CertificateDer::from_pem_slice(root.as_bytes())?)?;
    }
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Reads the result from the body of a response.
pub fn result<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let envelope: Envelope<T> = serde_json::from_slice(body)?;
    let result = envelope.result.filter(|_| envelope.success);
    result.ok_or_else(|| serde::de::Error::custom("the service reports a failure"))
}
