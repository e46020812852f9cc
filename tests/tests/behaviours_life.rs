//! Behaviours 108 to 110: what happens over the life of a client and beyond it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use cloudflare_magic::{Client, ErrorKind};
use tests::over_each_protocol;
use tests::server::{Response, Server};
use tokio::task::JoinSet;
use tokio::time::timeout;

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const MILLISECOND: Duration = Duration::from_millis(1);
/// Far more than anything here takes.
const LONG: Duration = Duration::from_secs(30);

over_each_protocol! {
    in #[tokio::test(flavor = "multi_thread", worker_threads = 2)]:
    b108_the_last_clone_closes_the_connections,
    b110_a_token_is_replaced_under_load,
    b110_a_retry_uses_the_new_token,
}

async fn b108_the_last_clone_closes_the_connections() {
    let download = [&b"\xd4\xc3\xb2\xa1"[..], &[7; 1 << 16]].concat();
    let server = Server::responding(move |_, request| match request.path() {
        path if path.ends_with("/download") => Response::with(200, &[], &download),
        _ => Response::result("[]"),
    });
    let server = server.await.unwrap();
    let client = server.client().build().unwrap();
    let clone = client.clone();
    let account = client.account(ACCOUNT);
    let mut calls = JoinSet::new();
    for _ in 0..8 {
        let pcaps = account.pcaps();
        calls.spawn(async move { pcaps.list().connect_timeout(LONG / 2).await.map(drop) });
    }
    for called in calls.join_all().await {
        called.unwrap();
    }
    let file = account.pcaps().download("c1").await.unwrap();
    // One that is never read.
    let unread = account.pcaps().download("c1").await.unwrap();
    drop((client, account));
    let open = timeout(Duration::from_millis(100), server.drained()).await;
    assert!(open.is_err(), "a clone of the client keeps its connections");

    // A download goes on without the client.
    drop(clone);
    assert_eq!(file.bytes(1 << 20).await.unwrap().len(), 4 + (1 << 16));
    drop(unread);
    let closed = timeout(LONG, server.drained()).await;
    assert!(closed.is_ok(), "a connection stays open");
}

/// How many calls each worker makes under each token.
const CALLS: usize = 50;
const WORKERS: usize = 8;

/// Calls until the old token is revoked, and then some more. `done` counts them.
async fn work(client: Client, revoked: &AtomicBool, done: &AtomicUsize) {
    let pcaps = client.account(ACCOUNT).pcaps();
    let mut left = CALLS;
    while left > 0 {
        left -= usize::from(revoked.load(Ordering::SeqCst));
        pcaps.list().await.unwrap();
        done.fetch_add(1, Ordering::SeqCst);
    }
}

async fn b110_a_token_is_replaced_under_load() {
    // Both tokens are valid until the old one is revoked.
    let revoked = Arc::new(AtomicBool::new(false));
    let server = Server::responding({
        let revoked = Arc::clone(&revoked);
        move |_, request| match request.header("authorization") {
            Some("Bearer new") => Response::result("[]"),
            Some("Bearer old") if !revoked.load(Ordering::SeqCst) => Response::result("[]"),
            _ => Response::json(401, r#"{"success":false,"errors":[{"code":10000}]}"#),
        }
    });
    let server = server.await.unwrap();
    let client = server.client().api_token("old").build().unwrap();
    let done: Arc<[AtomicUsize; WORKERS]> = Arc::default();
    let counts = || done.each_ref().map(|done| done.load(Ordering::SeqCst));
    let mut workers = JoinSet::new();
    for number in 0..WORKERS {
        let (client, revoked, done) = (client.clone(), Arc::clone(&revoked), Arc::clone(&done));
        workers.spawn(async move { work(client, &revoked, &done[number]).await });
    }
    while counts().iter().any(|done| *done < CALLS) {
        tokio::time::sleep(MILLISECOND).await;
    }
    client.clone().set_api_token(" new\n").unwrap();
    // What each worker has sent before ends with the old token.
    let before = counts();
    while counts()
        .iter()
        .zip(before)
        .any(|(now, before)| *now == before)
    {
        tokio::time::sleep(MILLISECOND).await;
    }
    revoked.store(true, Ordering::SeqCst);
    workers.join_all().await;
    assert_eq!(
        server.requests().len(),
        counts().iter().sum::<usize>(),
        "no call was sent twice"
    );

    // A token that cannot be one changes nothing.
    let error = client.set_api_token("sent\ninel").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("the API token") && !error.to_string().contains("sent"));
    client.account(ACCOUNT).pcaps().list().await.unwrap();
}

async fn b110_a_retry_uses_the_new_token() {
    let server = Server::responding(|number, _| match number {
        0 => Response::status(503),
        _ => Response::result("[]"),
    });
    let server = server.await.unwrap();
    let wait = Duration::from_millis(300);
    let builder = server.client().api_token("old").backoff(wait, wait);
    let client = builder.jitter_seed(1).build().unwrap();
    let call = client.account(ACCOUNT).pcaps().list().into_future();
    let call = tokio::spawn(call);
    while server.requests().is_empty() {
        tokio::time::sleep(MILLISECOND).await;
    }
    client.set_api_key("a@b.example", "key").unwrap();
    call.await.unwrap().unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), Some("Bearer old"));
    // The other style replaces the first as a whole.
    assert_eq!(requests[1].header("authorization"), None);
    assert_eq!(requests[1].header("x-auth-email"), Some("a@b.example"));
    assert_eq!(requests[1].header("x-auth-key"), Some("key"));
}

#[test]
fn b110_b14_a_replaced_token_is_not_printed() {
    let client = Client::builder().api_token("sentinel").build().unwrap();
    client
        .set_api_key("sentinel@b.example", "sentinel")
        .unwrap();
    assert!(!format!("{client:?}{client:#?}").contains("sentinel"));
    let error = client.set_api_key("", "sentinel").unwrap_err();
    assert!(error.to_string().contains("the email is empty"), "{error}");
}

/// The program, waiting for the capture. It is killed when dropped.
struct Waiting {
    program: Child,
    printed: Lines<BufReader<ChildStdout>>,
}

impl Waiting {
    fn start(server: &Server) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_program"));
        command
            .env("CLOUDFLARE_API_TOKEN", "token")
            .env("CLOUDFLARE_ACCOUNT_ID", ACCOUNT)
            .env("CLOUDFLARE_BASE_URL", server.url())
            .arg("wait")
            .stdout(Stdio::piped());
        let mut program = command.spawn().unwrap();
        let printed = BufReader::new(program.stdout.take().unwrap()).lines();
        Self { program, printed }
    }

    /// The next state that it prints.
    fn state(&mut self) -> Option<String> {
        self.printed.next().map(Result::unwrap)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b109_another_process_continues_to_wait_with_the_id_alone() {
    let is_ready = Arc::new(AtomicBool::new(false));
    let server = Server::responding({
        let is_ready = Arc::clone(&is_ready);
        move |_, _| {
            let is_ready = is_ready.load(Ordering::SeqCst);
            let state = if is_ready { "success" } else { "running" };
            Response::result(&format!(
                r#"{{"id":"c1","type":"full","status":"{state}"}}"#
            ))
        }
    });
    let server = server.await.unwrap();
    let mut killed = Waiting::start(&server);
    for _ in 0..2 {
        assert_eq!(killed.state().as_deref(), Some("running"));
    }
    drop(killed);

    let mut restarted = Waiting::start(&server);
    assert_eq!(restarted.state().as_deref(), Some("running"));
    is_ready.store(true, Ordering::SeqCst);
    let last = std::iter::from_fn(|| restarted.state()).last();
    assert_eq!(last.as_deref(), Some("success"));
    assert!(restarted.program.wait().unwrap().success());
    // It asks for nothing but the state.
    let is_poll = |path: &str| path == format!("/accounts/{ACCOUNT}/pcaps/c1");
    assert!(
        server
            .requests()
            .iter()
            .all(|request| is_poll(request.path()))
    );
}
