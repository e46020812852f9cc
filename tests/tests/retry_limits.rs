//! The limits of retries: the deadline, the number of attempts, the budget of the client.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::{ClientBuilder, ErrorKind, Phase};
use tests::scripted::{Outcome, Scripted};

const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

fn account(builder: ClientBuilder) -> Account {
    builder
        .build()
        .unwrap()
        .account("023e105f4ecef8ad9ca31a8372d0c353")
}

#[tokio::test(start_paused = true)]
async fn no_wait_begins_that_would_end_after_the_deadline() {
    let transport = Scripted::outcomes([Outcome::status(500).after(SECOND)]);
    let builder = transport.client().backoff(1000 * SECOND, 1000 * SECOND);
    let error = account(builder.deadline(3 * SECOND))
        .pcaps()
        .list()
        .await
        .unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (500, 1)
    );
    assert!(
        error.to_string().contains("no time left to try again"),
        "{error}"
    );
    assert!(error.elapsed() >= SECOND && transport.clock().elapsed() < 2 * SECOND);

    // There is one deadline for all attempts, and it ends an attempt in progress.
    let transport = Scripted::outcomes([Outcome::status(500).after(SECOND), Outcome::silence()]);
    let call = account(transport.client())
        .pcaps()
        .list()
        .deadline(5 * SECOND);
    let error = call.await.unwrap_err();
    let phase = Phase::Deadline;
    assert_eq!(error.kind(), ErrorKind::Timeout { phase });
    assert!(error.to_string().contains("timed out after 5s"), "{error}");
    let elapsed = transport.clock().elapsed();
    assert!(
        elapsed >= 5 * SECOND && elapsed < 5 * SECOND + 20 * MILLISECOND,
        "{elapsed:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn attempts_are_set_by_client_and_call() {
    for (client, call, expected) in [
        (None, None, 3),
        (Some(1), None, 1),
        (Some(1), Some(5), 5),
        (None, Some(0), 1),
    ] {
        let transport = Scripted::outcomes([Outcome::status(500)]);
        let builder = match client {
            Some(attempts) => transport.client().max_attempts(attempts),
            None => transport.client(),
        };
        let list = account(builder).pcaps().list();
        let list = match call {
            Some(attempts) => list.max_attempts(attempts),
            None => list,
        };
        let error = list.await.unwrap_err();
        assert_eq!(
            (error.attempts(), transport.requests().len()),
            (expected, expected as usize)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn retries_stop_once_most_calls_of_the_client_fail() {
    let transport = Scripted::new(|number, _| match number {
        ..300 => Outcome::status(503),
        _ => Outcome::empty_list(),
    });
    let pcaps = account(transport.client()).pcaps();
    let mut sent_once = 0;
    while transport.requests().len() < 300 {
        let error = pcaps.list().await.unwrap_err();
        if error.attempts() == 1 {
            sent_once += 1;
            assert!(error.to_string().contains("too many calls"), "{error}");
        }
    }
    // A hundred retries are enough for fifty calls; the other hundred and fifty have none.
    assert_eq!(sent_once, 150);
    for _ in 0..5 {
        pcaps.list().await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn retries_that_help_cost_nothing() {
    let transport = Scripted::new(|number, _| match number % 2 {
        0 => Outcome::status(503),
        _ => Outcome::empty_list(),
    });
    let pcaps = account(transport.client()).pcaps();
    for _ in 0..300 {
        pcaps.list().await.unwrap();
    }
    assert_eq!(transport.requests().len(), 600);

    // A rejection of the request is a response too.
    let transport = Scripted::new(|number, _| match number % 2 {
        0 => Outcome::status(503),
        _ => Outcome::status(404),
    });
    let pcaps = account(transport.client()).pcaps();
    for _ in 0..300 {
        assert_eq!(pcaps.list().await.unwrap_err().attempts(), 2);
    }
}
