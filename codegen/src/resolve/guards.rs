//! A property that does not decide alone which variant a value is, and rules variants out: all have it, and they list values of it, of which
//! some can be the same. Without it a value that the document does not know would be read as the variant that requires least, and what
//! only such values have would be lost.
//!
//! In: the variants that are objects. Out: the same with the property as their tag, and the values that each can have. A variant that
//! lists none has no tag.

use std::collections::BTreeSet;

use crate::model::{Api, Variant};

use super::kinds::structures;
use super::resolver::Resolver;
use super::tags::Values;

/// What a variant says of the property.
struct Guard {
    /// The values that it lists; none where it can have any.
    values: Option<Vec<String>>,
    /// Whether the variant may lack it.
    is_optional: bool,
}

impl Resolver<'_> {
    /// The variants with tags, by the first property that rules some of them out.
    pub(super) fn guarded(&self, api: &Api, objects: &[Variant]) -> Vec<Variant> {
        let first = objects.first();
        let first = first.and_then(|first| structures(api, &first.ty));
        let mut fields = first.iter().flatten().flat_map(|object| &object.fields);
        let found = fields.find_map(|field| {
            let guards = self.guards(api, objects, &field.wire)?;
            Some((field.wire.clone(), guards))
        });
        let mut guarded = objects.to_vec();
        let Some((property, guards)) = found else {
            return guarded;
        };
        for (variant, guard) in guarded.iter_mut().zip(guards) {
            if let Some(values) = guard.values {
                variant.tag = Some(property.clone());
                variant.tags = values;
                variant.may_lack_tag = guard.is_optional;
            }
        }
        guarded
    }

    /// What each variant says of this property, if all have it and it is one that rules variants out: because it is a constant of some, or
    /// because the values of any two are the same ones or others.
    fn guards(&self, api: &Api, objects: &[Variant], wire: &str) -> Option<Vec<Guard>> {
        let guards = objects.iter().map(|variant| {
            let mut guard = Guard {
                values: Some(Vec::new()),
                is_optional: false,
            };
            for object in structures(api, &variant.ty)? {
                let mut fields = object.fields.iter();
                let field = fields.find(|field| field.wire == wire)?;
                guard.is_optional |=
                    !field.required || field.nullable || field.read_only || field.write_only;
                match (self.values(api, field), &mut guard.values) {
                    (Values::Listed(values), Some(known)) => {
                        for value in values {
                            if !known.contains(&value) {
                                known.push(value);
                            }
                        }
                    }
                    _ => guard.values = None,
                }
            }
            Some(guard)
        });
        let guards: Vec<Guard> = guards.collect::<Option<_>>()?;
        let lists: Vec<BTreeSet<String>> = guards
            .iter()
            .filter_map(|guard| Some(guard.values.as_ref()?.iter().cloned().collect()))
            .collect();
        let first = lists.first()?;
        if lists.len() < 2 || lists.iter().all(|list| list == first) {
            return None;
        }
        let are_apart = lists.len() == guards.len()
            && lists.iter().enumerate().all(|(index, one)| {
                let mut others = lists.iter().take(index);
                others.all(|other| one == other || one.is_disjoint(other))
            });
        let is_constant = lists.iter().any(|list| list.len() == 1);
        (is_constant || are_apart).then_some(guards)
    }
}
