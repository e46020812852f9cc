//! Fills a path template with ids.
//!
//! In: a template such as `/accounts/{account_id}/pcaps/{pcap_id}` and the values. Out: the path, or an error message with the
//! parameter's name. Ids are checked, not escaped: the service has no id that would need escaping, and a server that unescapes
//! `..` or `a/b` could apply the request to another account. Values of a style are escaped already. The message does not contain the
//! value.

use crate::request::operation::Operation;

/// The maximum length of an id, in bytes. The service has no longer ids.
const MAX_LENGTH: usize = 128;

/// Appends the path to `out`.
pub(crate) fn fill<'v>(
    out: &mut String,
    operation: &Operation,
    value: impl Fn(&str) -> Option<&'v str>,
) -> Result<(), String> {
    let begin = out.len();
    let mut styled = None;
    let mut rest = operation.path;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = value(name).ok_or_else(|| format!("{name} is missing"))?;
        if operation.is_styled(name) {
            if value.is_empty() {
                return Err(format!("{name} is empty"));
            }
            styled = Some(name);
        } else {
            check(name, value)?;
        }
        check_reserved(operation, name, value)?;
        out.push_str(literal);
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    // Ids have no dots.
    let Some(name) = styled else { return Ok(()) };
    let path = out.get(begin..).unwrap_or_default();
    match path
        .split('/')
        .find(|segment| matches!(*segment, "." | ".."))
    {
        Some(dots) => Err(format!(
            "{name} makes a path segment {dots:?}, which a server may resolve to another path"
        )),
        None => Ok(()),
    }
}

/// Checks the path of an endpoint that this SDK lacks. Errors for a path that a URL parser would rewrite.
pub(crate) fn check_custom(path: &str) -> Result<(), String> {
    let Some(segments) = path.strip_prefix('/') else {
        return Err("the path does not start with a slash".to_owned());
    };
    for segment in segments.split('/') {
        if matches!(segment, "" | "." | "..") {
            return Err(format!(
                "the path has a segment {segment:?}, which a server may resolve to another path"
            ));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:@!$&'()*+,;=".contains(c);
        match segment.chars().find(|c| !plain(*c)) {
            Some('?') => return Err("the path has a query; use `query`".to_owned()),
            Some(c) => {
                return Err(format!(
                    "the path contains {c:?}, which is not allowed in a custom path"
                ));
            }
            None => {}
        }
    }
    Ok(())
}

fn check(name: &str, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("{name} is empty"));
    }
    if value.len() > MAX_LENGTH {
        return Err(format!(
            "{name} is {} bytes long; an id has at most {MAX_LENGTH}",
            value.len()
        ));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // Checks all bytes, without an early exit: ids are short, and such a loop is vectorized.
    if value
        .bytes()
        .fold(true, |so_far, byte| so_far & plain(byte))
    {
        return Ok(());
    }
    let wrong = |c: &char| !c.is_ascii() || !plain(*c as u8);
    match value.chars().find(wrong) {
        Some(c) => Err(format!(
            "{name} contains {c:?}; an id has only letters, digits, `-` and `_`"
        )),
        None => Ok(()),
    }
}

/// Errors for an id that is a literal segment of another path: `pcaps().get("ownership")` would request another resource.
fn check_reserved(operation: &Operation, name: &str, value: &str) -> Result<(), String> {
    for reserved in operation.reserved {
        if reserved.parameter == name && reserved.segments.contains(&value) {
            return Err(format!(
                "{name} is {value:?}, which is the path of another endpoint and not an id"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check_custom, fill};
    use crate::request::operation::{Operation, Reserved};

    const GET: Operation = Operation {
        reserved: &[Reserved {
            parameter: "pcap_id",
            segments: &["ownership"],
        }],
        ..Operation::get("pcaps.get", "/accounts/{account_id}/pcaps/{pcap_id}/x")
    };

    fn path(pcap_id: &str) -> Result<String, String> {
        let mut out = String::from("/v4");
        let value = |name: &str| match name {
            "account_id" => Some("acc"),
            "pcap_id" => Some(pcap_id),
            _ => None,
        };
        fill(&mut out, &GET, value).map(|()| out)
    }

    #[test]
    fn ids_replace_their_parameters() {
        assert_eq!(path("a-Z_9").unwrap(), "/v4/accounts/acc/pcaps/a-Z_9/x");
        assert!(path(&"a".repeat(128)).is_ok());
    }

    #[test]
    fn b05_to_b09_other_values_are_refused_by_name() {
        let long = "a".repeat(10_240);
        let ids = [
            ".",
            "..",
            "a/b?x=1#y",
            "",
            "ownership",
            "%2e%2e",
            "a\0",
            &long,
            "é",
            "a b",
            "a\\b",
            "a.b",
            "a\n",
        ];
        for id in ids {
            let fault = path(id).unwrap_err();
            assert!(
                fault.starts_with("pcap_id ") && fault.len() < 100,
                "{fault}"
            );
        }
    }

    #[test]
    fn custom_paths_that_would_be_rewritten_are_refused() {
        for path in ["/zones", "/a/b-c_d.e~f", "/x/:id", "/1/@me/a=b,c;d"] {
            assert_eq!(check_custom(path), Ok(()), "{path}");
        }
        for path in [
            "",
            "zones",
            "/",
            "//evil.example/x",
            "https://evil.example",
            "/a/../b",
            "/a/./b",
            "/a/",
            "/a?b=c",
            "/a#b",
            "/%2e%2e/a",
            "/a\\b",
            "/a b",
            "/é",
            "/a\n",
        ] {
            assert!(check_custom(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_missing_id_is_an_error() {
        let mut out = String::new();
        let fault = fill(&mut out, &GET, |name| {
            (name == "account_id").then_some("acc")
        });
        assert!(fault.unwrap_err().contains("pcap_id"));
    }
}
