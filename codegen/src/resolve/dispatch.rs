//! How the variant of a value is determined, once all types and their uses are known.
//!
//! A tag decides where `sdk.toml` or `discriminator` names one; else a property of which each variant lists other values; else the
//! required keys, most of them first; else the kind of JSON value. Variants that cannot be distinguished are a fault.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::config::{key_of, quoted};
use crate::model::{Api, Dispatch, Field, Struct, Ty, TypeKind, Union, Usage, Variant};
use crate::pointer::Pointer;

use super::resolver::Resolver;

impl Resolver<'_> {
    /// Decides the dispatch of each union.
    pub(super) fn distinguish_variants(&mut self, api: &mut Api) {
        std::mem::swap(&mut self.ledger, &mut api.ledger);
        let pointers: Vec<Pointer> = api.types.keys().cloned().collect();
        for pointer in pointers {
            let Some(ty) = api.types.get(&pointer) else {
                continue;
            };
            let TypeKind::Union(union) = ty.kind.clone() else {
                continue;
            };
            let decided = self.decided(api, &pointer, union, ty.usage);
            if let (Some(union), Some(ty)) = (decided, api.types.get_mut(&pointer)) {
                ty.kind = TypeKind::Union(union);
            }
        }
        std::mem::swap(&mut self.ledger, &mut api.ledger);
    }

    fn decided(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        mut union: Union,
        usage: Usage,
    ) -> Option<Union> {
        for variant in &mut union.variants {
            variant.keys = required_keys(api, &variant.ty, usage);
        }
        union.dispatch = self.dispatch(api, pointer, &mut union.variants)?;
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

    fn dispatch(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        variants: &mut [Variant],
    ) -> Option<Dispatch> {
        if let Some(rule) = self.config.unions.get(pointer) {
            let (place, rule) = (rule.place.clone(), rule.value.clone());
            return self.by_rule(api, &place, rule, variants);
        }
        if let Some(discriminator) = self.discriminators.remove(pointer).flatten() {
            return self.by_discriminator(api, pointer, &discriminator, variants);
        }
        let are_objects = variants
            .iter()
            .all(|variant| structure(api, &variant.ty).is_some());
        if !are_objects {
            return self.by_kind(api, pointer, variants);
        }
        let constant = self.by_constant(api, variants, |field| field.required);
        if constant.is_some() {
            return constant;
        }
        let Some(message) = twins(variants) else {
            return Some(Dispatch::Keys);
        };
        let constant = self.by_constant(api, variants, |_| true);
        if constant.is_none() {
            self.fault(pointer, message, tag_line(pointer, variants));
        }
        constant
    }

    fn by_kind(&mut self, api: &Api, pointer: &Pointer, variants: &[Variant]) -> Option<Dispatch> {
        let mut kinds = BTreeMap::new();
        for variant in variants {
            let kind = json_kind(api, &variant.ty);
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
}

/// The struct that a variant is.
pub(super) fn structure<'a>(api: &'a Api, ty: &Ty) -> Option<&'a Struct> {
    match &api.types.get(ty.own()?)?.kind {
        TypeKind::Struct(object) => Some(object),
        TypeKind::Enum(_) | TypeKind::Union(_) => None,
    }
}

/// The required keys that the messages have: a response has none that is `writeOnly`, a request none that is `readOnly`.
fn required_keys(api: &Api, ty: &Ty, usage: Usage) -> Vec<String> {
    let is_sent_only = usage.request && !usage.response;
    let is_absent = |field: &Field| match is_sent_only {
        true => field.read_only,
        false => field.write_only,
    };
    let fields = structure(api, ty).map(|object| object.fields.as_slice());
    let mut keys: Vec<String> = fields
        .unwrap_or_default()
        .iter()
        .filter(|field| field.required && !is_absent(field))
        .map(|field| field.wire.clone())
        .collect();
    keys.sort();
    keys
}

/// The fault of two variants with the same required keys.
fn twins(variants: &[Variant]) -> Option<String> {
    variants.iter().enumerate().find_map(|(index, variant)| {
        let mut earlier = variants.iter().take(index);
        let twin = earlier.find(|other| other.keys == variant.keys)?;
        Some(format!(
            "the members at `{}` and `{}` cannot be distinguished: both require {}",
            twin.pointer,
            variant.pointer,
            listed(&variant.keys),
        ))
    })
}

fn json_kind(api: &Api, ty: &Ty) -> &'static str {
    match ty {
        Ty::Bool => "booleans",
        Ty::Integer(_) | Ty::Float(_) => "numbers",
        Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Id(_) | Ty::Binary => "strings",
        Ty::List(_) => "arrays",
        Ty::Map(_) | Ty::Object => "objects",
        Ty::Nullable(inner) => json_kind(api, inner),
        Ty::Any => "any value",
        Ty::Named(pointer) | Ty::Boxed(pointer) => {
            match api.types.get(pointer).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(list)) if list.is_integer() => "numbers",
                Some(TypeKind::Enum(_)) => "strings",
                Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => "objects",
            }
        }
    }
}

/// The line to write in `sdk.toml` to distinguish the members of a union.
fn tag_line(pointer: &Pointer, variants: &[Variant]) -> String {
    let members = variants
        .iter()
        .filter_map(|variant| variant.ty.own().and_then(Pointer::last));
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
