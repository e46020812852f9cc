//! `oneOf` and `anyOf`: unions and their members. How the variant of a value is determined is decided later: see `dispatch`.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::document::Node;
use crate::model::{Dispatch, Fold, TypeKind, Union, Variant};
use crate::pointer::Pointer;

use super::facets::Facets;
use super::narrow::restricted;
use super::resolved::Resolved;
use super::resolver::Resolver;
use super::scalars::Member;
use super::words::stated;

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
        self.refuse_beside(pointer, &facets)?;
        let (key, members) = match one_of.is_empty() {
            true => ("anyOf", any_of),
            false => ("oneOf", one_of),
        };
        let members = self.union_members(&pointer.push(key), members, &mut facets)?;
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
        let variants = members.into_iter();
        let variants = variants.map(|one| {
            let title = self.document.node(&one.pointer.push("title"));
            let title = title.and_then(Node::as_str).map(str::to_owned);
            Variant {
                title: stated(title),
                ..Variant::new(one.pointer, one.resolved.ty)
            }
        });
        let variants = variants.collect();
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

    /// Refuses what restricts every member at once: the members are types of their own, which others may use too.
    fn refuse_beside(&mut self, pointer: &Pointer, facets: &Facets) -> Option<()> {
        let is_open = !matches!(
            facets.additional,
            None | Some(AdditionalProperties::Any(false))
        );
        let found = [
            ("required", !facets.required.is_empty()),
            ("additionalProperties", is_open),
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
            found.push(Member { pointer, resolved });
        }
        complete.then_some(found)
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
