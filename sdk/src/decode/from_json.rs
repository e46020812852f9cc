//! Types that are read from a tree, and how those of Rust and `serde_json` are.
//!
//! In: a value of a tree. Out: the type, or a [`Fault`] with the path inside the value. Numbers are exact or a fault. The types
//! of this crate are read in the same way, by code beside them; other types go through serde: see [`node`](super::node).

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use super::fault::Fault;
use super::json::Json;
use super::number;
use super::tree::Kind;

/// A type that is read from a tree.
pub trait FromJson: Sized {
    /// Reads the value.
    fn from_json(json: Json<'_>) -> Result<Self, Fault>;

    /// Whether the value is `None` where it is optional.
    fn is_none(json: Json<'_>) -> bool {
        json.is_null()
    }
}

impl FromJson for bool {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        json.as_bool().ok_or_else(|| json.unlike("a boolean"))
    }
}

impl FromJson for String {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        match json.plain() {
            Some(text) => Ok(text.to_owned()),
            None => json.text().map(std::borrow::Cow::into_owned),
        }
    }
}

/// The integer types. What does not fit is a fault.
macro_rules! integers {
    ($($name:ident: $expected:literal)*) => {
        $(
            impl FromJson for $name {
                fn from_json(json: Json<'_>) -> Result<Self, Fault> {
                    let integer = json.integer($expected)?;
                    Self::try_from(integer).map_err(|_| json.unfit($expected))
                }
            }
        )*
    };
}

integers! {
    i8: "an integer (i8)"
    i16: "an integer (i16)"
    i32: "an integer (i32)"
    i64: "an integer (i64)"
    u8: "an integer of zero or more (u8)"
    u16: "an integer of zero or more (u16)"
    u32: "an integer of zero or more (u32)"
    u64: "an integer of zero or more (u64)"
}

impl FromJson for f64 {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        const EXPECTED: &str = "a number";
        let text = json.as_number().ok_or_else(|| json.unlike(EXPECTED))?;
        number::float(text).ok_or_else(|| json.unfit(EXPECTED))
    }
}

impl FromJson for f32 {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        f64::from_json(json).map(|float| float as Self)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        if T::is_none(json) {
            return Ok(None);
        }
        T::from_json(json).map(Some)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        T::from_json(json).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        let mut list = Self::new();
        for item in json.items()? {
            let item = T::from_json(item).map_err(|fault| fault.at_index(list.len()))?;
            list.push(item);
        }
        Ok(list)
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        json.object()?.others(&[])
    }
}

impl FromJson for Map<String, Value> {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        let mut map = Self::new();
        for (key, json) in json.object()?.entries() {
            let key = key.text()?;
            let value = Value::from_json(json).map_err(|fault| fault.at_key(&key))?;
            map.insert(key.into_owned(), value);
        }
        Ok(map)
    }
}

impl FromJson for Value {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        match json.kind() {
            Kind::Null => Ok(Self::Null),
            Kind::True => Ok(Self::Bool(true)),
            Kind::False => Ok(Self::Bool(false)),
            Kind::Number => number(json).map(Self::Number),
            Kind::Array => Vec::from_json(json).map(Self::Array),
            Kind::Object => Map::from_json(json).map(Self::Object),
            Kind::Plain | Kind::Escaped | Kind::Replaced => {
                String::from_json(json).map(Self::String)
            }
        }
    }
}

/// A number of any type: an integer where it is written as one and fits into 64 bits.
fn number(json: Json<'_>) -> Result<Number, Fault> {
    let text = json.raw();
    // `-0` is a float to everyone.
    if !text.contains(['.', 'e', 'E']) && text != "-0" {
        let signed = text.parse().map(|number: i64| number.into());
        let integer = signed.or_else(|_| text.parse().map(|number: u64| number.into()));
        if let Ok(integer) = integer {
            return Ok(integer);
        }
    }
    number::float(text)
        .and_then(Number::from_f64)
        .ok_or_else(|| json.unfit("any valid JSON value"))
}
