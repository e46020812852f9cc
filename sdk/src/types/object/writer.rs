//! What the fields of an object are handed to: for serde, or to be printed.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::ser::Serialize;
use serde_json::{Map, Value};

use super::super::clearable::Clearable;

/// The names of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    /// In JSON.
    pub(super) wire: &'static str,
    /// In Rust.
    pub(super) rust: &'static str,
}

/// What the fields of an object are handed to, each with its name in JSON and in Rust. The first error is kept, and ends the object.
#[allow(dead_code, reason = "generated structs use what their document needs")]
pub(crate) trait Writer {
    /// A field that is written.
    fn field<T: Serialize + Debug>(&mut self, name: Name, value: &T);

    /// A field that is left out.
    fn left_out<T: Debug>(&mut self, name: Name, value: &T);

    /// Fields of any names.
    fn others<T: Serialize + Debug>(&mut self, rust: &'static str, fields: &BTreeMap<String, T>);

    fn required<T: Serialize + Debug>(
        &mut self,
        wire: &'static str,
        rust: &'static str,
        value: &T,
    ) {
        self.field(Name { wire, rust }, value);
    }

    fn nullable<T: Serialize + Debug>(
        &mut self,
        wire: &'static str,
        rust: &'static str,
        value: &T,
    ) {
        self.field(Name { wire, rust }, value);
    }

    fn list<T: Serialize + Debug>(&mut self, wire: &'static str, rust: &'static str, value: &T) {
        self.field(Name { wire, rust }, value);
    }

    fn optional<T: Serialize + Debug>(
        &mut self,
        wire: &'static str,
        rust: &'static str,
        value: &Option<T>,
    ) {
        match value.is_none() {
            true => self.left_out(Name { wire, rust }, value),
            false => self.field(Name { wire, rust }, value),
        }
    }

    fn collection<T: Collection>(&mut self, wire: &'static str, rust: &'static str, value: &T) {
        match value.has_none() {
            true => self.left_out(Name { wire, rust }, value),
            false => self.field(Name { wire, rust }, value),
        }
    }

    fn clearable<T: Serialize + Debug>(
        &mut self,
        wire: &'static str,
        rust: &'static str,
        value: &Clearable<T>,
    ) {
        match value.is_keep() {
            true => self.left_out(Name { wire, rust }, value),
            false => self.field(Name { wire, rust }, value),
        }
    }
}

/// What is left out where it is empty.
pub(crate) trait Collection: Serialize + Debug {
    /// Whether it is empty.
    fn has_none(&self) -> bool;
}

impl<T: Serialize + Debug> Collection for Vec<T> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Serialize + Debug> Collection for BTreeMap<String, T> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}

impl Collection for Map<String, Value> {
    fn has_none(&self) -> bool {
        self.is_empty()
    }
}
