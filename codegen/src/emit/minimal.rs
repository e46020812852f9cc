//! Values made from types, for examples: what is required, and nothing else.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::model::{Bounds, Field, Struct, Ty, TypeKind, Variant};
use crate::pointer::Pointer;

use super::example::{constructed, file};
use super::{Emitter, ident};

/// How deep a value can be, each tried in turn: required properties may contain themselves, and a value that is less deep is read more easily.
const DEPTHS: [usize; 2] = [6, 12];

/// How many values are tried for one example. Each level can have many more than the one above it.
const VALUES: usize = 200;

/// The room that is left for a value.
pub(super) struct Room {
    depth: usize,
    values: usize,
}

impl Room {
    /// The rooms for one example, the first that is large enough counts.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        DEPTHS.into_iter().map(|depth| Self {
            depth,
            values: VALUES,
        })
    }

    /// The room inside a value.
    pub(super) fn deeper<T>(&mut self, make: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.values = self.values.checked_sub(1)?;
        self.depth = self.depth.checked_sub(1)?;
        let made = make(self);
        self.depth += 1;
        made
    }
}

impl Emitter<'_> {
    /// A value of a type; `name` is what it is for. `None` where there is no room for one.
    pub(super) fn minimal(
        &self,
        ty: &Ty,
        name: &str,
        room: &mut Room,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        room.deeper(|room| self.minimal_value(ty, name, room, types))
    }

    fn minimal_value(
        &self,
        ty: &Ty,
        name: &str,
        room: &mut Room,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        match ty {
            Ty::Timestamp => Some(quote!("2026-01-02T03:04:05Z")),
            Ty::List(item) => {
                let item = match self.has_into(item) {
                    true => self.minimal(item, name, room, types)?,
                    false => self.exact(item, name, room, types)?,
                };
                Some(quote!([#item]))
            }
            Ty::Named(pointer) => self.minimal_named(ty, pointer, name, room, types),
            // What is on the heap is written as it is: only a union would be converted.
            Ty::Boxed(pointer) => self.exact(&Ty::Named(pointer.clone()), name, room, types),
            Ty::Bool | Ty::Integer(_) | Ty::Float(_) | Ty::Text | Ty::Secret | Ty::Id(_) => {
                self.sample(ty, name, types)
            }
            Ty::Any => Some(quote!(serde_json::json!("value"))),
            Ty::Object => Some(quote!(serde_json::Map::new())),
            Ty::Map(_) => Some(quote!(std::collections::BTreeMap::new())),
            Ty::Nullable(_) => Some(quote!(None)),
            Ty::Binary => None,
            Ty::File => Some(file(types)),
        }
    }

    fn minimal_named(
        &self,
        ty: &Ty,
        pointer: &Pointer,
        name: &str,
        room: &mut Room,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        match &self.api.types.get(pointer)?.kind {
            TypeKind::Enum(_) => self.sample(ty, name, types),
            TypeKind::Struct(object) => {
                let own = self.names.types.get(pointer)?;
                types.insert(own.clone());
                self.minimal_struct(&ident(own), object, room, types)
            }
            TypeKind::Union(union) => {
                // Lists and maps have to say of what they are one, which reads worse.
                let is_long = |variant: &&Variant| matches!(variant.ty, Ty::List(_) | Ty::Map(_));
                let variants = union.variants.iter();
                let short = variants.clone().filter(|variant| !is_long(variant));
                short.chain(variants.filter(is_long)).find_map(|variant| {
                    let mut used = types.clone();
                    let value = match is_long(&variant) {
                        true => self.exact(&variant.ty, name, room, &mut used)?,
                        false => self.minimal_variant(&variant.ty, name, room, &mut used)?,
                    };
                    *types = used;
                    Some(value)
                })
            }
        }
    }

    fn minimal_variant(
        &self,
        ty: &Ty,
        name: &str,
        room: &mut Room,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        let value = self.minimal(ty, name, room, types)?;
        match ty {
            Ty::Boxed(_) => Some(value),
            _ => self.variant_value(ty, value, types),
        }
    }

    fn minimal_struct(
        &self,
        name: &Ident,
        object: &Struct,
        room: &mut Room,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        let mut arguments = Vec::new();
        for field in object.arguments() {
            arguments.push(self.minimal_field(field, room, types)?);
        }
        let mut optional = Vec::new();
        for field in chosen(object) {
            optional.push(self.minimal_field(field, room, types)?);
        }
        constructed(object, name, &arguments, &optional)
    }

    fn minimal_field(
        &self,
        field: &Field,
        room: &mut Room,
        types: &mut BTreeSet<String>,
    ) -> Option<(Ident, TokenStream)> {
        let value = match lowest(&field.ty, &field.bounds) {
            Some(lowest) => lowest,
            None => self.minimal(&field.ty, &field.wire, room, types)?,
        };
        Some((ident(&self.field_name(field)), value))
    }
}

/// The optional properties that a value needs, because one of several lists of them has to be there: the first list that requests set.
fn chosen(object: &Struct) -> Vec<&Field> {
    let mut chosen: Vec<&Field> = Vec::new();
    for choice in &object.choices {
        let has = |name: &str| {
            let mut there = object.arguments().chain(chosen.iter().copied());
            there.any(|field| field.wire == name)
        };
        if choice.is_met(has) {
            continue;
        }
        let lists = choice.lists.iter().map(|list| {
            let fields = list.iter().filter(|name| !has(name));
            let fields = fields.map(|name| object.optional().find(|field| field.wire == *name));
            fields.collect::<Option<Vec<&Field>>>()
        });
        chosen.extend(lists.flatten().next().unwrap_or_default());
    }
    chosen
}

/// The least number that bounds admit, if the document has one; without it the largest, where that is below one.
pub(super) fn lowest(ty: &Ty, bounds: &Bounds) -> Option<TokenStream> {
    let Bounds {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        ..
    } = bounds;
    let (bound, is_exclusive, is_least) = match (minimum, maximum) {
        (Some(minimum), _) => (minimum, *exclusive_minimum, true),
        (None, Some(maximum)) => (maximum, *exclusive_maximum, false),
        (None, None) => return None,
    };
    let step: i32 = match (is_exclusive, is_least) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => -1,
    };
    match ty {
        Ty::Integer(_) => {
            let value = bound.parse::<i64>().ok()?.checked_add(step.into())?;
            let literal = Literal::i64_unsuffixed(value);
            (is_least || value < 1).then(|| quote!(#literal))
        }
        Ty::Float(_) => {
            let value = bound.parse::<f64>().ok()? + f64::from(step);
            let is_needed = value.is_finite() && (is_least || value < 1.0);
            let literal = is_needed.then(|| Literal::f64_unsuffixed(value))?;
            Some(quote!(#literal))
        }
        _ => None,
    }
}
