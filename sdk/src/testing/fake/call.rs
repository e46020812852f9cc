//! A request to one operation, after it was admitted and checked.
//!
//! In: its path parameters, query and body. Out: their values, read as the operation needs them.

use serde_json::Value;

/// A request to one operation.
pub(crate) struct Call<'a> {
    /// The path parameters, without the account.
    pub(crate) path: &'a [(String, String)],
    pub(crate) query: &'a [(String, String)],
    /// The body; `null` if there is none.
    pub(crate) body: &'a Value,
}

impl<'a> Call<'a> {
    /// The id in the path: the last path parameter.
    pub(crate) fn id(&self) -> &'a str {
        self.path
            .last()
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    }

    /// The first value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&'a str> {
        value_of(self.query, name)
    }

    /// All values of a query parameter.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let pairs = self.query.iter().filter(move |(known, _)| known == name);
        pairs.map(|(_, value)| value.as_str())
    }

    /// Whether a query parameter is `true`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.query(name) == Some("true")
    }

    /// A text of the body.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.body.get(key)?.as_str()
    }

    /// A number of the body, as a whole number.
    pub(crate) fn integer(&self, key: &str) -> Option<i64> {
        integer(self.body.get(key)?)
    }

    /// A truth value of the body.
    pub(crate) fn truth(&self, key: &str) -> Option<bool> {
        self.body.get(key)?.as_bool()
    }

    /// A list of texts of the body.
    pub(crate) fn texts(&self, key: &str) -> Option<Vec<String>> {
        let items = self.body.get(key)?.as_array()?;
        let texts = items.iter().filter_map(Value::as_str);
        Some(texts.map(str::to_owned).collect())
    }
}

/// The first value of a query parameter.
pub(crate) fn value_of<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut pairs = query.iter().filter(|(known, _)| known == name);
    pairs.next().map(|(_, value)| value.as_str())
}

/// A whole number; `6.0` is one.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    match value.as_i64() {
        Some(whole) => Some(whole),
        // Bounds of the document keep such numbers far below 2^53.
        None => value
            .as_f64()
            .filter(|number| number.fract() == 0.0)
            .map(|number| number as i64),
    }
}
