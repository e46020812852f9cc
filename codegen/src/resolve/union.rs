//! `oneOf` and `anyOf`: unions, and how the variant of a value is determined.
//!
//! A tag decides where `sdk.toml` or `discriminator` names one; else the required keys, most of them first; else the kind
//! of JSON value. Variants that cannot be distinguished are a fault.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use openapiv3::{Discriminator, ReferenceOr, Schema};

use crate::config::{UnionRule, key_of, quoted};
use crate::model::{Dispatch, Fold, Ty, TypeKind, Union, Variant};
use crate::pointer::Pointer;

use super::facets::Facets;
use super::resolved::Resolved;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// A schema with `oneOf` or `anyOf`.
    pub(super) fn union(&mut self, pointer: &Pointer, mut facets: Facets) -> Option<Resolved> {
        let one_of = std::mem::take(&mut facets.one_of);
        let any_of = std::mem::take(&mut facets.any_of);
        if !(one_of.is_empty() || any_of.is_empty()) {
            self.fault(
                pointer,
                "`oneOf` beside `anyOf`",
                "keep one of them in spec/overlay.yaml",
            );
            return None;
        }
        if !facets.properties.is_empty() {
            self.fault(
                &pointer.push("properties"),
                "properties beside `oneOf` or `anyOf`",
                "move them into each of the members in spec/overlay.yaml",
            );
            return None;
        }
        let (key, members) = match one_of.is_empty() {
            true => ("anyOf", any_of),
            false => ("oneOf", one_of),
        };
        let mut variants = self.union_members(&pointer.push(key), members, &mut facets)?;
        if let [only] = variants.as_mut_slice() {
            self.ledger.folded(&only.pointer, Fold::Alias);
            let ty = std::mem::replace(&mut only.ty, Ty::Any);
            return Some(Resolved::new(ty, &facets));
        }
        for variant in &variants {
            self.ledger.emitted(&variant.pointer);
        }
        self.discriminators
            .insert(pointer.clone(), facets.discriminator.take());
        let union = Union {
            dispatch: Dispatch::Keys,
            variants,
            order: Vec::new(),
            common: Vec::new(),
        };
        self.define(pointer, &facets, TypeKind::Union(union))
    }

    /// Decides the dispatch of each union, once all types are known: a variant can contain its union.
    pub(super) fn distinguish_variants(&mut self) {
        let pointers: Vec<Pointer> = self.types.keys().cloned().collect();
        for pointer in pointers {
            let Some(TypeKind::Union(union)) = self.types.get(&pointer).map(|ty| ty.kind.clone())
            else {
                continue;
            };
            let decided = self.decided(&pointer, union);
            if let (Some(union), Some(ty)) = (decided, self.types.get_mut(&pointer)) {
                ty.kind = TypeKind::Union(union);
            }
        }
    }

    fn decided(&mut self, pointer: &Pointer, mut union: Union) -> Option<Union> {
        for variant in &mut union.variants {
            variant.keys = self.required_keys(&variant.ty);
        }
        union.dispatch = self.dispatch(pointer, &mut union.variants)?;
        union.order = (0..union.variants.len()).collect();
        let keys = |index: usize| {
            union
                .variants
                .get(index)
                .map_or(0, |variant| variant.keys.len())
        };
        union.order.sort_by_key(|&index| Reverse(keys(index)));
        Some(union)
    }

    /// The variants; a member that only allows `null` makes the whole nullable.
    fn union_members(
        &mut self,
        list: &Pointer,
        members: Vec<ReferenceOr<Schema>>,
        facets: &mut Facets,
    ) -> Option<Vec<Variant>> {
        let mut variants = Vec::new();
        let mut complete = true;
        for (index, member) in members.into_iter().enumerate() {
            let pointer = list.push_index(index);
            if is_null(&member) {
                facets.nullable = true;
                self.ledger.folded(&pointer, Fold::Constant);
                continue;
            }
            let Some(resolved) = self.schema(&pointer, member) else {
                complete = false;
                continue;
            };
            facets.nullable |= resolved.nullable;
            variants.push(Variant {
                pointer,
                ty: resolved.ty,
                tags: Vec::new(),
                keys: Vec::new(),
            });
        }
        complete.then_some(variants)
    }

    fn required_keys(&self, ty: &Ty) -> Vec<String> {
        let Some(TypeKind::Struct(object)) = ty
            .named()
            .and_then(|name| self.types.get(name))
            .map(|ty| &ty.kind)
        else {
            return Vec::new();
        };
        let mut keys: Vec<String> = object
            .fields
            .iter()
            .filter(|field| field.required)
            .map(|field| field.wire.clone())
            .collect();
        keys.sort();
        keys
    }

    fn dispatch(&mut self, pointer: &Pointer, variants: &mut [Variant]) -> Option<Dispatch> {
        if let Some(rule) = self.config.unions.get(pointer) {
            let (place, rule) = (rule.place.clone(), rule.value.clone());
            return self.by_rule(&place, rule, variants);
        }
        if let Some(discriminator) = self.discriminators.remove(pointer).flatten() {
            return self.by_discriminator(pointer, &discriminator, variants);
        }
        if self.are_objects(variants) {
            return self.by_keys(pointer, variants);
        }
        self.by_kind(pointer, variants)
    }

    /// The tag and its values from `sdk.toml`.
    fn by_rule(
        &mut self,
        place: &Pointer,
        rule: UnionRule,
        variants: &mut [Variant],
    ) -> Option<Dispatch> {
        let UnionRule {
            tag,
            variants: listed,
        } = rule;
        let schemas = Pointer::root().push("components").push("schemas");
        let mut complete = true;
        for (value, schema) in &listed {
            let wanted = Ty::Named(schemas.push(schema));
            match variants.iter_mut().find(|variant| variant.ty == wanted) {
                Some(variant) => variant.tags.push(value.clone()),
                None => {
                    let place = place.push("variants").push(value);
                    self.config_fault(
                        &place,
                        format!("`{schema}` is not a member of this union"),
                        "name one of its schemas",
                    );
                    complete = false;
                }
            }
        }
        if let Some(untold) = variants.iter().find(|variant| variant.tags.is_empty()) {
            let pointer = untold.pointer.clone();
            self.config_fault(
                place,
                format!("there is no value of `{tag}` for the member at `{pointer}`"),
                "list each member under `variants`",
            );
            complete = false;
        }
        if let Some(without) = self.lacks(variants, &tag).first() {
            let message = format!("the member at `{without}` has no property `{tag}`");
            self.config_fault(
                &place.push("tag"),
                message,
                "name a property that all members have",
            );
            complete = false;
        }
        complete.then_some(Dispatch::Tag(tag))
    }

    /// The members that are objects without this property.
    fn lacks(&self, variants: &[Variant], property: &str) -> Vec<Pointer> {
        let has = |variant: &&Variant| {
            let ty = variant
                .ty
                .named()
                .and_then(|pointer| self.types.get(pointer));
            match ty.map(|ty| &ty.kind) {
                Some(TypeKind::Struct(object)) => {
                    object.fields.iter().any(|field| field.wire == property)
                }
                Some(TypeKind::Enum(_) | TypeKind::Union(_)) | None => true,
            }
        };
        let without = variants.iter().filter(|variant| !has(variant));
        without.map(|variant| variant.pointer.clone()).collect()
    }

    /// The tag and its values from the document: by the mapping, and by the schema's name where the mapping does not name it.
    fn by_discriminator(
        &mut self,
        pointer: &Pointer,
        discriminator: &Discriminator,
        variants: &mut [Variant],
    ) -> Option<Dispatch> {
        let schemas = Pointer::root().push("components").push("schemas");
        let mut mapping: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
        for (value, target) in &discriminator.mapping {
            let target = match target.starts_with('#') {
                true => Pointer::parse(target),
                false => Some(schemas.push(target)),
            };
            if let Some(target) = target {
                mapping.entry(target).or_default().push(value.clone());
            }
        }
        for variant in variants.iter_mut() {
            let Some(schema) = variant.ty.named() else {
                let place = variant.pointer.clone();
                self.fault(
                    &place,
                    "a member of a union with a discriminator that is not a schema of its own",
                    "move it to components/schemas, or remove the discriminator in spec/overlay.yaml",
                );
                return None;
            };
            let mapped = mapping.get(schema).cloned();
            variant.tags = mapped.unwrap_or_else(|| schema.last().into_iter().collect());
        }
        let mut seen = BTreeMap::new();
        let tagged = variants
            .iter()
            .flat_map(|variant| variant.tags.iter().map(move |tag| (tag, variant)));
        for (tag, variant) in tagged {
            if let Some(other) = seen.insert(tag, variant.pointer.clone()) {
                self.fault(
                    pointer,
                    format!("the members at `{other}` and `{}` have the same value `{tag}` of the discriminator", variant.pointer),
                    "give each member its own value in `discriminator.mapping`",
                );
                return None;
            }
        }
        let tag = &discriminator.property_name;
        if let Some(without) = self.lacks(variants, tag).first() {
            let place = pointer.push("discriminator").push("propertyName");
            let message = format!("the member at `{without}` has no property `{tag}`");
            let help = "name a property that all members have, or remove the discriminator in spec/overlay.yaml";
            self.fault(&place, message, help);
            return None;
        }
        Some(Dispatch::Tag(tag.clone()))
    }

    fn are_objects(&self, variants: &[Variant]) -> bool {
        variants.iter().all(|variant| {
            let named = variant
                .ty
                .named()
                .and_then(|pointer| self.types.get(pointer));
            matches!(named.map(|ty| &ty.kind), Some(TypeKind::Struct(_)))
        })
    }

    fn by_keys(&mut self, pointer: &Pointer, variants: &[Variant]) -> Option<Dispatch> {
        for (index, variant) in variants.iter().enumerate() {
            let twin = variants
                .iter()
                .take(index)
                .find(|other| other.keys == variant.keys);
            if let Some(twin) = twin {
                self.fault(
                    pointer,
                    format!(
                        "the members at `{}` and `{}` cannot be distinguished: both require {}",
                        twin.pointer,
                        variant.pointer,
                        listed(&variant.keys),
                    ),
                    tag_line(pointer, variants),
                );
                return None;
            }
        }
        Some(Dispatch::Keys)
    }

    fn by_kind(&mut self, pointer: &Pointer, variants: &[Variant]) -> Option<Dispatch> {
        let mut kinds = BTreeMap::new();
        for variant in variants {
            let kind = self.json_kind(&variant.ty);
            if let Some(other) = kinds.insert(kind, variant.pointer.clone()) {
                self.fault(
                    pointer,
                    format!("the members at `{other}` and `{}` cannot be distinguished: both are {kind}", variant.pointer),
                    "name a tag under [unions] in spec/sdk.toml, or correct the union in spec/overlay.yaml",
                );
                return None;
            }
        }
        Some(Dispatch::JsonKind)
    }

    fn json_kind(&self, ty: &Ty) -> &'static str {
        match ty {
            Ty::Bool => "booleans",
            Ty::Integer(_) | Ty::Float(_) => "numbers",
            Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Id(_) | Ty::Binary => "strings",
            Ty::List(_) => "arrays",
            Ty::Map(_) | Ty::Object => "objects",
            Ty::Nullable(inner) => self.json_kind(inner),
            Ty::Any => "any value",
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                match self.types.get(pointer).map(|ty| &ty.kind) {
                    Some(TypeKind::Enum(list)) if list.is_integer() => "numbers",
                    Some(TypeKind::Enum(_)) => "strings",
                    Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => "objects",
                }
            }
        }
    }
}

/// The line to write in `sdk.toml` to distinguish the members of a union.
fn tag_line(pointer: &Pointer, variants: &[Variant]) -> String {
    let members = variants
        .iter()
        .filter_map(|variant| variant.ty.named().and_then(Pointer::last));
    let members: Vec<String> = members
        .map(|member| format!("\"<value>\" = {}", quoted(&member)))
        .collect();
    format!(
        "name a tag under [unions] in spec/sdk.toml: {} = {{ tag = \"<property>\", variants = {{ {} }} }}",
        key_of(pointer),
        members.join(", ")
    )
}

fn listed(keys: &[String]) -> String {
    match keys {
        [] => "nothing".to_owned(),
        keys => format!("`{}`", keys.join("`, `")),
    }
}

/// `{enum: [null]}` or `{nullable: true, enum: [null]}`.
pub(super) fn is_null(member: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = member else {
        return false;
    };
    let values = Facets::of(schema.clone()).values;
    values.is_some_and(|values| values.iter().all(serde_json::Value::is_null))
}
