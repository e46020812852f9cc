//! The `User-Agent` header.

use http::HeaderValue;

const NAME: &str = concat!("cloudflare-magic/", env!("CARGO_PKG_VERSION"));

/// `cloudflare-magic/<version>`, followed by the application's suffix. `None` if the suffix is not printable ASCII.
pub(crate) fn user_agent(suffix: Option<&str>) -> Option<HeaderValue> {
    match suffix.map(str::trim).filter(|suffix| !suffix.is_empty()) {
        None => Some(HeaderValue::from_static(NAME)),
        Some(suffix) if suffix.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
            HeaderValue::from_str(&format!("{NAME} {suffix}")).ok()
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{NAME, user_agent};

    #[test]
    fn the_suffix_follows_the_crate_name() {
        assert_eq!(user_agent(None).unwrap(), NAME);
        assert_eq!(
            user_agent(Some(" app/2 ")).unwrap(),
            format!("{NAME} app/2")
        );
        assert!(user_agent(Some("app\r\nx: y")).is_none());
    }
}
