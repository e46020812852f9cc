//! `Unknown("AWS")` beside `Aws` cannot be made: two values are equal when their texts are.

use cloudflare_magic::{CloudType, UnknownValue};

fn main() {
    let _ = CloudType::Unknown(UnknownValue("AWS".into()));
    let _ = CloudType::Unknown(UnknownValue::new("AWS"));
}
