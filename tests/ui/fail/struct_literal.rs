//! A struct can get new fields: it is made with its functions, not with a literal.

use cloudflare_magic::{CloudType, CreateProvider};

fn main() {
    let _ = CreateProvider {
        cloud_type: CloudType::Aws,
        description: None,
        friendly_name: "prod".to_owned(),
    };
}
