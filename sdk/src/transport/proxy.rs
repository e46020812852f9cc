//! The URL of a proxy.
//!
//! In: a URL from the builder or from an environment variable. Out: a checked URL that the HTTP client is sure to use, or the
//! reason why it cannot be used. Neither of them prints a user name or a password. Which proxy is used is decided elsewhere.

use std::fmt;
use std::net::Ipv6Addr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters of a user name or password that are encoded: all but those that RFC 3986 allows there. What is encoded already
/// is not encoded again.
const USER_INFO: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'%');

/// A proxy.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Proxy {
    /// Scheme, host and port: without user name and password, so that it can be printed.
    shown: String,
    user_info: Option<String>,
}

impl Proxy {
    /// Checks a proxy's URL. Without a scheme it is `http`, as in many environment variables; a path is ignored.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("it is empty".to_owned());
        }
        let (scheme, rest) = match text.split_once("://") {
            Some(parts) => parts,
            None if text.contains(":/") => return Err("it is not a URL".to_owned()),
            None => ("http", text),
        };
        let scheme = checked_scheme(scheme)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if path.contains(['@', '?', '#']) {
            return Err("it has a query or a fragment; in user name and password, `/`, `?` and `#` are percent-encoded".to_owned());
        }
        let (user_info, address) = match authority.rsplit_once('@') {
            Some((user_info, address)) => (Some(user_info), address),
            None => (None, authority),
        };
        let (host, port) = split_port(address)?;
        check_host(host)?;
        let port = port.unwrap_or(default_port(scheme));
        Ok(Self {
            shown: format!("{scheme}://{}:{port}", host.to_ascii_lowercase()),
            user_info: user_info.map(encoded),
        })
    }

    /// The URL with user name and password.
    pub(crate) fn url(&self) -> String {
        match &self.user_info {
            Some(user_info) => self.shown.replacen("://", &format!("://{user_info}@"), 1),
            None => self.shown.clone(),
        }
    }

    /// Whether the connection to the proxy itself is made over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.shown.starts_with("https:")
    }

    /// Whether it is a SOCKS proxy: it connects to the server for requests with and without TLS.
    pub(crate) fn is_socks(&self) -> bool {
        self.shown.starts_with("socks")
    }

    /// Whether the URL has a user name or a password.
    pub(crate) fn has_credentials(&self) -> bool {
        self.user_info.is_some()
    }
}

impl fmt::Display for Proxy {
    /// Scheme, host and port.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The scheme in lower case. Errors if no proxy of that scheme can be used. What is no scheme is not printed: it can be a password.
fn checked_scheme(scheme: &str) -> Result<&'static str, String> {
    const USABLE: &[&str] = if cfg!(feature = "socks") {
        &["http", "https", "socks5", "socks5h"]
    } else {
        &["http", "https"]
    };
    let lower = scheme.to_ascii_lowercase();
    if let Some(usable) = USABLE.iter().find(|usable| **usable == lower) {
        return Ok(usable);
    }
    let of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if lower.is_empty() || lower.len() > 16 || !lower.chars().all(of_scheme) {
        return Err("it is not a URL".to_owned());
    }
    let hint = match lower.as_str() {
        "socks5" | "socks5h" => "; it needs the feature `socks`",
        _ => "",
    };
    let usable = USABLE.join(", ");
    Err(format!("its scheme is {lower}, not one of {usable}{hint}"))
}

fn default_port(scheme: &str) -> u16 {
    match scheme {
        "http" => 80,
        "https" => 443,
        _ => 1080,
    }
}

/// Splits an address into host and port. The brackets of an IPv6 address are part of the host.
fn split_port(address: &str) -> Result<(&str, Option<u16>), String> {
    let after_brackets = address.rfind(']').map_or(0, |at| at + 1);
    let Some(colon) = address[after_brackets..].find(':') else {
        return Ok((address, None));
    };
    let (host, port) = address.split_at(after_brackets + colon);
    let port = &port[1..];
    if port.is_empty() {
        return Ok((host, None));
    }
    // `parse` alone would accept a sign.
    let is_number = port.chars().all(|c| c.is_ascii_digit());
    match port.parse() {
        Ok(port) if is_number && port > 0 => Ok((host, Some(port))),
        _ => Err("its port is not a number from 1 to 65535".to_owned()),
    }
}

fn check_host(host: &str) -> Result<(), String> {
    if host.is_empty() {
        return Err("it has no host".to_owned());
    }
    let inner = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let is_valid = match inner {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')),
    };
    if is_valid {
        return Ok(());
    }
    Err("its host is neither an ASCII name nor an IP address".to_owned())
}

/// The user name and password, with everything encoded that would end them early.
fn encoded(user_info: &str) -> String {
    let is_hex = |at: usize| {
        let digits = user_info.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let mut out = String::new();
    for (at, c) in user_info.char_indices() {
        match c {
            '%' if !is_hex(at) => out.push_str("%25"),
            _ => {
                let end = at + c.len_utf8();
                out.extend(utf8_percent_encode(&user_info[at..end], USER_INFO));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
