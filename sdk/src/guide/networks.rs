//! Networks: proxies, certificates, the settings of connections, layers, runtimes and synchronous code.
//!
//! # Proxies
//!
//! Which proxy a client uses is decided once, when it is built, by the first of these rules that applies:
//!
//! 1. A base URL on a loopback address is never proxied.
//! 2. [`no_proxy`](crate::ClientBuilder::no_proxy): none. [`proxy`](crate::ClientBuilder::proxy): that one.
//! 3. `NO_PROXY` or `no_proxy` excludes the base URL's host: none. Its entries are separated by commas: a domain (with its
//!    subdomains), an IP address, a network such as `10.0.0.0/8`, or `*` for every host.
//! 4. The first of `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY` and `all_proxy` that is set and not empty. For a base URL with `http` it is
//!    `HTTP_PROXY` and `http_proxy` instead of the first two; in a CGI program (`REQUEST_METHOD` is set) without `HTTP_PROXY`, which
//!    there is a header of the request.
//!
//! ```no_run
//! # fn run() -> Result<(), cloudflare_magic::Error> {
//! use cloudflare_magic::Client;
//!
//! let client = Client::builder()
//!     .use_environment()
//!     .proxy("http://user:p%40ssword@proxy.example:3128")
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! | scheme | connection to the proxy | the base URL's host is resolved by |
//! |---|---|---|
//! | `http`, or none | plain | the proxy |
//! | `https` | over TLS | the proxy |
//! | `socks5`, with the feature `socks` | plain | this machine |
//! | `socks5h`, with the feature `socks` | plain | the proxy |
//!
//! User name and password are part of the URL, percent-encoded. Requests over TLS pass through a tunnel (`CONNECT`): the proxy sees host
//! and port, and no credentials.
//!
//! A URL that cannot be used (another scheme, no host, a malformed port) is an error of kind [`Config`](crate::ErrorKind::Config) when
//! the client is built, which names the setting or the variable. It never leads to a direct connection. If a proxy is down or refuses,
//! calls fail with kind [`Connect`](crate::ErrorKind::Connect), and the message names the proxy without its password.
//!
//! # Certificates
//!
//! The server's certificate is checked against the platform's root certificates and those that the application adds:
//!
//! ```no_run
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use cloudflare_magic::Client;
//! use cloudflare_magic::transport::TlsVersion;
//!
//! let client = Client::builder()
//!     .use_environment()
//!     .add_root_certificate(std::fs::read("inspecting-gateway.pem")?)
//!     .client_certificate(std::fs::read("client.pem")?, std::fs::read("client.key")?)
//!     .min_tls_version(TlsVersion::Tls13)
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! With [`platform_roots(false)`](crate::ClientBuilder::platform_roots) only the added ones are trusted. All files are PEM. They are read
//! and checked when the client is built; a client that lives on does not see root certificates that are installed later.
//!
//! A certificate that is not trusted makes a call fail after one attempt, with kind [`Certificate`](crate::ErrorKind::Certificate) and a
//! message that says what to do:
//!
//! ```text
//! pcaps.list: the certificate of api.cloudflare.com is not trusted: its issuer is unknown; install the issuer's root certificate or
//! the package `ca-certificates`, name a file in `SSL_CERT_FILE`, or call add_root_certificate
//! ```
//!
//! # Containers without root certificates
//!
//! Small images have no root certificates. The client then cannot be built, unless the application adds some. One of these helps:
//!
//! - The image installs the package `ca-certificates` (`apt-get install ca-certificates`, `apk add ca-certificates`).
//! - The image gets a file of root certificates from another stage:
//!   `COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/`.
//! - `SSL_CERT_FILE` names such a file, or `SSL_CERT_DIR` a folder of them. If one of them is set, the platform's own places are not read.
//! - The application calls [`add_root_certificate`](crate::ClientBuilder::add_root_certificate), for example with `include_bytes!`.
//!
//! # Connections
//!
//! | setting | default | what it sets |
//! |---|---|---|
//! | [`http1_only`](crate::ClientBuilder::http1_only) | HTTP/2 over TLS where the server supports it | HTTP/1.1 always |
//! | [`http2_keep_alive`](crate::ClientBuilder::http2_keep_alive) | 10 s and 10 s | when a silent connection is tested by a PING, and how long that may take; [off](crate::ClientBuilder::no_http2_keep_alive) |
//! | [`max_idle_connections`](crate::ClientBuilder::max_idle_connections) | no limit | how many unused connections are kept |
//! | [`idle_connection_timeout`](crate::ClientBuilder::idle_connection_timeout) | 90 s | how long an unused connection is kept |
//! | [`local_address`](crate::ClientBuilder::local_address) | the system's choice | the local address of connections |
//! | [`connect_timeout`](crate::ClientBuilder::connect_timeout) | 10 s | name resolution, proxy, TCP and TLS together |
//!
//! Downloads have connections of their own, so that one that is not read does not hold up other calls. Features of `reqwest` that
//! another crate of the program turns on (`gzip`, `brotli`, `cookies`, ..) change nothing of what is sent.
//!
//! # A layer around the transport
//!
//! `ClientBuilder::layer` wraps the built-in transport, with all its settings. The layer sees each attempt:
//!
//! ```
//! # #[cfg(any(feature = "rustls", feature = "native-tls"))]
//! # fn run() -> Result<(), cloudflare_magic::Error> {
//! use std::sync::atomic::{AtomicU64, Ordering};
//!
//! use bytes::Bytes;
//! use cloudflare_magic::transport::{HttpTransport, Transport, TransportBody, TransportError};
//! use cloudflare_magic::{BoxFuture, Client};
//! use http::{Request, Response};
//!
//! #[derive(Debug)]
//! struct Counted {
//!     transport: HttpTransport,
//!     attempts: AtomicU64,
//! }
//!
//! impl Transport for Counted {
//!     fn exchange(
//!         &self,
//!         request: Request<Bytes>,
//!     ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
//!         self.attempts.fetch_add(1, Ordering::Relaxed);
//!         self.transport.exchange(request)
//!     }
//! }
//!
//! let client = Client::builder()
//!     .api_token("token")
//!     .base_url("http://127.0.0.1:8080")
//!     .layer(|transport| Counted { transport, attempts: AtomicU64::new(0) })
//!     .build()?;
//! # drop(client);
//! # Ok(())
//! # }
//! # #[cfg(any(feature = "rustls", feature = "native-tls"))]
//! # run().unwrap();
//! ```
//!
//! These promises of the SDK are then the layer's as well:
//!
//! - It passes the request's extensions on. They have the call's [`Exchange`](crate::transport::Exchange): without it the connect timeout of
//!   the call is lost, downloads share connections with other calls, and after a time limit an error has to say that the service may have
//!   processed the request.
//! - It sends a request at most once, and follows no redirect. The client decides about retries: it knows which operations may be repeated.
//! - It returns the transport's error as it is. An error of its own has [`Sent::No`](crate::transport::Sent) only if the request was not
//!   sent.
//! - It prints no header of a request: `authorization` and `x-auth-key` are the credentials.
//! - It does not change the request's scheme, host and port: the built-in transport refuses another origin than the base URL's.
//! - When its future is dropped, it stops.
//!
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport) replaces the built-in transport. Then all of this page is up to the
//! application.
//!
//! # Several runtimes
//!
//! A client and its clones can be used from several tokio runtimes at once. A connection belongs to the runtime that opened it, so each
//! runtime has its own connections; the rate gate and the retry budget are shared. The connections of the 256 latest pairs of runtime
//! and purpose (calls, downloads) are kept. A runtime without timers or I/O is an error when a call is awaited, which says what to enable.
//!
//! # Synchronous code
//!
//! A program without `async` makes one runtime and blocks on calls:
//!
//! ```no_run
//! use cloudflare_magic::Client;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//!     let account = Client::from_env()?.account_from_env()?;
//!     let captures = runtime.block_on(async { account.pcaps().list().await })?;
//!     println!("{} captures", captures.len());
//!     Ok(())
//! }
//! ```
//!
//! Keep the runtime as long as the client: with a new runtime for each call, each call opens a connection. Inside of `async` code `await`
//! calls instead: `block_on` panics there.
