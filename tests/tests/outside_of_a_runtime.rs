//! Calls that are awaited outside of a tokio runtime: an error that says so, not a panic.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
)]

use std::future::IntoFuture;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use bytes::Bytes;
use cloudflare_magic::clock::Clock;
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client, ClientBuilder, Error, ErrorKind, Pcap};
use http::{Request, Response};

/// A transport that needs no runtime.
#[derive(Debug)]
struct Still;

impl Transport for Still {
    fn exchange(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let body = Bytes::from_static(br#"{"success":true,"result":[]}"#);
        Box::pin(async { Ok(Response::new(TransportBody::from(body))) })
    }
}

/// A clock that needs no runtime. Its sleeps never end, which no test here needs.
#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

/// The result of a call that is polled once, outside of a runtime.
fn polled_once(builder: ClientBuilder) -> Result<Vec<Pcap>, Error> {
    let client = builder.build().unwrap();
    let call = pin!(client.account("a1").pcaps().list().into_future());
    let mut context = Context::from_waker(Waker::noop());
    match call.get_mut().as_mut().poll(&mut context) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the call is not ready at the first poll"),
    }
}

#[test]
fn the_built_in_transport_and_clock_say_that_they_need_one() {
    let builder = || {
        let builder = Client::builder().api_token("token");
        builder.base_url("http://127.0.0.1:1")
    };
    for builder in [
        builder(),
        builder().transport(Still),
        builder().clock(Stopped),
    ] {
        let error = polled_once(builder).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Config, 0),
            "{error}"
        );
        assert_eq!(
            error.to_string(),
            "pcaps.list: there is no tokio runtime here; await the call inside one"
        );
    }
}

#[test]
fn with_a_custom_transport_and_clock_a_client_needs_none() {
    let builder = Client::builder().api_token("token");
    let builder = builder.transport(Still).clock(Stopped);
    assert_eq!(polled_once(builder).unwrap(), []);
}
