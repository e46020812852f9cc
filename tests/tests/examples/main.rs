//! The examples of the SDK as users run them: as programs, against a service on loopback.
//!
//! In: the programs that cargo built, their arguments and their standard input. Out: nothing.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::json;
use tests::document::node;
use tests::server::Server;

mod onramp;
mod service;

/// The programs, with their names.
const PROGRAMS: [(&str, &str); 5] = [
    ("capture", env!("CARGO_BIN_EXE_capture")),
    ("list_providers", env!("CARGO_BIN_EXE_list_providers")),
    ("onboard", env!("CARGO_BIN_EXE_onboard")),
    ("onramp", env!("CARGO_BIN_EXE_onramp")),
    ("prove_bucket", env!("CARGO_BIN_EXE_prove_bucket")),
];

/// The tour, in a folder of its own, runs against the fake: `tests/fake_service`.
#[test]
fn every_example_is_run() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../sdk/examples");
    let files = fs::read_dir(folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let run = PROGRAMS.map(|(name, _)| format!("{name}.rs"));
    let run = run.into_iter().chain(["tour".to_owned()]);
    assert_eq!(names.collect::<BTreeSet<_>>(), run.collect());
}

/// Runs a program to its end, with the environment of the README.
async fn run(server: &Server, name: &str, arguments: &[&str], typed: &'static str) -> Output {
    let (_, program) = PROGRAMS.iter().find(|(known, _)| *known == name).unwrap();
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("CLOUDFLARE_API_TOKEN", "token")
        .env("CLOUDFLARE_ACCOUNT_ID", "023e105f4ecef8ad9ca31a8372d0c353")
        .env("CLOUDFLARE_BASE_URL", server.url())
        .env("R2_ACCOUNT_ID", "a1")
        .env("R2_ACCESS_KEY_ID", "key")
        .env("R2_SECRET_ACCESS_KEY", "hush")
        .env("POLL_INTERVAL", "0.01")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let run = move || {
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        // A program that fails early does not read its input.
        let _ = input.write_all(typed.as_bytes());
        drop(input);
        child.wait_with_output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// The standard output of a program that succeeded.
fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n")
}

/// The standard error of a program that failed.
fn failure(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The requests, without the account.
fn requests(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let lines = requests.iter().map(|request| {
        let path = request.target.trim_start_matches("/accounts/");
        let (_, path) = path.split_once('/').unwrap_or_default();
        format!("{} {path} {}", request.method, request.text())
    });
    lines.map(|line| line.trim_end().to_owned()).collect()
}

#[tokio::test]
async fn list_providers_prints_each_integration() {
    let server = service::start(|_| None).await;
    let output = run(&server, "list_providers", &[], "").await;
    assert_eq!(
        printed(&output),
        "AWS aws-production\nAZURE azure-staging\nGOOGLE gcp-data\n"
    );
    assert_eq!(requests(&server), ["GET magic/cloud/providers"]);
}

#[tokio::test]
async fn list_providers_prints_errors_on_one_line() {
    let server = service::start(|_| {
        let reason = json!({"code": 1012, "message": "the account lacks this feature"});
        Some(json!({"success": false, "errors": [reason], "messages": [], "result": null}))
    });
    let server = server.await;
    let output = run(&server, "list_providers", &[], "").await;
    assert_eq!(
        failure(&output),
        "Error: magic_cloud.providers.list: 200 OK: [1012] the account lacks this feature (Cloudflare may have to enable the feature for the account)\n"
    );
}

/// A service where a capture always has this status.
async fn with_capture(status: &'static str) -> Server {
    let create = "magic-pcap-collection-create-pcap-request";
    service::start(move |operation| {
        let mut capture = service::envelope(create);
        capture["result"]["status"] = json!(status);
        (operation.id == "magic-pcap-collection-get-pcap-request").then_some(capture)
    })
    .await
}

#[tokio::test]
async fn capture_writes_the_packets_to_a_file() {
    let server = with_capture("success").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.pcap");
    let output = run(&server, "capture", &[path.to_str().unwrap()], "").await;
    assert_eq!(printed(&output), "");
    assert_eq!(fs::read(path).unwrap(), service::FILE);
    let id = "d9090b89065550964f1a8a1d93d20470";
    let body = r#"{"filter_v1":{"destination_port":443,"protocol":6},"packet_limit":100,"system":"magic-transit","time_limit":60,"type":"simple"}"#;
    assert_eq!(
        requests(&server),
        [
            format!("POST pcaps {body}"),
            format!("GET pcaps/{id}"),
            format!("GET pcaps/{id}/download"),
        ]
    );
}

#[tokio::test]
async fn capture_reports_that_it_failed() {
    let server = with_capture("failed").await;
    let output = run(&server, "capture", &[], "").await;
    let text = failure(&output);
    let last = text.lines().last().unwrap();
    assert!(last.contains("it ended in the state `failed`"), "{text}");
    assert_eq!(output.stdout, b"");
}

#[tokio::test]
async fn prove_bucket_sends_back_the_contents_of_the_file() {
    for (arguments, uri, without_keys) in [
        (
            &["gcs", "bucket-test"][..],
            "gs://bucket-test",
            "gs://bucket-test",
        ),
        (
            &["s3", "captures", "eu-central-1"],
            "s3://captures?region=eu-central-1",
            "s3://captures?region=eu-central-1",
        ),
        (
            &["r2", "captures"],
            "r2://captures?account-id=a1&access-key-id=key&secret-access-key=hush",
            "r2://captures?account-id=a1",
        ),
    ] {
        let server = service::start(|_| None).await;
        let output = run(&server, "prove_bucket", arguments, "the contents\n").await;
        let text = printed(&output);
        assert!(text.contains("ownership-challenge-1234.txt"), "{text}");
        assert!(text.ends_with("The validation is success.\n"), "{text}");
        assert_eq!(
            requests(&server),
            [
                format!(r#"POST pcaps/ownership {{"destination_conf":"{uri}"}}"#),
                format!(
                    r#"POST pcaps/ownership/validate {{"destination_conf":"{without_keys}","ownership_challenge":"the contents"}}"#
                ),
            ]
        );
    }
}

#[tokio::test]
async fn prove_bucket_prints_its_usage_and_what_is_wrong() {
    let server = service::start(|_| None).await;
    let output = run(&server, "prove_bucket", &["s3", "captures"], "").await;
    assert!(failure(&output).starts_with("usage: prove_bucket s3"));
    let output = run(&server, "prove_bucket", &["gcs", "gs://captures"], "").await;
    assert!(failure(&output).contains("pass only the name"));
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn onboard_creates_the_integration_and_starts_its_discovery() {
    let server = service::start(|_| None).await;
    let arn = "arn:aws:iam::123456789012:role/magic\n";
    let output = run(&server, "onboard", &["AWS", "production"], arn).await;
    let text = printed(&output);
    assert!(text.contains("sts:AssumeRole"), "{text}");
    assert!(
        text.ends_with("The discovery of aws-production has begun.\n"),
        "{text}"
    );
    let id = "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419";
    assert_eq!(
        requests(&server),
        [
            r#"POST magic/cloud/providers {"cloud_type":"AWS","friendly_name":"production"}"#
                .to_owned(),
            format!("GET magic/cloud/providers/{id}/initial_setup"),
            format!(
                r#"PATCH magic/cloud/providers/{id} {{"aws_arn":"arn:aws:iam::123456789012:role/magic"}}"#
            ),
            format!("POST magic/cloud/providers/{id}/discover"),
        ]
    );
}

/// Azure and Google need two ids each, and each has its own setup.
#[tokio::test]
async fn onboard_knows_the_setup_of_each_cloud() {
    let clouds = [
        (
            "AZURE",
            "mcn_azure_setup",
            "azure_tenant_id",
            "azure_subscription_id",
        ),
        (
            "GOOGLE",
            "mcn_gcp_setup",
            "gcp_project_id",
            "gcp_service_account_email",
        ),
    ];
    for (cloud, setup, first, second) in clouds {
        let setup = &node(&format!("/components/schemas/{setup}"))["example"];
        let server = service::start(move |operation| match operation.id {
            "providers-create" => {
                let mut created = service::envelope("providers-create");
                created["result"]["cloud_type"] = json!(cloud);
                Some(created)
            }
            "providers-initial-setup" => Some(json!({"success": true, "result": setup})),
            _ => None,
        });
        let server = server.await;
        let output = run(&server, "onboard", &[cloud, "staging"], "one\ntwo\n").await;
        let text = printed(&output);
        assert!(
            text.contains(setup["tag_cli_command"].as_str().unwrap()),
            "{text}"
        );
        let patched = server.requests()[2].text();
        let patched: serde_json::Value = serde_json::from_str(&patched).unwrap();
        assert_eq!(patched, json!({first: "one", second: "two"}));
    }
}

#[tokio::test]
async fn onboard_prints_its_usage() {
    let server = service::start(|_| None).await;
    let output = run(&server, "onboard", &["AWS"], "").await;
    assert_eq!(failure(&output), "usage: onboard AWS|AZURE|GOOGLE <name>\n");
    assert_eq!(server.requests(), []);
}
