//! Objects for serde.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::Object;
use super::writer::{FieldValue, Name, Writer};

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

pub(super) struct Count(pub(super) usize);

impl<'a> Writer<'a> for Count {
    fn field<T: FieldValue>(&mut self, _: Name, _: &'a T) {
        self.0 += 1;
    }

    fn left_out<T: FieldValue>(&mut self, _: Name, _: &'a T) {}

    fn tag(&mut self, _: &'static str, _: &'static str) {
        self.0 += 1;
    }

    fn others<T: FieldValue>(&mut self, _: &'static str, fields: &'a BTreeMap<String, T>) {
        self.0 += fields.len();
    }
}

struct StructWriter<S: Serializer> {
    fields: S::SerializeStruct,
    failed: Option<S::Error>,
}

impl<'a, S: Serializer> Writer<'a> for StructWriter<S> {
    fn field<T: FieldValue>(&mut self, name: Name, value: &'a T) {
        if self.failed.is_none() {
            self.failed = self.fields.serialize_field(name.wire, value).err();
        }
    }

    fn left_out<T: FieldValue>(&mut self, name: Name, _: &'a T) {
        if self.failed.is_none() {
            self.failed = self.fields.skip_field(name.wire).err();
        }
    }

    fn tag(&mut self, wire: &'static str, value: &'static str) {
        if self.failed.is_none() {
            self.failed = self.fields.serialize_field(wire, value).err();
        }
    }

    /// A struct to serde has no fields beside those that it is declared with: such objects are maps.
    fn others<T: FieldValue>(&mut self, _: &'static str, _: &'a BTreeMap<String, T>) {}
}

struct MapWriter<S: Serializer> {
    map: S::SerializeMap,
    failed: Option<S::Error>,
}

impl<S: Serializer> MapWriter<S> {
    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.failed.is_none() {
            self.failed = self.map.serialize_entry(name, value).err();
        }
    }
}

impl<'a, S: Serializer> Writer<'a> for MapWriter<S> {
    fn field<T: FieldValue>(&mut self, name: Name, value: &'a T) {
        self.entry(name.wire, value);
    }

    fn left_out<T: FieldValue>(&mut self, _: Name, _: &'a T) {}

    fn tag(&mut self, wire: &'static str, value: &'static str) {
        self.entry(wire, value);
    }

    fn others<T: FieldValue>(&mut self, _: &'static str, fields: &'a BTreeMap<String, T>) {
        for (name, value) in fields {
            self.entry(name, value);
        }
    }
}
