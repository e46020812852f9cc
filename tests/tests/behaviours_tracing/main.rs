//! Behaviours 14 and 103 in traces; and the fields of spans and events for calls, attempts and drift.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::api::Account;
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{CloudType, CreateOwnership, Error, ErrorKind, Method};
use tests::scripted::{Outcome, Scripted};
use tests::server::{Response, Server};
use tracing::Level;

use crate::recorder::{Recorder, Seen};

mod log;
mod recorder;

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SECRET: &str = "SENTINEL";
const PROVIDER: &str = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"f","last_updated":"","lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}"#;

fn account(transport: &Scripted) -> Account {
    let client = transport.client().api_token(SECRET).build().unwrap();
    client.account(ACCOUNT)
}

/// The one event of a body.
async fn drift_of(result: &str) -> (Result<Vec<CloudType>, Error>, Vec<Seen>) {
    let (recorder, _guard) = Recorder::start();
    let account = account(&Scripted::outcomes([Outcome::result(result)]));
    let providers = account.magic_cloud().providers().list().await;
    let types = providers.map(|providers| {
        let types = providers.into_iter().map(|provider| provider.cloud_type);
        types.collect()
    });
    (types, recorder.drift())
}

#[tokio::test(start_paused = true)]
async fn a_call_is_a_span_and_each_attempt_a_span_within_it() {
    let (recorder, _guard) = Recorder::start();
    let ray =
        |status, ray, body: &str| Outcome::response(status, &[("cf-ray", ray)], body.to_owned());
    let transport = Scripted::outcomes([
        Outcome::failure(Fault::Io, Sent::Maybe),
        ray(503, "ray-one", "<html>"),
        ray(200, "ray-two", r#"{"success":true,"result":[]}"#),
    ]);
    let providers = account(&transport).magic_cloud().providers();
    providers.list().await.unwrap();

    let [call] = &recorder.spans("call")[..] else {
        panic!("{}", recorder.text());
    };
    let expected = [
        ("cloudflare.attempts", "3"),
        ("cloudflare.operation", "magic_cloud.providers.list"),
        ("cloudflare.ray_id", "ray-two"),
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("server.address", "api.example"),
        (
            "url.template",
            "/accounts/{account_id}/magic/cloud/providers",
        ),
    ];
    let fields = |seen: &Seen| -> Vec<_> { seen.fields.clone().into_iter().collect() };
    let expected = expected.map(|(name, value)| (name, value.to_owned()));
    assert_eq!(fields(call), expected);

    let attempts = recorder.spans("attempt");
    let all = |name| -> Vec<_> { attempts.iter().map(|span| span.field(name)).collect() };
    assert_eq!(all("cloudflare.attempt"), [Some("1"), Some("2"), Some("3")]);
    assert_eq!(
        all("http.request.resend_count"),
        [None, Some("1"), Some("2")]
    );
    assert_eq!(
        all("http.response.status_code"),
        [None, Some("503"), Some("200")]
    );
    assert_eq!(
        all("cloudflare.ray_id"),
        [None, Some("ray-one"), Some("ray-two")]
    );
    assert_eq!(all("error.type"), [Some("Io"), Some("503"), None]);
    let calls = attempts.iter().map(|attempt| attempt.within.unwrap());
    assert_eq!(calls.collect::<Vec<_>>(), [1, 1, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_failed_call_has_its_kind_of_error() {
    for (step, class) in [
        (Outcome::status(404), "404"),
        (Outcome::silence(), "Timeout"),
        (Outcome::response(200, &[], "<html>"), "Decode"),
    ] {
        let (recorder, _guard) = Recorder::start();
        let account = account(&Scripted::outcomes([step]));
        let _ = account.pcaps().get("c1").await.unwrap_err();
        let calls = recorder.spans("call");
        assert_eq!(calls[0].field("error.type"), Some(class));
    }
}

#[tokio::test(start_paused = true)]
async fn a_custom_endpoint_has_no_template() {
    let (recorder, _guard) = Recorder::start();
    let transport = Scripted::outcomes([Outcome::empty_list()]);
    let client = transport.client().build().unwrap();
    let request = client.request(Method::GET, "/SENTINEL");
    request.query("key", SECRET).raw().await.unwrap();
    let calls = recorder.spans("call");
    assert_eq!(calls[0].field("cloudflare.operation"), Some("request.get"));
    assert_eq!(calls[0].field("url.template"), None);
    assert!(!recorder.text().contains(SECRET), "{}", recorder.text());
}

#[tokio::test(start_paused = true)]
async fn an_unknown_value_is_reported_once_per_body() {
    let odd = PROVIDER.replace("AWS", &"X".repeat(500));
    // The second way of decoding, which a long number makes necessary, reports no more than the first.
    let long = odd.replace(r#""id""#, r#""n":12345678901234567890123,"id""#);
    for body in [
        format!("[{odd},{PROVIDER},{odd}]"),
        format!("[{odd},{long}]"),
    ] {
        let (types, drift) = drift_of(&body).await;
        assert!(matches!(types.unwrap()[0], CloudType::Unknown(_)));
        let [event] = &drift[..] else {
            panic!("{drift:?}");
        };
        let operation = event.field("cloudflare.operation");
        assert_eq!(operation, Some("magic_cloud.providers.list"));
        assert_eq!(event.field("type_name"), Some("CloudType"));
        assert_eq!(event.field("value"), Some("X".repeat(64).as_str()));
        assert_eq!(event.within, Some(1), "the event belongs to the call");
    }
    let (_, drift) = drift_of(&format!("[{PROVIDER}]")).await;
    assert!(drift.is_empty(), "{drift:?}");
}

#[tokio::test(start_paused = true)]
async fn a_body_of_unknown_values_does_not_flood_the_log() {
    let items = (0..100).map(|item| PROVIDER.replace("AWS", &format!("NEW{item}")));
    let body = items.collect::<Vec<_>>().join(",");
    let (types, drift) = drift_of(&format!("[{body}]")).await;
    assert_eq!((types.unwrap().len(), drift.len()), (100, 16));
}

/// The events of a call with this response.
async fn drift_of_response(response: Outcome) -> (Option<ErrorKind>, Vec<Seen>) {
    let (recorder, _guard) = Recorder::start();
    let pcaps = account(&Scripted::outcomes([response])).pcaps();
    let outcome = pcaps.list().await;
    (outcome.err().map(|error| error.kind()), recorder.drift())
}

#[tokio::test(start_paused = true)]
async fn an_unknown_shape_of_a_union_is_reported_by_name_only() {
    let odd = r#"{"type":"mirror","note":"SENTINEL"}"#;
    let known = r#"{"type":"simple"}"#;
    let (kind, drift) = drift_of_response(Outcome::result(&format!("[{odd},{known},{odd}]"))).await;
    assert_eq!(kind, None);
    let [event] = &drift[..] else {
        panic!("{drift:?}");
    };
    assert_eq!(event.field("type_name"), Some("Pcap"));
    assert_eq!(event.field("cloudflare.operation"), Some("pcaps.list"));
    assert_eq!(event.field("value"), None);
    assert!(!format!("{drift:?}").contains(SECRET), "{drift:?}");
    let (_, drift) = drift_of_response(Outcome::result(&format!("[{known}]"))).await;
    assert!(drift.is_empty(), "{drift:?}");
}

#[tokio::test(start_paused = true)]
async fn b103_an_unknown_error_code_is_reported_and_no_warning() {
    let errors = r#"[{"code":9999,"message":"SENTINEL"},{"code":1012,"error_chain":[{"code":"6003"}]},{"code":9999}]"#;
    let refusal = format!(r#"{{"success":false,"errors":{errors},"result":null}}"#);
    for status in [200, 403] {
        let (kind, drift) =
            drift_of_response(Outcome::response(status, &[], refusal.clone())).await;
        assert_eq!(kind, Some(ErrorKind::Api));
        let all = |name| -> Vec<_> { drift.iter().map(|event| event.field(name)).collect() };
        assert_eq!(all("code"), [Some("9999"), Some("6003")], "{status}");
        assert!(drift.iter().all(|event| event.level == Some(Level::DEBUG)));
        assert_eq!(all("cloudflare.operation"), [Some("pcaps.list"); 2]);
        assert!(!format!("{drift:?}").contains(SECRET), "{drift:?}");
    }
    let known = r#"{"success":false,"errors":[{"code":1012},{"message":"no code"}]}"#;
    let (_, drift) = drift_of_response(Outcome::response(403, &[], known)).await;
    assert!(drift.is_empty(), "{drift:?}");

    // In place of a file.
    let (recorder, _guard) = Recorder::start();
    let pcaps = account(&Scripted::outcomes([Outcome::response(200, &[], refusal)])).pcaps();
    let _ = pcaps.download("c1").await.unwrap_err();
    let values: Vec<_> = recorder.drift();
    assert_eq!(values.len(), 2, "{values:?}");
    assert_eq!(
        values[0].field("cloudflare.operation"),
        Some("pcaps.download")
    );
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_fit_is_reported_by_path_only() {
    let wrong = PROVIDER.replace(r#""f""#, "77123");
    for (result, path) in [
        (
            format!("[{PROVIDER},{wrong}]"),
            Some("result[1].friendly_name"),
        ),
        (r#""SENTINEL""#.to_owned(), Some("result")),
        (r#"["SENTINEL"#.to_owned(), Some("")),
    ] {
        let (types, drift) = drift_of(&result).await;
        assert_eq!(types.unwrap_err().kind(), ErrorKind::Decode);
        let [event] = &drift[..] else {
            panic!("{drift:?}");
        };
        assert_eq!(event.field("path"), path);
        let text = format!("{drift:?}");
        assert!(!text.contains(SECRET) && !text.contains("77123"), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_path_continues_inside_a_variant() {
    let (recorder, _guard) = Recorder::start();
    let pcap = r#"{"type":"full","byte_limit":"SENTINEL"}"#;
    let account = account(&Scripted::outcomes([Outcome::result(pcap)]));
    let _ = account.pcaps().get("c1").await.unwrap_err();
    let drift = recorder.drift();
    assert_eq!(drift[0].field("path"), Some("result.byte_limit"));
}

/// Over a real connection, so that the traces of other crates are recorded too.
async fn b14_no_secret_gets_into_a_trace() {
    let (recorder, _guard) = Recorder::start();
    let refusal =
        r#"{"success":false,"errors":[{"code":1,"message":"SENTINEL"}],"result":"SENTINEL"}"#;
    let server = Server::start([
        Response::with(503, &[("x-hint", SECRET)], refusal.as_bytes()),
        Response::with(400, &[("x-hint", SECRET)], refusal.as_bytes()),
        Response::result(r#"{"destination_conf":["SENTINEL"]}"#),
        Response::result(r#"{"id":7,"status":"odd","destination_conf":"SENTINEL"}"#),
    ])
    .await
    .unwrap();
    let client = server.client().api_token(SECRET).build().unwrap();
    let ownership = client.account(ACCOUNT).pcaps().ownership();
    let bucket = format!("r2://b?access-key-id={SECRET}&secret-access-key={SECRET}");
    for _ in 0..4 {
        let call = ownership.create(CreateOwnership::new(bucket.clone()));
        let _ = call.header("x-note", SECRET).await.unwrap_err();
    }
    let text = recorder.text();
    assert_eq!(recorder.spans("call").len(), 4, "{text}");
    assert!(text.contains("does not match"), "{text}");
    assert!(!text.contains(SECRET), "{text}");
}

/// What is sent by the name of a scheme: a key in the query is a part of the address.
#[cfg(feature = "credentials")]
async fn b130_no_credential_of_a_scheme_gets_into_a_trace() {
    use cloudflare_magic::endpoint::SecurityScheme;

    let (recorder, _guard) = Recorder::start();
    let server = Server::responding(|number, request| match number % 2 {
        0 => Response::html(503, &request.target),
        _ => Response::json(400, &request.target),
    });
    let server = server.await.unwrap();
    let client = server.client().credential("a", SECRET);
    let client = client.basic_credential("b", "user", "SENTINEL SENTINEL");
    let client = client.authorization_credential("c", format!("Token {SECRET}"));
    let client = client.build().unwrap();
    for scheme in [
        SecurityScheme::query("a", "key"),
        SecurityScheme::cookie("a", "sid"),
        SecurityScheme::header("a", "x-key"),
        SecurityScheme::bearer("a"),
        SecurityScheme::basic("b"),
        SecurityScheme::authorization("c"),
    ] {
        let request = client.request(Method::GET, "/things").credentials([scheme]);
        let _ = request.list::<String>().await.unwrap_err();
    }
    assert_eq!(server.requests().len(), 12);
    let text = recorder.text();
    assert_eq!(recorder.spans("call").len(), 6, "{text}");
    assert!(
        !text.contains(SECRET) && !text.contains("U0VOVElORUw"),
        "{text}"
    );
}

tests::over_each_protocol! { b14_no_secret_gets_into_a_trace }

#[cfg(feature = "credentials")]
mod schemes {
    use super::b130_no_credential_of_a_scheme_gets_into_a_trace;

    tests::over_each_protocol! { b130_no_credential_of_a_scheme_gets_into_a_trace }
}
