//! The same calls as the SDK makes, written by hand with reqwest and serde: what a program does without the SDK.
//!
//! In: an address. Out: results with the same fields as the SDK's, read by serde's derive. It has no retries, no limits except the
//! connect timeout, and errors with few details.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

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

impl ByHand {
    /// A client with the settings that the SDK uses for its own client.
    pub fn new(url: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(Duration::from_secs(10))
            .no_proxy()
            .user_agent("by-hand/0.1.0")
            .build()?;
        let url = url.to_owned();
        Ok(Self { client, url })
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
        let url = format!("{}/accounts/{ACCOUNT}/pcaps/{id}/download", self.url);
        let mut response = self.get(&url).await?;
        let mut file = File::create(path).await?;
        while let Some(chunk) = response.chunk().await? {
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        Ok(file)
    }

    async fn get(&self, url: &str) -> reqwest::Result<reqwest::Response> {
        let request = self.client.get(url).bearer_auth("token");
        let request = request.header("accept", "application/json");
        request.send().await?.error_for_status()
    }
}

/// Reads the result from the body of a response.
pub fn result<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let envelope: Envelope<T> = serde_json::from_slice(body)?;
    let result = envelope.result.filter(|_| envelope.success);
    result.ok_or_else(|| serde::de::Error::custom("the service reports a failure"))
}
