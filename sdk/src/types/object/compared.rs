//! Objects that are compared.
//!
//! In: two structs of one type. Out: whether each field of one equals that of the other. Not derived: a derived comparison of each struct
//! costs the compiler more than twice what a call of this one does.

use std::any::Any;
use std::collections::BTreeMap;

use super::Object;
use super::writer::{FieldValue, Name, Writer};

/// Compares two structs as a derived `PartialEq` does: field by field.
pub(crate) fn equal<T: Object>(one: &T, other: &T) -> bool {
    let mut fields = Fields(Vec::new());
    one.fields(&mut fields);
    let mut comparison = Comparison {
        fields: fields.0.into_iter(),
        is_equal: true,
    };
    other.fields(&mut comparison);
    comparison.is_equal
}

/// A field of one struct, compared with that of the other.
trait Compared {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Compared for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// The fields of one struct.
struct Fields<'a>(Vec<&'a dyn Compared>);

impl<'a> Writer<'a> for Fields<'a> {
    fn field<T: FieldValue>(&mut self, _: Name, value: &'a T) {
        self.0.push(value);
    }

    fn left_out<T: FieldValue>(&mut self, _: Name, value: &'a T) {
        self.0.push(value);
    }

    fn tag(&mut self, _: &'static str, _: &'static str) {}

    fn others<T: FieldValue>(&mut self, _: &'static str, fields: &'a BTreeMap<String, T>) {
        self.0.push(fields);
    }
}

/// The fields of one struct, while those of the other come.
struct Comparison<'a> {
    fields: std::vec::IntoIter<&'a dyn Compared>,
    is_equal: bool,
}

impl Comparison<'_> {
    fn compare<T: FieldValue>(&mut self, value: &T) {
        let field = self.fields.next();
        self.is_equal = self.is_equal && field.is_some_and(|field| field.is(value));
    }
}

impl<'a> Writer<'a> for Comparison<'_> {
    fn field<T: FieldValue>(&mut self, _: Name, value: &'a T) {
        self.compare(value);
    }

    fn left_out<T: FieldValue>(&mut self, _: Name, value: &'a T) {
        self.compare(value);
    }

    fn tag(&mut self, _: &'static str, _: &'static str) {}

    fn others<T: FieldValue>(&mut self, _: &'static str, fields: &'a BTreeMap<String, T>) {
        self.compare(fields);
    }
}
