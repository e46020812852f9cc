//! What parameters of a style leave in a request beside its path, query and headers: their cookies, and which keys of the query are theirs.
//!
//! In: the expanded pairs of a parameter. Out: entries of the query, and one header `Cookie`, marked as sensitive.

use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Request;

/// Names and encoded values, by parameter.
type ByParameter = Vec<(&'static str, Vec<(String, String)>)>;

/// Cookies, and the keys that the members of an exploded object have in the query.
#[derive(Clone, Default)]
pub(super) struct StyledValues {
    query: ByParameter,
    cookies: ByParameter,
}

impl StyledValues {
    /// Adds the header with all cookies, if there are any.
    pub(super) fn add_cookies(&self, headers: &mut HeaderMap) {
        let pairs = self.cookies.iter().flat_map(|(_, pairs)| pairs);
        let pairs = pairs.map(|(name, value)| format!("{name}={value}"));
        let cookies = pairs.collect::<Vec<_>>().join("; ");
        // Names and values are percent-encoded, so the text fits into a header.
        if let Ok(mut value) = HeaderValue::try_from(cookies)
            && !value.is_empty()
        {
            value.set_sensitive(true);
            headers.insert(COOKIE, value);
        }
    }
}

impl Request {
    /// Sets the pairs of a parameter of the query, replacing its earlier ones.
    pub(super) fn set_pairs(&mut self, parameter: &'static str, pairs: Vec<(String, String)>) {
        let earlier = replace(&mut self.styled.query, parameter, pairs.clone());
        for pair in earlier {
            let mut entries = self.query.iter();
            let found =
                entries.position(|(name, value)| *name == pair.0.as_str() && *value == pair.1);
            if let Some(at) = found {
                self.query.remove(at);
            }
        }
        let pairs = pairs.into_iter();
        self.query
            .extend(pairs.map(|(name, value)| (name.into(), value)));
    }

    /// Sets the cookies of a parameter, replacing its earlier ones.
    pub(super) fn set_cookies(&mut self, parameter: &'static str, pairs: Vec<(String, String)>) {
        let encoded = pairs.into_iter();
        let encoded = encoded.map(|(name, value)| (super::query::encode(&name), value));
        replace(&mut self.styled.cookies, parameter, encoded.collect());
    }

    pub(super) fn remove_header(&mut self, name: &'static str) {
        if let Ok(name) = HeaderName::try_from(name) {
            self.headers.remove(name);
        }
    }
}

/// Replaces the pairs of a parameter, and returns the earlier ones.
fn replace(
    all: &mut ByParameter,
    parameter: &'static str,
    pairs: Vec<(String, String)>,
) -> Vec<(String, String)> {
    match all.iter_mut().find(|(known, _)| *known == parameter) {
        Some((_, earlier)) => std::mem::replace(earlier, pairs),
        None => {
            all.push((parameter, pairs));
            Vec::new()
        }
    }
}
