//! Values of several schemas as one.
//!
//! In: two values. Out: one with what both say.

use serde_json::{Map, Value};

/// How keys begin that a schema does not speak of: it is an object and no more. Where another schema that applies has properties, a type
/// has these alone, and drops the rest.
pub(super) const FREE: &str = "free-";

/// Two values of members of a choice as one, where both are objects.
pub(super) fn of_both(one: Value, two: Value) -> Value {
    match (one, two) {
        (one @ Value::Object(_), two @ Value::Object(_)) => both(one, two),
        (one, _) => one,
    }
}

/// Two values of schemas that apply both: the entries of both objects, at any depth and in lists of as many, else the second unless it
/// says nothing.
pub(super) fn both(one: Value, two: Value) -> Value {
    match (one, two) {
        (Value::Object(mut one), Value::Object(mut two)) => {
            let is_free =
                |object: &Map<String, Value>| object.keys().all(|key| key.starts_with(FREE));
            if !is_free(&one) || !is_free(&two) {
                one.retain(|key, _| !key.starts_with(FREE));
                two.retain(|key, _| !key.starts_with(FREE));
            }
            for (key, value) in two {
                let value = match one.remove(&key) {
                    Some(before) => both(before, value),
                    None => value,
                };
                one.insert(key, value);
            }
            Value::Object(one)
        }
        (Value::Array(one), Value::Array(two)) if two.iter().any(Value::is_object) => {
            let pairs = one.into_iter().zip(two);
            Value::Array(pairs.map(|(one, two)| both(one, two)).collect())
        }
        (one, Value::Null) => one,
        (Value::Null, two) => two,
        // A bare `type` beside members says less than they do.
        (one, Value::Object(two)) if two.is_empty() => one,
        (_, two) => two,
    }
}
