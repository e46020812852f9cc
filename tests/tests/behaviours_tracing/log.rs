//! Behaviour 103: the events that a program's log shows.

use std::fs;
use std::process::Command;
use std::time::Duration;

use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{CloudType, CreateOwnership, Pcap, Provider};
use tests::scripted::{Outcome, Scripted};

use crate::recorder::{Recorder, Seen};
use crate::{ACCOUNT, PROVIDER, SECRET, account};

/// The events about the course of calls: their level, message and fields.
fn course(recorder: &Recorder) -> Vec<String> {
    let line = |event: Seen| {
        let fields = event.fields.iter().filter(|(name, _)| **name != "message");
        let fields = fields.map(|(name, value)| format!(" {name}={value}"));
        let message = event.field("message").unwrap_or_default();
        let level = event.level.unwrap();
        format!("{level} {message}{}", fields.collect::<String>())
    };
    let events = recorder.events("cloudflare_magic");
    events.into_iter().map(line).collect()
}

#[tokio::test(start_paused = true)]
async fn b103_a_call_that_succeeds_at_once_has_no_event() {
    let (recorder, _guard) = Recorder::start();
    let account = account(&Scripted::outcomes([Outcome::empty_list()]));
    account.magic_cloud().providers().list().await.unwrap();
    assert!(course(&recorder).is_empty(), "{:?}", course(&recorder));
}

#[tokio::test(start_paused = true)]
async fn b103_a_reason_says_what_happened_and_why_it_ended() {
    let no_time = "no time left to try again";
    for (outcome, expected) in [
        (
            Outcome::status(404),
            "INFO call failed reason=404 Not Found".to_owned(),
        ),
        (
            Outcome::response(200, &[], "<html>"),
            "WARN call failed reason=Decode".to_owned(),
        ),
        (
            Outcome::silence(),
            "WARN call failed reason=Timeout: the call as a whole".to_owned(),
        ),
        (
            Outcome::response(503, &[("retry-after", "90")], "SENTINEL"),
            format!("WARN call failed reason=503 Service Unavailable, retry after 90 s, {no_time}"),
        ),
    ] {
        let (recorder, _guard) = Recorder::start();
        let account = account(&Scripted::outcomes([outcome]));
        let call = account.pcaps().get("c1").deadline(Duration::from_secs(20));
        let _ = call.await.unwrap_err();
        assert_eq!(course(&recorder), [expected]);
    }
    // Of a create it matters whether it may have been processed.
    let (recorder, _guard) = Recorder::start();
    let account = account(&Scripted::outcomes([Outcome::failure(
        Fault::Io,
        Sent::Maybe,
    )]));
    let ownership = account.pcaps().ownership();
    let _ = ownership
        .create(CreateOwnership::new("gs://b"))
        .await
        .unwrap_err();
    assert_eq!(
        course(&recorder),
        ["WARN call failed reason=Io, may have been processed"]
    );
}

#[tokio::test(start_paused = true)]
async fn b103_a_waiter_reports_polls_that_fail_and_its_end() {
    let (recorder, _guard) = Recorder::start();
    let state = |state: &str| {
        Outcome::result(&format!(
            r#"{{"id":"c1","type":"full","status":"{state}"}}"#
        ))
    };
    let failed = Outcome::failure(Fault::Io, Sent::Maybe);
    let outcomes = [
        failed.clone(),
        failed,
        state("se?access-key-id=SENTINEL"),
        state("failed"),
    ];
    let account = {
        let transport = Scripted::outcomes(outcomes);
        let client = transport.client().max_attempts(1).build().unwrap();
        client.account(ACCOUNT)
    };
    let _ = account.pcaps().wait_until_ready("c1").await.unwrap_err();
    let events = course(&recorder);
    let waiter = "waiter=pcaps.wait_until_ready";
    assert_eq!(
        events,
        [
            "WARN call failed reason=Io".to_owned(),
            format!("INFO polled failures=1 next_in=5s poll=1 {waiter}"),
            "WARN call failed reason=Io".to_owned(),
            format!("INFO polled failures=2 next_in=5s poll=2 {waiter}"),
            format!("INFO polled next_in=5s poll=3 state=se?access-key-id=*** {waiter}"),
            format!("WARN wait failed reason=WaitFailed {waiter}"),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn b103_a_download_that_breaks_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let capture = &b"\xd4\xc3\xb2\xa1SENTINEL"[..];
    let broken = Outcome::response(200, &[], capture).then_failure(Fault::Io);
    let whole = Outcome::response(200, &[], capture);
    for (outcome, reason) in [(broken, "Io"), (whole, "File: is a directory")] {
        let (recorder, _guard) = Recorder::start();
        let pcaps = account(&Scripted::outcomes([outcome])).pcaps();
        let download = pcaps.download("c1").await.unwrap();
        let _ = match reason {
            "Io" => download.bytes(100).await.map(drop).unwrap_err(),
            _ => download.to_file(folder.path()).await.map(drop).unwrap_err(),
        };
        let event = "WARN download failed cloudflare.operation=pcaps.download";
        assert_eq!(course(&recorder), [format!("{event} reason={reason}")]);
    }
}

/// The lines are those that the guide shows. `UPDATE_GOLDEN=1` rewrites them.
#[test]
fn b103_a_subscriber_with_default_settings_prints_what_the_guide_shows() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_log"));
    let output = program.env("NO_COLOR", "1").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        !printed.contains(SECRET) && !printed.contains(ACCOUNT),
        "{printed}"
    );
    // Without the time, which is the first word.
    let lines = printed.lines().map(|line| line.split_once(' ').unwrap().1);
    let printed: String = lines.flat_map(|line| [line.trim_start(), "\n"]).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../sdk/src/guide/tracing.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(path).unwrap());
}

#[test]
fn b103_what_a_program_reads_itself_is_no_drift() {
    let (recorder, _guard) = Recorder::start();
    let read: CloudType = serde_json::from_str(r#""NEW""#).unwrap();
    assert_eq!(CloudType::from("NEW"), read);
    let cached = PROVIDER.replace("AWS", "NEW");
    let _: Provider = serde_json::from_str(&cached).unwrap();
    let _: Pcap = serde_json::from_str(r#"{"type":"mirror"}"#).unwrap();
    assert!(recorder.drift().is_empty(), "{:?}", recorder.drift());
}
