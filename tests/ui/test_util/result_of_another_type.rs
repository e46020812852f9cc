//! The response of an endpoint has the type that its call returns.

use cloudflare_magic::testing::MockTransport;
use cloudflare_magic::{Pcap, api};

fn respond(mock: &MockTransport, capture: Pcap) {
    mock.expect::<api::ProvidersGet>().returns(capture);
}

fn main() {
    let _ = respond;
}
