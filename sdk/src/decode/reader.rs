//! The fields of a struct, one after the other.
//!
//! In: an object, and for each field its name and how it is read. Out: the values. The first fault is kept and ends the reading: the fields
//! after it are blank, and [`finish`](Reader::finish) returns it in place of the struct. So a reader has no branch for each field, and costs
//! the compiler little; only a field that must be there and has no blank ends it early.

use std::collections::BTreeMap;

use super::blank::Blank;
use super::fault::Fault;
use super::fields::Fields;
use super::from_json::FromJson;
use super::json::Json;

/// Reads the fields of a struct.
#[derive(Debug)]
pub(crate) struct Reader<'t> {
    fields: Fields<'t>,
    fault: Option<Fault>,
}

#[allow(dead_code, reason = "generated structs use what their document needs")]
impl<'t> Reader<'t> {
    pub(crate) fn new(json: Json<'t>) -> Self {
        match json.object() {
            Ok(fields) => Self {
                fields,
                fault: None,
            },
            Err(fault) => Self {
                fields: json.no_fields(),
                fault: Some(fault),
            },
        }
    }

    /// The struct, or the first fault.
    pub(crate) fn finish<T>(self, object: T) -> Result<T, Fault> {
        match self.fault {
            None => Ok(object),
            Some(fault) => Err(fault),
        }
    }

    /// A field that must be there, and be this text: the struct has no place for another one.
    pub(crate) fn tag(&mut self, name: &str, value: &str) {
        self.read(|| (), |fields| fields.constant(name, value));
    }

    /// A field that must be there.
    pub(crate) fn required<T: FromJson + Blank>(&mut self, name: &str) -> T {
        self.read(T::blank, |fields| fields.required(name))
    }

    /// A field that must be there, of a type without a blank; or the first fault.
    pub(crate) fn nested<T: FromJson>(&mut self, name: &str) -> Result<T, Fault> {
        match self.fault.take() {
            None => self.fields.required(name),
            Some(fault) => Err(fault),
        }
    }

    /// A field that may be absent or `null`.
    pub(crate) fn optional<T: FromJson>(&mut self, name: &str) -> Option<T> {
        self.read(|| None, |fields| fields.optional(name))
    }

    /// The same: `None` is written as `null`.
    pub(crate) fn nullable<T: FromJson>(&mut self, name: &str) -> Option<T> {
        self.optional(name)
    }

    /// A field that is kept where it is absent, and cleared where it is `null`.
    pub(crate) fn clearable<T: FromJson + Default>(&mut self, name: &str) -> T {
        self.read(T::default, |fields| fields.or_default(name))
    }

    /// A field that is empty where it is absent or `null`.
    pub(crate) fn collection<T: FromJson + Default>(&mut self, name: &str) -> T {
        self.optional(name).unwrap_or_default()
    }

    /// A field that must be there, and is empty where it is `null`.
    pub(crate) fn list<T: FromJson + Default>(&mut self, name: &str) -> T {
        let list: Option<T> = self.read(|| None, |fields| fields.required(name));
        list.unwrap_or_default()
    }

    /// All fields but those of these names.
    pub(crate) fn others<T: FromJson>(&mut self, known: &[&str]) -> BTreeMap<String, T> {
        self.read(BTreeMap::new, |fields| fields.others(known))
    }

    /// The same fields; the one that is asked for next can have these names as well. Its own name wins.
    pub(crate) fn alias(&mut self, aliases: &'static [&'static str]) -> &mut Self {
        self.fields.alias(aliases);
        self
    }

    /// Reads a value unless there was a fault; keeps the fault, if this is the first.
    #[inline]
    fn read<T>(
        &mut self,
        blank: impl FnOnce() -> T,
        read: impl FnOnce(&mut Fields<'t>) -> Result<T, Fault>,
    ) -> T {
        if self.fault.is_some() {
            return blank();
        }
        match read(&mut self.fields) {
            Ok(value) => value,
            Err(fault) => {
                self.fault = Some(fault);
                blank()
            }
        }
    }
}
