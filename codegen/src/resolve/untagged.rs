//! Members of a union that its discriminator does not tell apart.
//!
//! In: the variants of a union, with their tags once these are known. Out: a fault for those without the property or with the tag of another
//! one, or, where `sdk.toml` says so, variants whose values are kept as JSON.

use std::collections::BTreeMap;

use openapiv3::Discriminator;

use crate::model::{Api, Variant};
use crate::pointer::Pointer;
use crate::report::ReadAs;

use super::dispatch::{json_line, kept};
use super::resolver::Resolver;
use super::tags::has;

impl Resolver<'_> {
    /// Whether any member has the property of the discriminator. Where none has, it says nothing: that is a fault.
    pub(super) fn names_a_property(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        discriminator: &Discriminator,
        variants: &[Variant],
    ) -> bool {
        let tag = &discriminator.property_name;
        if variants.iter().any(|variant| has(api, variant, tag)) {
            return true;
        }
        let message = format!("no member has the property `{tag}`, which the discriminator names");
        let help = "name a property that all members have, or remove the discriminator in spec/overlay.yaml";
        let place = pointer.push("discriminator").push("propertyName");
        self.fault(&place, message, help);
        self.read_as(ReadAs::Absent);
        false
    }

    /// Members that have no property of the discriminator's name.
    pub(super) fn keep_untagged(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        tag: &str,
        variants: &mut [Variant],
    ) -> Option<()> {
        let mut complete = true;
        for variant in variants {
            if has(api, variant, tag) {
                continue;
            }
            let message = format!(
                "the member at `{}` has no property `{tag}`, which the discriminator names",
                variant.pointer
            );
            let help = format!(
                "add the property to it, or remove the discriminator, in spec/overlay.yaml; or keep such values as JSON under [unions] in spec/sdk.toml: {}",
                json_line(pointer)
            );
            complete &= self.undecided(pointer, [variant], message, help).is_some();
        }
        complete.then_some(())
    }

    /// Members of one tag.
    pub(super) fn keep_twice(&mut self, pointer: &Pointer, variants: &mut [Variant]) -> Option<()> {
        let mut by_tag: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, variant) in variants.iter().enumerate().filter(|(_, one)| one.is_read) {
            for tag in &variant.tags {
                by_tag.entry(tag.clone()).or_default().push(index);
            }
        }
        let mut complete = true;
        for (tag, same) in by_tag {
            let [first, second, ..] = same.as_slice() else {
                continue;
            };
            let place = |index: &usize| variants.get(*index).map(|one| one.pointer.clone());
            let (Some(one), Some(other)) = (place(first), place(second)) else {
                continue;
            };
            let message = format!(
                "the members at `{one}` and `{other}` have the same value `{tag}` of the discriminator"
            );
            let help = format!(
                "write a value for each member into `discriminator.mapping`; {}",
                kept(pointer)
            );
            let group = variants.iter_mut().enumerate();
            let group = group.filter(|(index, _)| same.contains(index));
            let group = group.map(|(_, variant)| variant);
            complete &= self.undecided(pointer, group, message, help).is_some();
        }
        complete.then_some(())
    }
}
