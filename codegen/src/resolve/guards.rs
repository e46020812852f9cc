//! A property that does not decide alone which variant a value is, and rules variants out: all have it, and they list values of it, of which
//! some can be the same. Without it a value that the document does not know would be read as the variant that requires least, and what
//! only such values have would be lost.
//!
//! In: the variants that are objects. Out: the same with the property as their guard, and the values that each can have. A variant that
//! lists none has no guard.

use std::collections::BTreeSet;

use crate::model::{Api, Guard, Variant};

use super::kinds::structures;
use super::resolver::Resolver;
use super::tags::Values;

/// What a variant says of the property.
struct Said {
    /// The values that it lists; none where it can have any.
    values: Option<Vec<String>>,
    /// Whether the variant may lack it.
    is_optional: bool,
}

impl Resolver<'_> {
    /// Sets the guards of the variants, by the first property that rules some of them out.
    pub(super) fn guard(&self, api: &Api, objects: &mut [Variant]) {
        let first = objects.first();
        let first = first.and_then(|first| structures(api, &first.ty));
        let mut fields = first.iter().flatten().flat_map(|object| &object.fields);
        let found = fields.find_map(|field| {
            let said = self.said(api, objects, &field.wire)?;
            Some((field.wire.clone(), said))
        });
        let Some((property, said)) = found else {
            return;
        };
        for (variant, said) in objects.iter_mut().zip(said) {
            variant.guard = said.values.map(|values| Guard {
                property: property.clone(),
                values,
                is_optional: said.is_optional,
            });
        }
    }

    /// What each variant says of this property, if all have it and it is one that rules variants out: because it is a constant of some, or
    /// because the values of any two are the same ones or others.
    fn said(&self, api: &Api, objects: &[Variant], wire: &str) -> Option<Vec<Said>> {
        let said = objects.iter().map(|variant| {
            let mut said = Said {
                values: Some(Vec::new()),
                is_optional: false,
            };
            for object in structures(api, &variant.ty)? {
                let mut fields = object.fields.iter();
                let field = fields.find(|field| field.wire == wire)?;
                said.is_optional |=
                    !field.required || field.nullable || field.read_only || field.write_only;
                match (self.values(api, field), &mut said.values) {
                    (Values::Listed(values), Some(known)) => {
                        for value in values {
                            if !known.contains(&value) {
                                known.push(value);
                            }
                        }
                    }
                    _ => said.values = None,
                }
            }
            Some(said)
        });
        let all: Vec<Said> = said.collect::<Option<_>>()?;
        let lists: Vec<BTreeSet<String>> = all
            .iter()
            .filter_map(|said| Some(said.values.as_ref()?.iter().cloned().collect()))
            .collect();
        let first = lists.first()?;
        if lists.len() < 2 || lists.iter().all(|list| list == first) {
            return None;
        }
        let are_apart = lists.len() == all.len()
            && lists.iter().enumerate().all(|(index, one)| {
                let mut others = lists.iter().take(index);
                others.all(|other| one == other || one.is_disjoint(other))
            });
        let is_constant = lists.iter().any(|list| list.len() == 1);
        (is_constant || are_apart).then_some(all)
    }
}
