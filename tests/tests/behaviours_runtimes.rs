//! Behaviours 75 and 76: runtimes that lack something, and one client in several runtimes.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::thread;

use cloudflare_magic::{Client, Error, ErrorKind};
use tests::server::{Response, Server};
use tokio::runtime::{Builder, Runtime};

fn complete() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn list(client: &Client) -> Result<(), Error> {
    client.account("a1").pcaps().list().await.map(drop)
}

fn client(server: &Server) -> Client {
    server.client().max_attempts(1).build().unwrap()
}

async fn server() -> Server {
    Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap()
}

#[test]
fn b75_a_runtime_without_timers_or_without_io_is_an_error() {
    let serving = Builder::new_multi_thread().enable_all().build().unwrap();
    let server = serving.block_on(server());
    let client = client(&server);
    for (mut builder, missing) in [
        (Builder::new_current_thread(), "no timers"),
        (Builder::new_multi_thread(), "no timers"),
    ] {
        let error = builder
            .build()
            .unwrap()
            .block_on(list(&client))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(missing), "{error}");
        let timers = builder.enable_time().build().unwrap();
        let error = timers.block_on(list(&client)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("no I/O"), "{error}");
    }
    assert!(server.requests().is_empty());
    complete().block_on(list(&client)).unwrap();
}

#[test]
fn b76_a_client_outlives_its_runtimes() {
    let serving = Builder::new_multi_thread().enable_all().build().unwrap();
    let server = serving.block_on(server());
    let client = client(&server);
    for _ in 0..20 {
        let runtime = complete();
        runtime.block_on(async {
            list(&client).await.unwrap();
            list(&client).await.unwrap();
        });
    }
    assert_eq!(server.requests().len(), 40);
}

#[test]
fn b76_each_of_many_runtimes_keeps_its_connection() {
    let serving = Builder::new_multi_thread().enable_all().build().unwrap();
    let server = serving.block_on(server());
    let client = client(&server);
    let runtimes: Vec<_> = (0..40).map(|_| complete()).collect();
    for _ in 0..3 {
        for runtime in &runtimes {
            runtime.block_on(list(&client)).unwrap();
        }
    }
    let connections: BTreeSet<_> = server.requests().iter().map(|one| one.connection).collect();
    assert_eq!(connections.len(), runtimes.len());
}

#[test]
fn b76_a_client_works_in_two_runtimes_at_once() {
    let serving = Builder::new_multi_thread().enable_all().build().unwrap();
    let server = serving.block_on(server());
    let client = client(&server);
    let (done, waiting) = mpsc::channel();
    let held = complete();
    // This runtime has a connection, and does not run now: nothing drives the connection until it runs again.
    held.block_on(list(&client)).unwrap();
    let other = client.clone();
    thread::spawn(move || {
        let result = complete().block_on(async {
            for _ in 0..10 {
                list(&other).await?;
            }
            Ok::<_, Error>(())
        });
        done.send(result).unwrap();
    });
    waiting.recv().unwrap().unwrap();
    held.block_on(list(&client)).unwrap();
}
