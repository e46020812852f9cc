//! Names of types, fields, variants and ids.

use crate::config::{ConfigRule, key_of, quoted};
use crate::model::{
    Construction, Enum, EnumValue, Field, Scalar, Setting, Struct, TypeKind, Union,
};
use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input};

use super::case::{Case, is_keyword, last_word, snake, upper_camel};
use super::reserved::{SETTERS, SETTERS_BESIDE_DEFAULT};
use super::scope::{Name, Scope};
use super::{LONG_ENUM, Namer};

/// The catch-all of open enums and unions.
const CATCH_ALL: &[&str] = &["Unknown"];

impl Namer<'_> {
    pub(super) fn types(&mut self) {
        for (pointer, ty) in &self.api.types {
            let Some(name) = self.type_name(pointer) else {
                continue;
            };
            let line = format!(
                "{} = \"<Name>\" under [names.types] in spec/sdk.toml",
                key_of(pointer)
            );
            self.item(&name, pointer, &line);
            if is_made(&ty.kind) {
                // Reserved whether or not the type has a builder today: more fields may be added.
                for suffix in ["Builder", "BuilderFields"] {
                    let made = Name::made(format!("{}{suffix}", name.text));
                    self.item(&made, pointer, &line);
                }
            }
            if let TypeKind::Enum(list) = &ty.kind
                && list.values.len() >= LONG_ENUM
            {
                let module = Name::made(snake(&name.text));
                self.faults
                    .extend(self.modules.take(&module, pointer, &line));
                self.names.modules.insert(pointer.clone(), module.text);
            }
            self.searched(pointer, &name.text);
            self.names.types.insert(pointer.clone(), name.text);
        }
        for (pointer, ty) in &self.api.types {
            let Some(name) = self.names.types.get(pointer).cloned() else {
                continue;
            };
            match &ty.kind {
                TypeKind::Struct(object) => self.fields(&name, pointer, object),
                TypeKind::Enum(list) => self.values(&name, pointer, list),
                TypeKind::Union(union) => self.members(&name, pointer, union),
            }
        }
    }

    /// The ids; their names come from `sdk.toml` or from the place of a path parameter.
    pub(super) fn ids(&mut self) {
        for (name, id) in &self.api.ids {
            let pointer = id.pointers.first().cloned().unwrap_or_default();
            let line = format!(
                "<Name> = [{}] under [ids] in spec/sdk.toml",
                key_of(&pointer)
            );
            let listed = self.config.ids.iter().find(|rule| rule.value == *name);
            let name = match listed.and_then(|rule| rule.place.parent()) {
                Some(entry) => Name {
                    is_key: true,
                    ..Name::given(name, &entry)
                },
                None => Name::made(name.clone()),
            };
            self.item(&name, &pointer, &line);
        }
    }

    /// The name of a type: of `sdk.toml`, or from the names of its node and the nodes around it.
    fn type_name(&mut self, pointer: &Pointer) -> Option<Name> {
        let made = self.made(pointer);
        if let Some(rule) = self.config.types.get(pointer) {
            return Some(self.given(rule, made.as_deref()));
        }
        if made.is_none() {
            let line = format!("{} = \"<Name>\"", key_of(pointer));
            let message = "this inline schema has no name of its own";
            let help = format!("choose one: {line} under [names.types] in spec/sdk.toml");
            let fault = Fault::new(Input::Spec, pointer.clone(), message, help);
            self.faults.push(fault.code(Code::Name));
        }
        made.map(Name::made)
    }

    /// A name from `sdk.toml`, which must differ from the one that the naming rules make.
    pub(super) fn given(&mut self, rule: &ConfigRule<String>, made: Option<&str>) -> Name {
        if made == Some(rule.value.as_str()) {
            self.faults.push(changes_nothing(&rule.place, &rule.value));
        }
        Name::given(&rule.value, &rule.place)
    }

    /// The name that the tokens of a pointer make; `None` where only a list index would distinguish it from others.
    fn made(&self, pointer: &Pointer) -> Option<String> {
        let tokens = pointer.tokens();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let (mut name, rest) = match tokens.as_slice() {
            ["components", "schemas", schema, rest @ ..] => {
                let schemas = Pointer::root().push("components").push("schemas");
                let given = (!rest.is_empty())
                    .then(|| self.config.types.peek(&schemas.push(schema)))
                    .flatten();
                (
                    given.map_or_else(|| self.schema_name(schema), |rule| rule.value.clone()),
                    rest,
                )
            }
            ["paths", path, method, rest @ ..] => {
                let operation = Pointer::root().push("paths").push(path).push(method);
                (self.names.methods.get(&operation)?.endpoint.clone(), rest)
            }
            ["components", kind, component, rest @ ..] if !kind.is_empty() => {
                (upper_camel(component), rest)
            }
            _ => return None,
        };
        let mut rest = rest;
        loop {
            rest = match rest {
                [] => return Some(name),
                ["properties", property, after @ ..] => {
                    name.push_str(&upper_camel(property));
                    after
                }
                ["items", after @ ..] => {
                    name.push_str("Item");
                    after
                }
                ["additionalProperties", after @ ..] => {
                    name.push_str("Value");
                    after
                }
                ["requestBody", "content", _, "schema", after @ ..] => {
                    name.push_str("Body");
                    after
                }
                ["responses", _, "content", _, "schema"] => return Some(format!("{name}Response")),
                ["responses", _, "content", _, "schema", after @ ..] => after,
                ["parameters", index, "schema", after @ ..] => {
                    name.push_str(&upper_camel(self.parameter_at(pointer, index)?));
                    after
                }
                ["schema", after @ ..] => after,
                ["allOf", _, after @ ..] if !after.is_empty() => after,
                _ => return None,
            };
        }
    }

    fn parameter_at(&self, pointer: &Pointer, index: &str) -> Option<&str> {
        let resources = self.api.root.walk();
        let operations = resources.iter().flat_map(|resource| &resource.operations);
        operations
            .flat_map(|operation| &operation.parameters)
            .find_map(|parameter| {
                let found = pointer.is_within(&parameter.pointer)
                    && parameter.pointer.last().as_deref() == Some(index);
                found.then_some(parameter.name.as_str())
            })
    }

    /// A component's name without the prefixes and suffixes that `sdk.toml` drops.
    fn schema_name(&self, schema: &str) -> String {
        let mut text = schema.to_owned();
        for rule in &self.config.prefixes {
            let (from, to) = &rule.value;
            if let Some(rest) = text.strip_prefix(from.as_str()) {
                rule.mark();
                text = format!("{to}{rest}");
                break;
            }
        }
        for rule in &self.config.suffixes {
            let (from, to) = &rule.value;
            if let Some(rest) = text.strip_suffix(from.as_str()) {
                rule.mark();
                text = format!("{rest}{to}");
                break;
            }
        }
        upper_camel(&text)
    }

    fn fields(&mut self, ty: &str, pointer: &Pointer, object: &Struct) {
        let reserved = match object.made {
            Construction::None => &[],
            Construction::New | Construction::Builder => SETTERS,
            Construction::Empty => SETTERS_BESIDE_DEFAULT,
        };
        let mut scope = Scope::new(&format!("`{ty}`"), Case::Snake, reserved);
        if object.additional.is_some() {
            let name = Name::made("additional_properties".to_owned());
            let place = pointer.push("additionalProperties");
            self.faults.extend(scope.take(&name, &place, ""));
        }
        for field in &object.fields {
            let name = self.field_name(field);
            let line = format!(
                "{} = \"<name>\" under [names.fields] in spec/sdk.toml",
                key_of(&field.pointer)
            );
            self.faults.extend(scope.take(&name, &field.pointer, &line));
            if field.set == Setting::SetterAndClear {
                let clear = Name::made(format!("clear_{}", name.text));
                self.faults
                    .extend(scope.take(&clear, &field.pointer, &line));
            }
            self.names.fields.insert(field.pointer.clone(), name.text);
        }
    }

    fn field_name(&mut self, field: &Field) -> Name {
        let made = self.word(&field.wire);
        match self.config.fields.get(&field.pointer) {
            Some(rule) => self.given(rule, Some(&made)),
            None => Name::made(made),
        }
    }

    /// A wire name as a field, argument or setter.
    pub(super) fn word(&self, wire: &str) -> String {
        let made = snake(wire);
        match self.config.keywords.get(&made) {
            Some(rule) if is_keyword(&made) => {
                rule.mark();
                rule.value.clone()
            }
            _ => made,
        }
    }

    fn values(&mut self, ty: &str, pointer: &Pointer, list: &Enum) {
        let scope = Scope::new(&format!("`{ty}`"), Case::UpperCamel, CATCH_ALL);
        let mut scope = scope.without_lookalikes();
        let prefix = self
            .config
            .variant_prefixes
            .get(pointer)
            .map(|rule| (rule.place.clone(), rule.value.clone()));
        let mut dropped = false;
        for value in &list.values {
            let made = match (&value.value, &prefix) {
                (Scalar::Text(text), Some((_, prefix))) => {
                    let rest = text.strip_prefix(prefix.as_str());
                    dropped |= rest.is_some();
                    upper_camel(rest.unwrap_or(text))
                }
                (scalar, _) => variant_of(ty, scalar),
            };
            let name = self.variant_name(&value.pointer, made);
            let line = format!(
                "{} = {{ {} = \"<Name>\" }} under [names.variants] in spec/sdk.toml",
                key_of(pointer),
                quoted(&text_of(value)),
            );
            self.faults.extend(scope.take(&name, &value.pointer, &line));
            self.names.variants.insert(value.pointer.clone(), name.text);
        }
        if let (Some((place, prefix)), false) = (prefix, dropped) {
            let message = format!("this entry changes nothing: no value starts with `{prefix}`");
            self.faults.push(
                Fault::new(Input::Config, place, message, "remove the entry")
                    .on_key()
                    .stale(),
            );
        }
    }

    fn members(&mut self, ty: &str, pointer: &Pointer, union: &Union) {
        let mut scope = Scope::new(&format!("`{ty}`"), Case::UpperCamel, CATCH_ALL);
        for variant in &union.variants {
            let made = self.member_name(union, variant);
            let name = self.variant_name(&variant.pointer, made);
            let line = super::members::line(pointer, variant);
            self.faults
                .extend(scope.take(&name, &variant.pointer, &line));
            self.names
                .variants
                .insert(variant.pointer.clone(), name.text);
        }
    }

    fn variant_name(&mut self, pointer: &Pointer, made: String) -> Name {
        match self.config.variants.get(pointer) {
            Some(rule) => self.given(rule, Some(&made)),
            None => Name::made(made),
        }
    }
}

/// Whether users create values of this type field by field.
fn is_made(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Struct(object) if object.made != Construction::None)
}

fn variant_of(ty: &str, scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) => upper_camel(text),
        Scalar::Integer(number) if *number < 0 => {
            format!("{}Minus{}", last_word(ty), number.unsigned_abs())
        }
        Scalar::Integer(number) => format!("{}{number}", last_word(ty)),
        Scalar::Number(number) => format!(
            "{}{}",
            last_word(ty),
            number.replace('.', "Point").replace('-', "Minus")
        ),
        Scalar::Bool(value) => upper_camel(&value.to_string()),
    }
}

fn text_of(value: &EnumValue) -> String {
    match &value.value {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Bool(value) => value.to_string(),
    }
}

pub(super) fn changes_nothing(place: &Pointer, name: &str) -> Fault {
    let message = format!("this entry changes nothing: `{name}` is the name already");
    Fault::new(Input::Config, place.clone(), message, "remove the entry")
        .on_key()
        .stale()
}
