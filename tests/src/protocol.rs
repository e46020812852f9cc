//! The protocols over which a test runs.
//!
//! In: a test, as an async function. Out: the same test over each protocol: [`over_each_protocol!`](crate::over_each_protocol)
//! declares it once in a module `http1` and once in a module `http2`, so that the name of a failed test contains the protocol.
//! Servers of a test speak the protocol of the test, see [`Protocol::current`].

tokio::task_local! {
    static CURRENT: Protocol;
}

/// What a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// HTTP/1.1 without TLS.
    Http1,
    /// HTTP/1.1 over TLS.
    Http1Tls,
    /// HTTP/2 over TLS, negotiated by ALPN.
    Http2,
}

impl Protocol {
    /// All protocols.
    pub const ALL: [Self; 3] = [Self::Http1, Self::Http1Tls, Self::Http2];

    /// The protocol of the running test: HTTP/1.1 without TLS, except inside of [`Protocol::run`]. A spawned task does not inherit it.
    pub fn current() -> Self {
        CURRENT.try_with(|current| *current).unwrap_or(Self::Http1)
    }

    /// Runs a test over this protocol.
    pub async fn run<T>(self, test: impl Future<Output = T>) -> T {
        CURRENT.scope(self, test).await
    }

    /// Whether requests are sent over TLS.
    pub fn is_secure(self) -> bool {
        self != Self::Http1
    }

    /// The name of the protocol in the TLS handshake.
    pub fn alpn(self) -> &'static [u8] {
        match self {
            Self::Http1 | Self::Http1Tls => b"http/1.1",
            Self::Http2 => b"h2",
        }
    }
}

/// Declares tests, each an async function without arguments, over HTTP/1.1 and over HTTP/2 with TLS.
///
/// A runtime with other settings is named first: `in #[tokio::test(flavor = "multi_thread")]: b59_one, b59_two`. A test can have
/// attributes: `#[cfg(unix)] b54_one`.
#[macro_export]
macro_rules! over_each_protocol {
    (in #[$runtime:meta]: $($tests:tt)+) => {
        mod http1 {
            $crate::over_each_protocol! { @ Http1 #[$runtime] $($tests)+ }
        }

        mod http2 {
            $crate::over_each_protocol! { @ Http2 #[$runtime] $($tests)+ }
        }
    };
    (@ $protocol:ident #[$runtime:meta] $($(#[$attribute:meta])* $test:ident),+ $(,)?) => {
        $crate::over_each_protocol! { @@ $protocol $(#[$runtime] $(#[$attribute])* $test)+ }
    };
    (@@ $protocol:ident $($(#[$attribute:meta])+ $test:ident)+) => {
        $(
            $(#[$attribute])+
            async fn $test() {
                let protocol = $crate::protocol::Protocol::$protocol;
                protocol.run(super::$test()).await;
            }
        )+
    };
    ($($tests:tt)+) => {
        $crate::over_each_protocol! { in #[tokio::test]: $($tests)+ }
    };
}
