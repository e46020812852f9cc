//! Members of an `allOf` that are no objects: one has the type, the others restrict it.
//!
//! In: the members. Out: the type of the one that refers to a type or lists items, with what the others say; an enum, where one of them
//! lists values. Types that differ are a fault.

use openapiv3::ReferenceOr;

use crate::model::{EnumValue, Fold, Ty, TypeKind};
use crate::pointer::Pointer;

use super::facets::{Facets, Primitive};
use super::members::Property;
use super::merge::annotate;
use super::resolved::Resolved;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// The type that all of these members restrict.
    pub(super) fn restricted_type(
        &mut self,
        pointer: &Pointer,
        mut facets: Facets,
        members: Vec<Property>,
    ) -> Option<Resolved> {
        let mut types = Vec::new();
        let mut lists = Vec::new();
        if facets.values.is_some() {
            lists.push((pointer.clone(), facets.values.take()));
        }
        for member in members {
            let ReferenceOr::Item(schema) = &member.schema else {
                types.push(member);
                continue;
            };
            let mut inner = Facets::of(schema.clone());
            if inner.is_composed() || inner.items.is_some() {
                types.push(member);
                continue;
            }
            facets.primitive = self.both(&member.pointer, facets.primitive, inner.primitive)?;
            if let Some(values) = inner.values.take() {
                lists.push((member.pointer.clone(), Some(values)));
            }
            self.ledger.folded(&member.pointer, Fold::Merged);
            annotate(&mut facets, inner);
        }
        let ty = self.one_type(pointer, types)?;
        match (ty, lists.is_empty()) {
            (Some(resolved), true) => self.narrowed(pointer, resolved, facets),
            (None, true) => self.read(pointer, facets),
            (ty, false) => self.narrowed_values(pointer, ty, facets, lists),
        }
    }

    /// The one primitive type of two members.
    fn both(
        &mut self,
        pointer: &Pointer,
        one: Option<Primitive>,
        other: Option<Primitive>,
    ) -> Option<Option<Primitive>> {
        match (one, other) {
            (Some(Primitive::Number), Some(Primitive::Integer))
            | (Some(Primitive::Integer), Some(Primitive::Number)) => Some(Some(Primitive::Integer)),
            (Some(one), Some(other)) if one != other => {
                self.fault(
                    pointer,
                    format!(
                        "`type` is `{}` here and `{}` in another member of `allOf`",
                        other.name(),
                        one.name()
                    ),
                    "no value can be both: correct one of them in spec/overlay.yaml",
                );
                None
            }
            (one, other) => Some(one.or(other)),
        }
    }

    /// The type that all of these have; `None` where there are none.
    fn one_type(&mut self, pointer: &Pointer, members: Vec<Property>) -> Option<Option<Resolved>> {
        let mut found: Option<Resolved> = None;
        for member in members {
            let resolved = self.schema(&member.pointer, member.schema)?;
            if found.as_ref().is_some_and(|found| found.ty != resolved.ty) {
                self.fault(
                    pointer,
                    "the members of this `allOf` cannot be merged: they are of different types",
                    "correct it in spec/overlay.yaml so that all members are objects, or only one member has a type",
                );
                return None;
            }
            found = match found {
                Some(first) => Some(Resolved {
                    nullable: first.nullable && resolved.nullable,
                    ..first
                }),
                None => Some(resolved),
            };
        }
        Some(found)
    }

    /// The type with the values that these lists have in common.
    fn narrowed_values(
        &mut self,
        pointer: &Pointer,
        ty: Option<Resolved>,
        facets: Facets,
        lists: Vec<(Pointer, Option<Vec<serde_json::Value>>)>,
    ) -> Option<Resolved> {
        let mut allowed: Option<Vec<EnumValue>> = None;
        let mut nullable = facets.nullable;
        for (node, values) in lists {
            let alone = Facets {
                primitive: facets.primitive,
                values,
                ..Facets::default()
            };
            let (values, with_null) = self.enum_values(&node, alone)?;
            nullable |= with_null;
            allowed = Some(match allowed {
                Some(allowed) => self.common_values(allowed, &values),
                None => values,
            });
        }
        let mut allowed = allowed.unwrap_or_default();
        let listed =
            ty.as_ref()
                .and_then(|resolved| match &self.types.get(resolved.ty.own()?)?.kind {
                    TypeKind::Enum(list) => Some(list.values.clone()),
                    TypeKind::Struct(_) | TypeKind::Union(_) => None,
                });
        let is_plain = ty.as_ref().is_none_or(|resolved| {
            matches!(
                resolved.ty,
                Ty::Text | Ty::Integer(_) | Ty::Float(_) | Ty::Any
            )
        });
        if let Some(listed) = &listed {
            let is_allowed = |value: &EnumValue| allowed.iter().any(|one| one.value == value.value);
            if listed.iter().all(is_allowed) {
                for value in &allowed {
                    self.ledger.folded(&value.pointer, Fold::Merged);
                }
                return self.narrowed(pointer, ty?, facets);
            }
            allowed = self.common_values(allowed, listed);
        } else if !is_plain {
            self.fault(
                pointer,
                "the members of this `allOf` cannot be merged: one lists values of another type",
                "correct one of them in spec/overlay.yaml",
            );
            return None;
        }
        if allowed.is_empty() {
            self.fault(
                pointer,
                "no value is in the enums of all members of this `allOf`",
                "correct one of them in spec/overlay.yaml",
            );
            return None;
        }
        let facets = Facets {
            nullable,
            description: facets
                .description
                .clone()
                .or(ty.and_then(|ty| ty.description)),
            ..facets
        };
        self.enum_of(pointer, facets, allowed)
    }

    /// The values that are in both lists; the others are in nothing.
    fn common_values(&mut self, values: Vec<EnumValue>, others: &[EnumValue]) -> Vec<EnumValue> {
        let (kept, gone): (Vec<_>, Vec<_>) = values
            .into_iter()
            .partition(|value| others.iter().any(|other| other.value == value.value));
        let same = others
            .iter()
            .filter(|other| kept.iter().all(|kept| kept.pointer != other.pointer));
        for value in gone.iter().chain(same) {
            self.ledger.folded(&value.pointer, Fold::Merged);
        }
        kept
    }
}
