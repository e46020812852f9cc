//! Reads a type from a [`Tree`], and tells the path of what does not fit.
//!
//! In: a tree, and serde's visitors. Out: the type. It differs from serde_json where that would round, where it takes an array
//! for an object, and in its faults, which know the path and never repeat a text of the body.

use std::borrow::Cow;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::fault::Fault;
use super::number;
use super::tree::{Shape, Tree};

/// A value of a tree, as serde reads it.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t, 'de> {
    tree: &'t Tree<'de>,
}

impl<'t, 'de> Node<'t, 'de> {
    pub(crate) fn new(tree: &'t Tree<'de>) -> Self {
        Self { tree }
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.tree.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    /// A number, as an integer where it is one or where one is wanted.
    fn number<V: Visitor<'de>>(self, visitor: V, wanted: Wanted) -> Result<V::Value, Fault> {
        let text = self.tree.text;
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
            (Wanted::Integer, _) | (_, None) => Err(out_of_range(text, &visitor)),
            (_, Some(float)) => visitor.visit_f64(float),
        }
    }

    fn list<V: Visitor<'de>>(self, items: &'t [Tree<'de>], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Items {
            items: items.iter().enumerate(),
        })
    }

    fn object<V: Visitor<'de>>(
        self,
        entries: &'t [(Cow<'de, str>, Tree<'de>)],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(Entries {
            entries: entries.iter(),
            value: None,
        })
    }

    fn mismatch<V: Visitor<'de>>(self, visitor: &V) -> Fault {
        Fault::invalid_type(Unexpected::Other(self.kind()), visitor)
    }

    fn kind(self) -> &'static str {
        match self.tree.shape {
            Shape::Null => "null",
            Shape::Bool(_) => "a boolean",
            Shape::Number => "a number",
            Shape::String => "a string",
            Shape::Array(_) => "an array",
            Shape::Object(_) => "an object",
        }
    }
}

/// What a type wants of a number.
#[derive(Clone, Copy)]
enum Wanted {
    Integer,
    Float,
    Any,
}

fn out_of_range<'de, V: Visitor<'de>>(text: &str, visitor: &V) -> Fault {
    const LONGEST: usize = 40;
    let shown = text
        .get(..LONGEST)
        .map_or_else(|| text.to_owned(), |start| format!("{start}…"));
    Fault::invalid_value(
        Unexpected::Other(&format!("the number {shown}, which does not fit")),
        visitor,
    )
}

/// The integer types, which take `300.0`; a value of another kind is a mismatch.
macro_rules! integers {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                match self.tree.shape {
                    Shape::Number => self.number(visitor, Wanted::Integer),
                    _ => Err(self.mismatch(&visitor)),
                }
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Node<'_, 'de> {
    type Error = Fault;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.tree.shape {
            Shape::Null => visitor.visit_unit(),
            Shape::Bool(value) => visitor.visit_bool(*value),
            Shape::Number => self.number(visitor, Wanted::Any),
            Shape::String => self.text(visitor),
            Shape::Array(items) => self.list(items, visitor),
            Shape::Object(entries) => self.object(entries, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.tree.shape {
            Shape::Bool(value) => visitor.visit_bool(value),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.tree.shape {
            Shape::Number => self.number(visitor, Wanted::Float),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.tree.shape {
            Shape::String => self.text(visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.tree.shape {
            Shape::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.tree.shape {
            Shape::Null => visitor.visit_unit(),
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
            let mut text = serde_json::Deserializer::from_str(self.tree.text);
            return text
                .deserialize_newtype_struct(name, visitor)
                .map_err(Fault::custom);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.tree.shape {
            Shape::Array(items) => self.list(items, visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.tree.shape {
            Shape::Object(entries) => self.object(entries, visitor),
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
        match self.tree.shape {
            Shape::String => visitor.visit_enum(self.tree.string()?.into_deserializer()),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf unit_struct tuple_struct identifier }
}

/// The items of an array.
struct Items<'t, 'de> {
    items: std::iter::Enumerate<std::slice::Iter<'t, Tree<'de>>>,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((index, tree)) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Node { tree })
            .map(Some)
            .map_err(|fault| fault.at_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The entries of an object.
struct Entries<'t, 'de> {
    entries: std::slice::Iter<'t, (Cow<'de, str>, Tree<'de>)>,
    value: Option<(&'t str, &'t Tree<'de>)>,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((key, tree)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some((key, tree));
        let key: StrDeserializer<'_, Fault> = key.as_ref().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((key, tree)) = self.value.take() else {
            return Err(Fault::new("a value was read before its key"));
        };
        seed.deserialize(Node { tree })
            .map_err(|fault| fault.at_key(key))
    }
}
