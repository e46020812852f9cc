//! A program on the golden case `security-named`: each operation is sent the credentials that it takes, and no others. It is compiled and
//! run by `golden_compile`, where that case is a part of the SDK.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client, ClientBuilder, Error, ErrorKind};
use http::{Request, Response, StatusCode};

/// A service that stores where each request goes and its credentials, and fails where a test says so.
#[derive(Clone, Debug)]
struct Kept(Arc<Mutex<Vec<String>>>, StatusCode);

impl Transport for Kept {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let names = [
            "authorization",
            "cookie",
            "x-auth-email",
            "x-auth-key",
            "x-operator-key",
            "x-service-key",
        ];
        let mut line = request.uri().to_string().replace("https://api.example", "");
        for name in names {
            for value in request.headers().get_all(name) {
                assert!(value.is_sensitive(), "{name}");
                line.push_str(&format!(" {name}: {}", value.to_str().unwrap()));
            }
        }
        // What a careless server writes into the body of a failure.
        let body = match self.1 {
            StatusCode::NO_CONTENT => String::new(),
            _ => format!("<p>{line}</p>"),
        };
        self.0.lock().unwrap().push(line);
        let mut response = Response::new(TransportBody::from(Bytes::from(body)));
        *response.status_mut() = self.1;
        if self.1.is_redirection() {
            let to = format!(
                "https://evil.example{}",
                request.uri().path_and_query().unwrap()
            );
            response
                .headers_mut()
                .insert("location", to.parse().unwrap());
        }
        Box::pin(async { Ok(response) })
    }
}

impl Kept {
    fn new(status: StatusCode) -> Self {
        Self(Arc::default(), status)
    }

    fn client(&self, set: impl Fn(ClientBuilder) -> ClientBuilder) -> Client {
        let builder = set(Client::builder())
            .base_url("https://api.example")
            .transport(self.clone());
        let printed = format!("{builder:?}");
        let client = builder.build().unwrap();
        assert_silent(&printed);
        assert_silent(&format!("{client:?}"));
        client
    }

    fn sent(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn assert_silent(text: &str) {
    assert!(
        !text.contains("SENTINEL") && !text.contains("U0VOVElORUw"),
        "{text}"
    );
}

fn all(builder: ClientBuilder) -> ClientBuilder {
    builder
        .api_token("own-SENTINEL")
        .credential("upload_token", "upload-SENTINEL")
        .basic_credential("login", "user", "SENTINEL SENTINEL")
        .authorization_credential("whole", "Token auth=whole-SENTINEL")
        .authorization_credential("ticket", "ticket-SENTINEL")
        .credential("service_key", "service-SENTINEL")
        .credential("operator_key", "operator-SENTINEL")
        .credential("search_key", "search/SENTINEL")
        .credential("session", "session-SENTINEL")
        .credential("oauth", "oauth-SENTINEL")
}

fn main() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().build().unwrap();
    runtime.block_on(async {
        each_operation().await.unwrap();
        alternatives().await.unwrap();
        replaced().await.unwrap();
        what_is_missing().await;
        no_error_shows_them(StatusCode::FORBIDDEN).await;
        no_error_shows_them(StatusCode::FOUND).await;
    });
}

async fn each_operation() -> Result<(), Error> {
    let kept = Kept::new(StatusCode::NO_CONTENT);
    let lamps = kept.client(all).security_named_lamps();
    lamps.own().await?;
    lamps.upload().await?;
    lamps.login().await?;
    lamps.whole().await?;
    lamps.service().await?;
    lamps.search().await?;
    lamps.session().await?;
    lamps.oauth().await?;
    lamps.pair().await?;
    lamps.both().await?;
    lamps.open().await?;
    assert_eq!(
        kept.sent(),
        [
            "/lamps/own authorization: Bearer own-SENTINEL",
            "/lamps/upload authorization: Bearer upload-SENTINEL",
            "/lamps/login authorization: Basic dXNlcjpTRU5USU5FTCBTRU5USU5FTA==",
            "/lamps/whole authorization: Token auth=whole-SENTINEL",
            "/lamps/service x-service-key: service-SENTINEL",
            "/lamps/search?api%20key=search%2FSENTINEL",
            "/lamps/session cookie: sid=session-SENTINEL",
            "/lamps/oauth authorization: Bearer oauth-SENTINEL",
            "/lamps/pair cookie: sid=session-SENTINEL x-service-key: service-SENTINEL",
            "/lamps/both authorization: Bearer own-SENTINEL x-service-key: service-SENTINEL",
            "/lamps/open",
        ]
    );
    Ok(())
}

async fn alternatives() -> Result<(), Error> {
    let kept = Kept::new(StatusCode::NO_CONTENT);
    let token = kept.client(|builder| builder.api_token("own"));
    let operator = kept.client(|builder| builder.credential("operator_key", "o"));
    let key = kept.client(|builder| {
        builder
            .api_key("a@b.example", "k")
            .credential("login", "no-password")
    });
    for client in [token, operator, key] {
        client.security_named_lamps().either().await?;
        client.security_named_lamps().maybe().await?;
        client.security_named_lamps().open().await?;
    }
    kept.client(all).security_named_lamps().maybe().await?;
    let ticket = kept.client(|builder| {
        let builder = builder.credential("service_key", "s");
        builder.authorization_credential("ticket", "a ticket")
    });
    ticket.security_named_lamps().instead().await?;
    kept.client(all).security_named_lamps().instead().await?;
    assert_eq!(
        kept.sent(),
        [
            "/lamps/either authorization: Bearer own",
            "/lamps/maybe",
            "/lamps/open",
            "/lamps/either x-operator-key: o",
            "/lamps/maybe",
            "/lamps/open",
            "/lamps/either x-auth-email: a@b.example x-auth-key: k",
            "/lamps/maybe",
            "/lamps/open",
            "/lamps/maybe authorization: Basic dXNlcjpTRU5USU5FTCBTRU5USU5FTA==",
            "/lamps/instead authorization: a ticket x-service-key: s",
            "/lamps/instead authorization: Bearer own-SENTINEL",
        ]
    );
    Ok(())
}

async fn replaced() -> Result<(), Error> {
    let kept = Kept::new(StatusCode::NO_CONTENT);
    let client = kept.client(|builder| builder.credential("oauth", "old"));
    let lamps = client.security_named_lamps();
    client.set_credential("oauth", "new")?;
    lamps.oauth().await?;
    client.set_credential("openid", "other")?;
    client.set_basic_credential("login", "u", "")?;
    lamps.login().await?;
    assert!(client.set_credential("oauth", "two words").is_err());
    lamps.oauth().await?;
    client.set_authorization_credential("whole", "two words")?;
    lamps.whole().await?;
    assert!(
        client
            .set_authorization_credential("whole", "'two words'")
            .is_err()
    );
    lamps.whole().await?;
    assert_eq!(
        kept.sent(),
        [
            "/lamps/oauth authorization: Bearer new",
            "/lamps/login authorization: Basic dTo=",
            "/lamps/oauth authorization: Bearer new",
            "/lamps/whole authorization: two words",
            "/lamps/whole authorization: two words",
        ]
    );
    Ok(())
}

/// Nothing is sent where credentials are missing, and the error names what to set.
async fn what_is_missing() {
    let kept = Kept::new(StatusCode::NO_CONTENT);
    let client = kept.client(|builder| {
        let builder = builder.credential("session", "s");
        // Set with the method of other schemes.
        let builder = builder.credential("whole", "w");
        builder.authorization_credential("service_key", "k")
    });
    let lamps = client.security_named_lamps();
    for (error, expected) in [
        (
            lamps.own().await.unwrap_err(),
            "it takes an API token, or an email with an API key",
        ),
        (
            lamps.upload().await.unwrap_err(),
            "it takes `upload_token` (credential)",
        ),
        (
            lamps.login().await.unwrap_err(),
            "it takes `login` (basic_credential)",
        ),
        (
            lamps.whole().await.unwrap_err(),
            "it takes `whole` (authorization_credential)",
        ),
        (
            lamps.service().await.unwrap_err(),
            "it takes `service_key` (credential)",
        ),
        (
            lamps.pair().await.unwrap_err(),
            "it takes `service_key` (credential) together with `session` (credential)",
        ),
        (
            lamps.either().await.unwrap_err(),
            "it takes an API token, or `operator_key` (credential), or an email with an API key",
        ),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!error.may_have_been_processed());
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert!(kept.sent().is_empty());
    let none = Client::builder()
        .base_url("https://api.example")
        .transport(kept.clone())
        .build();
    assert!(none.unwrap_err().to_string().contains("no credentials"));
}

/// A server that echoes the request in its response, or redirects to another host.
async fn no_error_shows_them(status: StatusCode) {
    let kept = Kept::new(status);
    let lamps = kept.client(all).security_named_lamps();
    for error in [
        lamps.upload().await.unwrap_err(),
        lamps.login().await.unwrap_err(),
        lamps.whole().await.unwrap_err(),
        lamps.service().await.unwrap_err(),
        lamps.search().await.unwrap_err(),
        lamps.session().await.unwrap_err(),
        lamps.oauth().await.unwrap_err(),
        lamps.both().await.unwrap_err(),
    ] {
        assert_silent(&format!("{error} {error:?}"));
    }
    assert_eq!(
        kept.sent().len(),
        8,
        "a redirect was followed, or a create sent again"
    );
}
