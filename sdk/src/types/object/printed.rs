//! Objects that are printed.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};

use serde::ser::Serialize;

use super::Object;
use super::writer::{Name, Writer};

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

impl Writer for Printer<'_, '_> {
    fn field<T: Serialize + Debug>(&mut self, name: Name, value: &T) {
        self.print(name.rust, value);
    }

    fn left_out<T: Debug>(&mut self, name: Name, value: &T) {
        self.print(name.rust, value);
    }

    fn others<T: Serialize + Debug>(&mut self, rust: &'static str, fields: &BTreeMap<String, T>) {
        self.print(rust, fields);
    }
}
