//! A made-up project of Google Cloud: two networks, which are global, with subnetworks in three regions.

use serde_json::json;

use super::{Draft, Site};

pub(super) const REGIONS: [&str; 3] = ["europe-west3", "us-central1", "asia-east1"];

/// The region of what is in no region.
const GLOBAL: &str = "global";

/// The id in the catalog, and the link of the resource in Google Cloud.
type Made = (String, String);

pub(super) fn build(site: &mut Site<'_>) {
    for (at, name) in (0..).zip(["production", "staging"]) {
        let network = network(site, name);
        let regions = if at == 0 { &REGIONS[..] } else { &REGIONS[..1] };
        for (offset, region) in (0..).zip(regions) {
            let prefix = format!("10.{}.{offset}.0/24", site.network(at));
            subnetwork(site, (region, name), &prefix, &network);
        }
        routes(site, name, &network);
        firewall(site, name, &network);
    }
    let region = REGIONS[0];
    let network = link(site, "networks", GLOBAL, "production");
    gateway(site, region, &network);
    balancer(site, region);
}

/// The link of a resource: what others refer to it by.
fn link(site: &Site<'_>, collection: &str, region: &str, name: &str) -> String {
    let place = match region {
        GLOBAL => GLOBAL.to_owned(),
        region => format!("regions/{region}"),
    };
    format!("projects/{}/{place}/{collection}/{name}", site.tenant)
}

fn add(site: &mut Site<'_>, collection: &str, mut draft: Draft<'_>) -> Made {
    let link = link(site, collection, draft.region, draft.name);
    draft.native_id = format!("https://compute.example.com/{link}");
    let environment = if draft.name.contains("staging") {
        "test"
    } else {
        "production"
    };
    let id = site.add(draft);
    if let Some(resource) = site.last() {
        resource
            .tags
            .insert("environment".to_owned(), environment.to_owned());
    }
    (id, link)
}

fn network(site: &mut Site<'_>, name: &str) -> Made {
    let mut draft = Draft::new("google_compute_network", (GLOBAL, name), "");
    draft.config = json!({"auto_create_subnetworks": false, "mtu": 1460, "routing_mode": "GLOBAL"});
    draft.state = json!({"peerings": 0});
    add(site, "networks", draft)
}

fn subnetwork(site: &mut Site<'_>, key: (&str, &str), prefix: &str, network: &Made) {
    let mut draft = Draft::new("google_compute_subnetwork", key, "");
    draft.config = json!({
        "ip_cidr_range": prefix,
        "network": network.1,
        "private_ip_google_access": true,
        "region": key.0,
    });
    let free = site.free_addresses(&draft.key, 4);
    draft.state = json!({"available_addresses": free, "state": "READY"});
    draft.relations = vec![("Network", &network.0)];
    add(site, "subnetworks", draft);
}

fn routes(site: &mut Site<'_>, name: &str, network: &Made) {
    let route = format!("{name}-internet");
    let mut draft = Draft::new("google_compute_route", (GLOBAL, &route), "");
    draft.config = json!({
        "dest_range": "0.0.0.0/0",
        "network": network.1,
        "next_hop_gateway": "default-internet-gateway",
        "priority": 1000,
    });
    draft.relations = vec![("Network", &network.0)];
    add(site, "routes", draft);
}

fn firewall(site: &mut Site<'_>, name: &str, network: &Made) {
    let policy = format!("{name}-policy");
    let mut draft = Draft::new(
        "google_compute_network_firewall_policy",
        (GLOBAL, &policy),
        "",
    );
    draft.config = json!({"description": "Web servers"});
    draft.relations = vec![("Network", &network.0)];
    let made = add(site, "firewallPolicies", draft);
    let rule = format!("{name}-https");
    let kind = "google_compute_network_firewall_policy_rule";
    let mut draft = Draft::new(kind, (GLOBAL, &rule), "");
    draft.config = json!({
        "action": "allow",
        "direction": "INGRESS",
        "firewall_policy": made.1,
        "match": {"layer4_configs": [{"ip_protocol": "tcp", "ports": ["443"]}]},
        "priority": 1000,
    });
    draft.relations = vec![("Firewall policy", &made.0)];
    add(site, "firewallPolicies", draft);
}

/// A router, and a VPN gateway with one tunnel to an office.
fn gateway(site: &mut Site<'_>, region: &str, network: &str) {
    let found = site.resources.iter();
    let mut found = found.filter(|one| one.native_id.ends_with(network));
    let Some(id) = found.next().map(|one| one.id.clone()) else {
        return;
    };
    let mut draft = Draft::new("google_compute_router", (region, "router"), "");
    draft.config = json!({"bgp": {"asn": 64514}, "network": network, "region": region});
    draft.relations = vec![("Network", &id)];
    let router = add(site, "routers", draft);
    let mut draft = Draft::new("google_compute_ha_vpn_gateway", (region, "office"), "");
    draft.config = json!({"network": network, "region": region});
    draft.relations = vec![("Network", &id)];
    let gateway = add(site, "vpnGateways", draft);
    let mut draft = Draft::new("google_compute_vpn_tunnel", (region, "office-1"), "");
    draft.config = json!({
        "ike_version": 2,
        "peer_ip": "192.0.2.1",
        "router": router.1,
        "vpn_gateway": gateway.1,
    });
    draft.state = json!({"detailed_status": "Tunnel is up and running."});
    draft.relations = vec![("VPN gateway", &gateway.0), ("Router", &router.0)];
    draft.monthly_cents = 3650;
    add(site, "vpnTunnels", draft);
}

/// An address with a forwarding rule.
fn balancer(site: &mut Site<'_>, region: &str) {
    let mut draft = Draft::new("google_compute_address", (region, "web"), "");
    draft.config = json!({"address_type": "EXTERNAL", "region": region});
    draft.state = json!({"address": "192.0.2.20"});
    draft.monthly_cents = 292;
    let address = add(site, "addresses", draft);
    let mut draft = Draft::new("google_compute_forwarding_rule", (region, "web"), "");
    draft.config = json!({
        "ip_address": address.1,
        "ip_protocol": "TCP",
        "port_range": "443",
        "region": region,
    });
    draft.relations = vec![("Address", &address.0)];
    draft.monthly_cents = 1825;
    add(site, "forwardingRules", draft);
}
