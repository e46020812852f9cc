//! The promises of the types: programs that must not compile, with the compiler's messages, and some that must.
//!
//! In: the programs under `ui/`. Out: nothing. `TRYBUILD=overwrite cargo test -p tests --test ui` rewrites the messages; they
//! are those of the toolchain in `rust-toolchain.toml`.

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use cloudflare_magic::transport::{TransportBody, TransportError};
use cloudflare_magic::{
    Call, Client, CustomRequest, Download, Error, Items, Onramp, Page, Pages, Response, ToFile,
    Waiter,
};
use futures_core::Stream;

/// The programs that must compile are compiled with this test.
#[path = "../ui/pass/main_flows.rs"]
#[allow(dead_code, reason = "these functions are compiled, but not called")]
mod main_flows;

#[test]
fn wrong_programs_do_not_compile() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}

fn shareable<T: Send + Sync>() {}

#[test]
fn b105_what_a_program_holds_can_be_shared_between_threads() {
    shareable::<Client>();
    shareable::<Error>();
    shareable::<Call<Cell<u8>>>();
    shareable::<CustomRequest>();
    shareable::<Response<Onramp>>();
    shareable::<Page<Onramp>>();
    shareable::<Pages<Onramp>>();
    shareable::<Items<Onramp>>();
    shareable::<Waiter<Onramp>>();
    shareable::<Waiter<Onramp, ()>>();
    shareable::<Download>();
    shareable::<ToFile>();
    shareable::<TransportBody>();
}

/// A stream of a custom transport: it can be sent to another thread, but not shared.
struct Chunks(Cell<u8>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.set(self.0.get() + 1);
        Poll::Ready(None)
    }
}

#[test]
fn b105_the_stream_of_a_transport_need_not_be_sync() {
    let body = TransportBody::new(Chunks(Cell::new(0)));
    let of = |_: &dyn Sync| {};
    of(&body);
}

#[test]
fn b105_the_progress_function_of_a_download_need_not_be_sync() {
    fn count(download: Download) -> ToFile {
        let calls = Cell::new(0);
        download
            .to_file("c1.pcap")
            .progress(move |_| calls.set(calls.get() + 1))
    }
    let _: fn(Download) -> ToFile = count;
}
