//! An enum can get new values: a match on it needs a `_` arm.

use cloudflare_magic::CloudType;

fn name(cloud: &CloudType) -> &str {
    match cloud {
        CloudType::Aws => "Amazon",
        CloudType::Azure => "Microsoft",
        CloudType::Google => "Google",
        CloudType::Cloudflare => "Cloudflare",
        CloudType::Unknown(other) => other.as_str(),
    }
}

fn main() {
    let _ = name(&CloudType::Aws);
}
