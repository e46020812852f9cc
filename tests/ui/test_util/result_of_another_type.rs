//! An endpoint is answered with what its call gives.

use cloudflare_magic::testing::MockTransport;
use cloudflare_magic::{Pcap, api};

fn answer(mock: &MockTransport, capture: Pcap) {
    mock.expect::<api::ProvidersGet>().returns(capture);
}

fn main() {
    let _ = answer;
}
