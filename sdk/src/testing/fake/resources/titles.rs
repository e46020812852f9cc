//! What resource types are called for people.

/// The title of a resource type, such as `AWS VPC` for `aws_vpc`.
pub(crate) fn title(kind: &str) -> String {
    let words = kind.split('_').map(|word| match word {
        "azurerm" => "Azure".to_owned(),
        "google" => "Google Cloud".to_owned(),
        "compute" => String::new(),
        "aws" | "vpc" | "vpn" | "ip" | "lb" | "nat" | "ha" => word.to_uppercase(),
        "ipsec" => "IPsec".to_owned(),
        "cloudflare" => "Cloudflare".to_owned(),
        word => word.to_owned(),
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Several of a title, such as `AWS VPCs`.
pub(crate) fn plural(title: &str) -> String {
    match title.strip_suffix("cy") {
        Some(stem) => format!("{stem}cies"),
        None if title.ends_with('s') => format!("{title}es"),
        None => format!("{title}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{plural, title};

    #[test]
    fn titles_are_words() {
        for (kind, wanted) in [
            ("aws_vpc", "AWS VPC"),
            ("azurerm_virtual_network", "Azure virtual network"),
            (
                "google_compute_ha_vpn_gateway",
                "Google Cloud HA VPN gateway",
            ),
            ("cloudflare_ipsec_tunnel", "Cloudflare IPsec tunnel"),
        ] {
            assert_eq!(title(kind), wanted);
        }
        assert_eq!(plural("firewall policy"), "firewall policies");
        assert_eq!(
            (plural("address"), plural("VPN gateway")),
            ("addresses".into(), "VPN gateways".into())
        );
    }
}
