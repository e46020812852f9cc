//! `Unknown("AWS")` cannot be made in place of `Aws`: two values are equal if their texts are.

use cloudflare_magic::{CloudType, UnknownValue};

fn main() {
    let _ = CloudType::Unknown(UnknownValue("AWS".into()));
    let _ = CloudType::Unknown(UnknownValue::new("AWS"));
}
