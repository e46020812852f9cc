//! Why no connection could be made through a proxy: by the proxy's fault, or by the server's behind it.
//!
//! In: an error of reqwest, and the proxy. Out: one sentence that says so. reqwest has no types for it, so this file reads the texts
//! of hyper-util's errors; the tests of behaviour 72 fail if those change.

use std::error::Error as StdError;
use std::fmt;

use super::client::innermost;
use crate::transport::proxy::Proxy;

/// What a connection through a proxy failed at.
#[derive(Debug)]
pub(super) struct ProxyFault {
    text: String,
}

impl fmt::Display for ProxyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for ProxyFault {}

/// The texts of hyper-util's errors: of an HTTP tunnel, and of SOCKS.
const TUNNEL: &str = "tunnel error: ";
const SOCKS: &str = "SOCKS error: ";
const NOT_CONNECTED: &str = "failed to create underlying connection";

/// Whose TLS handshake it was: true for the one with the proxy itself.
pub(super) fn is_with_proxy(error: &(dyn StdError + 'static)) -> bool {
    proxy_error(error).is_some_and(|text| text.ends_with(NOT_CONNECTED))
}

/// What a connection through the proxy failed at. `is_tunnel` is false if the only connection is the one to the proxy.
pub(super) fn fault(
    error: &(dyn StdError + 'static),
    proxy: &Proxy,
    is_tunnel: bool,
) -> ProxyFault {
    let cause = innermost(error);
    let text = match proxy_error(error) {
        None if is_tunnel => cause,
        None => format!("the proxy cannot be reached: {cause}"),
        Some(text) => proxy_text(&text, &cause, proxy),
    };
    ProxyFault { text }
}

fn proxy_text(text: &str, cause: &str, proxy: &Proxy) -> String {
    let reason = text.trim_start_matches(TUNNEL).trim_start_matches(SOCKS);
    match reason {
        // SOCKS hides the cause.
        NOT_CONNECTED if text == cause => "the proxy cannot be reached".to_owned(),
        NOT_CONNECTED => format!("the proxy cannot be reached: {cause}"),
        "proxy authorization required" if proxy.has_credentials() => {
            "the proxy does not accept the user name and password (status 407)".to_owned()
        }
        "proxy authorization required" => {
            "the proxy requires a user name and password in its URL (status 407)".to_owned()
        }
        "unsuccessful" => "the proxy refused to connect to the server".to_owned(),
        _ if text == cause => format!("the proxy failed: {reason}"),
        _ => format!("the proxy failed: {reason}: {cause}"),
    }
}

/// The text of the error in the chain of causes that is the proxy's.
fn proxy_error(error: &(dyn StdError + 'static)) -> Option<String> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        if text.starts_with(TUNNEL) || text.starts_with(SOCKS) {
            return Some(text);
        }
        cause = error.source();
    }
    None
}
