//! Buckets: all steps of the proof of ownership, and that keys are printed nowhere (behaviours 14, 56 and 57).

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::error::Error as StdError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cloudflare_magic::api::Ownership;
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{
    BucketDestination, BucketOwnership, Error, ErrorKind, FullPcapRequest, OwnershipStatus,
};
use serde_json::{Value, json};
use tests::scripted::{Outcome, Scripted};
use tests::server::{Response, Server};

const SENTINEL: &str = "hush-sentinel-0451";
const URI: &str = "r2://captures/magic?account-id=a1&access-key-id=hush-sentinel-0451&secret-access-key=hush-sentinel-0451";
const WITHOUT_KEYS: &str = "r2://captures/magic?account-id=a1";

fn bucket() -> BucketDestination {
    let r2 = BucketDestination::r2("captures", "a1", SENTINEL, SENTINEL);
    r2.and_then(|bucket| bucket.directory("magic")).unwrap()
}

/// The bucket as the service returns it: with its keys, under the misspelt name.
fn item(status: &str) -> Value {
    json!({
        "id": "b1", "status": status, "submitted": "2022-04-22T18:54:13.397413Z", "validated": "",
        "filename": "ownership-challenge-1234.txt", "destinaton_conf": URI,
    })
}

fn one(status: &str) -> Outcome {
    Outcome::result(&item(status).to_string())
}

fn list(status: &str) -> Outcome {
    Outcome::result(&json!([item(status)]).to_string())
}

fn ownership(transport: &Scripted) -> Ownership {
    let client = transport.client().max_attempts(1).build().unwrap();
    client.account("a1").pcaps().ownership()
}

async fn contents(challenge: BucketOwnership) -> Result<String, std::io::Error> {
    assert_eq!(challenge.filename, "ownership-challenge-1234.txt");
    Ok("the contents\n".to_owned())
}

/// The text of an error and its causes.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = StdError::source(error);
    while let Some(inner) = cause {
        text.push_str(&format!(" {inner} {inner:?}"));
        cause = inner.source();
    }
    text
}

/// Runs a proof that must fail at this step, and returns the error, which must not contain the keys.
async fn fails(transport: &Scripted, step: &str) -> Error {
    let error = ownership(transport)
        .prove(&bucket(), contents)
        .await
        .unwrap_err();
    assert_eq!(error.operation(), Some(step));
    assert!(
        error.to_string().starts_with(&format!("{step}: ")),
        "{error}"
    );
    let text = printed(&error);
    assert!(!text.contains(SENTINEL), "{text}");
    error
}

#[tokio::test(start_paused = true)]
async fn b56_a_proof_does_all_steps() {
    let transport = Scripted::new(|number, requests| match number {
        0 => one("pending"),
        1 => one("pending"),
        _ if requests.at < Duration::from_secs(7 * 60) => list("pending"),
        _ => list("success"),
    });
    // It can run as a separate task.
    let ownership = ownership(&transport);
    let proof = tokio::spawn(async move { ownership.prove(&bucket(), contents).await });
    let proved = proof.await.unwrap().unwrap();
    assert_eq!(proved.status, OwnershipStatus::Success);
    assert!(!format!("{proved:?}").contains(SENTINEL));

    let requests = transport.requests();
    let bodies: Vec<Value> = requests[..2]
        .iter()
        .map(|requests| serde_json::from_slice(&requests.body).unwrap())
        .collect();
    assert_eq!(requests[0].path, "/accounts/a1/pcaps/ownership");
    assert_eq!(bodies[0], json!({"destination_conf": URI}));
    assert_eq!(requests[1].path, "/accounts/a1/pcaps/ownership/validate");
    assert_eq!(
        bodies[1],
        json!({"destination_conf": WITHOUT_KEYS, "ownership_challenge": "the contents"})
    );
    assert_eq!(requests[2].path, "/accounts/a1/pcaps/ownership");
    assert_eq!(requests[2].method, "GET");
    assert_eq!(transport.clock().elapsed(), Duration::from_secs(7 * 60));
}

#[tokio::test(start_paused = true)]
async fn b56_a_final_response_is_not_waited_for() {
    let transport = Scripted::outcomes([one("pending"), one("success")]);
    let proved = ownership(&transport).prove(&bucket(), contents).await;
    assert_eq!(proved.unwrap().status, OwnershipStatus::Success);
    assert_eq!(transport.requests().len(), 2);
    assert_eq!(transport.clock().elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn b56_a_failure_of_an_earlier_challenge_is_not_mistaken_for_this_one() {
    let outcomes = [
        one("failed"),
        one("failed"),
        list("failed"),
        list("success"),
    ];
    let transport = Scripted::outcomes(outcomes);
    let proved = ownership(&transport).prove(&bucket(), contents).await;
    assert!(proved.is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_error_names_the_step_that_failed() {
    let refusal = json!({
        "success": false, "errors": [{"code": 1001, "message": format!("cannot write to {URI}")}],
    });
    let refused = || Outcome::response(400, &[], refusal.to_string());

    let transport = Scripted::outcomes([refused()]);
    let error = fails(&transport, "pcaps.ownership.create").await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(
        error.to_string().contains("secret-access-key=***"),
        "{error}"
    );
    assert_eq!(transport.requests().len(), 1);

    // The bucket may have been added: it is not added again.
    let transport = Scripted::outcomes([Outcome::failure(Fault::Io, Sent::Maybe)]);
    let error = fails(&transport, "pcaps.ownership.create").await;
    assert!(error.may_have_been_processed());
    assert_eq!(transport.requests().len(), 1);

    let transport = Scripted::outcomes([one("pending"), refused()]);
    let error = fails(&transport, "pcaps.ownership.validate").await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(transport.requests().len(), 2);

    let outcomes = [
        one("pending"),
        one("pending"),
        list("pending"),
        list("failed"),
    ];
    let transport = Scripted::outcomes(outcomes);
    let error = fails(&transport, "pcaps.ownership.wait_until_validated").await;
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    let last: &BucketOwnership = error.last_value().unwrap();
    assert_eq!(last.id.as_str(), "b1");

    let transport = Scripted::outcomes([one("pending"), one("pending"), list("pending")]);
    let error = fails(&transport, "pcaps.ownership.wait_until_validated").await;
    assert_eq!(error.kind(), ErrorKind::WaitTimeout);
}

#[tokio::test(start_paused = true)]
async fn the_error_of_the_application_is_behind_the_error() {
    let transport = Scripted::outcomes([one("pending")]);
    let mut kept = None;
    let fetch = |challenge: BucketOwnership| {
        kept = Some(challenge.id);
        async { Err::<String, _>(std::io::Error::other(format!("no access to {URI}"))) }
    };
    let error = ownership(&transport)
        .prove(&bucket(), fetch)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Challenge);
    assert_eq!(error.operation(), Some("pcaps.ownership.prove"));
    assert!(
        error.to_string().ends_with(
            "could not be fetched: no access to \
             r2://captures/magic?account-id=a1&access-key-id=***&secret-access-key=***"
        ),
        "{error}"
    );
    let inner = error.get_ref().unwrap();
    assert!(inner.downcast_ref::<std::io::Error>().is_some());
    assert!(StdError::source(&error).is_none(), "the line has its text");
    assert!(
        !printed(&error).contains("secret-access-key=s"),
        "{error:#?}"
    );
    // From here the application can continue with the single steps.
    assert_eq!(kept.unwrap().as_str(), "b1");
    assert_eq!(transport.requests().len(), 1);

    // An empty file has nothing to send.
    let transport = Scripted::outcomes([one("pending")]);
    let empty = |_| async { Ok::<_, Error>("\n") };
    let error = ownership(&transport).prove(&bucket(), empty).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Challenge);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn b57_a_dropped_proof_sends_no_more_requests() {
    let fetched = AtomicUsize::new(0);
    let transport = Scripted::outcomes([one("pending"), one("pending"), list("pending")]);
    let ownership = ownership(&transport);
    let bucket = bucket();
    let proof = ownership.prove(&bucket, |challenge| {
        fetched.fetch_add(1, Ordering::SeqCst);
        contents(challenge)
    });
    let _ = tokio::time::timeout(Duration::from_secs(40), proof).await;
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(transport.requests().len(), 5);
    assert_eq!(transport.open(), 0);
    assert_eq!(fetched.load(Ordering::SeqCst), 1);
}

async fn b14_the_keys_are_sent_to_the_server_only() {
    let capture = json!({"id": "c1", "type": "full", "status": "pending", "destination_conf": URI});
    let responses = [
        Response::result(&item("pending").to_string()),
        Response::result(&item("success").to_string()),
        Response::result(&capture.to_string()),
    ];
    let server = Server::start(responses).await.unwrap();
    let pcaps = server.client().build().unwrap().account("a1").pcaps();
    let proved = pcaps.ownership().prove(&bucket(), contents).await.unwrap();
    let call = pcaps.create(FullPcapRequest::new("fra01", bucket(), 300));
    let mut printed = format!("{proved:?} {call:?} {:?} {:#?}", bucket(), bucket());
    printed.push_str(&format!("{:?}", call.await.unwrap()));
    assert!(!printed.contains(SENTINEL), "{printed}");
    let mentions: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.mentions(SENTINEL))
        .collect();
    assert_eq!(mentions, [true, false, true]);
}

tests::over_each_protocol! {
    b14_the_keys_are_sent_to_the_server_only,
}
