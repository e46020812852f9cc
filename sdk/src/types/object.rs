//! Structs as JSON objects: a table of fields, from which the reader and the writer of a struct are made.
//!
//! In: for each field how it is read and written, and its name in JSON. Out: `FromJson`, `Serialize`, `Deserialize`, `Clone`, `PartialEq` and
//! `Debug`. A struct's code is one call for each field: what is the same for all is here, since the compiler checks every body of every
//! struct.
//!
//! | word | read | written |
//! |---|---|---|
//! | `required` | must be there | always |
//! | `nested` | the same, of a type without a [blank](crate::decode::Blank): a struct or a union | always |
//! | `optional` | absent and `null` are `None` | not if `None` |
//! | `nullable` | the same | always: `None` as `null` |
//! | `collection` | absent and `null` are empty | not if empty |
//! | `list` | must be there; `null` is empty | always |
//! | `clearable` | absent is `Keep`, `null` is `Clear` | not if `Keep` |
//! | `others` | all fields of other names | each as a field |
//!
//! `also` has other names that a field is read from. `tag`, at the struct, is a field of its object that has one text and is no field of the
//! struct: it must be there when it is read, and is always written, first of all.

mod compared;
mod printed;
#[cfg(test)]
mod tests;
mod writer;
mod written;

pub(crate) use self::compared::equal;
pub(crate) use self::printed::debug;
pub(crate) use self::writer::Writer;
pub(crate) use self::written::serialize;

/// Implements reading, writing, copying, comparing and printing of a struct.
macro_rules! object {
    // A branch for each such field is what costs the compiler most: `required` has none.
    (# $fields:expr, nested, $wire:literal) => {
        match $fields.nested($wire) {
            Ok(value) => value,
            Err(fault) => return Err(fault),
        }
    };
    (# $fields:expr, $how:ident, $wire:literal) => {
        $fields.$how($wire)
    };
    ($(#[tag($tag:literal = $value:literal)])* struct $name:ident {
        $($(#[also($($alias:literal),+ $(,)?)])? $field:ident: $how:ident<$wire:literal $(,)?>,)*
    }) => {
        $crate::types::object::object! { @ $name false [$($tag = $value,)*] {
            $($(#[also($($alias),+)])? $field: $how<$wire>,)*
        } {} }
    };
    ($(#[tag($tag:literal = $value:literal)])* struct $name:ident {
        $($(#[also($($alias:literal),+ $(,)?)])? $field:ident: $how:ident<$wire:literal $(,)?>,)*
        #[others]
        $others:ident: others,
    }) => {
        $crate::types::object::object! { @ $name true [$($tag = $value,)*] {
            $($(#[also($($alias),+)])? $field: $how<$wire>,)*
        } { $others: [$($tag,)* $($wire, $($($alias,)+)?)*] } }
    };
    (@ $name:ident $is_open:literal [$($tag:literal = $value:literal,)*] {
        $($(#[also($($alias:literal),+)])? $field:ident: $how:ident<$wire:literal>,)*
    } {
        $($others:ident: $known:tt)?
    }) => {
        impl $crate::decode::FromJson for $name {
            #[inline]
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                #[allow(unused_mut, reason = "a struct can have no fields")]
                let mut fields = $crate::decode::Reader::new(json);
                $(fields.tag($tag, $value);)*
                let object = Self {
                    $($field: $crate::types::object::object!(
                        # fields$(.alias(&[$($alias),+]))?, $how, $wire
                    ),)*
                    $($others: fields.others(&$known),)?
                };
                fields.finish(object)
            }
        }

        impl $crate::types::object::Object for $name {
            const NAME: &'static str = stringify!($name);
            const IS_OPEN: bool = $is_open;

            #[allow(unused_variables)]
            fn fields<'a, W: $crate::types::object::Writer<'a>>(&'a self, writer: &mut W) {
                $(writer.tag($tag, $value);)*
                $(writer.$how($wire, stringify!($field), &self.$field);)*
                $(writer.others(stringify!($others), &self.$others);)?
            }
        }

        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self {
                    $($field: self.$field.clone(),)*
                    $($others: self.$others.clone(),)?
                }
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::types::object::equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::types::object::debug(self, f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::types::object::serialize(self, serializer)
            }
        }

        $crate::decode::impl_deserialize!($name);
    };
}

pub(crate) use object;

/// A struct that is written as an object.
pub(crate) trait Object {
    /// Its name.
    const NAME: &'static str;
    /// Whether it has fields that the document does not name: then it is a map to serde.
    const IS_OPEN: bool;

    /// Hands each field to the writer.
    fn fields<'a, W: Writer<'a>>(&'a self, writer: &mut W);
}
