//! How OpenSSL reports a certificate that was not accepted: only in the texts of its errors. The errors of the libraries of macOS and
//! Windows stay errors of the connection.

use std::error::Error as StdError;

use super::Problem;

/// What is wrong with a certificate, if that is the error.
pub(super) fn problem(error: &(dyn StdError + 'static)) -> Option<Problem> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        let problem = of_text(&text);
        if problem.is_some() {
            return problem;
        }
        cause = error.source();
    }
    None
}

fn of_text(text: &str) -> Option<Problem> {
    if let Some((_, rest)) = text.split_once("certificate verify failed") {
        // The reason is in parentheses at the end.
        let reason = rest.split_once('(').map_or("", |(_, reason)| reason);
        return Some(untrusted(reason.trim_end_matches(')')));
    }
    let (_, alert) = text.split_once(" alert ")?;
    rejected(alert.split(':').next()?)
}

fn untrusted(reason: &str) -> Problem {
    match reason {
        "certificate has expired" => Problem::Expired,
        "certificate is not yet valid" => Problem::NotValidYet,
        "hostname mismatch" | "IP address mismatch" => Problem::OtherNames(Vec::new()),
        "" | "unable to get local issuer certificate" | "unable to get issuer certificate" => {
            Problem::UnknownIssuer
        }
        other => Problem::Untrusted(other.to_owned()),
    }
}

/// The alerts by which a server ends the handshake because of the client's certificate, or its lack.
fn rejected(alert: &str) -> Option<Problem> {
    match alert {
        "certificate required" => Some(Problem::Required),
        "access denied"
        | "bad certificate"
        | "certificate expired"
        | "certificate revoked"
        | "certificate unknown"
        | "unknown ca"
        | "unsupported certificate" => Some(Problem::Rejected(alert.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, of_text};

    #[test]
    fn b69_texts_of_openssl() {
        let verify = "error:0A000086:SSL routines:f:certificate verify failed:../ssl/a.c:1889: ";
        for (text, problem) in [
            (
                format!("{verify}(unable to get local issuer certificate)"),
                Some(Problem::UnknownIssuer),
            ),
            (
                format!("{verify}(certificate has expired)"),
                Some(Problem::Expired),
            ),
            (
                format!("{verify}(IP address mismatch)"),
                Some(Problem::OtherNames(Vec::new())),
            ),
            (
                format!("{verify}(self-signed certificate)"),
                Some(Problem::Untrusted("self-signed certificate".to_owned())),
            ),
            (
                "error:0A00045C:SSL routines:f:tlsv13 alert certificate required:../a.c:1:SSL alert number 116"
                    .to_owned(),
                Some(Problem::Required),
            ),
            (
                "error:0A000418:SSL routines:f:tlsv1 alert unknown ca:../a.c:1:SSL alert number 48"
                    .to_owned(),
                Some(Problem::Rejected("unknown ca".to_owned())),
            ),
            ("tlsv1 alert protocol version:x".to_owned(), None),
            ("Connection refused (os error 111)".to_owned(), None),
        ] {
            assert_eq!(of_text(&text), problem, "{text}");
        }
    }
}
