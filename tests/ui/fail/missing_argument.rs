//! A required parameter is an argument.

use cloudflare_magic::{CloudType, CreateProvider};

fn main() {
    let _ = CreateProvider::new(CloudType::Aws);
}
