//! Behaviour 130: credentials that are set by the name of their security scheme, over a connection.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::error::Error as _;
use std::time::Duration;

use cloudflare_magic::endpoint::SecurityScheme;
use cloudflare_magic::{Client, ClientBuilder, CustomRequest, Error, ErrorKind, Method};
use serde_json::Value;
use tests::server::{Recorded, Response, Server};

const BEARER: SecurityScheme = SecurityScheme::bearer("upload_token");
const BASIC: SecurityScheme = SecurityScheme::basic("login");
const WHOLE: SecurityScheme = SecurityScheme::authorization("whole");
const HEADER: SecurityScheme = SecurityScheme::header("service_key", "X-Service-Key");
const QUERY: SecurityScheme = SecurityScheme::query("search_key", "api key");
const COOKIE: SecurityScheme = SecurityScheme::cookie("session", "sid");

const ALL: [SecurityScheme; 6] = [BEARER, BASIC, WHOLE, HEADER, QUERY, COOKIE];

/// In each credential that is set, as it is or in Base64.
const SENTINELS: [&str; 2] = ["SENTINEL", "U0VOVElORUw"];

/// All credentials, and the client's own token.
fn all(builder: ClientBuilder) -> ClientBuilder {
    builder
        .api_token("own-SENTINEL")
        .credential("upload_token", "upload-SENTINEL")
        .basic_credential("login", "me", "SENTINELSENTINEL")
        .authorization_credential("whole", "Token auth=whole-SENTINEL")
        .credential("service_key", "service-SENTINEL")
        .credential("search_key", "a&b/SENTINEL")
        .credential("session", "session-SENTINEL")
}

fn client(server: &Server) -> Client {
    all(server.trusted(Client::builder())).build().unwrap()
}

fn request(client: &Client, schemes: &[SecurityScheme]) -> CustomRequest {
    let request = client.request(Method::GET, "/things").query("a", "1");
    request.credentials(schemes.iter().copied())
}

/// What a request has of credentials: its target, and the headers that carry them.
fn sent(request: &Recorded) -> Vec<String> {
    let names = ["authorization", "x-auth-key", "x-service-key", "cookie"];
    let headers = names.iter().flat_map(|name| {
        let values = request.headers_named(name);
        values
            .into_iter()
            .map(move |value| format!("{name}: {value}"))
    });
    std::iter::once(request.target.clone())
        .chain(headers)
        .collect()
}

fn assert_silent(text: &str) {
    let shown = SENTINELS.iter().find(|sentinel| text.contains(**sentinel));
    assert!(shown.is_none(), "{text}");
}

/// Neither an error nor anything that it is made of shows a credential.
fn assert_error_is_silent(error: &Error) {
    assert_silent(&format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(inner) = source {
        assert_silent(&format!("{inner} {inner:?}"));
        source = inner.source();
    }
}

async fn b130_each_scheme_is_sent_in_its_place_and_nothing_else() {
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let client = client(&server);
    for (schemes, expected) in [
        (
            &[BEARER][..],
            &["/things?a=1", "authorization: Bearer upload-SENTINEL"][..],
        ),
        (
            &[BASIC],
            &[
                "/things?a=1",
                "authorization: Basic bWU6U0VOVElORUxTRU5USU5FTA==",
            ],
        ),
        (
            &[WHOLE],
            &["/things?a=1", "authorization: Token auth=whole-SENTINEL"],
        ),
        (
            &[HEADER],
            &["/things?a=1", "x-service-key: service-SENTINEL"],
        ),
        (&[QUERY], &["/things?a=1&api%20key=a%26b%2FSENTINEL"]),
        (&[COOKIE], &["/things?a=1", "cookie: sid=session-SENTINEL"]),
        (
            &[HEADER, COOKIE],
            &[
                "/things?a=1",
                "x-service-key: service-SENTINEL",
                "cookie: sid=session-SENTINEL",
            ],
        ),
        (
            &[SecurityScheme::API_TOKEN, HEADER],
            &[
                "/things?a=1",
                "authorization: Bearer own-SENTINEL",
                "x-service-key: service-SENTINEL",
            ],
        ),
        (&[], &["/things?a=1"]),
    ] {
        server.forget();
        request(&client, schemes).list::<Value>().await.unwrap();
        assert_eq!(sent(&server.requests()[0]), expected);
    }
}

async fn b130_a_custom_request_takes_the_own_credentials_unless_it_names_others() {
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let client = client(&server);
    let plain = client.request(Method::GET, "/things");
    plain.list::<Value>().await.unwrap();
    let expected = ["/things", "authorization: Bearer own-SENTINEL"];
    assert_eq!(sent(&server.requests()[0]), expected);

    // Without own credentials it is not sent, though others are set.
    let named = server.trusted(Client::builder()).credential("session", "s");
    let named = named.build().unwrap();
    let plain = named.request(Method::GET, "/things");
    let error = plain.list::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    request(&named, &[COOKIE]).list::<Value>().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

async fn b130_a_value_of_authorization_is_replaced_while_in_use() {
    let server = Server::responding(|number, request| match number {
        // What both values have in common is a secret, too.
        0 | 2 => Response::json(200, format!("{} whole-SENTINEL", sent(request).join(" "))),
        _ => Response::result("[]"),
    });
    let server = server.await.unwrap();
    let client = client(&server);
    let call = || request(&client, &[WHOLE]).list::<Value>();
    assert_error_is_silent(&call().await.unwrap_err());
    client
        .clone()
        .set_authorization_credential("whole", "new SENTINEL-2")
        .unwrap();
    call().await.unwrap();
    // The old value is masked still.
    assert_error_is_silent(&call().await.unwrap_err());
    for bad in ["", "'SENTINEL'", "SENT\nINEL", "SENTIN\u{e9}L"] {
        let error = client
            .set_authorization_credential("whole", bad)
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("the credential `whole`"));
        assert!(!format!("{error} {error:?}").contains("SENT"));
    }
    call().await.unwrap();
    let values = server.requests();
    let values = values.iter().map(|request| request.header("authorization"));
    assert_eq!(
        values.collect::<Vec<_>>(),
        [
            Some("Token auth=whole-SENTINEL"),
            Some("new SENTINEL-2"),
            Some("new SENTINEL-2"),
            Some("new SENTINEL-2"),
        ]
    );
}

async fn b130_without_the_credential_nothing_is_sent() {
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let client = server.client().credential("session", "s").build().unwrap();
    for (schemes, named) in [
        (&[QUERY][..], "`search_key` (credential)"),
        (&[BASIC], "`login` (basic_credential)"),
        (&[WHOLE], "`whole` (authorization_credential)"),
        (&[COOKIE, HEADER], "`service_key` (credential)"),
    ] {
        let error = request(&client, schemes).list::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(named), "{error}");
    }
    // Headers that the client sets are no place for a key.
    for header in ["Host", "Content-Length", "Authorization", "X-Auth-Key"] {
        let scheme = SecurityScheme::header("session", header);
        let error = request(&client, &[scheme])
            .list::<Value>()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let is_named = error.to_string().contains("SecurityScheme::authorization");
        assert_eq!(is_named, header == "Authorization");
    }
    // In one place there is one credential.
    for (schemes, place) in [
        ([WHOLE, BEARER], "the header `authorization`"),
        (
            [BASIC, SecurityScheme::API_TOKEN],
            "the header `authorization`",
        ),
        (
            [HEADER, SecurityScheme::header("other", "x-service-KEY")],
            "the header `x-service-key`",
        ),
        (
            [QUERY, SecurityScheme::query("other", "api key")],
            "the parameter `api key` of the query",
        ),
        (
            [COOKIE, SecurityScheme::cookie("other", "sid")],
            "the cookie `sid`",
        ),
    ] {
        let client = all(server.client())
            .credential("other", "o")
            .build()
            .unwrap();
        let error = request(&client, &schemes)
            .list::<Value>()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let expected = format!("two credentials cannot be sent in {place}");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    assert!(server.requests().is_empty());
}

async fn b130_a_repeated_request_and_further_pages_have_the_key_once() {
    let server = Server::responding(|number, request| match (number, request.query()) {
        (0, _) => Response::status(503),
        (_, Some(query)) if query.contains("page=2") => Response::json(
            200,
            r#"{"success":true,"result":[2],"result_info":{"page":2,"total_pages":2}}"#,
        ),
        _ => Response::json(
            200,
            r#"{"success":true,"result":[1],"result_info":{"page":1,"total_pages":2}}"#,
        ),
    });
    let server = server.await.unwrap();
    let mut items = request(&client(&server), &[QUERY]).items::<u8>();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    assert_eq!(found, [1, 2]);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in requests {
        assert_eq!(
            request.target.matches("SENTINEL").count(),
            1,
            "{}",
            request.target
        );
        assert!(request.header("authorization").is_none());
    }
}

async fn b130_no_redirect_carries_them_elsewhere() {
    for status in [302, 307] {
        let target = Server::responding(|_, _| Response::result("[]"))
            .await
            .unwrap();
        let elsewhere = target.url().replace("127.0.0.1", "localhost");
        let server = Server::responding(move |_, request| {
            // The server repeats the address, and with it the key.
            let location = format!("{elsewhere}{}", request.target);
            Response::with(status, &[("location", &location)], "")
        });
        let server = server.await.unwrap();
        let client = client(&server);
        for scheme in ALL {
            let error = request(&client, &[scheme])
                .list::<Value>()
                .await
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_error_is_silent(&error);
        }
        assert_eq!((server.requests().len(), target.requests().len()), (6, 0));
    }
}

async fn b130_no_error_and_no_debug_output_shows_them() {
    type Failure = fn(&Recorded) -> Response;
    let failures: [Failure; 6] = [
        // A page, a message and a text that repeat what was sent.
        |request| Response::html(403, &format!("<title>{}</title>", sent(request).join(" "))),
        |request| {
            let message = sent(request).join(" ");
            let body =
                serde_json::json!({"success": false, "errors": [{"code": 1, "message": message}]});
            Response::json(400, body.to_string())
        },
        |request| Response::json(200, sent(request).join(" ")),
        // The connection ends, at once or within the body, or nothing comes.
        |_| Response::silence().reset(),
        |_| {
            Response::head(200, &[("content-length", "90")])
                .send("{")
                .close()
        },
        |_| Response::silence(),
    ];
    for failure in failures {
        let server = Server::responding(move |_, request| failure(request))
            .await
            .unwrap();
        let client = client(&server);
        assert_silent(&format!("{client:?}"));
        for scheme in ALL {
            let call = request(&client, &[scheme]).list::<Value>();
            assert_silent(&format!("{call:?}"));
            let call = call.max_attempts(1).deadline(Duration::from_millis(300));
            let error = call.await.unwrap_err();
            assert_error_is_silent(&error);
        }
        assert_eq!(server.requests().len(), 6);
    }
    // No server listens.
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let builder = all(server.trusted(Client::builder()));
    assert_silent(&format!("{builder:?}"));
    let client = builder.build().unwrap();
    drop(server);
    let call = request(&client, &[QUERY]).list::<Value>().max_attempts(1);
    assert_error_is_silent(&call.await.unwrap_err());
}

tests::over_each_protocol! {
    b130_each_scheme_is_sent_in_its_place_and_nothing_else,
    b130_a_custom_request_takes_the_own_credentials_unless_it_names_others,
    b130_a_value_of_authorization_is_replaced_while_in_use,
    b130_without_the_credential_nothing_is_sent,
    b130_a_repeated_request_and_further_pages_have_the_key_once,
    b130_no_redirect_carries_them_elsewhere,
    b130_no_error_and_no_debug_output_shows_them,
}
