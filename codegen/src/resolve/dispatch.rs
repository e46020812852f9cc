//! How the variant of a value is determined, once all types and their uses are known.
//!
//! Variants that are no objects have a kind of JSON value for themselves. Among objects a tag decides where `sdk.toml` or `discriminator`
//! names one; else a property of which each variant lists other values; else the required keys, most of them first, with a property that rules
//! variants out where there is one. Variants that cannot be distinguished are a fault, or are kept as JSON where `sdk.toml` says so.

use std::cmp::Reverse;

use crate::config::{address_of, key_of, quoted};
use crate::model::{Api, Dispatch, Field, JsonKind, Struct, Ty, TypeKind, Union, Usage, Variant};
use crate::pointer::Pointer;
use crate::report::{Code, Entry, ReadAs};

use super::foreign::{add_foreign, are_ruled_out};
use super::kinds::{kinds, structures};
use super::resolver::Resolver;
use super::tags::mapped;

impl Resolver<'_> {
    /// Decides the dispatch of each union.
    pub(super) fn distinguish_variants(&mut self, api: &mut Api) {
        std::mem::swap(&mut self.ledger, &mut api.ledger);
        let pointers: Vec<Pointer> = api.types.keys().cloned().collect();
        for pointer in pointers {
            let Some(ty) = api.types.get(&pointer) else {
                continue;
            };
            let TypeKind::Union(union) = ty.kind.clone() else {
                continue;
            };
            let decided = self.decided(api, &pointer, union, ty.usage);
            if let (Some(union), Some(ty)) = (decided, api.types.get_mut(&pointer)) {
                ty.kind = TypeKind::Union(union);
            }
        }
        std::mem::swap(&mut self.ledger, &mut api.ledger);
    }

    fn decided(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        mut union: Union,
        usage: Usage,
    ) -> Option<Union> {
        for variant in &mut union.variants {
            variant.keys = required_keys(api, &variant.ty, usage);
            variant.kinds = kinds(api, &variant.ty);
        }
        self.separate_kinds(pointer, &mut union.variants)?;
        union.dispatch = self.dispatch(api, pointer, &mut union.variants)?;
        union.order = order(&union.variants);
        if union.dispatch == Dispatch::Keys {
            add_foreign(api, &mut union);
        }
        Some(union)
    }

    /// How the variant of an object is determined.
    fn dispatch(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        variants: &mut [Variant],
    ) -> Option<Dispatch> {
        self.refuse_mapping(pointer, variants);
        let objects = variants.iter().filter(|variant| variant.is_object());
        let mut objects: Vec<Variant> = objects.cloned().collect();
        let dispatch = self.among_objects(api, pointer, &mut objects);
        let mut objects = objects.into_iter();
        for variant in variants.iter_mut().filter(|variant| variant.is_object()) {
            if let Some(decided) = objects.next() {
                *variant = decided;
            }
        }
        dispatch
    }

    /// Refuses a discriminator that leads to a member without properties.
    fn refuse_mapping(&mut self, pointer: &Pointer, variants: &[Variant]) {
        let discriminator = self.discriminators.get(pointer).and_then(Option::as_ref);
        let mapping = discriminator.map(|discriminator| discriminator.mapping.clone());
        for (value, target) in mapping.unwrap_or_default() {
            let Some(target) = mapped(&target).map(|target| self.end(&target)) else {
                continue;
            };
            let is_target = |variant: &&Variant| self.end(&variant.source) == target;
            let unfit = variants.iter().find(is_target);
            if unfit.is_some_and(|variant| !variant.is_object()) {
                let place = pointer.push("discriminator").push("mapping").push(&value);
                self.fault(
                    &place,
                    format!("`{value}` leads to a member that is no object, so it has no discriminator"),
                    "remove it from `mapping` in spec/overlay.yaml: the kind of JSON value distinguishes the member",
                );
                self.read_as(ReadAs::Absent);
                if let Some(Some(discriminator)) = self.discriminators.get_mut(pointer) {
                    discriminator.mapping.shift_remove(&value);
                }
            }
        }
    }

    fn among_objects(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        objects: &mut [Variant],
    ) -> Option<Dispatch> {
        let rule = self.config.unions.peek(pointer);
        if let Some((rule, tag)) = rule.and_then(|rule| Some((rule, rule.value.tag.clone()?))) {
            rule.mark();
            let (place, variants) = (rule.place.clone(), rule.value.variants.clone());
            return self.by_rule(api, &place, tag, &variants, objects);
        }
        if let Some(discriminator) = self.discriminators.remove(pointer).flatten()
            && self.names_a_property(api, pointer, &discriminator, objects)
        {
            return self.by_discriminator(api, pointer, &discriminator, objects);
        }
        if objects.len() < 2 {
            return Some(Dispatch::JsonKind);
        }
        let constant = self.by_constant(api, objects, |field| field.required);
        if constant.is_some() {
            return constant;
        }
        if !twins(objects).is_empty() {
            let constant = self.by_constant(api, objects, |_| true);
            if constant.is_some() {
                return constant;
            }
        }
        self.guard(api, objects);
        let groups = twins(objects);
        let mut complete = true;
        for group in groups {
            let mut twins: Vec<Variant> = Vec::new();
            for &index in &group {
                twins.extend(objects.get(index).cloned());
            }
            complete &= self.distinguish_twins(api, pointer, &mut twins).is_some();
            for (index, twin) in group.into_iter().zip(twins) {
                if let Some(variant) = objects.get_mut(index) {
                    *variant = twin;
                }
            }
        }
        complete.then_some(Dispatch::Keys)
    }

    /// Variants with the same required keys: a property decides of which each lists other values.
    fn distinguish_twins(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        twins: &mut [Variant],
    ) -> Option<()> {
        let constant = self
            .by_constant(api, twins, |field| field.required)
            .or_else(|| self.by_constant(api, twins, |_| true));
        if let Some(Dispatch::Constant(property)) = constant {
            for twin in twins {
                twin.tag = Some(property.clone());
            }
            return Some(());
        }
        let [first, second, ..] = &*twins else {
            return Some(());
        };
        let message = format!(
            "the members at `{}` and `{}` cannot be distinguished: both require {}",
            first.pointer,
            second.pointer,
            listed(&second.keys),
        );
        let help = tag_line(pointer, twins);
        self.undecided(pointer, twins, message, help)
    }

    /// Variants that are no objects need a kind of value for themselves; an integer is recognised before a number, a point in time
    /// before a text.
    fn separate_kinds(&mut self, pointer: &Pointer, variants: &mut [Variant]) -> Option<()> {
        let mut complete = true;
        for kind in [
            JsonKind::Bool,
            JsonKind::Integer,
            JsonKind::Number,
            JsonKind::DateTime,
            JsonKind::Text,
            JsonKind::List,
            JsonKind::Any,
        ] {
            let mut same: Vec<usize> = Vec::new();
            for (index, variant) in variants.iter().enumerate() {
                if variant.kinds.contains(&kind) {
                    same.push(index);
                }
            }
            let [first, second, ..] = same.as_slice() else {
                continue;
            };
            let (Some(one), Some(other)) = (variants.get(*first), variants.get(*second)) else {
                continue;
            };
            let message = format!(
                "the members at `{}` and `{}` cannot be distinguished: both are {}",
                one.pointer,
                other.pointer,
                kind.plural()
            );
            let help = kept(pointer);
            let group = variants.iter_mut().enumerate();
            let group = group.filter(|(index, _)| same.contains(index));
            let group = group.map(|(_, variant)| variant);
            complete &= self.undecided(pointer, group, message, help).is_some();
        }
        complete.then_some(())
    }

    /// Nothing distinguishes these variants: a fault, unless `sdk.toml` says that their values are kept as JSON.
    pub(super) fn undecided<'v>(
        &mut self,
        pointer: &Pointer,
        variants: impl IntoIterator<Item = &'v mut Variant>,
        message: String,
        help: String,
    ) -> Option<()> {
        let own = self.config.unions.peek(pointer);
        let own = own.filter(|rule| rule.value.undecidable.is_some());
        let Some(rule) = own.or(self.config.undecidable.as_ref()) else {
            let json = [("undecidable", "json")];
            let entry = Entry::table("unions", address_of(pointer), json);
            self.fault_with(pointer, message, help, entry);
            return None;
        };
        rule.mark();
        for variant in variants {
            variant.is_read = false;
        }
        self.note(
            Code::KeptAsJson,
            pointer,
            message,
            "such values are read as `Unknown`, which keeps their JSON, as [unions] in spec/sdk.toml says",
        );
        Some(())
    }
}

/// The order in which variants are tried: those that require more come first, but a constant of a variant rules more out than others' lists.
fn order(variants: &[Variant]) -> Vec<usize> {
    let is_constant = |variant: &Variant| {
        let guard = variant.guard.as_ref();
        guard.is_some_and(|guard| guard.values.len() == 1 && !guard.is_optional)
    };
    let mut order: Vec<(usize, &Variant)> = variants.iter().enumerate().collect();
    order.sort_by_cached_key(|(_, variant)| (!is_constant(variant), Reverse(variant.keys.len())));
    order.into_iter().map(|(index, _)| index).collect()
}

/// The struct that a variant is.
pub(super) fn structure<'a>(api: &'a Api, ty: &Ty) -> Option<&'a Struct> {
    match &api.types.get(ty.own()?)?.kind {
        TypeKind::Struct(object) => Some(object),
        TypeKind::Enum(_) | TypeKind::Union(_) => None,
    }
}

/// The required keys that the messages have: a response has none that is `writeOnly`, a request none that is `readOnly`. Of a union
/// inside a union those that all its objects require.
fn required_keys(api: &Api, ty: &Ty, usage: Usage) -> Vec<String> {
    let is_sent_only = usage.request && !usage.response;
    let is_absent = |field: &Field| match is_sent_only {
        true => field.read_only,
        false => field.write_only,
    };
    let keys = |object: &Struct| -> Vec<String> {
        let fields = object.fields.iter();
        let required = fields.filter(|field| field.required && !is_absent(field));
        required.map(|field| field.wire.clone()).collect()
    };
    let mut objects = structures(api, ty).unwrap_or_default().into_iter();
    let mut keys_of_all = objects.next().map(keys).unwrap_or_default();
    for object in objects {
        let others = keys(object);
        keys_of_all.retain(|key| others.contains(key));
    }
    keys_of_all.sort();
    keys_of_all
}

/// The groups of variants with the same required keys that no guard tells apart, by their indices.
fn twins(variants: &[Variant]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, variant) in variants.iter().enumerate() {
        let is_like = |other: &usize| {
            let other = variants.get(*other);
            other.is_some_and(|other| other.keys == variant.keys && !are_ruled_out(other, variant))
        };
        // A variant can be like those of several groups, which are one then.
        let (like, others) = groups
            .into_iter()
            .partition(|group| group.iter().any(is_like));
        let like: Vec<Vec<usize>> = like;
        groups = others;
        groups.push([like.concat(), vec![index]].concat());
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups.retain(|group| group.len() > 1);
    groups
}

/// The lines to write in `sdk.toml` to distinguish the members of a union.
fn tag_line(pointer: &Pointer, variants: &[Variant]) -> String {
    let members = variants
        .iter()
        .filter_map(|variant| variant.ty.own().and_then(Pointer::last));
    let members: Vec<String> = members
        .map(|member| format!("\"<value>\" = {}", quoted(&member)))
        .collect();
    if members.is_empty() {
        return kept(pointer);
    }
    format!(
        "name a tag under [unions] in spec/sdk.toml: {} = {{ tag = \"<property>\", variants = {{ {} }} }}; or keep such values as JSON: {}",
        key_of(pointer),
        members.join(", "),
        json_line(pointer),
    )
}

/// What to do where no tag can distinguish the members.
pub(super) fn kept(pointer: &Pointer) -> String {
    format!(
        "correct the union in spec/overlay.yaml, or keep such values as JSON under [unions] in spec/sdk.toml: {}",
        json_line(pointer)
    )
}

/// The line that keeps the values of a union as JSON where nothing distinguishes its members.
pub(super) fn json_line(pointer: &Pointer) -> String {
    format!("{} = {{ undecidable = \"json\" }}", key_of(pointer))
}

fn listed(keys: &[String]) -> String {
    match keys {
        [] => "nothing".to_owned(),
        keys => format!("`{}`", keys.join("`, `")),
    }
}
