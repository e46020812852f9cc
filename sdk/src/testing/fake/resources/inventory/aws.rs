//! A made-up account of AWS: three regions with a VPC each. The VPC of the last one has a virtual private gateway, the first one has a
//! transit gateway.

use serde_json::json;

use super::{Draft, Site};

pub(super) const REGIONS: [&str; 3] = ["eu-central-1", "us-east-1", "ap-southeast-2"];

/// What other resources refer to: the id in the catalog, and the one in AWS.
#[derive(Clone)]
struct Made {
    id: String,
    native: String,
}

pub(super) fn build(site: &mut Site<'_>) {
    let names = ["production", "staging", "legacy"];
    for (at, (region, name)) in (0..).zip(REGIONS.into_iter().zip(names)) {
        let second = site.network(at);
        let vpc = vpc(site, region, name, second);
        let private = subnets(site, region, &vpc, second);
        let group = security_group(site, region, &vpc);
        for host in ["web-1", "web-2"] {
            instance(site, (region, host), &private, &group);
        }
        match name {
            "production" => transit_gateway(site, region, &vpc, &private),
            "legacy" => vpn(site, region, &vpc),
            _ => {}
        }
    }
}

/// Adds a resource with an id such as `vpc-0a1b2c3d4e5f60718`.
fn add(site: &mut Site<'_>, prefix: &str, mut draft: Draft<'_>) -> Made {
    let digits = site.ids(&["native", prefix, &draft.key]).hex(16);
    let native = format!("{prefix}-0{digits}");
    let (region, tenant) = (draft.region, site.tenant);
    let service = prefix_service(draft.kind);
    draft.native_id = format!("arn:aws:ec2:{region}:{tenant}:{service}/{native}");
    let name = draft.name.to_owned();
    let id = site.add(draft);
    if let Some(resource) = site.last() {
        resource.tags.insert("Name".to_owned(), name);
        let environment = if region == REGIONS[0] {
            "production"
        } else {
            "test"
        };
        resource
            .tags
            .insert("environment".to_owned(), environment.to_owned());
    }
    Made { id, native }
}

/// The part of an ARN that names the type.
fn prefix_service(kind: &str) -> String {
    let short = kind.trim_start_matches("aws_").trim_start_matches("ec2_");
    short.replace('_', "-")
}

fn vpc(site: &mut Site<'_>, region: &str, name: &str, second: u64) -> Made {
    let mut draft = Draft::new("aws_vpc", (region, name), "");
    draft.config = json!({
        "cidr_block": format!("10.{second}.0.0/16"),
        "enable_dns_hostnames": true,
        "enable_dns_support": true,
        "instance_tenancy": "default",
    });
    draft.state = json!({"available": true, "is_default": false, "subnets": 3});
    add(site, "vpc", draft)
}

/// An internet gateway, route tables, and three subnets. Returns the first private subnet.
fn subnets(site: &mut Site<'_>, region: &str, vpc: &Made, second: u64) -> Made {
    let within = vec![("VPC", vpc.id.as_str())];
    let mut draft = Draft::new("aws_internet_gateway", (region, "internet"), "");
    draft.config = json!({"vpc_id": vpc.native});
    draft.state = json!({"attachment": "available"});
    draft.relations = within.clone();
    let internet = add(site, "igw", draft);
    let mut tables = Vec::new();
    for name in ["public", "private"] {
        let mut draft = Draft::new("aws_route_table", (region, name), "");
        draft.config = json!({"propagating_vgws": [], "vpc_id": vpc.native});
        draft.state = json!({"main": name == "private"});
        draft.relations = within.clone();
        tables.push(add(site, "rtb", draft));
    }
    let [public, private] = tables.as_slice() else {
        return vpc.clone();
    };
    let mut draft = Draft::new("aws_route", (region, "to-internet"), "");
    draft.config = json!({
        "destination_cidr_block": "0.0.0.0/0",
        "gateway_id": internet.native,
        "route_table_id": public.native,
    });
    draft.state = json!({"state": "active"});
    draft.relations = vec![("Route table", &public.id), ("Target", &internet.id)];
    add(site, "r", draft);
    let mut made = Vec::new();
    for (third, (name, zone)) in
        (0..).zip([("public-a", "a"), ("private-a", "a"), ("private-b", "b")])
    {
        let table = if third == 0 { public } else { private };
        let mut draft = Draft::new("aws_subnet", (region, name), "");
        draft.config = json!({
            "availability_zone": format!("{region}{zone}"),
            "cidr_block": format!("10.{second}.{third}.0/24"),
            "map_public_ip_on_launch": third == 0,
            "vpc_id": vpc.native,
        });
        let free = site.free_addresses(&draft.key, 5);
        draft.state = json!({"available": true, "available_ip_address_count": free});
        draft.relations = within.clone();
        let subnet = add(site, "subnet", draft);
        let mut draft = Draft::new("aws_route_table_association", (region, name), "");
        draft.config = json!({"route_table_id": table.native, "subnet_id": subnet.native});
        draft.relations = vec![("Route table", &table.id), ("Subnet", &subnet.id)];
        add(site, "rtbassoc", draft);
        made.push(subnet);
    }
    made.get(1).unwrap_or(vpc).clone()
}

fn security_group(site: &mut Site<'_>, region: &str, vpc: &Made) -> Made {
    let mut draft = Draft::new("aws_security_group", (region, "web"), "");
    draft.config = json!({"description": "Web servers", "vpc_id": vpc.native});
    draft.relations = vec![("VPC", &vpc.id)];
    let group = add(site, "sg", draft);
    let rules = [
        ("aws_vpc_security_group_ingress_rule", "https", "tcp", 443),
        ("aws_vpc_security_group_egress_rule", "all", "-1", -1),
    ];
    for (kind, name, protocol, port) in rules {
        let mut draft = Draft::new(kind, (region, name), "");
        draft.config = json!({
            "cidr_ipv4": "0.0.0.0/0",
            "from_port": port,
            "ip_protocol": protocol,
            "security_group_id": group.native,
            "to_port": port,
        });
        draft.relations = vec![("Security group", &group.id)];
        add(site, "sgr", draft);
    }
    group
}

fn instance(site: &mut Site<'_>, key: (&str, &str), subnet: &Made, group: &Made) {
    let mut draft = Draft::new("aws_network_interface", key, "");
    draft.config = json!({"security_groups": [group.native], "subnet_id": subnet.native});
    draft.state = json!({"status": "in-use"});
    draft.relations = vec![("Subnet", &subnet.id), ("Security group", &group.id)];
    let interface = add(site, "eni", draft);
    let mut draft = Draft::new("aws_instance", key, "");
    draft.config = json!({
        "ami": "ami-0123456789abcdef0",
        "instance_type": "t3.small",
        "network_interface": [{"device_index": 0, "network_interface_id": interface.native}],
        "subnet_id": subnet.native,
    });
    draft.state = json!({"instance_state": "running"});
    draft.relations = vec![("Subnet", &subnet.id), ("Network interface", &interface.id)];
    draft.monthly_cents = 1518;
    add(site, "i", draft);
}

fn transit_gateway(site: &mut Site<'_>, region: &str, vpc: &Made, subnet: &Made) {
    let mut draft = Draft::new("aws_ec2_transit_gateway", (region, "hub"), "");
    draft.config = json!({
        "amazon_side_asn": 64512,
        "auto_accept_shared_attachments": "disable",
        "dns_support": "enable",
        "vpn_ecmp_support": "enable",
    });
    draft.state = json!({"state": "available"});
    let gateway = add(site, "tgw", draft);
    let mut draft = Draft::new(
        "aws_ec2_transit_gateway_vpc_attachment",
        (region, "hub"),
        "",
    );
    draft.config = json!({
        "subnet_ids": [subnet.native],
        "transit_gateway_id": gateway.native,
        "vpc_id": vpc.native,
    });
    draft.state = json!({"state": "available"});
    draft.relations = vec![("Transit gateway", &gateway.id), ("VPC", &vpc.id)];
    draft.monthly_cents = 3650;
    add(site, "tgw-attach", draft);
    let mut draft = Draft::new("aws_ec2_managed_prefix_list", (region, "offices"), "");
    draft.config = json!({
        "address_family": "IPv4",
        "entry": [{"cidr": "192.0.2.0/24", "description": "Office"}],
        "max_entries": 10,
    });
    add(site, "pl", draft);
}

/// A virtual private gateway with a connection to an office.
fn vpn(site: &mut Site<'_>, region: &str, vpc: &Made) {
    let mut draft = Draft::new("aws_vpn_gateway", (region, "office"), "");
    draft.config = json!({"amazon_side_asn": 64512, "vpc_id": vpc.native});
    draft.state = json!({"state": "available"});
    draft.relations = vec![("VPC", &vpc.id)];
    let gateway = add(site, "vgw", draft);
    let mut draft = Draft::new("aws_customer_gateway", (region, "office"), "");
    draft.config = json!({"bgp_asn": "65000", "ip_address": "192.0.2.1", "type": "ipsec.1"});
    draft.state = json!({"state": "available"});
    let customer = add(site, "cgw", draft);
    let mut draft = Draft::new("aws_vpn_connection", (region, "office"), "");
    draft.config = json!({
        "customer_gateway_id": customer.native,
        "static_routes_only": true,
        "type": "ipsec.1",
        "vpn_gateway_id": gateway.native,
    });
    draft.state = json!({"state": "available", "tunnels": 2});
    draft.relations = vec![
        ("Virtual private gateway", &gateway.id),
        ("Customer gateway", &customer.id),
    ];
    draft.monthly_cents = 3650;
    let connection = add(site, "vpn", draft);
    let mut draft = Draft::new("aws_vpn_connection_route", (region, "office"), "");
    draft.config = json!({
        "destination_cidr_block": "192.0.2.0/24",
        "vpn_connection_id": connection.native,
    });
    draft.relations = vec![("VPN connection", &connection.id)];
    add(site, "vpnroute", draft);
}
