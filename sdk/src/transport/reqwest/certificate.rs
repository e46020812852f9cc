//! Whether an exchange failed because of a certificate, and what to do about it.
//!
//! In: an error of reqwest. Out: one sentence about the certificate, if it is the cause. Such an error stays until a setting or a
//! certificate changes, so the exchange is not worth another attempt. How the TLS library reports it is the matter of its own file.

use std::error::Error as StdError;
use std::fmt;

#[cfg(not(feature = "rustls"))]
mod openssl;
#[cfg(feature = "rustls")]
mod rustls;

#[cfg(not(feature = "rustls"))]
use self::openssl::problem;
#[cfg(feature = "rustls")]
use self::rustls::problem;

/// A certificate that was not accepted, by this machine or by the server.
#[derive(Debug)]
pub(super) struct CertificateFault {
    problem: Problem,
    /// Whose certificate the server's is.
    owner: String,
}

/// What is wrong with a certificate.
#[derive(Debug, PartialEq, Eq)]
enum Problem {
    UnknownIssuer,
    Expired,
    NotValidYet,
    /// It is for other names than the one that was called: these.
    OtherNames(Vec<String>),
    /// This machine does not trust it for another reason, in the library's words.
    Untrusted(String),
    /// The server requires a client certificate.
    Required,
    /// The server does not accept the client certificate; why, in the library's words.
    Rejected(String),
}

/// What is wrong with a certificate, if that is why the exchange failed. `owner` is whose certificate the server's is.
pub(super) fn fault(error: &(dyn StdError + 'static), owner: &str) -> Option<CertificateFault> {
    Some(CertificateFault {
        problem: problem(error)?,
        owner: owner.to_owned(),
    })
}

/// How a root certificate is added.
const ADD_ROOTS: &str = "install the issuer's root certificate or the package `ca-certificates`, name a file in `SSL_CERT_FILE`, or \
     call add_root_certificate";

/// How many of a certificate's names are listed.
const NAMES: usize = 5;

impl fmt::Display for CertificateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            Problem::Required => {
                return f.write_str(
                    "the server requires a client certificate; set one with client_certificate",
                );
            }
            Problem::Rejected(why) => {
                return write!(
                    f,
                    "the server does not accept the client certificate ({why}); set another with client_certificate"
                );
            }
            _ => write!(f, "the certificate of {} is not trusted: ", self.owner)?,
        }
        match &self.problem {
            Problem::UnknownIssuer => write!(f, "its issuer is unknown; {ADD_ROOTS}"),
            Problem::Expired => {
                f.write_str("it has expired; renew it, or set this machine's clock")
            }
            Problem::NotValidYet => f.write_str("it is not valid yet; set this machine's clock"),
            Problem::OtherNames(names) if names.is_empty() => {
                f.write_str("it is for other names than this host's")
            }
            Problem::OtherNames(names) => {
                let names = names[..names.len().min(NAMES)].join(", ");
                write!(f, "it is for other names than this host's: {names}")
            }
            Problem::Untrusted(why) => f.write_str(why),
            Problem::Required | Problem::Rejected(_) => Ok(()),
        }
    }
}

impl StdError for CertificateFault {}
