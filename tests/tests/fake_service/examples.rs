//! The examples of the SDK against the fake, as users without an account run them.
//!
//! In: the programs, and a fake whose time runs fast. Out: what they print.

use std::process::{Command, Stdio};

use cloudflare_magic::{CloudType, CreateProvider, UpdateProvider};

use crate::program::Program;

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// Runs a program to its end, against the fake at this address. Returns what it printed.
async fn run(program: &str, base_url: &str, arguments: &[&str], typed: String) -> String {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("CLOUDFLARE_API_TOKEN", "token")
        .env("CLOUDFLARE_ACCOUNT_ID", ACCOUNT)
        .env("CLOUDFLARE_BASE_URL", base_url)
        .env("R2_ACCOUNT_ID", "a1")
        .env("R2_ACCESS_KEY_ID", "key")
        .env("R2_SECRET_ACCESS_KEY", "hush")
        .env("POLL_INTERVAL", "0.05")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let run = move || {
        use std::io::Write;
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(typed.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn the_tour_runs_to_its_end_in_process_and_on_loopback() {
    let fake = Program::start(&[]);
    let tour = env!("CARGO_BIN_EXE_tour");
    let mut command = Command::new(tour);
    command.env_remove("CLOUDFLARE_BASE_URL");
    let in_process = command.output().unwrap();
    let in_process = String::from_utf8(in_process.stdout).unwrap();
    let on_loopback = run(tour, fake.base_url(), &[], String::new()).await;
    for printed in [in_process, on_loopback] {
        for part in [
            "TCP",
            "the bucket is success",
            "aws_vpc",
            "create aws_vpn_connection",
            "OnrampActive",
        ] {
            assert!(printed.contains(part), "{part}: {printed}");
        }
    }
}

#[test]
fn the_tour_goes_to_no_other_host() {
    for url in [
        "https://api.cloudflare.com/client/v4",
        "http://127.0.0.1.example.com/client/v4",
        "http://127.0.0.1@example.com/client/v4",
        "http://example.com/127.0.0.1",
        "api.cloudflare.com",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tour"));
        let output = command.env("CLOUDFLARE_BASE_URL", url).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{url}");
        assert!(
            said.contains("the tour is for a fake on loopback"),
            "{url}: {said}"
        );
    }
}

#[tokio::test]
async fn captures_are_downloaded() {
    let fake = Program::start(&["--speed", "600"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sample.pcap");
    let capture = env!("CARGO_BIN_EXE_capture");
    run(
        capture,
        fake.base_url(),
        &[file.to_str().unwrap()],
        String::new(),
    )
    .await;
    let bytes = std::fs::read(file).unwrap();
    assert_eq!(bytes[..4], [0xd4, 0xc3, 0xb2, 0xa1]);
    assert!(bytes.len() > 24, "there are packets");
}

#[tokio::test]
async fn a_bucket_at_r2_is_proved() {
    let fake = Program::start(&[]);
    let prove = env!("CARGO_BIN_EXE_prove_bucket");
    let printed = run(
        prove,
        fake.base_url(),
        &["r2", "captures"],
        "contents\n".to_owned(),
    )
    .await;
    assert!(printed.contains("success"), "{printed}");
}

#[tokio::test]
async fn a_cloud_is_connected_listed_and_given_an_onramp() {
    let fake = Program::start(&["--speed", "600"]);
    let onboard = env!("CARGO_BIN_EXE_onboard");
    let role = "arn:aws:iam::123456789012:role/cloudflare\n".to_owned();
    let printed = run(onboard, fake.base_url(), &["AWS", "production"], role).await;
    assert!(
        printed.contains("The discovery of production has begun."),
        "{printed}"
    );

    let list = env!("CARGO_BIN_EXE_list_providers");
    let printed = run(list, fake.base_url(), &[], String::new()).await;
    assert!(printed.contains("production"), "{printed}");

    let cloud = fake.client().account(ACCOUNT).magic_cloud();
    let other = cloud
        .providers()
        .create(CreateProvider::new(CloudType::Aws, "other"))
        .await
        .unwrap();
    let role = UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/other");
    cloud.providers().patch(&other.id, role).await.unwrap();
    cloud
        .providers()
        .wait_until_discovered(&other.id)
        .interval(std::time::Duration::from_millis(50))
        .await
        .unwrap();
    let mut resources = cloud.resources().list().provider_id(&other.id).items();
    let mut vpc = None;
    while let Some(resource) = resources.next().await {
        let resource = resource.unwrap();
        if resource.resource_type.as_str() == "aws_vpc" && vpc.is_none() {
            vpc = Some(resource.id.to_string());
        }
    }
    let arguments = ["AWS", "frankfurt", &vpc.unwrap()];
    let onramp = env!("CARGO_BIN_EXE_onramp");
    let printed = run(onramp, fake.base_url(), &arguments, "yes\n".to_owned()).await;
    assert!(printed.contains("is active"), "{printed}");
}
