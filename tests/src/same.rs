//! Finds the first difference of two JSON values.
//!
//! In: the actual and the expected value. Out: the place and both values, or nothing. `0` and `0.0` are the same number.

use serde_json::Value;

/// The first difference, with its place.
pub fn difference(actual: &Value, expected: &Value) -> Option<String> {
    at("", actual, expected)
}

fn at(place: &str, actual: &Value, expected: &Value) -> Option<String> {
    match (actual, expected) {
        (Value::Object(one), Value::Object(two)) => {
            let keys = one
                .keys()
                .chain(two.keys().filter(|key| !one.contains_key(*key)));
            keys.map(|key| (format!("{place}.{key}"), one.get(key), two.get(key)))
                .find_map(|(place, one, two)| match (one, two) {
                    (Some(one), Some(two)) => at(&place, one, two),
                    (Some(one), None) => Some(format!("{place}: {one} should not be there")),
                    (None, two) => two.map(|two| format!("{place}: {two} is missing")),
                })
        }
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => {
            let pairs = one.iter().zip(two).enumerate();
            pairs
                .map(|(index, (one, two))| at(&format!("{place}[{index}]"), one, two))
                .find_map(|found| found)
        }
        (Value::Number(one), Value::Number(two)) if one.is_f64() != two.is_f64() => {
            (one.as_f64() != two.as_f64()).then(|| format!("{place}: {one} in place of {two}"))
        }
        (one, two) => (one != two).then(|| format!("{place}: {one} in place of {two}")),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::json;

    #[test]
    fn it_names_the_place() {
        let expected = json!({"a": [1, {"b": 0}]});
        assert_eq!(difference(&json!({"a": [1, {"b": 0.0}]}), &expected), None);
        let cases = [
            (json!({"a": [1, {"b": 2}]}), ".a[1].b: 2 in place of 0"),
            (json!({"a": [1, {}]}), ".a[1].b: 0 is missing"),
            (json!({"a": [1]}), r#".a: [1] in place of [1,{"b":0}]"#),
            (
                json!({"a": [1, {"b": 0}], "c": 1}),
                ".c: 1 should not be there",
            ),
        ];
        for (actual, found) in cases {
            assert_eq!(difference(&actual, &expected).as_deref(), Some(found));
        }
    }
}
