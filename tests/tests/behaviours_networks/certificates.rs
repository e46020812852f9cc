//! Behaviour 69: a certificate that is not trusted is one attempt, and an error that says what to do.

use cloudflare_magic::{Client, ClientBuilder, ErrorKind, SimplePcapRequest};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use tests::authority::{Authority, Identity};
use tests::proxy::{Manner, ProxyServer};
use tests::server::{Protocol, Response, Server};

use super::{FAR, call, failure, far_client, far_server, secure_server};

/// Settings for a client that calls a server and trusts one authority.
fn trusting(server: &Server, pem: &str) -> ClientBuilder {
    let builder = Client::builder().api_token("token").base_url(server.url());
    builder.add_root_certificate(pem)
}

/// Asserts that the error is about the certificate, that there was one attempt, and that no request was received.
async fn assert_untrusted(server: &Server, builder: ClientBuilder, reasons: &[&str]) {
    let error = failure(builder).await;
    let text = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Certificate, "{text}");
    assert_eq!(error.attempts(), 1, "{text}");
    assert!(!error.may_have_been_processed(), "{text}");
    for reason in reasons {
        assert!(text.contains(reason), "{text}");
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn b69_an_unknown_issuer() {
    for protocol in [Protocol::Http1Tls, Protocol::Http2] {
        let server = Server::over(protocol, |_: usize, _: &_| Response::result("[]"))
            .await
            .unwrap();
        let builder = trusting(&server, &Authority::other().pem());
        let reasons = [
            "pcaps.list: the certificate of 127.0.0.1 is not trusted: ",
            "SSL_CERT_FILE",
            "ca-certificates",
            "add_root_certificate",
        ];
        assert_untrusted(&server, builder, &reasons).await;
        call(&server.client().build().unwrap()).await.unwrap();
    }
}

/// As it is with a gateway that inspects traffic: the certificate is not the proxy's own.
#[tokio::test]
async fn b69_a_certificate_behind_a_proxy() {
    let server = far_server(&[b"h2"]).await;
    let proxy = ProxyServer::http(Manner::Open(server.port()))
        .await
        .unwrap();
    let builder = far_client().max_attempts(3).proxy(proxy.url());
    let builder = builder.base_url("https://other.far.invalid");
    let reasons = ["the certificate of other.far.invalid is not trusted", FAR];
    assert_untrusted(&server, builder, &reasons).await;
    assert_eq!(proxy.tunnels().len(), 1);
}

#[tokio::test]
async fn b69_a_create_was_not_processed() {
    let server = Server::over(Protocol::Http2, |_: usize, _: &_| Response::result("{}"))
        .await
        .unwrap();
    let client = trusting(&server, &Authority::other().pem())
        .build()
        .unwrap();
    let request = SimplePcapRequest::builder()
        .packet_limit(1)
        .time_limit(1)
        .build();
    let error = client.account("a1").pcaps().create(request).await;
    let error = error.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Certificate, 1)
    );
    assert!(!error.may_have_been_processed());
}

#[tokio::test]
async fn b69_another_hosts_certificate() {
    let names = ["one.example", "two.example"];
    let identity = Authority::get().issue_server(&names).unwrap();
    let server = secure_server(identity.server_config(&[b"h2"], None).unwrap()).await;
    let builder = trusting(&server, &Authority::get().pem());
    let reasons = [
        "127.0.0.1",
        "is not trusted: it is for other names",
        "one.example",
        "two.example",
    ];
    assert_untrusted(&server, builder, &reasons).await;
}

#[tokio::test]
async fn b69_a_certificate_that_has_expired_or_is_not_valid_yet() {
    for (from, until, reason) in [
        (
            2000,
            2001,
            "it has expired; renew it, or set this machine's clock",
        ),
        (4000, 4001, "it is not valid yet; set this machine's clock"),
    ] {
        let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let identity = Identity {
            certificate: params.self_signed(&key).unwrap().pem(),
            key: key.serialize_pem(),
        };
        let server = secure_server(identity.server_config(&[b"h2"], None).unwrap()).await;
        let builder = trusting(&server, &identity.certificate);
        assert_untrusted(&server, builder, &["127.0.0.1", reason]).await;
    }
}

#[tokio::test]
async fn b73_a_client_certificate_that_the_server_requires() {
    let authority = Authority::get();
    let mine = authority.issue_client("me").unwrap();
    let foreign = Authority::other().issue_client("me").unwrap();
    for alpn in [&b"h2"[..], b"http/1.1"] {
        let tls = authority.server_identity();
        let server = secure_server(tls.server_config(&[alpn], Some(authority)).unwrap()).await;
        let builder = || trusting(&server, &authority.pem());

        let reasons = [
            "the server requires a client certificate",
            "client_certificate",
        ];
        assert_untrusted(&server, builder(), &reasons).await;

        let refused = builder().client_certificate(&*foreign.certificate, &*foreign.key);
        let reasons = ["the server does not accept the client certificate"];
        assert_untrusted(&server, refused, &reasons).await;

        let accepted = builder().client_certificate(&*mine.certificate, &*mine.key);
        assert!(!format!("{accepted:?}").contains("PRIVATE"));
        call(&accepted.build().unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn b73_certificates_that_cannot_be_used_are_errors_without_their_text() {
    let identity = Authority::get().issue_client("me").unwrap();
    let other = Authority::get().issue_client("me").unwrap();
    let (certificate, key) = (identity.certificate.as_str(), identity.key.as_str());
    let bad_base64 = "-----BEGIN CERTIFICATE-----\n!sentinel!\n-----END CERTIFICATE-----\n";
    let no_end = "-----BEGIN CERTIFICATE-----\nsentinel";
    let not_x509 = "-----BEGIN CERTIFICATE-----\nc2VudGluZWw=\n-----END CERTIFICATE-----\n";
    let client = || {
        let builder = Client::builder().api_token("token");
        builder.base_url("https://a.invalid")
    };
    let root = |pem: &str| client().add_root_certificate(pem);
    let mine = |chain: &str, key: &str| client().client_certificate(chain, key);
    let (of_root, of_client) = (
        "a root certificate cannot be used: ",
        "the client certificate cannot be used: ",
    );
    for (builder, reason) in [
        (root(""), of_root),
        (root("sentinel"), of_root),
        (root(key), of_root),
        (root(bad_base64), of_root),
        (root(no_end), of_root),
        (root(not_x509), of_root),
        (
            root(&Authority::get().pem()).add_root_certificate("sentinel"),
            of_root,
        ),
        (mine("sentinel", key), of_client),
        (mine(certificate, "sentinel"), of_client),
        (mine(certificate, certificate), of_client),
        (mine(certificate, bad_base64), of_client),
        (mine(certificate, &other.key), of_client),
        (client().platform_roots(false), "no root certificates: "),
    ] {
        // It is an error without TLS too: a setting that cannot be used is never ignored.
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        let text = format!("{error} {error:#?}");
        assert!(error.to_string().starts_with(reason), "{text}");
        assert!(
            !text.contains("sentinel") && !text.contains(&key[30..60]),
            "{text}"
        );
    }
}

#[tokio::test]
async fn b73_several_root_certificates_in_one_file_or_several() {
    let server = Server::over(Protocol::Http2, |_: usize, _: &_| Response::result("[]"))
        .await
        .unwrap();
    let (one, other) = (Authority::get().pem(), Authority::other().pem());
    let bundle = format!("# A comment.\n{other}\n# Another.\r\n{one}");
    call(&trusting(&server, &bundle).build().unwrap())
        .await
        .unwrap();
    let both = trusting(&server, &other).add_root_certificate(&*one);
    call(&both.build().unwrap()).await.unwrap();
    let only = trusting(&server, &one).platform_roots(false);
    call(&only.build().unwrap()).await.unwrap();
}
