//! Words for statuses and media types, as parts of names.

use super::case::upper_camel;

/// The reason phrases of RFC 9110, and of the RFCs that register further statuses.
const REASONS: [(&str, &str); 42] = [
    ("200", "Ok"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("203", "NonAuthoritative"),
    ("204", "NoContent"),
    ("205", "ResetContent"),
    ("206", "PartialContent"),
    ("207", "MultiStatus"),
    ("208", "AlreadyReported"),
    ("226", "ImUsed"),
    ("304", "NotModified"),
    ("400", "BadRequest"),
    ("401", "Unauthorized"),
    ("402", "PaymentRequired"),
    ("403", "Forbidden"),
    ("404", "NotFound"),
    ("405", "MethodNotAllowed"),
    ("406", "NotAcceptable"),
    ("408", "RequestTimeout"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("411", "LengthRequired"),
    ("412", "PreconditionFailed"),
    ("413", "ContentTooLarge"),
    ("414", "UriTooLong"),
    ("415", "UnsupportedMediaType"),
    ("416", "RangeNotSatisfiable"),
    ("417", "ExpectationFailed"),
    ("421", "MisdirectedRequest"),
    ("422", "UnprocessableContent"),
    ("423", "Locked"),
    ("424", "FailedDependency"),
    ("425", "TooEarly"),
    ("426", "UpgradeRequired"),
    ("428", "PreconditionRequired"),
    ("429", "TooManyRequests"),
    ("431", "HeadersTooLarge"),
    ("500", "InternalServerError"),
    ("501", "NotImplemented"),
    ("502", "BadGateway"),
    ("503", "ServiceUnavailable"),
    ("504", "GatewayTimeout"),
];

/// The word for a status: `200`, `2XX` or `default`.
pub(super) fn status_word(status: &str) -> String {
    let reason = REASONS.iter().find(|(known, _)| *known == status);
    match (reason, status.to_ascii_uppercase().as_str()) {
        (Some((_, reason)), _) => (*reason).to_owned(),
        (None, "DEFAULT") => "Default".to_owned(),
        (None, "1XX") => "Information".to_owned(),
        (None, "2XX") => "Success".to_owned(),
        (None, "3XX") => "Redirection".to_owned(),
        (None, "4XX") => "ClientError".to_owned(),
        (None, "5XX") => "ServerError".to_owned(),
        (None, other) => format!("Status{other}"),
    }
}

/// The word for the body of a response with this status. The usual successes have none of their own.
pub(super) fn response_word(status: &str) -> String {
    match status {
        "200" | "201" | "2XX" | "2xx" | "default" => "Response".to_owned(),
        success if success.starts_with('2') => format!("{}Response", status_word(success)),
        failure => status_word(failure),
    }
}

/// The word for a media type: its subtype. That of a range is `Any`, that of `text/plain` is `Text`.
pub(super) fn media_word(media_type: &str) -> String {
    let subtype = media_type.rsplit('/').next().unwrap_or_default();
    let subtype = ["x-", "vnd."]
        .iter()
        .find_map(|prefix| subtype.strip_prefix(prefix))
        .unwrap_or(subtype);
    match subtype {
        "*" => "Any".to_owned(),
        "plain" => "Text".to_owned(),
        other => upper_camel(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{REASONS, media_word, status_word};

    #[test]
    fn words_name_statuses_and_media_types() {
        for (status, word) in [
            ("202", "Accepted"),
            ("299", "Status299"),
            ("2XX", "Success"),
            ("4xx", "ClientError"),
            ("default", "Default"),
        ] {
            assert_eq!(status_word(status), word);
        }
        for (media_type, word) in [
            ("application/json", "Json"),
            ("application/x-ndjson", "Ndjson"),
            ("application/vnd.lamps+json", "LampsJson"),
            ("text/plain", "Text"),
            ("*/*", "Any"),
        ] {
            assert_eq!(media_word(media_type), word);
        }
        assert!(REASONS.is_sorted());
    }
}
