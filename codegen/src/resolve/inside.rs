//! Lists inside the result: `result` is an object, and one of its properties has the list.
//!
//! In: the property `result` of an envelope, and the entry of `[lists]` for the operation. Out: the property with the list, and the object
//! around it, of which no type is made.

use crate::config::ConfigRule;
use crate::document::near::did_you_mean;
use crate::model::ResponseKind;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::members::Property;
use super::merge::Gathered;
use super::paging::is_list;
use super::resolver::Resolver;

/// The entry of `[lists]` for the operation whose responses are read.
pub(super) struct ListRule<'a> {
    rule: &'a ConfigRule<String>,
    /// Whether a result was an object.
    is_read: bool,
}

/// A list inside the result.
pub(super) struct Inside {
    pub(super) key: String,
    pub(super) list: Property,
    /// The object around it, without it.
    pub(super) object: Gathered,
}

impl Resolver<'_> {
    /// Begins to read the responses of an operation.
    pub(super) fn begin_list(&mut self, operation: &Pointer) {
        let rule = self.config.lists.get(operation);
        self.list_rule = rule.map(|rule| ListRule {
            rule,
            is_read: false,
        });
    }

    /// Ends that. Returns the key of the list, where it is inside the result; an entry without such a result is a fault.
    pub(super) fn end_list(&mut self, id: &str) -> Option<String> {
        let ListRule { rule, is_read } = self.list_rule.take()?;
        if !is_read {
            let message = format!("`{id}` returns no object in an envelope");
            self.unfit(rule, message, "remove the entry");
        }
        Some(rule.value.clone())
    }

    /// The list inside a result, where the operation has an entry.
    pub(super) fn inside(&mut self, result: &Property) -> Option<Inside> {
        let rule = self.list_rule.as_ref()?.rule;
        let mut object = self.joint_members(result)?;
        if let Some(read) = &mut self.list_rule {
            read.is_read = true;
        }
        let key = rule.value.clone();
        if !object.choices.is_empty() {
            let message =
                "`result` is one of several shapes, and what tells them apart would be lost";
            self.unfit(rule, message, "remove the entry");
            return None;
        }
        let Some(list) = object.members.properties.shift_remove(&key) else {
            let known = object.members.properties.keys().map(String::as_str);
            let help = did_you_mean(&key, known, "name the property that is the list");
            self.unfit(rule, format!("`result` has no property `{key}`"), help);
            return None;
        };
        Some(Inside { key, list, object })
    }

    /// Checks that what is inside a result is a list.
    pub(super) fn check_inside(&mut self, kind: &ResponseKind) {
        let rule = self.list_rule.as_ref().map(|read| read.rule);
        if let Some(rule) = rule.filter(|_| !is_list(kind)) {
            let message = format!("`{}` of `result` is no list", rule.value);
            self.unfit(rule, message, "name the property that is the list");
        }
    }

    fn unfit(
        &mut self,
        rule: &ConfigRule<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let fault = Fault::new(Input::Config, rule.place.clone(), message, help);
        self.faults.push(fault.on_key().stale());
    }
}
