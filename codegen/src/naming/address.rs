//! The addresses of nodes in `names.lock`: they say what a node is and not at which position of a list it is, so that they stay true when
//! something is added before it. Nothing reads them back: a node is found by its own address.
//!
//! | node | address |
//! |---|---|
//! | a schema, its property, its items, its values, its member | `zone`, `zone.plan`, `zone.plans[]`, `zone.map{}`, `zone(Paid: level price)` |
//! | what an operation holds | `zones-edit body`, `zones-edit response 200`, `zones-edit?order` |
//! | a value of an enum | `zone.plan = pro` |
//! | a handle | `zones/dns_records` |

use std::collections::BTreeMap;

use crate::model::{Api, TypeKind, Union, Variant};
use crate::pointer::Pointer;

use super::inline::{Inline, text_of};
use super::lock::{NameKind, Named};

/// What the addresses of a model are made of.
#[derive(Default)]
pub(super) struct Addresses {
    operations: BTreeMap<Pointer, String>,
    parameters: BTreeMap<Pointer, String>,
    /// What inline members of unions are, by their node.
    members: BTreeMap<Pointer, String>,
    /// The values of enums and the members of unions: the node of the type, and what they are.
    variants: BTreeMap<Pointer, (Pointer, String)>,
}

impl Addresses {
    pub(super) fn of(api: &Api, inline: &Inline) -> Self {
        let mut addresses = Self::default();
        for resource in api.root.walk() {
            for operation in &resource.operations {
                addresses
                    .operations
                    .insert(operation.pointer.clone(), operation.id.clone());
                for parameter in &operation.parameters {
                    addresses
                        .parameters
                        .insert(parameter.pointer.clone(), parameter.name.clone());
                }
            }
        }
        for (pointer, ty) in &api.types {
            match &ty.kind {
                TypeKind::Struct(_) => {}
                TypeKind::Enum(list) => {
                    for value in &list.values {
                        let text = text_of(value);
                        addresses
                            .variants
                            .insert(value.pointer.clone(), (pointer.clone(), text));
                    }
                }
                TypeKind::Union(union) => addresses.union(api, inline, pointer, union),
            }
        }
        addresses
    }

    fn union(&mut self, api: &Api, inline: &Inline, pointer: &Pointer, union: &Union) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for member in &union.variants {
            let mut what = member_is(api, inline, member);
            let before = seen.entry(what.clone()).or_default();
            *before += 1;
            if *before > 1 {
                // Two members of one title and the same keys differ in their place only.
                what = format!("{what} {before}");
            }
            self.variants
                .insert(member.pointer.clone(), (pointer.clone(), what.clone()));
            self.members.insert(member.pointer.clone(), what);
        }
    }

    /// The address of a node.
    pub(super) fn address(&self, named: &Named) -> String {
        match named.kind {
            NameKind::HandleType | NameKind::HandleMethod => named.at.last().unwrap_or_default(),
            NameKind::Variant => match self.variants.get(&named.at) {
                Some((owner, what)) => format!("{} = {what}", self.node(owner)),
                None => self.node(&named.at),
            },
            NameKind::Method | NameKind::Parameter | NameKind::Type | NameKind::Field => {
                self.node(&named.at)
            }
        }
    }

    fn node(&self, pointer: &Pointer) -> String {
        let tokens = pointer.tokens();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let mut at = Pointer::root();
        let mut text = String::new();
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            let next = tokens.get(index + 1).copied();
            let (length, part) = match (index, *token, next) {
                (0, "components", Some("schemas")) => {
                    (3, tokens.get(2).copied().unwrap_or_default().to_owned())
                }
                (0, "paths", _) => {
                    let operation = tokens.iter().take(3);
                    let operation = operation.fold(Pointer::root(), |at, token| at.push(token));
                    let id = self.operations.get(&operation);
                    (3, id.cloned().unwrap_or_else(|| operation.to_string()))
                }
                (_, "properties", Some(name)) => (2, format!(".{name}")),
                (_, "items", _) => (1, "[]".to_owned()),
                (_, "additionalProperties", _) => (1, "{}".to_owned()),
                (_, "allOf", Some(_)) => (2, String::new()),
                (_, "oneOf" | "anyOf", Some(position)) => {
                    let member = at.push(token).push(position);
                    let what = self.members.get(&member).map(String::as_str);
                    (2, format!("({})", what.unwrap_or(position)))
                }
                (_, "parameters", Some(position)) => {
                    let parameter = at.push(token).push(position);
                    let name = self.parameters.get(&parameter).map(String::as_str);
                    (2, format!("?{}", name.unwrap_or(position)))
                }
                (_, "requestBody", _) => (1, " body".to_owned()),
                (_, "responses", Some(status)) => (2, format!(" response {status}")),
                (_, "content", Some("application/json")) => (2, String::new()),
                (_, "content", Some(media)) => (2, format!(" {media}")),
                (_, "schema", _) => (1, String::new()),
                (_, other, _) => (1, format!("/{other}")),
            };
            text.push_str(&part);
            for token in tokens.iter().skip(index).take(length) {
                at = at.push(token);
            }
            index += length;
        }
        text
    }
}

/// What a member is, by itself: the schema that it refers to, or its word and its keys.
fn member_is(api: &Api, inline: &Inline, member: &Variant) -> String {
    let own = member.ty.named();
    if let Some(schema) = own.filter(|own| !own.is_within(&member.pointer)) {
        return schema.last().unwrap_or_default();
    }
    let word = inline.member(&member.pointer).unwrap_or_default();
    let kind = own.and_then(|own| api.types.get(own)).map(|ty| &ty.kind);
    match kind {
        Some(TypeKind::Struct(object)) => {
            let mut keys: Vec<&str> = object.fields.iter().map(|it| it.wire.as_str()).collect();
            keys.sort_unstable();
            format!("{word}: {}", keys.join(" "))
        }
        Some(TypeKind::Enum(_) | TypeKind::Union(_)) | None => word.to_owned(),
    }
}
