//! Behaviour 71: SOCKS5 proxies, with the feature `socks`.

use cloudflare_magic::{Client, ErrorKind};
use tests::authority::Authority;
use tests::proxy::{Manner, ProxyServer, Tunnel};
use tests::server::{Protocol, Response, Server};

use super::{FAR, call, failure, far_client, far_server};

#[tokio::test]
async fn b71_socks5h_leaves_the_name_to_the_proxy() {
    for (alpn, protocol) in [
        (&b"h2"[..], Protocol::Http2),
        (b"http/1.1", Protocol::Http1Tls),
    ] {
        let server = far_server(&[alpn]).await;
        let proxy = ProxyServer::socks5(Manner::Open(server.port()))
            .await
            .unwrap();
        call(&far_client().proxy(proxy.url()).build().unwrap())
            .await
            .unwrap();
        let url = format!("socks5h://me:p%40ss@{}", proxy.address());
        call(&far_client().proxy(url).build().unwrap())
            .await
            .unwrap();
        let tunnel = |credentials: Option<&str>| Tunnel {
            target: format!("{FAR}:443"),
            credentials: credentials.map(str::to_owned),
        };
        assert_eq!(proxy.tunnels(), [tunnel(None), tunnel(Some("me:p@ss"))]);
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert!(requests.iter().all(|request| request.protocol == protocol));
    }
}

/// `127.1` is a name to the SDK, so it is proxied, and this machine resolves it.
#[tokio::test]
async fn b71_socks5_resolves_the_name_here() {
    let identity = Authority::get().issue_server(&["127.0.0.1"]).unwrap();
    let tls = identity.server_config(&[b"h2"], None).unwrap();
    let server = super::secure_server(tls).await;
    let proxy = ProxyServer::socks5(Manner::Open(server.port()))
        .await
        .unwrap();
    let url = proxy.url().replace("socks5h", "socks5");
    let builder = far_client().base_url("https://127.1:7777").proxy(url);
    call(&builder.build().unwrap()).await.unwrap();
    let error = failure(far_client().proxy(proxy.url().replace("socks5h", "socks5"))).await;
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    let targets: Vec<_> = proxy
        .tunnels()
        .into_iter()
        .map(|tunnel| tunnel.target)
        .collect();
    assert_eq!(targets, ["127.0.0.1:7777"]);
}

#[tokio::test]
async fn b71_requests_without_tls_pass_through_too() {
    let server = Server::start([Response::result("[]")]).await.unwrap();
    let proxy = ProxyServer::socks5(Manner::Open(server.port()))
        .await
        .unwrap();
    let builder = Client::builder().api_token("token").allow_plain_http(true);
    let builder = builder.base_url(format!("http://{FAR}")).proxy(proxy.url());
    call(&builder.build().unwrap()).await.unwrap();
    assert_eq!(server.requests()[0].header("host"), Some(FAR));
}

#[tokio::test]
async fn b72_an_error_of_a_socks_proxy_names_it_and_not_its_password() {
    let refusing = ProxyServer::socks5(Manner::Refuse(2)).await.unwrap();
    for (address, reason) in [
        (refusing.address(), "the proxy failed: "),
        ("127.0.0.1:1".to_owned(), "the proxy cannot be reached"),
    ] {
        let url = format!("socks5h://me:sentinel@{address}");
        let error = failure(far_client().proxy(url)).await;
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        let named = format!("{FAR} through the proxy socks5h://{address}: {reason}");
        assert!(error.to_string().contains(&named), "{error}");
        assert!(!format!("{error:#?}").contains("sentinel"), "{error:#?}");
    }
}
