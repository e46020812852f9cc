//! Names of the variants of unions: after their tag, their type, or the kind of their value.

use crate::config::{key_of, quoted};
use crate::model::{JsonKind, Ty, Union, Variant};
use crate::pointer::Pointer;

use super::Namer;
use super::case::upper_camel;

impl Namer<'_> {
    /// A member of a union is named after the one word that the document or `sdk.toml` states as its tag, else after its type, or the
    /// kind of its value.
    pub(super) fn member_name(&self, union: &Union, variant: &Variant) -> String {
        if let Some(tag) = variant.stated_tag(union) {
            return upper_camel(tag);
        }
        let is_inline = |pointer: &&Pointer| {
            pointer.is_within(&variant.pointer) && self.config.types.peek(pointer).is_none()
        };
        let inline = variant.ty.named().filter(is_inline);
        if let Some(word) = inline.and_then(|_| self.inline.member(&variant.pointer)) {
            return word.to_owned();
        }
        match &variant.ty {
            Ty::Named(pointer) | Ty::Boxed(pointer) if !self.is_part(pointer, variant) => {
                let name = self.names.types.get(pointer).cloned();
                name.unwrap_or_else(|| upper_camel(pointer.as_str()))
            }
            Ty::Id(name) => name.clone(),
            Ty::Map(_) => "Map".to_owned(),
            _ => kind_name(&variant.kinds).to_owned(),
        }
    }

    /// Whether a variant's type is a scalar that only the union has: its kind says more than the name.
    fn is_part(&self, pointer: &Pointer, variant: &Variant) -> bool {
        *pointer == variant.pointer && !variant.is_object()
    }
}

/// What a variant is called in `sdk.toml`: the schema that it refers to, or its place.
pub(super) fn member_key(variant: &Variant) -> String {
    let tokens = variant.pointer.tokens();
    let referred = variant.ty.own().filter(|own| **own != variant.pointer);
    match (referred.and_then(Pointer::last), tokens.as_slice()) {
        (Some(member), _) => member,
        (None, [.., list, index]) => format!("{list}/{index}"),
        (None, _) => String::new(),
    }
}

/// The line of `sdk.toml` that names a variant.
pub(super) fn line(union: &Pointer, variant: &Variant) -> String {
    format!(
        "{} = {{ {} = \"<Name>\" }} under [names.variants] in spec/sdk.toml",
        key_of(union),
        quoted(&member_key(variant))
    )
}

fn kind_name(kinds: &[JsonKind]) -> &'static str {
    match kinds {
        [JsonKind::Bool] => "Boolean",
        [JsonKind::Integer] => "Integer",
        [JsonKind::Number] => "Number",
        [JsonKind::DateTime] => "DateTime",
        [JsonKind::Text] => "String",
        [JsonKind::List] => "List",
        [JsonKind::Object] => "Object",
        _ => "Value",
    }
}
