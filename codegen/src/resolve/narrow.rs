//! What a schema says beside an `allOf` of one member: it has the type of the member, and restricts it further.
//!
//! In: the member's type, and the keywords around it. Out: the type with all of them, or a fault where both cannot hold or the type
//! has no room for them.

use crate::model::{Bounds, Ty, TypeKind};
use crate::pointer::Pointer;

use super::facets::{Facets, Primitive};
use super::resolved::Resolved;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// The type of the member with the annotations and restrictions of the schema at `pointer` around it.
    pub(super) fn narrowed(
        &mut self,
        pointer: &Pointer,
        inner: Resolved,
        around: Facets,
    ) -> Option<Resolved> {
        for (key, is_there) in [
            ("enum", around.values.is_some()),
            ("items", around.items.is_some()),
        ] {
            if is_there {
                self.fault(
                    &pointer.push(key),
                    format!("`{key}` beside `allOf`"),
                    "move it into the member, or write the schema without `allOf`, in spec/overlay.yaml",
                );
                return None;
            }
        }
        let inner = self.of_type(pointer, inner, &around)?;
        Some(Resolved {
            ty: inner.ty,
            nullable: inner.nullable || around.nullable,
            read_only: inner.read_only || around.read_only,
            write_only: inner.write_only || around.write_only,
            deprecated: inner.deprecated || around.deprecated,
            description: around.description.or(inner.description),
            bounds: restricted(inner.bounds, around.bounds),
        })
    }

    /// The type of the member as `type` and `format` around it narrow it.
    fn of_type(&mut self, pointer: &Pointer, inner: Resolved, around: &Facets) -> Option<Resolved> {
        let of_member = self.primitive_of(&inner.ty);
        let primitive = match (of_member, around.primitive) {
            (Some(Primitive::Number), Some(Primitive::Integer)) => Some(Primitive::Integer),
            (Some(Primitive::Integer), Some(Primitive::Number)) => of_member,
            (Some(inside), Some(here)) if inside != here => {
                self.fault(
                    &pointer.push("type"),
                    format!(
                        "`type` is `{}` here and `{}` in the member of `allOf`",
                        here.name(),
                        inside.name()
                    ),
                    "no value can be both: correct one of them in spec/overlay.yaml",
                );
                return None;
            }
            (inside, here) => inside.or(here),
        };
        let is_plain = matches!(inner.ty, Ty::Text | Ty::Integer(_) | Ty::Float(_) | Ty::Any);
        if !is_plain || (primitive == of_member && around.format.is_none()) {
            return Some(inner);
        }
        let alone = Facets {
            primitive,
            format: around.format.clone().or(inner.bounds.format.clone()),
            bounds: inner.bounds.clone(),
            ..Facets::default()
        };
        let narrow = self.inline(pointer, alone)?;
        Some(Resolved {
            ty: narrow.ty,
            bounds: narrow.bounds,
            ..inner
        })
    }

    fn primitive_of(&self, ty: &Ty) -> Option<Primitive> {
        match ty {
            Ty::Bool => Some(Primitive::Boolean),
            Ty::Integer(_) => Some(Primitive::Integer),
            Ty::Float(_) => Some(Primitive::Number),
            Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Id(_) | Ty::Binary | Ty::File => {
                Some(Primitive::String)
            }
            Ty::List(_) => Some(Primitive::Array),
            Ty::Map(_) | Ty::Object => Some(Primitive::Object),
            Ty::Nullable(inner) => self.primitive_of(inner),
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                match &self.types.get(pointer)?.kind {
                    TypeKind::Struct(_) => Some(Primitive::Object),
                    TypeKind::Enum(list) if list.is_integer() => Some(Primitive::Integer),
                    TypeKind::Enum(list) if list.is_text() => Some(Primitive::String),
                    // The members of a union can be of any kind.
                    TypeKind::Enum(_) | TypeKind::Union(_) => None,
                }
            }
            Ty::Any => None,
        }
    }
}

/// The bounds of a schema with those around it, which win.
pub(super) fn restricted(inner: Bounds, around: Bounds) -> Bounds {
    Bounds {
        exclusive_minimum: match around.minimum {
            Some(_) => around.exclusive_minimum,
            None => inner.exclusive_minimum,
        },
        exclusive_maximum: match around.maximum {
            Some(_) => around.exclusive_maximum,
            None => inner.exclusive_maximum,
        },
        minimum: around.minimum.or(inner.minimum),
        maximum: around.maximum.or(inner.maximum),
        multiple_of: around.multiple_of.or(inner.multiple_of),
        min_length: around.min_length.or(inner.min_length),
        max_length: around.max_length.or(inner.max_length),
        min_items: around.min_items.or(inner.min_items),
        max_items: around.max_items.or(inner.max_items),
        pattern: around.pattern.or(inner.pattern),
        format: inner.format,
    }
}
