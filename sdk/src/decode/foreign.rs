//! Types of this crate, read from any self-describing format of serde: JSON, YAML, MessagePack, ...
//!
//! In: a deserializer. Out: the type, read as from a body: what the deserializer has becomes a text, and the text a tree.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::FromJson;

/// The name by which `serde_json` is asked for the text of a value, which keeps numbers exact. Other formats ignore it, and a
/// `serde_json` that no longer knew it would be read like them.
const RAW: &str = "$serde_json::private::RawValue";

/// Reads a type of this crate.
pub(crate) fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = deserializer.deserialize_newtype_struct(RAW, Text)?;
    super::from_text(&text).map_err(|fault| D::Error::custom(fault.inside()))
}

/// Implements `Deserialize` for types that are read from a tree.
macro_rules! deserialize {
    ($($name:ident),+ $(,)?) => {
        $(
            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> Result<Self, D::Error> {
                    $crate::decode::deserialize(deserializer)
                }
            }
        )+
    };
}

pub(crate) use deserialize as impl_deserialize;

/// Takes a value as the text of its JSON.
struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value that JSON has")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        Ok(Value::from(value).to_string())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(Value::from(value).to_string())
    }

    fn visit_unit<E: Error>(self) -> Result<String, E> {
        Ok(Value::Null.to_string())
    }

    fn visit_none<E: Error>(self) -> Result<String, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<String, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(list)).map(|list| list.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<String, A::Error> {
        let map = Map::deserialize(MapAccessDeserializer::new(map))?;
        match map.get(RAW) {
            Some(Value::String(text)) => Ok(text.clone()),
            _ => Ok(Value::Object(map).to_string()),
        }
    }
}
