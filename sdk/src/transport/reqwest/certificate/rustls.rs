//! How rustls reports a certificate that was not accepted.

use std::error::Error as StdError;

use rustls::{CertificateError, Error, OtherError};

use super::Problem;
use crate::transport::reqwest::classify::find;
use crate::transport::reqwest::client::innermost;

/// What is wrong with a certificate, if that is the error.
pub(super) fn problem(error: &(dyn StdError + 'static)) -> Option<Problem> {
    if let Some(Error::InvalidCertificate(fault)) = find(error) {
        return Some(untrusted(fault));
    }
    // By its text, since h2 keeps no more of the connection's error.
    let text = innermost(error);
    rejected(text.strip_prefix("received fatal alert: ")?)
}

fn untrusted(fault: &CertificateError) -> Problem {
    match fault {
        CertificateError::UnknownIssuer => Problem::UnknownIssuer,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Problem::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Problem::NotValidYet
        }
        CertificateError::NotValidForName => Problem::OtherNames(Vec::new()),
        CertificateError::NotValidForNameContext { presented, .. } => {
            Problem::OtherNames(presented.clone())
        }
        CertificateError::Other(OtherError(error)) => Problem::Untrusted(format!(
            "it cannot be a server's certificate ({error}); install one that an authority has issued for it"
        )),
        other => Problem::Untrusted(other.to_string()),
    }
}

/// The alerts by which a server ends the handshake because of the client's certificate, or its lack.
fn rejected(alert: &str) -> Option<Problem> {
    match alert {
        "CertificateRequired" => Some(Problem::Required),
        "AccessDenied"
        | "BadCertificate"
        | "CertificateExpired"
        | "CertificateRevoked"
        | "CertificateUnknown"
        | "UnknownCA"
        | "UnsupportedCertificate" => Some(Problem::Rejected(alert.to_owned())),
        _ => None,
    }
}
