//! The names that nodes make of themselves and the nodes around them. In: the pointer of a schema, at any depth. Out: its name, from
//! nothing but the node and its ancestors.

use std::collections::BTreeMap;

use crate::model::{Api, EnumValue, Field, Scalar, Struct, Ty, TypeKind, Union, Variant};
use crate::pointer::Pointer;

use super::Namer;
use super::case::upper_camel;
use super::fit;
use super::lock::NameKind;
use super::short;
use super::spelled::pronounced;
use super::status::response_word;

/// A longer title is a sentence.
const LONGEST_TITLE: usize = 40;

/// What the nodes on the way to an inline schema are called, where their pointer does not say it.
#[derive(Default)]
pub(super) struct Inline {
    /// The names of parameters, by their node.
    parameters: BTreeMap<Pointer, String>,
    /// The word that a union's member adds to the name of the union.
    members: BTreeMap<Pointer, String>,
    /// A longer word for some members.
    details: BTreeMap<Pointer, String>,
}

/// How much the word of a union's member says.
#[derive(Clone, Copy)]
enum Detail {
    /// What tells members apart by the rules.
    None,
    /// Also the keys that the member requires, or has.
    Keys,
}

impl Inline {
    /// Of one model.
    pub(super) fn of(api: &Api) -> Self {
        let mut inline = Self::default();
        for resource in api.root.walk() {
            let operations = resource.operations.iter();
            for parameter in operations.flat_map(|operation| &operation.parameters) {
                let name = upper_camel(&parameter.name);
                inline.parameters.insert(parameter.pointer.clone(), name);
            }
        }
        for ty in api.types.values() {
            let TypeKind::Union(union) = &ty.kind else {
                continue;
            };
            for member in &union.variants {
                if let Some(word) = word(api, union, member) {
                    if let Some(detail) = detail(api, &word, member) {
                        inline.details.insert(member.pointer.clone(), detail);
                    }
                    inline.members.insert(member.pointer.clone(), word);
                }
            }
        }
        inline
    }

    /// The word that names an inline member of a union, in its variant and in its type.
    pub(super) fn member(&self, member: &Pointer) -> Option<&str> {
        self.members.get(member).map(String::as_str)
    }

    /// A longer one, for members of one word.
    pub(super) fn detail(&self, member: &Pointer) -> Option<&str> {
        self.details.get(member).map(String::as_str)
    }
}

impl Namer<'_> {
    /// The name that the tokens of a pointer make; `None` where only a list index would distinguish it from others.
    pub(super) fn made(&self, pointer: &Pointer) -> Option<String> {
        let tokens = pointer.tokens();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let text = match tokens.as_slice() {
            ["components", "schemas", schema] => schema,
            _ => "",
        };
        let made = self.of_tokens(&tokens, Detail::None)?;
        Some(short::name(pointer, fit::item(text, made, "Schema")))
    }

    /// The same, where the names of union members say more of them.
    pub(super) fn made_in_detail(&self, pointer: &Pointer) -> Option<String> {
        let tokens = pointer.tokens();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let made = self.of_tokens(&tokens, Detail::Keys)?;
        Some(short::name(pointer, made))
    }

    fn of_tokens(&self, tokens: &[&str], detail: Detail) -> Option<String> {
        let (mut name, mut rest) = match tokens {
            ["components", "schemas", schema, rest @ ..] => {
                let schemas = Pointer::root().push("components").push("schemas");
                let own = schemas.push(schema);
                let given = (!rest.is_empty())
                    .then(|| self.config.types.peek(&own).map(|rule| rule.value.clone()))
                    .flatten();
                let locked = (!rest.is_empty()).then(|| self.locked(NameKind::Type, &own));
                let name = given.or_else(|| locked.flatten());
                (name.unwrap_or_else(|| self.schema_name(schema)), rest)
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
        loop {
            rest = match rest {
                [] => return Some(name),
                ["properties", property, after @ ..] => {
                    name.push_str(&key_word(property));
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
                ["responses", status, "content", _, "schema"] => {
                    return Some(format!("{name}{}", response_word(status)));
                }
                ["responses", status, "content", _, "schema", after @ ..] => {
                    name.push_str(response_word(status).trim_end_matches("Response"));
                    after
                }
                // Of a reusable response.
                ["content", _, "schema", after @ ..] => after,
                ["parameters", _, "schema", after @ ..] => {
                    let parameter = until(tokens, after.len() + 1);
                    name.push_str(self.inline.parameters.get(&parameter)?);
                    after
                }
                ["schema", after @ ..] => after,
                ["allOf", _, after @ ..] if !after.is_empty() => after,
                ["oneOf" | "anyOf", _, after @ ..] => {
                    let member = until(tokens, after.len());
                    match self.config.variants.peek(&member) {
                        Some(rule) => name.push_str(&rule.value),
                        None => name.push_str(self.member_word(&member, detail)?),
                    }
                    after
                }
                _ => return None,
            };
        }
    }

    /// The word of a member. One that is the type of its union alone has none.
    fn member_word(&self, member: &Pointer, detail: Detail) -> Option<&str> {
        if let (Detail::Keys, Some(detail)) = (detail, self.inline.detail(member)) {
            return Some(detail);
        }
        let union = member.parent().and_then(|list| list.parent())?;
        match (self.inline.member(member), self.api.types.get(&union)) {
            (Some(word), _) => Some(word),
            (None, None) => Some(""),
            (None, Some(_)) => None,
        }
    }

    /// A component's name without the prefixes and suffixes that `sdk.toml` drops.
    pub(super) fn schema_name(&self, schema: &str) -> String {
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
}

/// The word of a property.
fn key_word(key: &str) -> String {
    match upper_camel(key) {
        word if word.is_empty() => upper_camel(&pronounced(key)),
        word => word,
    }
}

/// The pointer without its last tokens.
fn until(tokens: &[&str], but: usize) -> Pointer {
    let kept = tokens.iter().take(tokens.len() - but);
    kept.fold(Pointer::root(), |pointer, token| pointer.push(token))
}

/// A value of an enum as text.
pub(super) fn text_of(value: &EnumValue) -> String {
    match &value.value {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Bool(value) => value.to_string(),
    }
}

/// The word for a member of a union: the tag that the document or `sdk.toml` states, the constant that it has, its title, the keys that
/// it requires, or the kind of its values.
fn word(api: &Api, union: &Union, member: &Variant) -> Option<String> {
    if let Some(tag) = member.stated_tag(union) {
        return Some(upper_camel(tag));
    }
    let kind = |pointer: &Pointer| api.types.get(pointer).map(|ty| &ty.kind);
    let constant = match member.ty.own().and_then(kind) {
        Some(TypeKind::Struct(object)) => constant(api, object),
        Some(TypeKind::Enum(_) | TypeKind::Union(_)) | None => None,
    };
    let title = member.title.as_deref();
    let title = title.filter(|title| title.len() <= LONGEST_TITLE);
    let said = constant.or(title).map(upper_camel);
    if let Some(said) = said.filter(|said| !said.is_empty()) {
        return Some(said);
    }
    let word = match &member.ty {
        Ty::List(_) => "List",
        Ty::Map(_) => "Map",
        ty => match kind(ty.own()?)? {
            TypeKind::Struct(object) => return Some(required(object)),
            TypeKind::Enum(list) if list.is_integer() => "Integer",
            TypeKind::Enum(_) => "String",
            TypeKind::Union(_) => return None,
        },
    };
    Some(word.to_owned())
}

/// The most keys that are part of a word.
const MOST_KEYS: usize = 3;

/// The word of a member, with the keys that it requires, or all that it has, but for its constants.
fn detail(api: &Api, word: &str, member: &Variant) -> Option<String> {
    let own = member.ty.own().and_then(|own| api.types.get(own));
    let Some(TypeKind::Struct(object)) = own.map(|ty| &ty.kind) else {
        return None;
    };
    let others = object
        .fields
        .iter()
        .filter(|field| api.only_text(field).is_none());
    let required: Vec<&Field> = others.clone().filter(|field| field.required).collect();
    let keys = match required.is_empty() {
        true => others.collect(),
        false => required,
    };
    let keys: Vec<String> = keys
        .into_iter()
        .map(|field| key_word(&field.wire))
        .collect();
    let detail = format!("{word}{}", keys.join("And"));
    (keys.len() <= MOST_KEYS && keys.concat() != word).then_some(detail)
}

/// The value of the one required property that has a single text as its value; else that of the one property.
fn constant<'a>(api: &'a Api, object: &'a Struct) -> Option<&'a str> {
    let only = |required: bool| {
        let fields = object.fields.iter().filter(|it| it.required || !required);
        let tags = object.tags.iter().map(|tag| tag.value.as_str());
        let mut values = fields.filter_map(|field| api.only_text(field)).chain(tags);
        values.next().filter(|_| values.next().is_none())
    };
    only(true).or_else(|| only(false))
}

/// `NameAndHeight`: the keys that an object requires, where they are few.
fn required(object: &Struct) -> String {
    let required = object.fields.iter().filter(|field| field.required);
    let keys: Vec<String> = required.map(|field| upper_camel(&field.wire)).collect();
    match keys.len() {
        1 | 2 => keys.join("And"),
        _ => "Object".to_owned(),
    }
}
