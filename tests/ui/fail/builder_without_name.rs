//! A builder can build only after all required properties are set.

use cloudflare_magic::{CreateOnramp, OnrampCloudType, OnrampType};

fn main() {
    let _ = CreateOnramp::builder()
        .cloud_type(OnrampCloudType::Aws)
        .dynamic_routing(true)
        .install_routes_in_cloud(true)
        .install_routes_in_magic_wan(true)
        .kind(OnrampType::Single)
        .build();
}
