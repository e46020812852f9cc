//! Names of types, fields, variants and ids.

use std::collections::BTreeMap;

use crate::config::{ConfigRule, Layout, address_of, key_of, quoted};
use crate::model::{Construction, Enum, Field, Scalar, Setting, Struct, TypeKind, Union};
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Fault, Input};

use super::case::{Case, is_keyword, last_word, plain, raw, snake, upper_camel};
use super::fit::Fit;
use super::inline::text_of;
use super::lock::NameKind;
use super::reserved::{SETTERS, SETTERS_BESIDE_DEFAULT};
use super::scope::{Line, Name, Refusal, Scope, line_of};
use super::{LONG_ENUM, Namer};

/// The catch-all of open enums and unions.
const CATCH_ALL: &[&str] = &["Unknown"];

impl Namer<'_> {
    pub(super) fn types(&mut self) {
        self.setters();
        for (pointer, ty) in &self.api.types {
            let Some(name) = self.type_name(pointer) else {
                continue;
            };
            let line = line_of(pointer, "Name", "names.types");
            let modules = self.seen_in(pointer);
            self.item(&name, &modules, pointer, &line);
            if is_made(&ty.kind) {
                // Reserved whether or not the type has a builder today: more fields may be added.
                for suffix in ["Builder", "BuilderFields"] {
                    let made = name.derived(format!("{}{suffix}", name.text));
                    self.item(&made, &modules, pointer, &line);
                }
            }
            if let TypeKind::Enum(list) = &ty.kind
                && list.values.len() >= LONG_ENUM
                && self.names.layout == Layout::Flat
            {
                let module = Name::made(snake(&name.text));
                self.faults
                    .extend(self.modules.take(&module, pointer, &line));
                let homes = &mut self.names.homes.types;
                homes.insert(pointer.clone(), module.text.clone());
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
        let mut rules = BTreeMap::new();
        for rule in self.config.ids.iter() {
            rules.entry(rule.value.as_str()).or_insert(rule);
        }
        for (name, id) in &self.api.ids {
            let pointer = id.pointers.first().cloned().unwrap_or_default();
            let line = format!(
                "<Name> = [{}] under [ids] in spec/sdk.toml",
                key_of(&pointer)
            );
            let listed = rules.get(name.as_str());
            let name = match listed.and_then(|rule| rule.place.parent()) {
                Some(entry) => Name {
                    is_key: true,
                    ..Name::given(name, &entry)
                },
                None => Name::made(name.clone()),
            };
            let modules = self.id_seen_in(&name.text);
            let is_free = self.item(&name, &modules, &pointer, &line);
            if let (false, Some(qualified)) = (is_free, &id.qualified) {
                let addresses = id.pointers.iter().map(address_of).collect();
                let entry = Entry::list("ids", qualified, addresses);
                self.faults.helped(entry.about(&pointer));
            }
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
            let fault = fault.code(Code::Name);
            if let Some(locked) = self.locked(NameKind::Type, pointer) {
                return Some(Name::made(locked).of(NameKind::Type, pointer));
            }
            self.faults
                .push(Refusal::of(fault, NameKind::Type, pointer));
        }
        made.map(|made| self.settled(NameKind::Type, pointer, made))
    }

    /// A name from `sdk.toml`, which must differ from the one that the naming rules make.
    pub(super) fn given(&mut self, rule: &ConfigRule<String>, made: Option<&str>) -> Name {
        if made == Some(rule.value.as_str()) {
            self.faults.push(changes_nothing(&rule.place, &rule.value));
        }
        Name::given(&rule.value, &rule.place)
    }

    fn fields(&mut self, ty: &str, pointer: &Pointer, object: &Struct) {
        let mut scope = Scope::new(&format!("`{ty}`"), Case::Snake, functions(object));
        if object.additional.is_some() {
            let name = Name::made("additional_properties".to_owned());
            let place = pointer.push("additionalProperties");
            self.faults.extend(scope.take(&name, &place, &""));
        }
        for field in &object.fields {
            let name = self.field_name(field);
            let line = line_of(&field.pointer, "name", "names.fields");
            self.faults.extend(scope.take(&name, &field.pointer, &line));
            if field.set == Setting::SetterAndClear {
                let clear = name.derived(format!("clear_{}", plain(&name.text)));
                self.faults
                    .extend(scope.take(&clear, &field.pointer, &line));
            }
            self.names.fields.insert(field.pointer.clone(), name.text);
        }
    }

    fn field_name(&mut self, field: &Field) -> Name {
        let made = self.field_made(&field.pointer, &field.wire);
        match self.config.fields.get(&field.pointer) {
            Some(rule) => self.given(rule, Some(&made)),
            None => self.settled(NameKind::Field, &field.pointer, made),
        }
    }

    /// The name that the node of a property makes of its key.
    pub(super) fn field_made(&self, pointer: &Pointer, wire: &str) -> String {
        let owner = pointer.parent().and_then(|properties| properties.parent());
        let owner = owner.and_then(|owner| self.owner(&owner));
        let fit = Fit {
            case: Case::Snake,
            text: wire,
            reserved: &[self.setters.get(pointer).copied().unwrap_or_default()],
            before: &snake(last_word(&owner.unwrap_or_default())),
            after: "value",
        };
        fit.name(self.word(wire))
    }

    /// Notes which fields have setters, beside which names of functions.
    fn setters(&mut self) {
        for ty in self.api.types.values() {
            let TypeKind::Struct(object) = &ty.kind else {
                continue;
            };
            let reserved = functions(object);
            for field in object.fields.iter().filter(|_| !reserved.is_empty()) {
                let before = self.setters.entry(field.pointer.clone()).or_default();
                // One of the lists has all names of the other.
                if before.len() < reserved.len() {
                    *before = reserved;
                }
            }
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
            _ => raw(made),
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
                    text_variant(ty, rest.unwrap_or(text))
                }
                (scalar, _) => variant_of(ty, scalar),
            };
            let name = self.variant_name(&value.pointer, made);
            let line = Line(|| {
                let (key, value) = (key_of(pointer), quoted(&text_of(value)));
                format!(
                    "{key} = {{ {value} = \"<Name>\" }} under [names.variants] in spec/sdk.toml"
                )
            });
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
            let made = text_variant(ty, &self.member_name(union, variant));
            let name = self.variant_name(&variant.pointer, made);
            let line = super::members::line(pointer, variant);
            let clash = scope.take(&name, &variant.pointer, &line);
            // A clash of two inline members is one of their types too, and reported once.
            let inline = variant.ty.named();
            let inline =
                inline.filter(|of| of.is_within(&variant.pointer) && self.refused.contains(*of));
            self.faults.extend(clash.filter(|_| inline.is_none()));
            self.names
                .variants
                .insert(variant.pointer.clone(), name.text);
        }
    }

    fn variant_name(&mut self, pointer: &Pointer, made: String) -> Name {
        match self.config.variants.get(pointer) {
            Some(rule) => self.given(rule, Some(&made)),
            None => self.settled(NameKind::Variant, pointer, made),
        }
    }
}

/// The functions that a struct has: no setter can have their names.
fn functions(object: &Struct) -> &'static [&'static str] {
    match object.made {
        Construction::None => &[],
        Construction::New | Construction::Builder => SETTERS,
        Construction::Empty => SETTERS_BESIDE_DEFAULT,
    }
}

/// Whether users create values of this type field by field.
fn is_made(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Struct(object) if object.made != Construction::None)
}

/// The name of a variant, in the type of this name.
pub(super) fn text_variant(ty: &str, text: &str) -> String {
    let fit = Fit {
        case: Case::UpperCamel,
        text,
        reserved: &[CATCH_ALL],
        before: last_word(ty),
        after: last_word(ty),
    };
    fit.name(upper_camel(text))
}

fn variant_of(ty: &str, scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) => text_variant(ty, text),
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

pub(super) fn changes_nothing(place: &Pointer, name: &str) -> Fault {
    let message = format!("this entry changes nothing: `{name}` is the name already");
    Fault::new(Input::Config, place.clone(), message, "remove the entry")
        .on_key()
        .stale()
}
