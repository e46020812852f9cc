//! What the fields of an object are handed to: for serde, to be printed, or to be compared.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::ser::Serialize;
use serde_json::Map;

use super::super::clearable::Clearable;

/// The names of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    /// In JSON.
    pub(super) wire: &'static str,
    /// In Rust.
    pub(super) rust: &'static str,
}

/// What a field can be: it is written, printed and compared.
pub(crate) trait FieldValue: Serialize + Debug + PartialEq + 'static {}

impl<T: Serialize + Debug + PartialEq + 'static> FieldValue for T {}

/// What the fields of an object are handed to, each with its name in JSON and in Rust. The first error is kept, and ends the object.
#[allow(dead_code, reason = "generated structs use what their document needs")]
pub(crate) trait Writer<'a> {
    /// A field that is written.
    fn field<T: FieldValue>(&mut self, name: Name, value: &'a T);

    /// A field that is left out.
    fn left_out<T: FieldValue>(&mut self, name: Name, value: &'a T);

    /// A field of the object that is none of the struct.
    fn tag(&mut self, wire: &'static str, value: &'static str);

    /// Fields of any names.
    fn others<T: FieldValue>(&mut self, rust: &'static str, fields: &'a BTreeMap<String, T>);

    fn required<T: FieldValue>(&mut self, wire: &'static str, rust: &'static str, value: &'a T) {
        self.field(Name { wire, rust }, value);
    }

    fn nested<T: FieldValue>(&mut self, wire: &'static str, rust: &'static str, value: &'a T) {
        self.field(Name { wire, rust }, value);
    }

    fn nullable<T: FieldValue>(&mut self, wire: &'static str, rust: &'static str, value: &'a T) {
        self.field(Name { wire, rust }, value);
    }

    fn list<T: FieldValue>(&mut self, wire: &'static str, rust: &'static str, value: &'a T) {
        self.field(Name { wire, rust }, value);
    }

    fn optional<T: FieldValue>(
        &mut self,
        wire: &'static str,
        rust: &'static str,
        value: &'a Option<T>,
    ) {
        match value.is_none() {
            true => self.left_out(Name { wire, rust }, value),
            false => self.field(Name { wire, rust }, value),
        }
    }

    fn collection<T: Collection>(&mut self, wire: &'static str, rust: &'static str, value: &'a T) {
        match value.has_none() {
            true => self.left_out(Name { wire, rust }, value),
            false => self.field(Name { wire, rust }, value),
        }
    }

    fn clearable<T: FieldValue>(
        &mut self,
        wire: &'static str,
        rust: &'static str,
        value: &'a Clearable<T>,
    ) {
        match value.is_keep() {
            true => self.left_out(Name { wire, rust }, value),
            false => self.field(Name { wire, rust }, value),
        }
    }
}

/// What is left out where it is empty.
pub(crate) trait Collection: FieldValue {
    /// Whether it is empty.
    fn has_none(&self) -> bool;
}

impl<T: FieldValue> Collection for Vec<T> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}

impl<T: FieldValue> Collection for BTreeMap<String, T> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}

impl Collection for Map<String, serde_json::Value> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}
