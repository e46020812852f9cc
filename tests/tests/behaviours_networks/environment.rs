//! Behaviours 69 and 70: root certificates and proxies that the environment names, each in a process of its own.

use std::process::Command;

use tempfile::NamedTempFile;
use tests::authority::Authority;
use tests::proxy::{Manner, ProxyServer};
use tests::server::{Protocol, Response, Server};

const NAMES: [&str; 4] = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];

/// The output of a program that makes one call to this base URL, with these variables and no other for proxies. Unless they say
/// otherwise, the machine trusts one authority, and not that of the tests' servers.
async fn child(base_url: &str, variables: &[(&str, String)]) -> String {
    let roots = file(&Authority::other().pem());
    let mut command = Command::new(env!("CARGO_BIN_EXE_environment"));
    for name in NAMES {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
        .env("CLOUDFLARE_API_TOKEN", "token")
        .env("CLOUDFLARE_ACCOUNT_ID", "a1")
        .env("CLOUDFLARE_BASE_URL", base_url)
        .env("SSL_CERT_FILE", roots.path())
        .env_remove("SSL_CERT_DIR")
        .envs(variables.iter().map(|(name, value)| (name, value)));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A file with this text, which is deleted when it is dropped.
fn file(text: &str) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b69_a_machine_without_root_certificates() {
    let server = Server::over(Protocol::Http2, |_: usize, _: &_| Response::result("[]"))
        .await
        .unwrap();
    let (authority, none) = (Authority::get().pem(), file(""));
    let roots = |file: &NamedTempFile| ("SSL_CERT_FILE", file.path().display().to_string());

    let printed = child(&server.url(), &[roots(&none)]).await;
    assert!(
        printed.starts_with("Config: no root certificates: ")
            && printed.contains("`ca-certificates`")
            && printed.contains("SSL_CERT_FILE")
            && printed.contains("add_root_certificate"),
        "{printed}"
    );
    // Root certificates that the application adds are enough, and so are those of the variable.
    let added = [roots(&none), ("EXPLICIT_ROOT", authority.clone())];
    assert_eq!(child(&server.url(), &added).await, "called");
    let named = file(&authority);
    assert_eq!(child(&server.url(), &[roots(&named)]).await, "called");
    // Without TLS none are needed.
    let plain = Server::start([Response::result("[]")]).await.unwrap();
    assert_eq!(child(&plain.url(), &[roots(&none)]).await, "called");
}

/// `127.1` is a name to the SDK, so it is proxied, and an address to the system: a direct connection would reach the server. Its
/// certificate is not trusted there, so that no call succeeds and each connection shows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b70_the_environments_proxy_is_used_or_an_error_and_never_passed_by() {
    let server = Server::over(Protocol::Http1Tls, |_: usize, _: &_| Response::result("[]"))
        .await
        .unwrap();
    let base_url = format!("https://127.1:{}", server.port());
    for (name, value, reason) in [
        (
            "HTTPS_PROXY",
            "htp://me:sentinel@proxy:3128",
            "its scheme is htp",
        ),
        (
            "https_proxy",
            "ftp://me:sentinel@proxy:3128",
            "its scheme is ftp",
        ),
        (
            "ALL_PROXY",
            "socks4://me:sentinel@proxy",
            "its scheme is socks4",
        ),
        ("all_proxy", "me:sentinel@", "it has no host"),
    ] {
        let printed = child(&base_url, &[(name, value.to_owned())]).await;
        let start = format!("Config: {name} cannot be used as a proxy: {reason}");
        assert!(printed.starts_with(&start), "{printed}");
        assert!(!printed.contains("sentinel"), "{printed}");
    }

    let proxy = ProxyServer::http(Manner::Refuse(403)).await.unwrap();
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let before = proxy.tunnels().len();
        let printed = child(&base_url, &[(name, proxy.url())]).await;
        assert!(printed.contains(&proxy.url()), "{name}: {printed}");
        assert!(proxy.tunnels().len() > before, "{name}");
    }
    // `HTTP_PROXY` is for base URLs without TLS; and the host is excluded.
    let before = proxy.tunnels().len();
    let excluded = ("NO_PROXY", "example.com, 127.1".to_owned());
    for variables in [
        &[("HTTP_PROXY", proxy.url())][..],
        &[("HTTPS_PROXY", proxy.url()), excluded],
        &[],
    ] {
        let printed = child(&base_url, variables).await;
        assert!(printed.starts_with("Certificate: "), "{printed}");
    }
    assert_eq!(proxy.tunnels().len(), before);
    assert_eq!(server.requests(), []);
}
