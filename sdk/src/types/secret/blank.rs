//! A secret text without its secret parts.
//!
//! In: a bucket's URI, or any text. Out: the same with asterisks in place of what may be secret. Of a URI stay the scheme, the bucket,
//! the path, and the parameters that are known to be no secrets; of any other text nothing stays.

use crate::base::redact::MASK;

/// The parameters of a bucket's URI that are no secrets.
const PLAIN: [&str; 4] = ["region", "account-id", "sse", "endpoint"];

/// The text with [`MASK`] in place of its secrets.
pub(super) fn blanked(text: &str) -> String {
    let Some((scheme, rest)) = text
        .split_once("://")
        .filter(|(scheme, _)| is_scheme(scheme))
    else {
        return match text.is_empty() {
            true => String::new(),
            false => MASK.to_owned(),
        };
    };
    let (place, query) = match rest.split_once('?') {
        Some((place, query)) => (place, Some(query)),
        None => (rest, None),
    };
    let mut out = format!("{scheme}://");
    match place.rsplit_once('@') {
        Some((_, bucket)) => out.push_str(&format!("{MASK}@{bucket}")),
        None => out.push_str(place),
    }
    for (index, parameter) in query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .enumerate()
    {
        out.push(if index == 0 { '?' } else { '&' });
        match parameter.split_once('=') {
            Some((name, value)) if PLAIN.contains(&name) || value.is_empty() => {
                out.push_str(parameter);
            }
            Some((name, _)) => out.push_str(&format!("{name}={MASK}")),
            None if PLAIN.contains(&parameter) || parameter.is_empty() => out.push_str(parameter),
            None => out.push_str(MASK),
        }
    }
    out
}

/// Whether a text is what [`blanked`] returned for a text with secrets.
pub(super) fn is_blanked(text: &str) -> bool {
    let hides = |part: &str| part == MASK || part.ends_with("=***") || part.ends_with("://***@");
    let parameters = text.split_once('?').map_or("", |(_, query)| query);
    let user = text.split_once('@').map_or("", |(user, _)| user);
    text == MASK || parameters.split('&').any(hides) || user.ends_with("://***")
}

fn is_scheme(scheme: &str) -> bool {
    !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{blanked, is_blanked};

    #[test]
    fn b101_bucket_path_and_account_stay() {
        let table = [
            (
                "r2://b/d?account-id=a&access-key-id=HUSH&secret-access-key=HU/SH=",
                "r2://b/d?account-id=a&access-key-id=***&secret-access-key=***",
            ),
            ("az://b?sig=HUSH&HUSH", "az://b?sig=***&***"),
            ("s3://HUSH:HUSH@b/d?region=eu", "s3://***@b/d?region=eu"),
            ("HUSH", "***"),
        ];
        for (text, expected) in table {
            let found = blanked(text);
            assert_eq!(found, expected);
            assert!(is_blanked(&found) && !is_blanked(text), "{found}");
        }
        for plain in [
            "",
            "s3://b/a@c?region=eu&sse=AES256",
            "gs://b/***",
            "r2://b?account-id=a",
        ] {
            assert!(!is_blanked(plain), "{plain}");
        }
        assert_eq!(blanked("gs://b/d"), "gs://b/d");
    }
}
