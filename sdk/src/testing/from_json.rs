//! Values of types that only the service creates.
//!
//! In: JSON. Out: the type, read as the client reads responses.

use std::any::type_name;

use serde::de::DeserializeOwned;

use super::fail::fail_test;
use crate::decode::{DEEPEST, Tree, by_serde};

/// Reads a value from JSON as the client would read it from a response.
///
/// The JSON is a text or a `serde_json::Value`, made with [`json!`](super::json). It must have the required fields of the type;
/// unknown fields are ignored.
///
/// # Panics
///
/// If the JSON does not fit the type. The message names the place, and contains no text of the JSON.
///
/// ```
/// use cloudflare_magic::Pcap;
/// use cloudflare_magic::testing::{from_json, json};
///
/// let capture: Pcap = from_json(r#"{"id": "c1", "type": "simple", "status": "success"}"#);
/// assert_eq!(capture, from_json::<Pcap>(json!({"id": "c1", "type": "simple", "status": "success"})));
/// ```
#[track_caller]
#[expect(
    clippy::needless_pass_by_value,
    reason = "callers pass texts and values by value"
)]
pub fn from_json<T: DeserializeOwned>(json: impl ToString) -> T {
    let text = json.to_string();
    let read = Tree::parse(&text, DEEPEST).and_then(|tree| by_serde(tree.root()));
    match read {
        Ok(value) => value,
        Err(fault) => {
            let whole = type_name::<T>();
            fail_test(&format!(
                "this JSON does not fit `{}`: {fault}",
                short(whole)
            ))
        }
    }
}

/// A type's name without its modules: `Vec<Provider>`.
fn short(name: &str) -> String {
    let mut out = String::new();
    for part in name.split_inclusive(['<', '>', ',', ' ', '(', ')', '[', ']', '&']) {
        out.push_str(part.rsplit("::").next().unwrap_or(part));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn names_lose_their_modules() {
        assert_eq!(
            short("alloc::vec::Vec<(a::b::Provider, &str)>"),
            "Vec<(Provider, &str)>"
        );
    }
}
