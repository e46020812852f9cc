//! `oneOf` and `anyOf`: unions and their members. How the variant of a value is determined is decided later: see `dispatch`.

use openapiv3::{ReferenceOr, Schema};

use crate::model::{Dispatch, Fold, Ty, TypeKind, Union, Variant};
use crate::pointer::Pointer;
use crate::report::Code;

use super::facets::Facets;
use super::narrow::restricted;
use super::resolved::Resolved;
use super::resolver::Resolver;
use super::scalars::Member;

impl Resolver<'_> {
    /// A schema that is a choice among these members and says nothing of properties.
    pub(super) fn union(
        &mut self,
        pointer: &Pointer,
        list: &Pointer,
        members: Vec<ReferenceOr<Schema>>,
        mut facets: Facets,
    ) -> Option<Resolved> {
        self.refuse_beside(pointer, &facets)?;
        let members = self.union_members(list, members, &mut facets)?;
        self.union_of(pointer, facets, members, is_any_of(list))
    }

    /// A union of these members; one that is left after scalars are merged is the type itself. With `any_of` a value can be several.
    pub(super) fn union_of(
        &mut self,
        pointer: &Pointer,
        mut facets: Facets,
        members: Vec<Member>,
        any_of: bool,
    ) -> Option<Resolved> {
        let members = self.without_itself(pointer, members)?;
        let members = self.merged_scalars(pointer, &facets, members)?;
        if let [only] = members.as_slice() {
            self.ledger.folded(&only.pointer, Fold::Alias);
            let mut resolved = Resolved::new(only.resolved.ty.clone(), &facets);
            resolved.bounds = restricted(only.resolved.bounds.clone(), resolved.bounds);
            return Some(resolved);
        }
        for member in &members {
            self.ledger.emitted(&member.pointer);
        }
        let variants = members.into_iter().map(Variant::from).collect();
        self.discriminators
            .insert(pointer.clone(), facets.discriminator.take());
        let union = Union {
            any_of,
            dispatch: Dispatch::Keys,
            variants,
            order: Vec::new(),
            common: Vec::new(),
        };
        self.define(pointer, &facets, TypeKind::Union(union))
    }

    /// The members without those that are the union itself: they allow nothing that the others do not.
    fn without_itself(&mut self, pointer: &Pointer, members: Vec<Member>) -> Option<Vec<Member>> {
        let itself = Ty::Named(pointer.clone());
        let (own, others): (Vec<Member>, Vec<Member>) = members
            .into_iter()
            .partition(|member| member.resolved.ty == itself);
        for member in &own {
            self.note(
                Code::Ignored,
                &member.source,
                "this member is the choice itself, which allows nothing that the other members do not",
                "nothing has to be done; to be rid of this note, remove the member in spec/overlay.yaml",
            );
            self.ledger.folded(&member.pointer, Fold::Alias);
        }
        if others.is_empty() {
            self.contains_only_itself(pointer);
            return None;
        }
        Some(others)
    }

    /// Refuses what restricts every member at once and is no property.
    pub(super) fn refuse_beside(&mut self, pointer: &Pointer, facets: &Facets) -> Option<()> {
        let found = [
            ("enum", facets.values.is_some()),
            ("items", facets.items.is_some()),
        ];
        let Some((key, _)) = found.into_iter().find(|(_, is_there)| *is_there) else {
            return Some(());
        };
        self.fault(
            &pointer.push(key),
            format!("`{key}` beside `oneOf` or `anyOf`"),
            "move it into each of the members in spec/overlay.yaml",
        );
        None
    }

    /// The members; one that only allows `null` makes the whole nullable.
    fn union_members(
        &mut self,
        list: &Pointer,
        members: Vec<ReferenceOr<Schema>>,
        facets: &mut Facets,
    ) -> Option<Vec<Member>> {
        let mut found = Vec::new();
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
            found.push(Member {
                title: self.title(&pointer),
                source: pointer.clone(),
                pointer,
                resolved,
            });
        }
        complete.then_some(found)
    }
}

/// Whether a list of members is that of an `anyOf`.
pub(super) fn is_any_of(list: &Pointer) -> bool {
    list.last().as_deref() == Some("anyOf")
}

/// `{enum: [null]}` or `{nullable: true, enum: [null]}`.
pub(super) fn is_null(member: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = member else {
        return false;
    };
    let values = Facets::of(schema.clone()).values;
    values.is_some_and(|values| values.iter().all(serde_json::Value::is_null))
}
