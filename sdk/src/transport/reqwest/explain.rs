//! Adds to the error of an exchange what a person has to know to repair it: a certificate, or a proxy.
//!
//! In: the error by its class. Out: the same error; if a certificate is the cause, as [`Fault::Certificate`].

use std::error::Error as StdError;

use super::client::Settings;
use super::{certificate, via_proxy};
use crate::transport::{Fault, Sent, TransportError};

/// The same error, with a cause that says what to repair, and the proxy that the exchange went through.
pub(super) fn explain(error: TransportError, settings: &Settings) -> TransportError {
    let Some(cause) = error.source() else {
        return error;
    };
    let proxy = settings.proxy.as_ref();
    let owner = match proxy {
        Some(proxy) if via_proxy::is_with_proxy(cause) => format!("the proxy {proxy}"),
        _ => settings.origin.host().to_owned(),
    };
    // A server that does not accept the client's certificate ends the handshake, so that it processes no request.
    let explained = match (certificate::fault(cause, &owner), proxy) {
        (Some(fault), _) => TransportError::new(Fault::Certificate, Sent::No, fault),
        (None, Some(proxy)) if error.fault() == Fault::Connect => {
            let is_tunnel = settings.origin.is_secure() || proxy.is_socks();
            let fault = via_proxy::fault(cause, proxy, is_tunnel);
            TransportError::new(Fault::Connect, error.sent(), fault)
        }
        (None, _) => error,
    };
    match proxy {
        Some(proxy) => explained.through(proxy.to_string()),
        None => explained,
    }
}
