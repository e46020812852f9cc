//! The addresses of nodes in `names.lock`: they say what a node is and not at which position of a list it is, so that they stay true when
//! something is added before it. Nothing reads them back: a node is found by its own address.
//!
//! | node | address |
//! |---|---|
//! | a schema, its property, its items, its values, its member | `zone`, `zone.plan`, `zone.plans[]`, `zone.map{}`, `zone(Paid: level price)` |
//! | what an operation holds | `zones-edit body`, `zones-edit response 200`, `zones-edit?order` |
//! | a value of an enum | `zone.plan = pro` |
//! | a handle | `zones/dns_records` |

use std::borrow::Cow;
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

    /// How the address of a node begins, if it is one of a schema or of an operation: this takes less than all of it.
    pub(super) fn begin(&self, named: &Named) -> Option<Cow<'_, str>> {
        let pointer = match named.kind {
            NameKind::HandleType | NameKind::HandleMethod => return None,
            NameKind::Variant => match self.variants.get(&named.at) {
                Some((owner, _)) => owner,
                None => &named.at,
            },
            NameKind::Method | NameKind::Parameter | NameKind::Type | NameKind::Field => &named.at,
        };
        let text = pointer.as_str();
        if text.starts_with("/components/schemas/") {
            let name = pointer.steps().nth(2)?;
            return Some(Cow::Owned(name.into_owned()));
        }
        let (end, _) = text.match_indices('/').nth(3)?;
        let id = self.operations.get(text.get(..end)?)?;
        Some(Cow::Borrowed(id))
    }

    fn node(&self, pointer: &Pointer) -> String {
        let steps = steps(pointer);
        let token = |index: usize| steps.get(index).map(|step| &*step.token);
        // The text of the pointer before the step of this number.
        let before = |index: usize| {
            let end = steps
                .get(index)
                .map_or(pointer.as_str().len(), |step| step.start);
            pointer.as_str().get(..end).unwrap_or_default()
        };
        let mut text = String::new();
        let mut index = 0;
        while let Some(here) = token(index) {
            let (length, part): (usize, [&str; 3]) = match (index, here, token(index + 1)) {
                (0, "components", Some("schemas")) => (3, ["", token(2).unwrap_or_default(), ""]),
                (0, "paths", _) => {
                    let operation = before(3);
                    let id = self.operations.get(operation);
                    (3, ["", id.map_or(operation, String::as_str), ""])
                }
                (_, "properties", Some(name)) => (2, [".", name, ""]),
                (_, "items", _) => (1, ["[]", "", ""]),
                (_, "additionalProperties", _) => (1, ["{}", "", ""]),
                (_, "allOf", Some(_)) => (2, ["", "", ""]),
                (_, "oneOf" | "anyOf", Some(position)) => {
                    let what = self.members.get(before(index + 2));
                    (2, ["(", what.map_or(position, String::as_str), ")"])
                }
                (_, "parameters", Some(position)) => {
                    let name = self.parameters.get(before(index + 2));
                    (2, ["?", name.map_or(position, String::as_str), ""])
                }
                (_, "requestBody", _) => (1, [" body", "", ""]),
                (_, "responses", Some(status)) => (2, [" response ", status, ""]),
                (_, "content", Some("application/json")) => (2, ["", "", ""]),
                (_, "content", Some(media)) => (2, [" ", media, ""]),
                (_, "schema", _) => (1, ["", "", ""]),
                (_, other, _) => (1, ["/", other, ""]),
            };
            text.extend(part);
            index += length;
        }
        text
    }
}

/// A step of a pointer, and where it begins in the pointer's text.
struct Step<'a> {
    token: Cow<'a, str>,
    start: usize,
}

fn steps(pointer: &Pointer) -> Vec<Step<'_>> {
    let starts = pointer.as_str().match_indices('/');
    let steps = pointer.steps().zip(starts);
    steps
        .map(|(token, (start, _))| Step { token, start })
        .collect()
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
            let fields = object.fields.iter().map(|field| field.wire.as_str());
            let tags = object.tags.iter().map(|tag| tag.wire.as_str());
            let mut keys: Vec<&str> = fields.chain(tags).collect();
            keys.sort_unstable();
            format!("{word}: {}", keys.join(" "))
        }
        Some(TypeKind::Enum(_) | TypeKind::Union(_)) | None => word.to_owned(),
    }
}
