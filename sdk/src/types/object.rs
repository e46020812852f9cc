//! Structs as JSON objects: a table of fields, from which the reader and the writer of a struct are made.
//!
//! In: for each field how it is read and written, and its name in JSON. Out: `FromJson`, `Serialize`, `Deserialize` and `Debug`. A struct's code is
//! one call for each field: what is the same for all is here, since the compiler checks every body of every struct.
//!
//! | word | read | written |
//! |---|---|---|
//! | `required` | must be there | always |
//! | `optional` | absent and `null` are `None` | not if `None` |
//! | `nullable` | the same | always: `None` as `null` |
//! | `collection` | absent and `null` are empty | not if empty |
//! | `list` | must be there; `null` is empty | always |
//! | `clearable` | absent is `Keep`, `null` is `Clear` | not if `Keep` |
//! | `others` | all fields of other names | each as a field |
//!
//! `also` has other names that a field is read from.

mod printed;
#[cfg(test)]
mod tests;
mod writer;
mod written;

pub(crate) use self::printed::debug;
pub(crate) use self::writer::Writer;
pub(crate) use self::written::serialize;

/// Implements reading, writing and printing of a struct.
macro_rules! object {
    // A `match` costs the compiler a third of what `?` does.
    (# $fields:expr, required, $wire:literal) => {
        match $fields.required($wire) {
            Ok(value) => value,
            Err(fault) => return Err(fault),
        }
    };
    (# $fields:expr, $how:ident, $wire:literal) => {
        $fields.$how($wire)
    };
    (struct $name:ident {
        $($(#[also($($alias:literal),+ $(,)?)])? $field:ident: $how:ident<$wire:literal $(,)?>,)*
    }) => {
        $crate::types::object::object! { @ $name false {
            $($(#[also($($alias),+)])? $field: $how<$wire>,)*
        } {} }
    };
    (struct $name:ident {
        $($(#[also($($alias:literal),+ $(,)?)])? $field:ident: $how:ident<$wire:literal $(,)?>,)*
        #[others]
        $others:ident: others,
    }) => {
        $crate::types::object::object! { @ $name true {
            $($(#[also($($alias),+)])? $field: $how<$wire>,)*
        } { $others: [$($wire, $($($alias,)+)?)*] } }
    };
    (@ $name:ident $is_open:literal {
        $($(#[also($($alias:literal),+)])? $field:ident: $how:ident<$wire:literal>,)*
    } {
        $($others:ident: $known:tt)?
    }) => {
        impl $crate::decode::FromJson for $name {
            #[inline]
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                #[allow(unused_mut, reason = "a struct can have no fields")]
                let mut fields = $crate::decode::Reader::new(json);
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
            fn fields<W: $crate::types::object::Writer>(&self, writer: &mut W) {
                $(writer.$how($wire, stringify!($field), &self.$field);)*
                $(writer.others(stringify!($others), &self.$others);)?
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
    fn fields<W: Writer>(&self, writer: &mut W);
}
