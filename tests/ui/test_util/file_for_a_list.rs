//! A list cannot have a file as its response.

use cloudflare_magic::api;
use cloudflare_magic::testing::MockTransport;

fn main() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersList>().returns_bytes("PK");
}
