//! Why a thing has its name: an entry of `sdk.toml`, or the rule that made the name from the document.

use crate::config::{Config, ConfigRule, Rules};
use crate::model::Operation;
use crate::pointer::Pointer;
use crate::report::{self, Input};
use crate::understand::Model;

use super::index::Item;

/// The reason; `None` where the name is that of something else.
pub(super) fn named(model: &Model<'_>, item: &Item) -> Option<String> {
    let config = model.config();
    let reasons = Reasons { model, config };
    match item.kind {
        "struct" | "enum" => Some(reasons.ty(&item.pointer)),
        "field" => Some(reasons.field(&item.pointer)),
        "variant" => Some(reasons.variant(&item.pointer)),
        "id" => Some(reasons.id(item)),
        "method" => Some(reasons.method(item)),
        "handle" => Some(reasons.handle(item)),
        "argument" | "setter" | "parameter" => {
            Some("the name of the parameter, in the case of Rust".to_owned())
        }
        _ => None,
    }
}

struct Reasons<'a> {
    model: &'a Model<'a>,
    config: &'a Config,
}

impl Reasons<'_> {
    fn place<T>(&self, table: &str, rule: &ConfigRule<T>) -> String {
        let locator = self.model.locator();
        let place = report::place(self.model.sources, &locator, Input::Config, &rule.place);
        format!("[{table}] says it ({place})")
    }

    fn said(&self, table: &str, rules: &Rules<String>, pointer: &Pointer) -> Option<String> {
        Some(self.place(table, rules.peek(pointer)?))
    }

    fn ty(&self, pointer: &Pointer) -> String {
        if let Some(said) = self.said("names.types", &self.config.types, pointer) {
            return said;
        }
        let name = pointer.last().unwrap_or_default();
        let schemas = Pointer::root().push("components").push("schemas");
        if pointer.parent() != Some(schemas) {
            return "made of the type or operation around it and its property, parameter or member: the schema is written inline".to_owned();
        }
        let mut text = format!("the name of the schema `{name}`, in the case of Rust");
        let prefix = self.config.prefixes.iter();
        let prefix = prefix
            .into_iter()
            .find(|rule| name.starts_with(&rule.value.0));
        let suffix = self.config.suffixes.iter();
        let suffix = suffix
            .into_iter()
            .find(|rule| name.ends_with(&rule.value.0));
        for (table, rule) in [("names.prefixes", prefix), ("names.suffixes", suffix)] {
            if let Some(rule) = rule {
                let (from, to) = &rule.value;
                let said = self.place(table, rule);
                text.push_str(&format!(", with `{to}` for `{from}`: {said}"));
            }
        }
        text
    }

    fn field(&self, pointer: &Pointer) -> String {
        if let Some(said) = self.said("names.fields", &self.config.fields, pointer) {
            return said;
        }
        let wire = pointer.last().unwrap_or_default();
        match self.config.keywords.get(&wire) {
            Some(rule) => format!(
                "`{wire}` is a keyword of Rust: {}",
                self.place("names.keywords", rule)
            ),
            None if self.is_raw(pointer) => {
                format!("the name of the property `{wire}`, a keyword of Rust: a raw identifier")
            }
            None => format!("the name of the property `{wire}`, in the case of Rust"),
        }
    }

    fn is_raw(&self, field: &Pointer) -> bool {
        let name = self.model.names.fields.get(field);
        name.is_some_and(|name| name.starts_with("r#"))
    }

    fn variant(&self, pointer: &Pointer) -> String {
        if let Some(said) = self.said("names.variants", &self.config.variants, pointer) {
            return said;
        }
        let owner = pointer.parent().and_then(|list| list.parent());
        let prefix = owner.and_then(|owner| self.config.variant_prefixes.peek(&owner));
        match prefix {
            Some(rule) => format!(
                "the value or the schema, without `{}`: {}",
                rule.value,
                self.place("names.variant_prefixes", rule)
            ),
            None => "the value, or the schema of the member, in the case of Rust".to_owned(),
        }
    }

    fn id(&self, item: &Item) -> String {
        match self.said("ids", &self.config.ids, &item.pointer) {
            Some(said) => said,
            None => "made of the path parameter and the literal before it".to_owned(),
        }
    }

    fn method(&self, item: &Item) -> String {
        let resources = self.model.api.root.walk();
        let mut operations = resources.iter().flat_map(|resource| &resource.operations);
        let Some(operation) = operations.find(|operation| operation.pointer == item.pointer) else {
            return String::new();
        };
        let method = item.path.rsplit("::").next().unwrap_or_default();
        let mut waiters = operation.waiters.iter();
        if let Some(waiter) = waiters.find(|waiter| waiter.method == method) {
            return format!("[waiters.{}] says it", waiter.key);
        }
        if let Some(said) = self.said("names.methods", &self.config.methods, &item.pointer) {
            return said;
        }
        let verb = self
            .config
            .handles
            .values()
            .find(|rule| rule.value.verb.as_deref() == Some(operation.id.as_str()));
        match verb {
            Some(rule) => format!(
                "the last segment of the path: {}",
                self.place("handles", rule)
            ),
            None => by_rule(operation, method),
        }
    }

    fn handle(&self, item: &Item) -> String {
        let names = &self.model.names;
        let mut keys = names.handles.keys();
        let Some(key) = keys.find(|key| names.handle_path(key).as_ref() == Some(&item.path)) else {
            return String::new();
        };
        let rule = self.config.handles.get(key);
        let rule = rule.filter(|rule| rule.value.ty.is_some() || rule.value.method.is_some());
        match rule {
            Some(rule) => self.place("handles", rule),
            None => format!("the last literal segments of `{key}`, in the case of Rust"),
        }
    }
}

/// The rule that makes the name of a method from its request.
fn by_rule(operation: &Operation, method: &str) -> String {
    let http = operation.method.as_str();
    let last = operation
        .path
        .template
        .rsplit('/')
        .next()
        .unwrap_or_default();
    if last.replace('-', "_") == method {
        return format!("the last segment of the path, `{last}`: nothing is below it");
    }
    match last.starts_with('{') {
        true => format!("{http} of one item is `{method}`"),
        false => format!("{http} of a list, or of the only one, is `{method}`"),
    }
}
