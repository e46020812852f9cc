//! The two numbers of a simple capture are named, so that they cannot change places, and both are required.

use cloudflare_magic::SimplePcapRequest;

fn main() {
    let _ = SimplePcapRequest::builder()
        .packet_limit(100_u16)
        .offset_time("2026-07-20T08:00:00Z")
        .build();
}
