//! Properties that only other variants of a union have: a value with one of them is not the variant that is tried first.
//!
//! In: a union whose variants are told apart by keys. Out: the same with the foreign properties of each variant.

use std::collections::BTreeSet;

use crate::model::{Api, Struct, Union, Variant};

use super::kinds::structures;

/// What of the properties of others a variant is not read with. Of an `anyOf` those are all: a value can be several of these objects at once. Of
/// a `oneOf` those of variants that are tried later, and can have the keys that this one is recognised by.
pub(super) fn add_foreign(api: &Api, union: &mut Union) {
    let names = union.variants.iter().map(|variant| {
        let objects = structures(api, &variant.ty).filter(|_| variant.is_object())?;
        Some(Names {
            known: objects.iter().flat_map(|object| names(object)).collect(),
            keeps_all: objects.iter().all(|object| object.additional.is_some()),
        })
    });
    let names: Vec<Option<Names<'_>>> = names.collect();
    let mut foreign = vec![BTreeSet::new(); union.variants.len()];
    for (turn, &index) in union.order.iter().enumerate() {
        let (Some(variant), Some(Some(own))) = (union.variants.get(index), names.get(index)) else {
            continue;
        };
        let (_, later) = union.order.split_at(turn + 1);
        let others = match union.any_of {
            true => union.order.as_slice(),
            false => later,
        };
        // A property decides between those with the same keys; of a `oneOf` one that rules others out does, too.
        let others = others.iter().filter(|&&other| {
            !union.variants.get(other).is_some_and(|other| {
                (other.tag.is_some() && other.keys == variant.keys)
                    || (!union.any_of && are_ruled_out(variant, other))
            })
        });
        let others = others.filter_map(|&other| names.get(other)?.as_ref());
        let hidden = others.filter(|other| union.any_of || other.has_all(&variant.keys));
        if let Some(foreign) = foreign.get_mut(index).filter(|_| !own.keeps_all) {
            *foreign = hidden
                .flat_map(|other| other.known.difference(&own.known))
                .map(|name| (*name).to_owned())
                .collect();
        }
    }
    for (variant, foreign) in union.variants.iter_mut().zip(foreign) {
        variant.foreign = foreign.into_iter().collect();
    }
}

/// Whether one property rules one of two variants out whatever its value is.
pub(super) fn are_ruled_out(one: &Variant, other: &Variant) -> bool {
    let (Some(one), Some(other)) = (&one.guard, &other.guard) else {
        return false;
    };
    let can_both_lack_it = one.is_optional && other.is_optional;
    !can_both_lack_it && !one.values.iter().any(|value| other.values.contains(value))
}

/// The properties of a variant.
struct Names<'a> {
    known: BTreeSet<&'a str>,
    /// Whether it has those that are not listed, too.
    keeps_all: bool,
}

impl Names<'_> {
    fn has_all(&self, keys: &[String]) -> bool {
        keys.iter().all(|key| self.known.contains(key.as_str()))
    }
}

fn names(object: &Struct) -> impl Iterator<Item = &str> {
    object.fields.iter().map(|field| field.wire.as_str())
}
