//! A made-up subscription of Azure: three virtual networks. The last one has no addresses left.

use serde_json::{Value, json};

use super::{Draft, Site};

pub(super) const REGIONS: [&str; 3] = ["westeurope", "northeurope", "eastus"];

/// The resource group of networks, and that of what runs in them.
const GROUPS: [&str; 2] = ["network", "workloads"];

pub(super) fn build(site: &mut Site<'_>) {
    let names = ["production", "staging", "legacy"];
    for (at, (region, name)) in (0..).zip(REGIONS.into_iter().zip(names)) {
        let second = site.network(at);
        let full = name == "legacy";
        let network = network(site, (region, name), second, full);
        let table = route_table(site, region);
        let subnets = if full {
            [("apps", "0.0/27"), ("data", "0.32/27")]
        } else {
            [("apps", "0.0/24"), ("data", "1.0/24")]
        };
        let mut apps = None;
        for (short, rest) in subnets {
            let key = (region, name, short);
            let subnet = subnet(site, key, &format!("10.{second}.{rest}"), &network, &table);
            apps.get_or_insert(subnet);
        }
        if let Some(apps) = apps {
            let group = security_group(site, region);
            let interface = machine(site, region, &apps, &group);
            if !full {
                load_balancer(site, region, &interface);
            }
        }
    }
}

/// Adds a resource. Returns its id in the catalog, and the one in Azure.
fn add(site: &mut Site<'_>, path: &str, group: usize, mut draft: Draft<'_>) -> (String, String) {
    let group = GROUPS.get(group).copied().unwrap_or_default();
    let (tenant, region, name) = (site.tenant, draft.region, draft.name);
    let own = match path.contains(name) {
        true => path.to_owned(),
        false => format!("{path}/{name}-{region}"),
    };
    draft.native_id =
        format!("/subscriptions/{tenant}/resourceGroups/{group}/providers/Microsoft.{own}");
    let native = draft.native_id.clone();
    if let Value::Object(config) = &mut draft.config {
        config.insert("location".to_owned(), Value::from(region));
        config.insert("resource_group_name".to_owned(), Value::from(group));
    }
    let environment = if region == REGIONS[0] {
        "production"
    } else {
        "test"
    };
    let id = site.add(draft);
    if let Some(resource) = site.last() {
        resource.resource_group = group.to_owned();
        resource
            .tags
            .insert("environment".to_owned(), environment.to_owned());
    }
    (id, native)
}

type Made = (String, String);

fn network(site: &mut Site<'_>, key: (&str, &str), second: u64, full: bool) -> Made {
    let length = if full { 26 } else { 16 };
    let mut draft = Draft::new("azurerm_virtual_network", key, "");
    draft.config =
        json!({"address_space": [format!("10.{second}.0.0/{length}")], "dns_servers": []});
    draft.state = json!({"provisioning_state": "Succeeded", "subnets": 2});
    let path = format!("Network/virtualNetworks/{}", key.1);
    add(site, &path, 0, draft)
}

fn route_table(site: &mut Site<'_>, region: &str) -> Made {
    let mut draft = Draft::new("azurerm_route_table", (region, "routes"), "");
    draft.config = json!({"bgp_route_propagation_enabled": false});
    let table = add(site, "Network/routeTables", 0, draft);
    let mut draft = Draft::new("azurerm_route", (region, "internet"), "");
    draft.config = json!({
        "address_prefix": "0.0.0.0/0",
        "next_hop_type": "Internet",
        "route_table_name": format!("routes-{region}"),
    });
    draft.relations = vec![("Route table", &table.0)];
    add(site, "Network/routeTables/routes", 0, draft);
    table
}

fn subnet(
    site: &mut Site<'_>,
    (region, vnet, name): (&str, &str, &str),
    prefix: &str,
    network: &Made,
    table: &Made,
) -> Made {
    let mut draft = Draft::new("azurerm_subnet", (region, name), "");
    draft.config = json!({"address_prefixes": [prefix], "virtual_network_name": vnet});
    let free = site.free_addresses(&draft.key, 5) % 27;
    draft.state = json!({"available_ip_addresses": free, "provisioning_state": "Succeeded"});
    draft.relations = vec![("Virtual network", &network.0)];
    let path = format!("Network/virtualNetworks/{vnet}/subnets/{name}");
    let subnet = add(site, &path, 0, draft);
    let kind = "azurerm_subnet_route_table_association";
    let mut draft = Draft::new(kind, (region, name), "");
    draft.config = json!({"route_table_id": table.1, "subnet_id": subnet.1});
    draft.relations = vec![("Subnet", &subnet.0), ("Route table", &table.0)];
    add(site, &path, 0, draft);
    subnet
}

fn security_group(site: &mut Site<'_>, region: &str) -> Made {
    let mut draft = Draft::new("azurerm_network_security_group", (region, "web"), "");
    draft.config = json!({"security_rule": [{
        "access": "Allow",
        "destination_port_range": "443",
        "direction": "Inbound",
        "name": "https",
        "priority": 100,
        "protocol": "Tcp",
    }]});
    add(site, "Network/networkSecurityGroups", 0, draft)
}

/// A virtual machine with its interface. Returns the interface.
fn machine(site: &mut Site<'_>, region: &str, subnet: &Made, group: &Made) -> Made {
    let mut draft = Draft::new("azurerm_network_interface", (region, "vm-1"), "");
    draft.config = json!({"ip_configuration": [{"name": "internal", "subnet_id": subnet.1}]});
    draft.relations = vec![("Subnet", &subnet.0)];
    let interface = add(site, "Network/networkInterfaces", 1, draft);
    let kind = "azurerm_network_interface_security_group_association";
    let mut draft = Draft::new(kind, (region, "vm-1"), "");
    draft.config =
        json!({"network_interface_id": interface.1, "network_security_group_id": group.1});
    draft.relations = vec![
        ("Network interface", &interface.0),
        ("Network security group", &group.0),
    ];
    add(site, "Network/networkInterfaces", 1, draft);
    let mut draft = Draft::new("azurerm_virtual_machine", (region, "vm-1"), "");
    draft.config = json!({"network_interface_ids": [interface.1], "vm_size": "Standard_B2s"});
    draft.state = json!({"power_state": "running"});
    draft.relations = vec![("Network interface", &interface.0)];
    draft.monthly_cents = 3504;
    add(site, "Compute/virtualMachines", 1, draft);
    interface
}

fn load_balancer(site: &mut Site<'_>, region: &str, interface: &Made) {
    let mut draft = Draft::new("azurerm_public_ip", (region, "web"), "");
    draft.config = json!({"allocation_method": "Static", "sku": "Standard"});
    draft.state = json!({"ip_address": "192.0.2.10"});
    draft.monthly_cents = 365;
    let address = add(site, "Network/publicIPAddresses", 1, draft);
    let mut draft = Draft::new("azurerm_lb", (region, "web"), "");
    draft.config = json!({
        "frontend_ip_configuration": [{"name": "public", "public_ip_address_id": address.1}],
        "sku": "Standard",
    });
    draft.relations = vec![("Public IP", &address.0)];
    draft.monthly_cents = 1825;
    let balancer = add(site, "Network/loadBalancers", 1, draft);
    let within = format!("Network/loadBalancers/web-{region}");
    let mut draft = Draft::new("azurerm_lb_backend_address_pool", (region, "pool"), "");
    draft.config = json!({"loadbalancer_id": balancer.1});
    draft.relations = vec![("Load balancer", &balancer.0)];
    let pool = add(site, &format!("{within}/backendAddressPools"), 1, draft);
    let kind = "azurerm_network_interface_backend_address_pool_association";
    let mut draft = Draft::new(kind, (region, "pool"), "");
    draft.config = json!({"backend_address_pool_id": pool.1, "network_interface_id": interface.1});
    draft.relations = vec![("Network interface", &interface.0), ("Pool", &pool.0)];
    add(site, &format!("{within}/backendAddressPools"), 1, draft);
    let mut draft = Draft::new("azurerm_lb_rule", (region, "https"), "");
    draft.config = json!({
        "backend_address_pool_ids": [pool.1],
        "backend_port": 443,
        "frontend_port": 443,
        "loadbalancer_id": balancer.1,
        "protocol": "Tcp",
    });
    draft.relations = vec![("Load balancer", &balancer.0), ("Pool", &pool.0)];
    add(site, &format!("{within}/loadBalancingRules"), 1, draft);
}
