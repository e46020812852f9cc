//! A struct grows with the service: it is made by its functions, not by a literal.

use cloudflare_magic::{CloudType, CreateProvider};

fn main() {
    let _ = CreateProvider {
        cloud_type: CloudType::Aws,
        description: None,
        friendly_name: "prod".to_owned(),
    };
}
