//! Structs as JSON objects: a table of fields, from which the reader and the writer of a struct are made.
//!
//! In: for each field how it is read and written, and its name in JSON. Out: `FromJson`, `Serialize` and `Deserialize`. A struct's code is
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

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use serde_json::{Map, Value};

use super::clearable::Clearable;

/// Implements reading and writing of a struct.
macro_rules! object {
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
                #[allow(unused_mut, unused_variables)]
                let mut fields = match json.object() {
                    Ok(fields) => fields,
                    Err(fault) => return Err(fault),
                };
                // A `match` costs the compiler a third of what `?` does.
                Ok(Self {
                    $($field: match fields$(.alias(&[$($alias),+]))?.$how($wire) {
                        Ok(value) => value,
                        Err(fault) => return Err(fault),
                    },)*
                    $($others: match fields.others(&$known) {
                        Ok(others) => others,
                        Err(fault) => return Err(fault),
                    },)?
                })
            }
        }

        impl $crate::types::object::Object for $name {
            const NAME: &'static str = stringify!($name);
            const IS_OPEN: bool = $is_open;

            #[allow(unused_variables)]
            fn fields<W: $crate::types::object::Writer>(&self, writer: &mut W) {
                $(writer.$how($wire, &self.$field);)*
                $(writer.others(&self.$others);)?
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

/// Writes an object: its fields are counted first, since some formats begin with their number.
pub(crate) fn serialize<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if T::IS_OPEN {
        let mut writer = MapWriter::<S> {
            map: serializer.serialize_map(None)?,
            failed: None,
        };
        object.fields(&mut writer);
        return match writer.failed {
            Some(error) => Err(error),
            None => writer.map.end(),
        };
    }
    let mut count = Count(0);
    object.fields(&mut count);
    let mut writer = StructWriter::<S> {
        fields: serializer.serialize_struct(T::NAME, count.0)?,
        failed: None,
    };
    object.fields(&mut writer);
    match writer.failed {
        Some(error) => Err(error),
        None => writer.fields.end(),
    }
}

/// What the fields of an object are handed to. The first error is kept, and ends the object.
#[allow(dead_code, reason = "generated structs use what their document needs")]
pub(crate) trait Writer {
    /// A field that is written.
    fn field<T: Serialize>(&mut self, name: &'static str, value: &T);

    /// A field that is left out.
    fn skip(&mut self, name: &'static str);

    /// Fields of any names.
    fn others<T: Serialize>(&mut self, fields: &BTreeMap<String, T>);

    fn unless<T: Serialize>(&mut self, left_out: bool, name: &'static str, value: &T) {
        match left_out {
            true => self.skip(name),
            false => self.field(name, value),
        }
    }

    fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.field(name, value);
    }

    fn nullable<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.field(name, value);
    }

    fn list<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.field(name, value);
    }

    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.unless(value.is_none(), name, value);
    }

    fn collection<T: Collection>(&mut self, name: &'static str, value: &T) {
        self.unless(value.has_none(), name, value);
    }

    fn clearable<T: Serialize>(&mut self, name: &'static str, value: &Clearable<T>) {
        self.unless(value.is_keep(), name, value);
    }
}

/// What is left out where it is empty.
pub(crate) trait Collection: Serialize {
    /// Whether it is empty.
    fn has_none(&self) -> bool;
}

impl<T: Serialize> Collection for Vec<T> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Serialize> Collection for BTreeMap<String, T> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}

impl Collection for Map<String, Value> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}

struct Count(usize);

impl Writer for Count {
    fn field<T: Serialize>(&mut self, _: &'static str, _: &T) {
        self.0 += 1;
    }

    fn skip(&mut self, _: &'static str) {}

    fn others<T: Serialize>(&mut self, fields: &BTreeMap<String, T>) {
        self.0 += fields.len();
    }
}

struct StructWriter<S: Serializer> {
    fields: S::SerializeStruct,
    failed: Option<S::Error>,
}

impl<S: Serializer> Writer for StructWriter<S> {
    fn field<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if self.failed.is_none() {
            self.failed = self.fields.serialize_field(name, value).err();
        }
    }

    fn skip(&mut self, name: &'static str) {
        if self.failed.is_none() {
            self.failed = self.fields.skip_field(name).err();
        }
    }

    /// A struct to serde has no fields beside those that it is declared with: such objects are maps.
    fn others<T: Serialize>(&mut self, _: &BTreeMap<String, T>) {}
}

struct MapWriter<S: Serializer> {
    map: S::SerializeMap,
    failed: Option<S::Error>,
}

impl<S: Serializer> Writer for MapWriter<S> {
    fn field<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if self.failed.is_none() {
            self.failed = self.map.serialize_entry(name, value).err();
        }
    }

    fn skip(&mut self, _: &'static str) {}

    fn others<T: Serialize>(&mut self, fields: &BTreeMap<String, T>) {
        for (name, value) in fields {
            if self.failed.is_none() {
                self.failed = self.map.serialize_entry(name, value).err();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::clearable::Clearable;
    use crate::decode::from_text;

    #[derive(Debug, PartialEq)]
    struct Lamp {
        name: String,
        watts: Option<i64>,
        room: Option<String>,
        tags: Vec<String>,
        rules: Vec<i64>,
        colour: Clearable<String>,
    }

    object! {
        struct Lamp {
            #[also("nmae")]
            name: required<"name">,
            watts: optional<"watts">,
            room: nullable<"the room">,
            tags: collection<"tags">,
            rules: list<"rules">,
            colour: clearable<"colour">,
        }
    }

    #[derive(Debug, PartialEq)]
    struct Open {
        name: Option<String>,
        rest: BTreeMap<String, i64>,
    }

    object! {
        struct Open {
            #[also("nmae")]
            name: optional<"name">,
            #[others]
            rest: others,
        }
    }

    #[derive(Debug, PartialEq)]
    struct Empty {}

    object! {
        struct Empty {}
    }

    fn written(text: &str) -> String {
        serde_json::to_string(&from_text::<Lamp>(text).unwrap()).unwrap()
    }

    #[test]
    fn each_word_reads_and_writes_as_it_says() {
        let least = r#"{"name":"a","the room":null,"rules":[]}"#;
        assert_eq!(written(least), least);
        assert_eq!(
            written(r#"{"nmae":"a","watts":null,"rules":null,"tags":null}"#),
            least
        );
        let most = r#"{"name":"a","watts":1,"the room":"b","tags":["c"],"rules":[2],"colour":"d"}"#;
        assert_eq!(written(most), most);
        let cleared = r#"{"name":"a","the room":null,"rules":[],"colour":null}"#;
        assert_eq!(written(cleared), cleared);
    }

    #[test]
    fn what_must_be_there_is_missed_by_name() {
        let fault = from_text::<Lamp>(r#"{"rules":[]}"#).unwrap_err();
        assert!(fault.to_string().contains("name"), "{fault}");
        let fault = from_text::<Lamp>(r#"{"name":"a"}"#).unwrap_err();
        assert!(fault.to_string().contains("rules"), "{fault}");
        let fault = from_text::<Lamp>(r#"{"name":"a","rules":[],"watts":"x"}"#).unwrap_err();
        assert!(fault.to_string().starts_with("watts"), "{fault}");
        assert!(from_text::<Empty>("[]").is_err());
    }

    #[test]
    fn other_fields_are_kept_under_their_names() {
        let text = r#"{"name":"a","b":1,"c":2}"#;
        let open: Open = from_text(text).unwrap();
        assert_eq!(open.rest.len(), 2);
        assert_eq!(serde_json::to_string(&open).unwrap(), text);
        let misspelt: Open = from_text(r#"{"nmae":"a"}"#).unwrap();
        assert!(misspelt.rest.is_empty() && misspelt.name.is_some());
        assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
    }

    /// Formats that begin with the number of fields are given the right one.
    #[test]
    fn the_number_of_fields_is_that_of_the_written_ones() {
        let lamp: Lamp = from_text(r#"{"name":"a","rules":[1]}"#).unwrap();
        let mut count = super::Count(0);
        super::Object::fields(&lamp, &mut count);
        assert_eq!(count.0, 3);
    }
}
