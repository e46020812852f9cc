//! Values made from types, for examples: what is required, and nothing else.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::model::{Bounds, Field, Struct, Ty, TypeKind};
use crate::pointer::Pointer;

use super::example::{constructed, file};
use super::{Emitter, ident};

/// How deep a value can be: required properties may contain themselves.
const DEPTH: usize = 6;

/// How many values are tried for one example. Each level can have many more than the one above it.
const VALUES: usize = 200;

/// The room that is left for a value.
pub(super) struct Room {
    depth: usize,
    values: usize,
}

impl Room {
    /// The room for one example.
    pub(super) fn new() -> Self {
        Self {
            depth: DEPTH,
            values: VALUES,
        }
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
        room.values = room.values.checked_sub(1)?;
        room.depth = room.depth.checked_sub(1)?;
        let value = self.minimal_value(ty, name, room, types);
        room.depth += 1;
        value
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
                let item = self.minimal(item, name, room, types)?;
                Some(quote!([#item]))
            }
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                self.minimal_named(ty, pointer, name, room, types)
            }
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
                // A list is no literal that converts into a union, and an empty map does not say of what it is one.
                let mut variants = union
                    .variants
                    .iter()
                    .filter(|variant| !matches!(variant.ty, Ty::List(_) | Ty::Map(_)));
                variants.find_map(|variant| {
                    let mut used = types.clone();
                    let value = self.minimal(&variant.ty, name, room, &mut used)?;
                    let value = self.variant_value(&variant.ty, value, &mut used)?;
                    *types = used;
                    Some(value)
                })
            }
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
            let value = match lowest(field) {
                Some(lowest) => lowest,
                None => self.minimal(&field.ty, &field.wire, room, types)?,
            };
            arguments.push((ident(&self.field_name(field)), value));
        }
        constructed(object, name, &arguments, &[])
    }
}

/// The least integer that a property admits, if the document has a bound for it.
fn lowest(field: &Field) -> Option<TokenStream> {
    let Bounds {
        minimum,
        exclusive_minimum,
        ..
    } = &field.bounds;
    let lowest: i64 = minimum.as_deref()?.parse().ok()?;
    let lowest = lowest.checked_add(i64::from(*exclusive_minimum))?;
    let literal = Literal::i64_unsuffixed(lowest);
    matches!(field.ty, Ty::Integer(_)).then(|| quote!(#literal))
}
