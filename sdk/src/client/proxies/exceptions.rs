//! The hosts that are not reached through a proxy: the rules of `NO_PROXY`.
//!
//! In: the variable's value, and a host in lower case. Out: whether the host is among them. Entries are separated by commas or
//! white space: `*` for every host, an IP address, a network such as `10.0.0.0/8`, or a domain with its subdomains. An entry of
//! any other form matches no host.

use std::net::IpAddr;

/// Whether a host is among the exceptions.
pub(super) fn matches(exceptions: &str, host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let host = host.strip_suffix('.').unwrap_or(host);
    let address: Option<IpAddr> = host.parse().ok();
    exceptions
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|entry| !entry.is_empty())
        .any(|entry| match address {
            _ if entry == "*" => true,
            Some(address) => is_in_network(entry, address),
            None => is_in_domain(entry, host),
        })
}

/// Whether an entry is this address, or a network that has it.
fn is_in_network(entry: &str, address: IpAddr) -> bool {
    let (network, prefix) = match entry.split_once('/') {
        Some((network, prefix)) => (network, prefix.parse().ok()),
        None => (entry, Some(u32::MAX)),
    };
    let network = network.trim_start_matches('[').trim_end_matches(']');
    let (Ok(network), Some(prefix)) = (network.parse::<IpAddr>(), prefix) else {
        return false;
    };
    let (width, network, address) = match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            (32, network.to_bits().into(), address.to_bits().into())
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => (128, network.to_bits(), address.to_bits()),
        _ => return false,
    };
    let ignored = match prefix {
        u32::MAX => 0,
        prefix if prefix <= width => width - prefix,
        _ => return false,
    };
    // A shift by all 128 bits would overflow.
    let without_ignored = |bits: u128| bits.checked_shr(ignored).unwrap_or(0);
    without_ignored(network) == without_ignored(address)
}

/// Whether an entry is this domain or one above it. A dot in front of the entry changes nothing.
fn is_in_domain(entry: &str, host: &str) -> bool {
    let domain = entry.strip_prefix('.').unwrap_or(entry);
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    if domain.is_empty() || domain.len() > host.len() {
        return false;
    }
    let (above, end) = host.as_bytes().split_at(host.len() - domain.len());
    end.eq_ignore_ascii_case(domain.as_bytes()) && (above.is_empty() || above.ends_with(b"."))
}
