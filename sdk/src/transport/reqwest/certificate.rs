//! Whether an exchange failed because of a certificate, and what to do about it.
//!
//! In: an error of reqwest. Out: one sentence about the certificate, if it is the cause. Such an error stays until a setting or a
//! certificate changes, so the exchange is not worth another attempt.

use std::error::Error as StdError;
use std::fmt;

/// A certificate that was not accepted, by this machine or by the server.
#[derive(Debug)]
pub(super) struct CertificateFault {
    text: String,
}

impl CertificateFault {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

impl fmt::Display for CertificateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for CertificateFault {}

/// How a root certificate is added.
const ADD_ROOTS: &str = "install the issuer's root certificate or the package `ca-certificates`, name a file in `SSL_CERT_FILE`, or \
     call add_root_certificate";

/// What is wrong with a certificate, if that is why the exchange failed. `owner` is whose certificate the server's is.
#[cfg(feature = "rustls")]
pub(super) fn fault(error: &(dyn StdError + 'static), owner: &str) -> Option<CertificateFault> {
    use rustls::Error::InvalidCertificate;

    if let Some(InvalidCertificate(fault)) = super::classify::find(error) {
        return Some(CertificateFault::new(untrusted(fault, owner)));
    }
    // By its text, since h2 keeps no more of the connection's error.
    let text = super::client::innermost(error);
    let alert = text.strip_prefix("received fatal alert: ")?;
    rejected(alert).map(CertificateFault::new)
}

/// Why this machine does not trust a certificate.
#[cfg(feature = "rustls")]
fn untrusted(fault: &rustls::CertificateError, owner: &str) -> String {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
        NotValidYetContext, UnknownIssuer,
    };

    /// How many of the certificate's names are listed.
    const NAMES: usize = 5;

    match fault {
        UnknownIssuer => {
            format!("the certificate of {owner} is not trusted: its issuer is unknown; {ADD_ROOTS}")
        }
        Expired | ExpiredContext { .. } => format!(
            "the certificate of {owner} is not trusted: it has expired; renew it, or set this machine's clock"
        ),
        NotValidYet | NotValidYetContext { .. } => format!(
            "the certificate of {owner} is not trusted: it is not valid yet; set this machine's clock"
        ),
        NotValidForNameContext { presented, .. } if !presented.is_empty() => format!(
            "the certificate of {owner} is not trusted: it is for other names than this host's: {}",
            presented[..presented.len().min(NAMES)].join(", ")
        ),
        NotValidForName | NotValidForNameContext { .. } => {
            format!("the certificate of {owner} is not trusted: it is not for this host's name")
        }
        other => format!("the certificate of {owner} is not trusted: {other}; {ADD_ROOTS}"),
    }
}

/// Why the server does not accept this client's certificate, or its lack.
#[cfg(feature = "rustls")]
fn rejected(alert: &str) -> Option<String> {
    match alert {
        "CertificateRequired" => Some(
            "the server requires a client certificate; set one with client_certificate".to_owned(),
        ),
        "AccessDenied"
        | "BadCertificate"
        | "CertificateExpired"
        | "CertificateRevoked"
        | "CertificateUnknown"
        | "UnknownCA"
        | "UnsupportedCertificate" => Some(format!(
            "the server does not accept the client certificate ({alert}); set another with client_certificate"
        )),
        _ => None,
    }
}

/// What is wrong with a certificate, if that is why the exchange failed. The platform's libraries say so only in the texts of their
/// errors: this one is OpenSSL's.
#[cfg(not(feature = "rustls"))]
pub(super) fn fault(error: &(dyn StdError + 'static), owner: &str) -> Option<CertificateFault> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        if text.contains("certificate verify failed") {
            let text = format!("the certificate of {owner} is not trusted ({text}); {ADD_ROOTS}");
            return Some(CertificateFault::new(text));
        }
        cause = error.source();
    }
    None
}
