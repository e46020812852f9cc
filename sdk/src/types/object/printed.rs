//! Objects that are printed.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};

use super::Object;
use super::writer::{FieldValue, Name, Writer};

/// Prints a struct as a derived `Debug` does.
pub(crate) fn debug<T: Object>(object: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut printer = Printer(f.debug_struct(T::NAME));
    object.fields(&mut printer);
    printer.0.finish()
}

/// Prints each field under its name in Rust: what is not sent is there all the same.
struct Printer<'a, 'f>(fmt::DebugStruct<'a, 'f>);

impl Printer<'_, '_> {
    fn print<T: Debug>(&mut self, name: &'static str, value: &T) {
        self.0.field(name.strip_prefix("r#").unwrap_or(name), value);
    }
}

impl<'a> Writer<'a> for Printer<'_, '_> {
    fn field<T: FieldValue>(&mut self, name: Name, value: &'a T) {
        self.print(name.rust, value);
    }

    fn left_out<T: FieldValue>(&mut self, name: Name, value: &'a T) {
        self.print(name.rust, value);
    }

    fn tag(&mut self, _: &'static str, _: &'static str) {}

    fn others<T: FieldValue>(&mut self, rust: &'static str, fields: &'a BTreeMap<String, T>) {
        self.print(rust, fields);
    }
}
