//! The parts of an on-ramp in Magic WAN: two tunnels, and routes through them.

use serde_json::json;

use super::blueprint::Blueprint;

/// The addresses of Magic WAN's side. They are examples: nothing is there.
pub(crate) const ENDPOINTS: [&str; 2] = ["203.0.113.1", "203.0.113.2"];
/// The number of the autonomous system of Magic WAN's side. It is an example.
pub(crate) const ASN: u32 = 64_496;
/// The type of the tunnels, and of the routes.
pub(crate) const TUNNEL: &str = "cloudflare_ipsec_tunnel";
pub(crate) const ROUTE: &str = "cloudflare_static_route";

/// The two tunnels to a part of the cloud's side.
pub(crate) fn tunnels(blueprint: &mut Blueprint<'_>, to: &str) {
    let there = blueprint.id(to);
    for (at, endpoint) in ENDPOINTS.iter().enumerate() {
        let key = format!("wan-tunnel-{at}");
        let id = blueprint.id(&key);
        let config = json!({
            "account_id": blueprint.account_id(), "name": blueprint.name(&key),
            "cloudflare_endpoint": endpoint, "customer_endpoint": format!("198.51.100.{}", octet(&there, at).clamp(1, 254)),
            "interface_address": format!("{}/31", interface(&id, 0)),
        });
        blueprint.add(&key, TUNNEL, config);
    }
}

/// The routes to the VPCs, through both tunnels, if the on-ramp installs them.
pub(crate) fn routes(blueprint: &mut Blueprint<'_>) {
    if !blueprint.onramp.settings.install_routes_in_magic_wan {
        return;
    }
    for (number, prefix) in blueprint.network_prefixes().into_iter().enumerate() {
        for at in 0..ENDPOINTS.len() {
            let tunnel = blueprint.id(&format!("wan-tunnel-{at}"));
            let config = json!({
                "account_id": blueprint.account_id(), "prefix": prefix, "nexthop": interface(&tunnel, 1), "priority": 100,
            });
            blueprint.add(&format!("wan-route-{number}-{at}"), ROUTE, config);
        }
    }
}

/// One of the two addresses of a tunnel, from its id: 0 on Magic WAN's side, 1 on the cloud's side.
fn interface(id: &str, side: u8) -> String {
    let (third, fourth) = (octet(id, 0), octet(id, 1) & !1 | side);
    format!("10.255.{third}.{fourth}")
}

/// A byte of an id.
fn octet(id: &str, at: usize) -> u8 {
    let digits = id.get(at * 2..at * 2 + 2);
    let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
    byte.unwrap_or_default()
}
