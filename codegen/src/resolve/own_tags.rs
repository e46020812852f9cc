//! Tags that are no fields, where `sdk.toml` says `union_tags = "implied"`: the property by which unions choose a struct, where it has one
//! value there, and the struct occurs as a variant of such unions and nowhere else. Its value is known before the struct is read.
//!
//! In: the model with the dispatch of unions decided. Out: such properties are `Struct::tags`, and types that only they had are gone.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::model::{Api, Field, Fold, Operation, RequiredChoice, Struct, Tag, Ty, TypeKind, Union};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::usage;

/// Turns such properties into tags. Faults: what `sdk.toml` says of fields and types that they would be.
pub(super) fn imply(api: &mut Api, config: &Config) -> Vec<Fault> {
    let Some(rule) = &config.union_tags else {
        return Vec::new();
    };
    let found = found(api);
    if found.is_empty() {
        return Vec::new();
    }
    rule.mark();
    let mut lost = BTreeSet::new();
    let mut properties = Vec::new();
    for (pointer, tags) in found {
        let Some(TypeKind::Struct(object)) = api.types.get_mut(&pointer).map(|ty| &mut ty.kind)
        else {
            continue;
        };
        let is_tag = |field: &Field| tags.iter().any(|tag| tag.pointer == field.pointer);
        let fields = object.fields.iter().filter(|field| is_tag(field));
        lost.extend(fields.filter_map(|field| field.ty.named().cloned()));
        object.fields.retain(|field| !is_tag(field));
        properties.extend(tags.iter().map(|tag| tag.pointer.clone()));
        object.tags = tags;
    }
    // One property can be that of several structs, if all are merged of one schema.
    let fields = api.types.values().flat_map(|ty| match &ty.kind {
        TypeKind::Struct(object) => object.fields.as_slice(),
        TypeKind::Enum(_) | TypeKind::Union(_) => &[],
    });
    let fields: BTreeSet<&Pointer> = fields.map(|field| &field.pointer).collect();
    properties.retain(|pointer| !fields.contains(pointer));
    for pointer in &properties {
        api.ledger.absorbed(pointer, Fold::Tag);
    }
    usage::mark(api);
    usage::leave_out(api, &lost, Fold::Tag);
    lost.retain(|pointer| !api.types.contains_key(pointer));
    lost.extend(properties);
    let said = lost.iter().flat_map(|pointer| {
        let docs = config.docs.peek(pointer).map(|rule| &rule.place);
        let names = config.search_names.peek(pointer).map(|rule| &rule.place);
        docs.into_iter().chain(names)
    });
    said.map(needless).collect()
}

/// An entry about a tag, which users do not see.
fn needless(place: &Pointer) -> Fault {
    let message = "this entry changes nothing: this is a tag that its struct writes, and no field";
    let help = "remove the entry; it is `union_tags` that makes it a tag";
    let fault = Fault::new(Input::Config, place.clone(), message, help);
    fault.on_key().stale()
}

/// The tags of each struct that has some.
fn found(api: &Api) -> BTreeMap<Pointer, Vec<Tag>> {
    let mut unions: BTreeMap<&Pointer, Vec<&Union>> = BTreeMap::new();
    let mut elsewhere: BTreeSet<&Pointer> = exchanged(api).filter_map(Ty::named).collect();
    for ty in api.types.values() {
        let TypeKind::Union(union) = &ty.kind else {
            elsewhere.extend(ty.uses().into_iter().filter_map(Ty::named));
            continue;
        };
        for variant in &union.variants {
            match variant.ty.own() {
                Some(own) => unions.entry(own).or_default().push(union),
                None => elsewhere.extend(variant.ty.named()),
            }
        }
    }
    unions.retain(|pointer, _| !elsewhere.contains(pointer));
    let tags = unions.into_iter().filter_map(|(pointer, unions)| {
        let TypeKind::Struct(object) = &api.types.get(pointer)?.kind else {
            return None;
        };
        let tags = object
            .fields
            .iter()
            .filter_map(|field| tag(api, pointer, object, field, &unions));
        let tags: Vec<Tag> = tags.collect();
        (!tags.is_empty()).then(|| (pointer.clone(), tags))
    });
    tags.collect()
}

/// The types of parameters, bodies and responses.
fn exchanged(api: &Api) -> impl Iterator<Item = &Ty> {
    let resources = api.root.walk();
    resources.into_iter().flat_map(|resource| {
        let parameters = resource.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(resource.operations.iter().flat_map(Operation::uses))
    })
}

/// The property as a tag, if each of these unions chooses the struct by its one value.
fn tag(
    api: &Api,
    pointer: &Pointer,
    object: &Struct,
    field: &Field,
    unions: &[&Union],
) -> Option<Tag> {
    // Without it a value is no variant, whether or not the document requires it.
    let is_plain = !field.nullable && !field.read_only && !field.write_only;
    let is_chosen_among = |choice: &RequiredChoice| {
        choice
            .lists
            .iter()
            .flatten()
            .any(|name| *name == field.wire)
    };
    if !is_plain
        || !field.aliases.is_empty()
        || field.fixed.is_some()
        || object.choices.iter().any(is_chosen_among)
    {
        return None;
    }
    let value = api.only_text(field)?;
    let is_chosen_by_it = |union: &&Union| {
        let mut variants = union.variants.iter();
        let is_it = |ty: &Ty| ty.own() == Some(pointer);
        union.dispatch.tag() == Some(field.wire.as_str())
            && union.has_choice_of_objects()
            && variants
                .all(|one| !is_it(&one.ty) || (one.is_read && one.tags == [value.to_owned()]))
    };
    unions.iter().all(is_chosen_by_it).then(|| Tag {
        pointer: field.pointer.clone(),
        wire: field.wire.clone(),
        value: value.to_owned(),
    })
}
