//! Types that this crate does not know, such as those of an application: they are read from a tree by way of serde.
//!
//! In: a value of a tree, and a type's `Deserialize`. Out: the type. It differs from `serde_json` where that would round, where it
//! takes an array for an object, and in its faults, which know the path and never repeat a text of the body.

use std::borrow::Cow;
use std::iter::Enumerate;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::fault::{self, Fault};
use super::fields::Entries;
use super::json::{Items, Json};
use super::number;
use super::tree::Kind;

/// Reads a value by way of serde.
pub(crate) fn by_serde<T: DeserializeOwned>(json: Json<'_>) -> Result<T, Fault> {
    T::deserialize(Node(json))
}

/// A value of a tree, as serde reads it.
#[derive(Clone, Copy)]
struct Node<'de>(Json<'de>);

impl<'de> Node<'de> {
    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    /// A number, as an integer where it is one or where one is wanted.
    fn number<V: Visitor<'de>>(self, visitor: V, wanted: Wanted) -> Result<V::Value, Fault> {
        let text = self.0.raw();
        let plain = !text.contains(['.', 'e', 'E']);
        let as_integer = match wanted {
            Wanted::Integer => true,
            Wanted::Float => false,
            // `-0` is a float to everyone.
            Wanted::Any => plain && text != "-0",
        };
        if let Some(integer) = number::integer(text).filter(|_| as_integer) {
            if let Ok(unsigned) = u64::try_from(integer) {
                return visitor.visit_u64(unsigned);
            }
            if let Ok(signed) = i64::try_from(integer) {
                return visitor.visit_i64(signed);
            }
        }
        match (wanted, number::float(text)) {
            (Wanted::Integer, _) | (_, None) => Err(self.0.unfit(&fault::wanted(&visitor))),
            (_, Some(float)) => visitor.visit_f64(float),
        }
    }

    fn list<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Sequence(self.0.items()?.enumerate()))
    }

    fn object<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Object {
            entries: self.0.object()?.entries(),
            read: None,
        })
    }

    fn mismatch<V: Visitor<'de>>(self, visitor: &V) -> Fault {
        self.0.unlike(&fault::wanted(visitor))
    }
}

/// What a type wants of a number.
#[derive(Clone, Copy)]
enum Wanted {
    Integer,
    Float,
    Any,
}

/// The integer types, which take `300.0`; a value of another kind is a mismatch.
macro_rules! integers {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                match self.0.kind() {
                    Kind::Number => self.number(visitor, Wanted::Integer),
                    _ => Err(self.mismatch(&visitor)),
                }
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Fault;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::True => visitor.visit_bool(true),
            Kind::False => visitor.visit_bool(false),
            Kind::Number => self.number(visitor, Wanted::Any),
            Kind::Plain | Kind::Escaped | Kind::Replaced => self.text(visitor),
            Kind::Array => self.list(visitor),
            Kind::Object => self.object(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::True => visitor.visit_bool(true),
            Kind::False => visitor.visit_bool(false),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Number => self.number(visitor, Wanted::Float),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Plain | Kind::Escaped => self.text(visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Null => visitor.visit_unit(),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        // Serde_json's own types, such as `RawValue`, ask for themselves by such names; only serde_json can serve them.
        if name.starts_with("$serde_json::private") {
            let mut text = serde_json::Deserializer::from_str(self.0.raw());
            return text
                .deserialize_newtype_struct(name, visitor)
                .map_err(Fault::custom);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Array => self.list(visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Object => self.object(visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0.kind() {
            Kind::Plain | Kind::Escaped => visitor.visit_enum(self.0.text()?.into_deserializer()),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf unit_struct tuple_struct identifier }
}

/// The items of an array.
struct Sequence<'de>(Enumerate<Items<'de>>);

impl<'de> SeqAccess<'de> for Sequence<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((index, json)) = self.0.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(Node(json)).map(Some);
        read.map_err(|fault| fault.at_index(index))
    }
}

/// The entries of an object.
struct Object<'de> {
    entries: Entries<'de>,
    /// The entry whose key was read.
    read: Option<(Json<'de>, Json<'de>)>,
}

impl<'de> MapAccess<'de> for Object<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.read = self.entries.next();
        match self.read {
            Some((key, _)) => seed.deserialize(Node(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((key, value)) = self.read.take() else {
            return Err(Fault::new("a value was read before its key"));
        };
        let read = seed.deserialize(Node(value));
        read.map_err(|fault| fault.at_key(&key.as_text().unwrap_or_default()))
    }
}
