//! A full capture is written to a bucket, so it cannot be requested without one.

use cloudflare_magic::FullPcapRequest;

fn main() {
    let _ = FullPcapRequest::new("ams01", 60);
}
