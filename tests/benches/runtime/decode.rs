//! A long list of resources: read by the SDK's pipeline from a transport that holds the response, and by `serde_json` into types
//! with serde's derive.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

use bytes::Bytes;
use cloudflare_magic::api::Resources;
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client};
use criterion::{Criterion, Throughput};
use http::{Request, Response};
use serde_json::{Value, json};
use tests::{by_hand, document};
use tokio::runtime::{Builder, Runtime};

use crate::{Outcome, Size, sample};

/// Both sides, ready to read the same body.
pub(crate) struct Sides {
    runtime: Runtime,
    resources: Resources,
    body: Bytes,
}

impl Sides {
    pub(crate) fn new(length: usize) -> Outcome<Self> {
        Self::of(list(length).into())
    }

    /// Both sides, ready to read this body.
    pub(crate) fn of(body: Bytes) -> Outcome<Self> {
        let client = Client::builder()
            .api_token("token")
            .transport(AtHand(body.clone()))
            .max_body_size(body.len());
        let account = client.build()?.account(by_hand::ACCOUNT);
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            resources: account.magic_cloud().resources(),
            body,
        })
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn sdk(&self) -> Outcome<Duration> {
        let started = Instant::now();
        let page = self
            .runtime
            .block_on(async { self.resources.list().await })?;
        black_box(page.items);
        Ok(started.elapsed())
    }

    pub(crate) fn by_hand(&self) -> Outcome<Duration> {
        let started = Instant::now();
        let items: Vec<by_hand::Resource> = by_hand::result(&self.body)?;
        black_box(items);
        Ok(started.elapsed())
    }
}

/// The document's example, repeated with new ids.
fn list(length: usize) -> String {
    let (_, response) = document::operations()["resources-catalog-list"].success();
    let example = &response["content"]["application/json"]["example"]["result"][0];
    let resource = |number| {
        let mut resource = example.clone();
        resource["id"] = format!("1919e93a-d117-45ad-8988-{number:012}").into();
        resource
    };
    let resources: Vec<Value> = (0..length).map(resource).collect();
    json!({"success": true, "errors": [], "messages": [], "result": resources}).to_string()
}

/// A transport that holds the response.
struct AtHand(Bytes);

impl fmt::Debug for AtHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AtHand")
    }
}

impl Transport for AtHand {
    fn exchange(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let body = TransportBody::from(self.0.clone());
        Box::pin(async { Ok(Response::new(body)) })
    }
}

pub(crate) fn bench(criterion: &mut Criterion, size: Size) -> Outcome {
    let sides = Sides::new(size.resources)?;
    let mut group = criterion.benchmark_group(format!("list of {} resources", size.resources));
    group.sample_size(20);
    group.throughput(Throughput::Bytes(sides.body.len() as u64));
    group.bench_function("sdk", |bencher| {
        sample(bencher, |turns| (0..turns).map(|_| sides.sdk()).sum());
    });
    group.bench_function("serde_json", |bencher| {
        sample(bencher, |turns| (0..turns).map(|_| sides.by_hand()).sum());
    });
    group.finish();
    Ok(())
}
