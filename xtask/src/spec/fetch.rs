//! Fetches a document over HTTP.
//!
//! In comes a URL; out come the bytes behind it, or why there are none. Only `https`, also where a redirect leads, except to this
//! machine; at most [`MOST`] bytes; nothing is retried.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

/// The most that is read: four times what upstream publishes.
const MOST: usize = 64 * 1024 * 1024;
const CONNECT: Duration = Duration::from_secs(10);
/// Without a byte.
const IDLE: Duration = Duration::from_secs(30);
const REDIRECTS: usize = 5;

/// The bytes at `url`.
pub(crate) fn fetch(url: &str) -> io::Result<Vec<u8>> {
    let url =
        Url::parse(url).map_err(|error| io::Error::other(format!("this is no URL: {error}")))?;
    if !is_allowed(&url) {
        return Err(io::Error::other("only `https` URLs are fetched"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(get(url))
}

/// Whether anybody on the way could change what comes back.
fn is_allowed(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_this_machine(url),
        _ => false,
    }
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

async fn get(url: Url) -> io::Result<Vec<u8>> {
    let mut response = client(&url)?.get(url).send().await.map_err(failed)?;
    if !response.status().is_success() {
        return Err(io::Error::other(format!(
            "the server answers {}",
            response.status()
        )));
    }
    let announced = response.content_length().unwrap_or(0);
    let mut content = Vec::with_capacity(usize::try_from(announced).unwrap_or(MOST).min(MOST));
    let too_large = || io::Error::other(format!("it is larger than {} MB", MOST / 1024 / 1024));
    if announced > MOST as u64 {
        return Err(too_large());
    }
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if content.len() + chunk.len() > MOST {
            return Err(too_large());
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

fn client(url: &Url) -> io::Result<Client> {
    let redirects = Policy::custom(|attempt| {
        if attempt.previous().len() > REDIRECTS {
            attempt.error("there are too many redirects")
        } else if is_allowed(attempt.url()) {
            attempt.follow()
        } else {
            attempt.error("a redirect leads away from `https`")
        }
    });
    let tls = tls(url.scheme() == "https")
        .map_err(|error| io::Error::other(format!("TLS cannot be set up: {error}")))?;
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirects)
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT)
        .read_timeout(IDLE)
        .user_agent(concat!(
            "cloudflare-magic-xtask/",
            env!("CARGO_PKG_VERSION")
        ));
    let client = if is_this_machine(url) {
        client.no_proxy()
    } else {
        client
    };
    client.build().map_err(failed)
}

/// The platform's roots decide; where no TLS is spoken nobody is trusted, and no certificates are read.
fn tls(secure: bool) -> Result<ClientConfig, rustls::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?;
    let config = if secure {
        config.with_platform_verifier()?
    } else {
        config.with_root_certificates(RootCertStore::empty())
    };
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The innermost cause says what happened; the URL is told by whoever asked.
fn failed(error: reqwest::Error) -> io::Error {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    io::Error::other(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_allowed() {
        for url in [
            "https://example.com/a",
            "http://127.0.0.1:1/a",
            "http://[::1]:1/a",
            "http://localhost/a",
        ] {
            assert!(is_allowed(&url.parse().unwrap()), "{url}");
        }
        for url in [
            "http://example.com/a",
            "http://127.0.0.1.example.com/a",
            "ftp://example.com/a",
            "file:///etc/passwd",
        ] {
            assert!(!is_allowed(&url.parse().unwrap()), "{url}");
        }
        assert!(
            fetch("http://example.com")
                .unwrap_err()
                .to_string()
                .contains("only `https`")
        );
        assert!(
            fetch("https://")
                .unwrap_err()
                .to_string()
                .contains("no URL")
        );
    }
}
