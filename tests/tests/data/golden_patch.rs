//! A program on the golden case `nullable-in-request`: what a `PATCH` sends for fields that are kept, cleared and set. It is compiled
//! and run by `golden_compile`, where that case is a part of the SDK.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use cloudflare_magic::golden::nullable_in_request::types::{Bulb, Lamp};
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client, Error};
use http::{Request, Response, StatusCode};

/// A service that only stores the requests.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<String>>>);

impl Transport for Kept {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let body = String::from_utf8_lossy(request.body());
        let line = format!("{} {} {body}", request.method(), request.uri().path());
        self.0.lock().unwrap().push(line);
        let mut response = Response::new(TransportBody::from(Bytes::new()));
        *response.status_mut() = StatusCode::NO_CONTENT;
        Box::pin(async { Ok(response) })
    }
}

fn main() -> Result<(), Error> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().build().unwrap().block_on(patches())
}

async fn patches() -> Result<(), Error> {
    let kept = Kept::default();
    let client = Client::builder()
        .api_token("any")
        .base_url("https://api.example")
        .transport(kept.clone())
        .build()?;
    let lamps = client.nullable_in_request_lamps();

    let lamp = || Lamp::new().name("n");
    let cleared = lamp().clear_room().clear_watts().clear_tags().clear_bulb();
    let set = lamp().room("hall").watts(0).tags(["a"]).bulb(Bulb::new());
    let cleared_after_all = lamp().room("hall").clear_room();
    for body in [lamp(), cleared, set, cleared_after_all] {
        lamps.patch("l1", body).await?;
    }
    let sent = kept.0.lock().unwrap();
    assert_eq!(
        *sent,
        [
            r#"PATCH /lamps/l1 {"name":"n"}"#,
            r#"PATCH /lamps/l1 {"name":"n","room":null,"watts":null,"tags":null,"bulb":null}"#,
            r#"PATCH /lamps/l1 {"name":"n","room":"hall","watts":0,"tags":["a"],"bulb":{}}"#,
            r#"PATCH /lamps/l1 {"name":"n","room":null}"#,
        ]
    );
    Ok(())
}
