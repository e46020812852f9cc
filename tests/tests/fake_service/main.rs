//! The program `fake-service`, as a client of another process sees it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::process::{Command, Output};
use std::time::Duration;

use cloudflare_magic::{CloudType, CreateProvider, Method, PcapStatus, SimplePcapRequest};
use program::Program;
use serde_json::Value;

mod examples;
mod program;

fn ended(options: &[&str]) -> Output {
    Command::new(program::PATH).args(options).output().unwrap()
}

#[test]
fn wrong_options_are_explained() {
    for (options, why) in [
        (&["--prot", "1"][..], "there is no option `--prot`"),
        (&["--port"], "`--port` needs a value"),
        (&["--port", "many"], "`--port` needs a number, not `many`"),
        (&["--port", "65536"], "`--port` needs a number, not `65536`"),
        (&["--bind=here"], "`--bind` needs an IP address, not `here`"),
        (&["--speed=0"], "`--speed` is a number from 1 to 86400"),
    ] {
        let output = ended(options);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(why) && said.contains("--help"), "{said}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    }
    let help = String::from_utf8(ended(&["--help"]).stdout).unwrap();
    for option in [
        "--port",
        "--bind",
        "--speed",
        "--seed",
        "--state",
        "--rate-limit",
    ] {
        assert!(help.contains(option), "{help}");
    }
}

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let program = Program::start(&[]);
    assert!(program.base_url().starts_with("http://127.0.0.1:"));
    let port = program.base_url().trim_start_matches("http://127.0.0.1:");
    let port = port.trim_end_matches("/client/v4");
    let output = ended(&["--port", port]);
    assert_eq!(output.status.code(), Some(1), "the port is in use");
}

#[tokio::test]
async fn each_request_is_a_line_without_credentials() {
    let program = Program::start(&[]);
    let account = program.client().account("a1");
    assert!(
        account
            .magic_cloud()
            .providers()
            .list()
            .await
            .unwrap()
            .is_empty()
    );
    assert!(account.pcaps().get("c1").await.unwrap_err().is_not_found());
    let lines = program.lines_with("c1").await;
    let line = |text: &str| lines.iter().any(|line| line.ends_with(text));
    assert!(
        line("200 GET /accounts/a1/magic/cloud/providers magic_cloud.providers.list"),
        "{lines:?}"
    );
    assert!(line("404 GET /accounts/a1/pcaps/c1 pcaps.get"), "{lines:?}");
    assert!(!lines.concat().contains("hush"));
}

#[tokio::test]
async fn the_state_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let options = ["--state", file.to_str().unwrap(), "--seed", "7"];
    let program = Program::start(&options);
    let providers = program.client().account("a1").magic_cloud().providers();
    let created = providers
        .create(CreateProvider::new(CloudType::Aws, "prod"))
        .await
        .unwrap();
    let state: Value = command(&program, "GET", "/fake/state").await;
    drop(program);

    let program = Program::start(&options);
    let providers = program.client().account("a1").magic_cloud().providers();
    let found = providers.get(&created.id).await.unwrap();
    assert_eq!(
        (&found.id, found.friendly_name.as_str()),
        (&created.id, "prod")
    );
    let now = &command::<Value>(&program, "GET", "/fake/state").await["now"];
    assert!(
        now.as_u64() >= state["now"].as_u64(),
        "time goes on where it ended"
    );
    let left: Vec<_> = folder.path().read_dir().unwrap().collect();
    assert_eq!(left.len(), 1, "only the file itself is left");
    drop(program);

    std::fs::write(&file, "{").unwrap();
    let output = ended(&["--port", "0", "--state", file.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("state.json") && said.contains("not the state of a fake"),
        "{said}"
    );
}

#[tokio::test]
async fn what_was_seen_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let state = ["--state", file.to_str().unwrap()];
    let program = Program::start(&[&state[..], &["--speed", "100"]].concat());
    let captures = program.client().account("a1").pcaps();
    let request = SimplePcapRequest::builder()
        .packet_limit(10)
        .time_limit(60)
        .build();
    let id = captures
        .create(request)
        .await
        .unwrap()
        .id()
        .cloned()
        .unwrap();
    let status = async |program: &Program| {
        let capture = program.client().account("a1").pcaps().get(&id).await;
        capture.unwrap().status().cloned()
    };
    while status(&program).await != Some(PcapStatus::Success) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(program);

    // At this speed the capture would take two seconds, if it had to be done again.
    let program = Program::start(&state);
    assert_eq!(status(&program).await, Some(PcapStatus::Success));
}

#[tokio::test]
async fn bodies_that_are_too_large_are_refused() {
    let program = Program::start(&[]);
    let client = program.client();
    let request = client.request(Method::POST, "/accounts/a1/pcaps");
    // With its quotes, one byte more than 16 MiB.
    let body = "a".repeat((16 << 20) - 1);
    let error = request.json(&body).raw().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 413);
    assert!(error.to_string().contains("more than 16 MiB"), "{error}");
    let lines = program.lines_with(" 413 ").await;
    let last = lines.last().unwrap();
    assert!(last.ends_with("413 POST /accounts/a1/pcaps -"), "{last}");
}

#[tokio::test]
async fn time_runs_faster_and_can_be_advanced() {
    let program = Program::start(&["--speed", "1000"]);
    let before: Value = command(&program, "GET", "/fake/state").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let after: Value = command(&program, "GET", "/fake/state").await;
    let passed = after["now"].as_u64().unwrap() - before["now"].as_u64().unwrap();
    assert!(passed >= 100_000, "{passed} ms");
    let _now: Value = command(&program, "POST", "/fake/advance?seconds=86400").await;
    let client = program.client();
    let centuries = client.request(Method::POST, "/fake/advance");
    let error = centuries.query("seconds", "1e12").raw().await.unwrap_err();
    assert!(error.to_string().contains("at most a year"), "{error}");
    let later: Value = command(&program, "GET", "/fake/state").await;
    assert!(later["now"].as_u64().unwrap() >= after["now"].as_u64().unwrap() + 86_400_000);
}

#[tokio::test]
async fn the_rate_limit_is_that_of_the_option() {
    let program = Program::start(&["--rate-limit", "3"]);
    let list = || async {
        let list = program.client().account("a1").pcaps().list();
        list.max_attempts(1).send().await
    };
    for left in ["2", "1", "0"] {
        let response = list().await.unwrap();
        let limit = response.headers()["ratelimit"].to_str().unwrap();
        assert!(
            limit.starts_with(&format!("\"default\";r={left};t=")),
            "{limit}"
        );
    }
    let error = list().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert!(error.retry_after().unwrap() > Duration::from_secs(290));
}

#[tokio::test]
async fn levers_work_by_requests() {
    let program = Program::start(&[]);
    let fail = "/fake/fail?operation=pcaps.list&status=404&code=1001&message=because";
    let _done: Value = command(&program, "POST", fail).await;
    let list = || program.client().account("a1").pcaps().list();
    assert!(list().await.unwrap_err().to_string().contains("because"));
    assert_eq!(list().await.unwrap(), []);

    let _done: Value = command(
        &program,
        "POST",
        "/fake/lose?operation=magic_cloud.providers.create",
    )
    .await;
    let providers = program.client().account("a1").magic_cloud().providers();
    let error = providers
        .create(CreateProvider::new(CloudType::Aws, "prod"))
        .await
        .unwrap_err();
    assert!(error.may_have_been_processed());
    assert_eq!(
        providers.list().await.unwrap().len(),
        1,
        "it was processed, once"
    );

    let client = program.client();
    let error = client
        .request(Method::POST, "/fake/fail")
        .query("operation", "pcap.list")
        .raw()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    let unknown = client
        .request(Method::GET, "/fake/nothing")
        .raw()
        .await
        .unwrap_err();
    assert_eq!(unknown.status().unwrap(), 404);
}

/// Runs a command of the fake.
async fn command<T>(program: &Program, method: &str, path: &str) -> T
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut request = program.client().request(method, path);
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        request = request.query(name, value);
    }
    request.result().await.unwrap()
}
