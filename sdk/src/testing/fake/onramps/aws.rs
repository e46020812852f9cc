//! The parts of an on-ramp in AWS: of a single VPC, or of a hub, which is a transit gateway.

use serde_json::{Value, json};

use super::blueprint::Blueprint;
use super::onramp::Trouble;
use super::wan;
use crate::testing::fake::resources::Resource;

/// A VPN connection, and an attachment to a transit gateway: cents a month. Made up.
const CONNECTION: u32 = 3650;
/// The number of the autonomous system on AWS's side, if none is asked for.
const DEFAULT_ASN: i64 = 64512;
/// How many entries the prefix list has room for. 15 to 25 are documented.
const PREFIX_LIST_ENTRIES: usize = 20;

/// A single VPC: a virtual private gateway with a VPN connection.
pub(crate) fn single(blueprint: &mut Blueprint<'_>) -> Result<(), Trouble> {
    let Some(&vpc) = blueprint.networks.first() else {
        return Ok(());
    };
    let gateway = blueprint.id("gateway");
    let mut gateways = blueprint.catalog.within(&vpc.id, "aws_vpn_gateway");
    if gateways.any(|other| other.id != gateway) {
        let message = format!(
            "the VPC `{}` has a virtual private gateway already",
            vpc.name
        );
        return Err(Trouble::new(&vpc.id, message));
    }
    let config = json!({"vpc_id": short(vpc), "amazon_side_asn": asn(blueprint)});
    let part = blueprint.add("gateway", "aws_vpn_gateway", config);
    part.fixed(&["amazon_side_asn"]).related("VPC", &vpc.id);
    connection(blueprint, "vpn_gateway_id", &gateway, CONNECTION);
    prefix_list(blueprint);
    if blueprint.onramp.settings.install_routes_in_cloud {
        for (at, prefix) in blueprint.prefixes.iter().enumerate() {
            let connection = blueprint.id("connection");
            let config = json!({"destination_cidr_block": prefix, "vpn_connection_id": connection});
            let part = blueprint.add(&format!("route-{at}"), "aws_vpn_connection_route", config);
            part.fixed(&["destination_cidr_block", "vpn_connection_id"]);
        }
        for table in route_tables(blueprint, vpc) {
            let before = table.config.get("propagating_vgws");
            let before = before.and_then(Value::as_array).cloned();
            let before = before.unwrap_or_default();
            let mut after = before.clone();
            after.push(json!(gateway));
            let (before, after) = (Value::Array(before), Value::Array(after));
            blueprint.change(table, "propagating_vgws", before, after);
        }
    }
    wan::routes(blueprint);
    Ok(())
}

/// A hub: a transit gateway, new or adopted, with a VPN connection and what is attached to it.
pub(crate) fn hub(blueprint: &mut Blueprint<'_>) -> Result<(), Trouble> {
    let hub = match &blueprint.onramp.adopted_hub_id {
        Some(id) => adopted(blueprint, id)?,
        None => {
            let config = json!({"description": "Magic WAN", "amazon_side_asn": asn(blueprint)});
            let part = blueprint.add("hub", "aws_ec2_transit_gateway", config);
            part.fixed(&["amazon_side_asn"]);
            blueprint.id("hub")
        }
    };
    connection(blueprint, "transit_gateway_id", &hub, CONNECTION * 2);
    prefix_list(blueprint);
    for vpc in blueprint.networks.clone() {
        attachment(blueprint, &hub, vpc);
    }
    for id in &blueprint.onramp.settings.attached_hubs {
        if let Some(other) = blueprint.catalog.find(id) {
            blueprint.change(other, "peered_with", json!([]), json!([hub]));
        }
    }
    wan::routes(blueprint);
    Ok(())
}

/// The hub that exists: its native id, once it is known to be there.
fn adopted(blueprint: &Blueprint<'_>, id: &str) -> Result<String, Trouble> {
    let gone = || Trouble::new(id, format!("the hub `{id}` is no longer in the catalog"));
    let hub = blueprint.catalog.find(id).ok_or_else(gone)?;
    Ok(short(hub).to_owned())
}

/// The VPN connection with its two tunnels.
fn connection(blueprint: &mut Blueprint<'_>, key: &str, to: &str, monthly_cents: u32) {
    let config = json!({"bgp_asn": wan::ASN, "ip_address": wan::ENDPOINTS[0], "type": "ipsec.1"});
    let part = blueprint.add("customer-gateway", "aws_customer_gateway", config);
    part.fixed(&["bgp_asn", "ip_address", "type"]);
    let mut config = json!({
        "customer_gateway_id": blueprint.id("customer-gateway"), "type": "ipsec.1",
        "static_routes_only": !blueprint.onramp.dynamic_routing,
    });
    config[key] = json!(to);
    let part = blueprint.add("connection", "aws_vpn_connection", config);
    part.fixed(&["customer_gateway_id", "static_routes_only"])
        .costs(monthly_cents);
    wan::tunnels(blueprint, "connection");
}

fn prefix_list(blueprint: &mut Blueprint<'_>) {
    let entry = |prefix: &String| json!({"cidr": prefix, "description": "Magic WAN"});
    let entries: Vec<Value> = blueprint.prefixes.iter().map(entry).collect();
    let config = json!({
        "name": blueprint.name("magic-wan"), "address_family": "IPv4",
        "max_entries": PREFIX_LIST_ENTRIES.max(entries.len()), "entry": entries,
    });
    let part = blueprint.add("prefix-list", "aws_ec2_managed_prefix_list", config);
    part.fixed(&["address_family"]);
}

/// A VPC that is attached to the hub, and its routes.
fn attachment(blueprint: &mut Blueprint<'_>, hub: &str, vpc: &Resource) {
    let subnets = blueprint.catalog.within(&vpc.id, "aws_subnet");
    let subnets: Vec<_> = subnets.map(short).collect();
    let config = json!({"transit_gateway_id": hub, "vpc_id": short(vpc), "subnet_ids": subnets});
    let key = format!("attachment-{}", vpc.id);
    let part = blueprint.add(&key, "aws_ec2_transit_gateway_vpc_attachment", config);
    part.fixed(&["transit_gateway_id", "vpc_id"])
        .costs(CONNECTION)
        .related("VPC", &vpc.id);
    if !blueprint.onramp.settings.install_routes_in_cloud {
        return;
    }
    for table in route_tables(blueprint, vpc) {
        let config = json!({
            "route_table_id": short(table), "destination_prefix_list_id": blueprint.id("prefix-list"),
            "transit_gateway_id": hub,
        });
        let part = blueprint.add(&format!("route-{}", table.id), "aws_route", config);
        part.fixed(&["route_table_id", "destination_prefix_list_id"])
            .related("Route table", &table.id);
    }
}

/// All route tables of a VPC, but those that on-ramps have built.
fn route_tables<'a>(blueprint: &Blueprint<'a>, vpc: &Resource) -> Vec<&'a Resource> {
    let tables = blueprint.catalog.all();
    let related = |table: &&Resource| table.relations.iter().any(|one| one.to == vpc.id);
    tables
        .filter(|table| table.kind == "aws_route_table" && !table.built)
        .filter(related)
        .collect()
}

/// The id that AWS uses: the end of an ARN, such as `vpc-0a1b2c3d4e5f60718`.
fn short(resource: &Resource) -> &str {
    let id = resource.native_id.rsplit('/').next();
    id.unwrap_or(&resource.native_id)
}

fn asn(blueprint: &Blueprint<'_>) -> i64 {
    blueprint.onramp.cloud_asn.unwrap_or(DEFAULT_ASN)
}
