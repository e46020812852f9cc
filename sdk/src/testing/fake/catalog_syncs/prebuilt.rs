//! The policies that come with the fake, ready to be the policy of a sync. Those of the service are not public: these are made up.

use serde_json::{Value, json};

use crate::testing::fake::call::Call;
use crate::testing::fake::failure::Failure;
use crate::testing::fake::resources::policy;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// A prebuilt policy: what it selects.
struct Prebuilt {
    name: &'static str,
    description: &'static str,
    types: &'static [&'static str],
    destinations: &'static [&'static str],
}

/// What has prefixes or addresses suits a list.
const LISTS: &[&str] = &["NONE", "ZERO_TRUST_LIST"];
const NO_LISTS: &[&str] = &["NONE"];

const POLICIES: [Prebuilt; 5] = [
    Prebuilt {
        name: "Private networks",
        description: "All VPCs and virtual networks of all clouds.",
        types: &[
            "aws_vpc",
            "azurerm_virtual_network",
            "google_compute_network",
        ],
        destinations: LISTS,
    },
    Prebuilt {
        name: "Subnets",
        description: "All subnets of all clouds.",
        types: &["aws_subnet", "azurerm_subnet", "google_compute_subnetwork"],
        destinations: LISTS,
    },
    Prebuilt {
        name: "AWS VPCs",
        description: "All VPCs of AWS.",
        types: &["aws_vpc"],
        destinations: LISTS,
    },
    Prebuilt {
        name: "Public addresses",
        description: "All public addresses that are reserved in Azure and Google Cloud.",
        types: &["azurerm_public_ip", "google_compute_address"],
        destinations: LISTS,
    },
    Prebuilt {
        name: "Virtual machines",
        description: "All virtual machines of AWS and Azure.",
        types: &["aws_instance", "azurerm_virtual_machine"],
        destinations: NO_LISTS,
    },
];

pub(crate) fn list(_: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let wanted = call.query("destination_type");
    let suits = |policy: &&Prebuilt| wanted.is_none_or(|one| policy.destinations.contains(&one));
    let policies = POLICIES.iter().filter(suits).map(|policy| {
        json!({
            "policy_name": policy.name,
            "policy_description": policy.description,
            "policy_string": policy::of_types(policy.types),
            "applicable_destinations": policy.destinations,
        })
    });
    Ok(Success::ok(Value::Array(policies.collect())))
}
