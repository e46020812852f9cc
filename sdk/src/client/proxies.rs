//! Which proxy a client uses. It is decided once, when the client is built, since all its requests have one origin.
//!
//! In: the environment variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or lower case, and the base URL.
//! Out: the proxy, none, or an error message that names the variable. A variable that cannot be used never means a direct
//! connection: the variable is there because connections are to go through a proxy.

use crate::client::base_url::BaseUrl;
use crate::client::environment::Lookup;
use crate::transport::Proxy;

mod exceptions;

use self::exceptions::matches;

/// Proxies for requests over TLS. The first variable that is set and not empty counts.
const HTTPS: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Proxies for requests without TLS.
const HTTP: [&str; 4] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
/// The hosts that are not reached through a proxy.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// Set for CGI programs. There `HTTP_PROXY` is the header `Proxy` of a request, which whoever sent the request has chosen.
const CGI: &str = "REQUEST_METHOD";

/// The proxy that the environment names for the base URL.
pub(super) fn from_environment(
    lookup: Lookup<'_>,
    base_url: &BaseUrl,
) -> Result<Option<Proxy>, String> {
    let names = if base_url.is_secure() { HTTPS } else { HTTP };
    let is_cgi = variable(lookup, CGI)?.is_some();
    let mut names = names
        .into_iter()
        .filter(|name| !(is_cgi && *name == "HTTP_PROXY"));
    let Some((name, value)) = first(lookup, &mut names)? else {
        return Ok(None);
    };
    if let Some((_, exceptions)) = first(lookup, &mut EXCEPTIONS.into_iter())?
        && matches(&exceptions, base_url.host())
    {
        return Ok(None);
    }
    match Proxy::parse(&value) {
        Ok(proxy) => Ok(Some(proxy)),
        Err(fault) => Err(format!("{name} cannot be used as a proxy: {fault}")),
    }
}

/// The first of these variables that is set and not empty.
fn first<'a>(
    lookup: Lookup<'_>,
    names: &mut dyn Iterator<Item = &'a str>,
) -> Result<Option<(&'a str, String)>, String> {
    for name in names {
        if let Some(value) = variable(lookup, name)? {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

/// The value of a variable. `None` if it is not set, or empty: an empty variable is how a proxy is turned off for one command.
fn variable(lookup: Lookup<'_>, name: &str) -> Result<Option<String>, String> {
    use std::env::VarError;

    match lookup(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not valid text")),
    }
}

#[cfg(test)]
mod tests;
