//! Tests of captures and buckets, through a client.

use super::super::FakeService;
use crate::api::Pcaps;
use crate::{BucketDestination, Error, SimplePcapRequest};

mod buckets;
mod dissect;
mod files;
mod full;
mod simple;
mod walks;

/// The filter of the document's example.
fn example() -> crate::PcapFilter {
    crate::PcapFilter::new()
        .source_address("198.51.100.7")
        .source_port(50000)
        .destination_address("192.0.2.10")
        .destination_port(443)
        .protocol(6)
}

fn pcaps(fake: &FakeService) -> Pcaps {
    fake.client().account("a1").pcaps()
}

fn gcs() -> BucketDestination {
    let bucket = BucketDestination::gcs("captures").unwrap();
    bucket.directory("magic").unwrap()
}

/// Adds the bucket and proves it.
async fn prove(fake: &FakeService, bucket: &BucketDestination) {
    let fetch = async |_| fake.challenge(bucket).ok_or("not added");
    let proved = pcaps(fake).ownership().prove(bucket, fetch).await;
    proved.unwrap();
}

/// A request for a simple capture.
fn sampled(packet_limit: i64, time_limit: i64) -> SimplePcapRequest {
    let request = SimplePcapRequest::builder().packet_limit(packet_limit);
    request.time_limit(time_limit).build()
}

/// The file of a simple capture that is ready.
async fn capture(fake: &FakeService, request: SimplePcapRequest) -> Result<Vec<u8>, Error> {
    let pcaps = pcaps(fake);
    let capture = pcaps.create(request).await?;
    let id = capture.id().unwrap();
    pcaps.wait_until_ready(id).await?;
    Ok(pcaps.download(id).await?.bytes(100_000_000).await?.to_vec())
}

/// The HTTP status of an error.
fn status(error: &Error) -> u16 {
    error.status().unwrap().as_u16()
}
