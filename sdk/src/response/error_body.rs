//! Reads the error in the body of a failed response.
//!
//! In: the body of a response whose status is not a success. Out: the error, with the service's errors if the body has them in
//! one of the known shapes, else with the title of the gateway's page or the beginning of the body.

use http::HeaderMap;
use http::header::LOCATION;

use crate::base::drift;
use crate::base::redact;
use crate::decode::{self, FromJson, Json};
use crate::error::{ApiError, Error, ErrorKind};
use crate::service::ErrorCode;

/// The error of a status that is neither success nor redirect. A body that is nested more deeply than `depth` is not read as JSON.
pub(crate) fn from_status(body: &[u8], depth: usize) -> Error {
    let tree = decode::tree(body, depth).ok();
    tree.and_then(|tree| from_json(tree.root()))
        .unwrap_or_else(|| Error::new(ErrorKind::Http, excerpt(body)))
}

/// The error of a JSON body. `None` if it has neither errors nor an envelope.
fn from_json(body: Json<'_>) -> Option<Error> {
    let errors = ApiError::all_from(body);
    let is_envelope = ["success", "errors"]
        .iter()
        .any(|key| body.get(key).is_some());
    if errors.is_empty() && !is_envelope {
        None
    } else {
        let says_failure = body.get("success").and_then(Json::as_bool) == Some(false);
        Some(refused(errors).in_envelope(says_failure))
    }
}

/// The errors in a body with a status of success: those of `errors`, of `error`, and problem+json. A `message` alone is none.
pub(crate) fn reported(body: Json<'_>) -> Vec<ApiError> {
    let errors = body.get("errors").map(ApiError::list).unwrap_or_default();
    if !errors.is_empty() {
        return errors;
    }
    let mut errors = body.get("error").map(ApiError::list).unwrap_or_default();
    // Empty texts and zeros say that there is no error.
    let code = |error: &ApiError| error.code().map_or(0, ErrorCode::code);
    errors.retain(|error| !error.message().is_empty() || code(error) != 0);
    if errors.is_empty() && is_problem(body) {
        errors = ApiError::all_from(body);
    }
    errors
}

/// Whether a body is problem+json: it has a title or details, and the status of a failure or a URI as its type.
fn is_problem(body: Json<'_>) -> bool {
    let text = |key: &str| body.get(key).and_then(Json::as_text);
    let status = body.get("status").map(i64::from_json);
    let is_failure = status
        .and_then(Result::ok)
        .is_some_and(|status| status >= 400);
    let is_uri = text("type").is_some_and(|of| of == "about:blank" || of.contains(':'));
    (is_failure || is_uri) && (text("title").is_some() || text("detail").is_some())
}

/// The error with the errors that the service reports.
pub(crate) fn refused(errors: Vec<ApiError>) -> Error {
    note_unknown_codes(&errors);
    Error::api(errors)
}

/// Records the unknown codes of errors and of their error chains.
fn note_unknown_codes(errors: &[ApiError]) {
    for error in errors {
        if let Some(ErrorCode::Unknown(code)) = error.code() {
            drift::unknown_error_code(code.get());
        }
        note_unknown_codes(error.chain());
    }
}

/// The title or beginning of a body that is not JSON, or that there is no body.
fn excerpt(body: &[u8]) -> String {
    let snippet = snippet(body);
    if snippet.is_empty() {
        "the response has no body".to_owned()
    } else {
        snippet
    }
}

/// The title of an HTML page, or the beginning of a body, without secrets.
pub(crate) fn snippet(body: &[u8]) -> String {
    const WINDOW: usize = 8192;
    let text = String::from_utf8_lossy(body.get(..WINDOW).unwrap_or(body));
    let text = text.trim_start_matches('\u{feff}');
    match title(text) {
        Some(title) => redact::line(&title),
        None => redact::line(text),
    }
}

/// The title of an HTML page.
fn title(text: &str) -> Option<String> {
    // ASCII lowercasing keeps every byte position.
    let lower = text.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower.get(start..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</title")?;
    let title = text.get(start..end)?.trim();
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let title = entities
        .iter()
        .fold(title.to_owned(), |title, (entity, plain)| {
            title.replace(entity, plain)
        });
    if title.is_empty() { None } else { Some(title) }
}

/// The error of a redirect. It names only the host of the target, since the rest of the URL can contain anything.
pub(crate) fn redirected(headers: &HeaderMap, own_host: &str) -> Error {
    let target = match headers.get(LOCATION).map(|location| location.to_str()) {
        None => "an unnamed location".to_owned(),
        Some(location) => match location
            .ok()
            .and_then(|location| target_host(location, own_host))
        {
            Some(host) => format!("host {host}"),
            None => "an unreadable URL".to_owned(),
        },
    };
    Error::new(
        ErrorKind::Redirect,
        format!("redirected to {target}; redirects are not followed, check the base URL"),
    )
}

/// The host of an absolute, scheme-relative or relative URL.
fn target_host(location: &str, own_host: &str) -> Option<String> {
    let rest = match (location.split_once("://"), location.strip_prefix("//")) {
        (_, Some(rest)) => rest,
        (Some((scheme, rest)), None)
            if scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) =>
        {
            rest
        }
        _ => return Some(own_host.to_owned()),
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = redact::line(host);
    if host.is_empty() { None } else { Some(host) }
}

#[cfg(test)]
mod tests {
    use super::{from_status, redirected, snippet};
    use crate::error::{CallFacts, Error, ErrorKind};
    use http::header::LOCATION;
    use http::{HeaderMap, StatusCode};

    fn error(status: u16, body: &str) -> Error {
        from_status(body.as_bytes(), 64).with_call(CallFacts {
            permissions: &["A Read"],
            status: StatusCode::from_u16(status).ok(),
            ..CallFacts::default()
        })
    }

    #[test]
    fn b94_the_page_of_a_proxy_has_no_class() {
        for (status, body) in [
            (404, "<html><title>404 Not Found</title>"),
            (404, r#"{"message":"no Route matched"}"#),
            (403, "<html>blocked"),
        ] {
            let error = error(status, body);
            let classes = [error.is_auth(), error.is_not_found(), error.is_conflict()];
            assert_eq!(classes, [false; 3], "{error}");
        }
        let blocked = error(403, "<html>blocked");
        assert_eq!(blocked.kind(), ErrorKind::Http);
        let hint = blocked.hint().unwrap();
        assert!(
            hint.contains("proxy") && hint.contains("`A Read`"),
            "{hint}"
        );
        let gone = error(404, r#"{"success":false,"errors":[{"code":1001}]}"#);
        assert!(gone.is_not_found(), "{gone}");
    }

    #[test]
    fn b24_the_snippet_of_a_page_is_its_title() {
        let page = b"<!DOCTYPE html><html><head><TITLE lang=en>\n  api.cloudflare.com | 502: Bad &amp; gateway\n</TITLE></head>";
        assert_eq!(snippet(page), "api.cloudflare.com | 502: Bad & gateway");
        assert_eq!(snippet(b"error code: 1016"), "error code: 1016");
        assert_eq!(snippet(b"\xff\xfe bad"), "\u{fffd}\u{fffd} bad");
    }

    #[test]
    fn b01_redirects_name_the_host_only() {
        let of = |location: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, location.parse().unwrap());
            redirected(&headers, "own.example").to_string()
        };
        assert!(
            of("https://user:sentinel@evil.example:8/p?sentinel")
                .contains("to host evil.example:8;")
        );
        assert!(!of("https://user:sentinel@evil.example:8/p?sentinel").contains("sentinel"));
        assert!(of("//evil.example/p").contains("host evil.example;"));
        assert!(of("/elsewhere").contains("host own.example;"));
        assert!(of("https://").contains("unreadable"));
    }
}
