//! Redacts secrets in reports.
//!
//! In: JSON, or a text, of a request. Out: text without the values of secret fields. It redacts JSON by field, and any text by key
//! with [`crate::base::redact`].

use serde_json::Value;

use crate::base::redact;

/// The fields of type [`SecretText`](crate::SecretText). A test compares them with the generated types.
const FIELDS: &[&str] = &["destination_conf", "destinaton_conf"];

/// JSON on one line.
pub(super) fn line(value: &Value) -> String {
    redact::secrets(&masked(value).to_string())
}

/// JSON on several lines.
pub(super) fn lines(value: &Value) -> String {
    redact::secrets(&format!("{:#}", masked(value)))
}

/// A text.
pub(super) fn text(text: &str) -> String {
    redact::secrets(text)
}

/// Whether a field's value is a secret.
pub(super) fn is_secret(field: &str) -> bool {
    FIELDS.contains(&field)
}

/// Printed in place of a secret.
pub(super) const MASK: &str = "\"***\"";

fn masked(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mask = |(name, value): (&String, &Value)| {
                let value = if is_secret(name) {
                    Value::from("***")
                } else {
                    masked(value)
                };
                (name.clone(), value)
            };
            Value::Object(fields.iter().map(mask).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(masked).collect()),
        plain => plain.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, line, lines};
    use serde_json::json;
    use std::path::Path;

    #[test]
    fn secrets_are_redacted_by_field_and_by_key() {
        let body = json!({
            "name": "n", "list": [{"destination_conf": "r2://HUSH"}],
            "note": "r2://b?secret-access-key=HUSH", "access-key-id": "HUSH",
        });
        for printed in [line(&body), lines(&body)] {
            assert!(
                !printed.contains("HUSH") && printed.contains("\"n\""),
                "{printed}"
            );
        }
    }

    /// The other names of secrets, which stand with those: `#[also("wrong")] right: required<"right">`.
    fn misspelt(text: &str) -> Vec<String> {
        let calls = text.split("#[also(").skip(1);
        let named = calls.filter_map(|call| call.split_once(")]"));
        let secret =
            named.filter(|(_, rest)| FIELDS.iter().any(|field| is_first_text(rest, field)));
        let names = secret.flat_map(|(names, _)| names.split(", "));
        names
            .map(|name| name.trim_matches('"').to_owned())
            .collect()
    }

    fn is_first_text(text: &str, wanted: &str) -> bool {
        text.split('"').nth(1) == Some(wanted)
    }

    #[test]
    fn every_secret_of_the_generated_types_is_known() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated");
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            found.extend(misspelt(&text));
            for line in text.lines().filter(|line| line.contains("SecretText")) {
                let field = line
                    .trim()
                    .strip_prefix("pub ")
                    .filter(|line| !line.contains("fn "));
                let field = field.and_then(|field| field.split_once(':'));
                found.extend(field.map(|(name, _)| name.to_owned()));
            }
        }
        found.sort();
        found.dedup();
        assert!(!found.is_empty());
        assert!(
            found.iter().all(|name| FIELDS.contains(&name.as_str())),
            "{found:?}"
        );
    }
}
