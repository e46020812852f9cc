//! The parts of an on-ramp in Azure: a virtual network gateway in the subnet `GatewaySubnet`.

use std::net::Ipv4Addr;

use serde_json::json;

use super::blueprint::Blueprint;
use super::onramp::Trouble;
use super::wan;
use crate::testing::fake::resources::Resource;

/// The gateway, and an address: cents a month. Made up.
const GATEWAY: u32 = 13_875;
const ADDRESS: u32 = 375;
/// The number of the autonomous system on Azure's side, if none is asked for.
const DEFAULT_ASN: i64 = 65515;
const SUBNET: &str = "GatewaySubnet";
/// The length of the prefix that the subnet needs.
const SUBNET_LENGTH: u32 = 27;

/// A single virtual network.
pub(crate) fn single(blueprint: &mut Blueprint<'_>) -> Result<(), Trouble> {
    let Some(&network) = blueprint.networks.first() else {
        return Ok(());
    };
    let group = json!(network.resource_group);
    let location = json!(network.region);
    let subnet = subnet(blueprint, network)?;
    let asn = blueprint.onramp.cloud_asn.unwrap_or(DEFAULT_ASN);
    let config = json!({
        "location": location, "resource_group_name": group, "allocation_method": "Static", "sku": "Standard",
    });
    let part = blueprint.add("address", "azurerm_public_ip", config);
    part.fixed(&["location", "resource_group_name"])
        .costs(ADDRESS);
    let config = json!({
        "location": location, "resource_group_name": group, "type": "Vpn", "vpn_type": "RouteBased", "sku": "VpnGw1",
        "enable_bgp": blueprint.onramp.dynamic_routing, "bgp_settings": [{"asn": asn}],
        "ip_configuration": [{"public_ip_address_id": blueprint.id("address"), "subnet_id": subnet}],
    });
    let part = blueprint.add("gateway", "azurerm_virtual_network_gateway", config);
    part.fixed(&["location", "resource_group_name", "type", "vpn_type"])
        .costs(GATEWAY)
        .related("Virtual network", &network.id);
    connections(blueprint, network);
    if blueprint.onramp.settings.install_routes_in_cloud {
        for table in route_tables(blueprint, network) {
            let key = "bgp_route_propagation_enabled";
            let before = table.config.get(key).cloned().unwrap_or(json!(false));
            let part = blueprint.change(table, key, before, json!(true));
            part.remains = true;
        }
    }
    wan::routes(blueprint);
    Ok(())
}

/// Both endpoints of Magic WAN, each with its connection.
fn connections(blueprint: &mut Blueprint<'_>, network: &Resource) {
    let routes = blueprint.onramp.settings.install_routes_in_cloud;
    let prefixes: &[String] = if routes { blueprint.prefixes } else { &[] };
    for (at, endpoint) in wan::ENDPOINTS.iter().enumerate() {
        let peer = format!("peer-{at}");
        let config = json!({
            "location": network.region, "resource_group_name": network.resource_group,
            "gateway_address": endpoint, "address_space": prefixes,
        });
        let part = blueprint.add(&peer, "azurerm_local_network_gateway", config);
        part.fixed(&["location", "resource_group_name"]);
        let config = json!({
            "location": network.region, "resource_group_name": network.resource_group, "type": "IPsec",
            "enable_bgp": blueprint.onramp.dynamic_routing, "virtual_network_gateway_id": blueprint.id("gateway"),
            "local_network_gateway_id": blueprint.id(&peer),
        });
        let kind = "azurerm_virtual_network_gateway_connection";
        let part = blueprint.add(&format!("connection-{at}"), kind, config);
        part.fixed(&["location", "resource_group_name", "type"]);
    }
    wan::tunnels(blueprint, "address");
}

/// The route tables of all subnets.
fn route_tables<'a>(blueprint: &Blueprint<'a>, network: &Resource) -> Vec<&'a Resource> {
    let mut tables: Vec<&Resource> = Vec::new();
    for subnet in blueprint.catalog.within(&network.id, "azurerm_subnet") {
        let kind = "azurerm_subnet_route_table_association";
        let associations = blueprint.catalog.within(&subnet.id, kind);
        let related = associations.flat_map(|one| &one.relations);
        let related = related.filter_map(|one| blueprint.catalog.find(&one.to));
        for table in related.filter(|one| one.kind == "azurerm_route_table") {
            if !tables.iter().any(|other| other.id == table.id) {
                tables.push(table);
            }
        }
    }
    tables
}

/// The native id or the part id of the subnet, which is built unless it exists.
fn subnet(blueprint: &mut Blueprint<'_>, network: &Resource) -> Result<String, Trouble> {
    let subnets: Vec<_> = blueprint
        .catalog
        .within(&network.id, "azurerm_subnet")
        .collect();
    let mine = blueprint.id("subnet");
    if let Some(there) = subnets
        .iter()
        .find(|one| one.name == SUBNET && one.id != mine)
    {
        return Ok(there.native_id.clone());
    }
    let taken = subnets.iter().filter(|one| one.id != mine);
    let taken: Vec<Block> = taken.flat_map(|one| blocks(one)).collect();
    let Some(free) = blocks(network).iter().find_map(|block| block.room(&taken)) else {
        let message = format!(
            "the virtual network `{}` has no room for a /27",
            network.name
        );
        return Err(Trouble::new(&network.id, message));
    };
    let config = json!({
        "virtual_network_name": network.name, "resource_group_name": network.resource_group,
        "name": SUBNET, "address_prefixes": [free],
    });
    let part = blueprint.add("subnet", "azurerm_subnet", config);
    part.fixed(&["virtual_network_name", "resource_group_name", "name"])
        .related("Virtual network", &network.id);
    part.resource.name = SUBNET.to_owned();
    Ok(mine)
}

/// A block of IPv4 addresses: the first, and the one after the last.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Block {
    from: u64,
    to: u64,
}

fn blocks(resource: &Resource) -> Vec<Block> {
    let prefixes = resource.prefixes();
    prefixes.into_iter().filter_map(Block::parse).collect()
}

impl Block {
    fn parse(prefix: &str) -> Option<Self> {
        let (address, length) = prefix.split_once('/')?;
        let address = u64::from(u32::from(address.parse::<Ipv4Addr>().ok()?));
        let length: u32 = length.parse().ok().filter(|length| *length <= 32)?;
        let size = 1_u64 << (32 - length);
        let from = address - address % size;
        Some(Self {
            from,
            to: from + size,
        })
    }

    /// The first free prefix of the needed length.
    fn room(&self, taken: &[Self]) -> Option<String> {
        let size = 1_u64 << (32 - SUBNET_LENGTH);
        let mut from = self.from.next_multiple_of(size);
        while from + size <= self.to {
            let overlaps = |other: &&Self| other.from < from + size && from < other.to;
            match taken.iter().filter(overlaps).map(|other| other.to).max() {
                Some(end) => from = end.next_multiple_of(size),
                None => {
                    let address = Ipv4Addr::from(u32::try_from(from).ok()?);
                    return Some(format!("{address}/{SUBNET_LENGTH}"));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Block;

    #[test]
    fn room_is_found_where_there_is_some() {
        let room = |of: &str, taken: &[&str]| {
            let taken: Option<Vec<Block>> = taken.iter().map(|text| Block::parse(text)).collect();
            Block::parse(of).unwrap().room(&taken.unwrap())
        };
        assert_eq!(room("10.0.0.0/16", &[]).unwrap(), "10.0.0.0/27");
        let taken = ["10.0.0.0/24", "10.0.1.16/28"];
        assert_eq!(room("10.0.0.0/16", &taken).unwrap(), "10.0.1.32/27");
        assert_eq!(room("10.0.0.0/26", &["10.0.0.0/27", "10.0.0.48/28"]), None);
        assert_eq!(room("10.0.0.0/28", &[]), None);
        assert_eq!(room("255.255.255.0/24", &["255.255.255.0/24"]), None);
        for text in ["10.0.0.0/33", "10.0.0.0", "::/0"] {
            assert_eq!(Block::parse(text), None, "{text}");
        }
    }
}
