//! The parts of an on-ramp in Google Cloud: a gateway and two tunnels in one region, and routes for the whole network.

use serde_json::json;

use super::blueprint::Blueprint;
use super::onramp::Trouble;
use super::wan;

/// A tunnel, and an address: cents a month. Made up.
const TUNNEL: u32 = 3650;
const ADDRESS: u32 = 725;
/// The number of the autonomous system on Google's side, if none is asked for.
const DEFAULT_ASN: i64 = 64512;

/// A single network.
pub(crate) fn single(blueprint: &mut Blueprint<'_>) -> Result<(), Trouble> {
    let Some(&network) = blueprint.networks.first() else {
        return Ok(());
    };
    let region = blueprint.onramp.region.as_str();
    let place = json!({"region": region, "network": network.native_id});
    if blueprint.onramp.dynamic_routing {
        let part = blueprint.add("gateway", "google_compute_ha_vpn_gateway", place.clone());
        part.fixed(&["region", "network"])
            .related("Network", &network.id);
        let mut config = place;
        config["bgp"] = json!([{"asn": blueprint.onramp.cloud_asn.unwrap_or(DEFAULT_ASN)}]);
        let part = blueprint.add("router", "google_compute_router", config);
        part.fixed(&["region", "network"])
            .related("Network", &network.id);
    } else {
        let config = json!({"region": region});
        let part = blueprint.add("address", "google_compute_address", config);
        part.fixed(&["region"]).costs(ADDRESS);
        let part = blueprint.add("gateway", "google_compute_vpn_gateway", place);
        part.fixed(&["region", "network"])
            .related("Network", &network.id);
    }
    for (at, endpoint) in wan::ENDPOINTS.iter().enumerate() {
        tunnel(blueprint, &format!("tunnel-{at}"), endpoint);
    }
    wan::tunnels(blueprint, "gateway");
    if blueprint.onramp.settings.install_routes_in_cloud {
        for (at, prefix) in blueprint.prefixes.iter().enumerate() {
            let config = json!({
                "network": network.native_id, "dest_range": prefix, "priority": 1000,
                "next_hop_vpn_tunnel": blueprint.id("tunnel-0"),
            });
            let part = blueprint.add(&format!("route-{at}"), "google_compute_route", config);
            part.fixed(&["network", "dest_range", "priority", "next_hop_vpn_tunnel"])
                .related("Network", &network.id);
        }
    }
    wan::routes(blueprint);
    Ok(())
}

fn tunnel(blueprint: &mut Blueprint<'_>, key: &str, endpoint: &str) {
    let mut config = json!({
        "region": blueprint.onramp.region, "peer_ip": endpoint, "ike_version": 2,
    });
    if blueprint.onramp.dynamic_routing {
        config["vpn_gateway"] = json!(blueprint.id("gateway"));
        config["router"] = json!(blueprint.id("router"));
    } else {
        config["target_vpn_gateway"] = json!(blueprint.id("gateway"));
    }
    let part = blueprint.add(key, "google_compute_vpn_tunnel", config);
    part.fixed(&["region", "target_vpn_gateway", "peer_ip", "ike_version"])
        .costs(TUNNEL);
}
