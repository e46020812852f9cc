//! Behaviours 70 and 72: which proxies are used, and the errors of those that do not work.

use cloudflare_magic::{Client, ErrorKind, Phase};
use std::time::Duration;
use tests::proxy::{Manner, ProxyServer, Tunnel};
use tests::server::{Protocol, Response, Server};

use super::{FAR, call, failure, far_client, far_server};

#[tokio::test]
async fn b70_a_proxy_sees_the_tunnel_and_the_server_the_request() {
    for (alpn, protocol) in [
        (&b"h2"[..], Protocol::Http2),
        (b"http/1.1", Protocol::Http1Tls),
    ] {
        let server = far_server(&[alpn]).await;
        for proxy in [
            ProxyServer::http(Manner::Open(server.port()))
                .await
                .unwrap(),
            ProxyServer::https(Manner::Open(server.port()))
                .await
                .unwrap(),
        ] {
            let before = server.requests().len();
            let client = far_client().proxy(proxy.url()).build().unwrap();
            call(&client).await.unwrap();
            call(&client).await.unwrap();
            let tunnel = Tunnel {
                target: format!("{FAR}:443"),
                credentials: None,
            };
            assert_eq!(proxy.tunnels(), [tunnel]);
            let requests = server.requests();
            assert_eq!(requests.len(), before + 2);
            assert!(requests.iter().all(|request| request.protocol == protocol));
        }
    }
}

#[tokio::test]
async fn b70_user_name_and_password_are_sent_to_the_proxy_only() {
    let server = far_server(&[b"h2"]).await;
    let proxy = ProxyServer::http(Manner::Open(server.port()))
        .await
        .unwrap();
    let url = format!("http://me:p%40ss@{}", proxy.address());
    call(&far_client().proxy(url).build().unwrap())
        .await
        .unwrap();
    let credentials = proxy.tunnels()[0].credentials.clone();
    // `me:p@ss` in Base64.
    assert_eq!(credentials.as_deref(), Some("Basic bWU6cEBzcw=="));
    assert_eq!(server.requests()[0].header("proxy-authorization"), None);
}

/// `127.1` is a name to the SDK, so it is proxied, and an address to the system: a direct connection would succeed.
#[tokio::test]
async fn b70_a_proxy_that_cannot_be_used_never_means_a_direct_connection() {
    let server = Server::start([Response::result("[]")]).await.unwrap();
    let near = format!("http://127.1:{}", server.port());
    let builder = || {
        let builder = Client::builder().api_token("token").base_url(near.clone());
        builder.allow_plain_http(true)
    };
    for proxy in [
        "htp://me:sentinel@127.0.0.1:9",
        "ftp://me:sentinel@127.0.0.1:9",
        "tcp://me:sentinel@127.0.0.1:9",
        "socks4://me:sentinel@127.0.0.1:9",
        "http://me:sentinel@",
        "http://me:sentinel@127.0.0.1:port",
        "me:sentinel@ [",
        "",
    ] {
        for builder in [builder(), builder().base_url(server.url())] {
            let error = builder.proxy(proxy).build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            let text = format!("{error} {error:#?}");
            assert!(text.contains("the proxy cannot be used: "), "{text}");
            assert!(!text.contains("sentinel"), "{text}");
        }
    }
    let error = failure(builder().proxy("http://127.0.0.1:1").max_attempts(1)).await;
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(server.requests(), []);
    call(&builder().no_proxy().build().unwrap()).await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

/// What reqwest reads otherwise than we do must not get past it: every URL that is accepted leads to the proxy.
#[tokio::test]
async fn b70_every_url_that_is_accepted_leads_to_the_proxy() {
    let proxy = ProxyServer::http(Manner::Refuse(403)).await.unwrap();
    let address = proxy.address();
    let urls = [
        address.clone(),
        format!("http://{address}"),
        format!("HTTP://{address}/"),
        format!(" http://{address}/path "),
        format!("http://me@{address}"),
        format!("me:secret@{address}"),
        format!("http://me:a@b:c%zz\u{e9} [x]\"<>^`{{|}}\\@{address}"),
        format!("http://:@{address}"),
    ];
    for (number, url) in urls.iter().enumerate() {
        let error = failure(far_client().proxy(url)).await;
        assert_eq!(error.kind(), ErrorKind::Connect, "{url}: {error}");
        assert_eq!(proxy.tunnels().len(), number + 1, "{url}");
    }
}

#[tokio::test]
async fn b72_an_error_of_a_proxy_names_it_and_not_its_password() {
    let refusing = ProxyServer::http(Manner::Refuse(403)).await.unwrap();
    let unauthorized = ProxyServer::http(Manner::Refuse(407)).await.unwrap();
    let over_tls = ProxyServer::https(Manner::Refuse(502)).await.unwrap();
    let to_nowhere = ProxyServer::http(Manner::Open(1)).await.unwrap();
    let with_password = |scheme: &str, address: &str| format!("{scheme}://me:sentinel@{address}");
    let table = [
        (
            with_password("http", &refusing.address()),
            refusing.url(),
            "the proxy refused to connect to the server",
        ),
        (
            unauthorized.url(),
            unauthorized.url(),
            "the proxy requires a user name and password",
        ),
        (
            with_password("http", &unauthorized.address()),
            unauthorized.url(),
            "the proxy does not accept the user name and password",
        ),
        (
            with_password("https", &over_tls.address()),
            over_tls.url(),
            "the proxy refused to connect to the server",
        ),
        (
            with_password("http", &to_nowhere.address()),
            to_nowhere.url(),
            "the proxy failed: unexpected end of file",
        ),
        (
            with_password("http", "127.0.0.1:1"),
            "http://127.0.0.1:1".to_owned(),
            "the proxy cannot be reached: ",
        ),
        (
            with_password("http", "proxy.invalid:3128"),
            "http://proxy.invalid:3128".to_owned(),
            "the proxy cannot be reached: ",
        ),
    ];
    for (url, shown, reason) in table {
        let error = failure(far_client().proxy(url)).await;
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        assert!(!error.may_have_been_processed(), "{error}");
        let start = format!("pcaps.list: could not connect to {FAR} through the proxy {shown}: ");
        assert!(error.to_string().starts_with(&(start + reason)), "{error}");
        assert!(!format!("{error:#?}").contains("sentinel"), "{error:#?}");
    }
}

#[tokio::test]
async fn b72_a_plain_request_to_a_proxy_that_is_down_says_so() {
    let builder = Client::builder().api_token("token").max_attempts(1);
    let builder = builder.base_url(format!("http://{FAR}"));
    let builder = builder.allow_plain_http(true).proxy("http://127.0.0.1:1");
    let text = failure(builder).await.to_string();
    let reason = "through the proxy http://127.0.0.1:1: the proxy cannot be reached: ";
    assert!(text.contains(reason), "{text}");
}

#[tokio::test]
async fn b72_a_silent_proxy_is_named_too() {
    let proxy = ProxyServer::http(Manner::Silence).await.unwrap();
    let builder = far_client().proxy(proxy.url());
    let error = failure(builder.connect_timeout(Duration::from_millis(100))).await;
    let phase = Phase::Connect;
    assert_eq!(error.kind(), ErrorKind::Timeout { phase });
    let named = format!("{FAR} through the proxy {}", proxy.url());
    assert!(error.to_string().contains(&named), "{error}");
}

#[tokio::test]
async fn b72_a_proxy_whose_certificate_is_not_trusted() {
    let proxy = ProxyServer::https(Manner::Refuse(502)).await.unwrap();
    let builder = Client::builder().api_token("token");
    let builder = builder.base_url(format!("https://{FAR}"));
    let builder = builder.add_root_certificate(tests::authority::Authority::other().pem());
    let error = failure(builder.proxy(proxy.url())).await;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Certificate, 1)
    );
    let owner = format!(
        "the certificate of the proxy {} is not trusted",
        proxy.url()
    );
    assert!(error.to_string().contains(&owner), "{error}");
    assert_eq!(proxy.tunnels(), []);
}
