//! `allOf`: several schemas that a value must fit at once become one.
//!
//! Objects unite: required lists are added up, and a property that several members declare has what each of them says: see `joint`. What
//! is beside a choice is merged into each of its members: see `shapes`. Where no member is an object, one has the type: see `restrict`.
//! Anything else is a fault.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::model::{Fold, Ty};
use crate::pointer::Pointer;
use crate::report::Code;

use super::choice::Choice;
use super::facets::{Facets, Primitive};
use super::members::{Additional, Members, Property};
use super::narrow::restricted;
use super::parts::{Listed, Parts};
use super::resolved::Resolved;
use super::resolver::Resolver;

/// The merged members of an `allOf`.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) members: Members,
    /// The schemas whose content went into `members`, with inline members.
    pub(super) sources: Vec<Pointer>,
    /// Members that are neither objects nor mere annotations.
    pub(super) others: Vec<Property>,
    /// The choices among them.
    pub(super) choices: Vec<Choice>,
    /// Whether one of the members is an object.
    object: bool,
}

impl Gathered {
    /// Whether one of the members is an object.
    pub(super) fn is_object(&self) -> bool {
        self.object
    }

    /// Whether there is anything beside the choices.
    pub(super) fn says_something(&self) -> bool {
        let Members {
            properties,
            required,
            choices,
            additional,
        } = &self.members;
        let is_silent = properties.is_empty()
            && required.is_empty()
            && choices.is_empty()
            && self.others.is_empty();
        !is_silent || additional.is_open()
    }

    /// The same without the choices.
    pub(super) fn copy(&self) -> Self {
        Self {
            members: self.members.clone(),
            sources: self.sources.clone(),
            others: self.others.clone(),
            choices: Vec::new(),
            object: self.object,
        }
    }
}

impl Resolver<'_> {
    /// A schema with `allOf`, `oneOf` or `anyOf`.
    pub(super) fn composed(&mut self, pointer: &Pointer, mut facets: Facets) -> Option<Resolved> {
        let mut choices = self.take_choices(pointer, pointer, &mut facets);
        if facets.discriminator.is_some() {
            self.lone_discriminator(pointer, &facets)?;
        }
        if choices.is_empty() {
            if facets.all_of.is_empty() {
                return self.read(pointer, facets);
            }
            if let Some((index, reference)) = only_reference(&facets) {
                for member in std::mem::take(&mut facets.all_of) {
                    if let ReferenceOr::Item(schema) = member {
                        annotate(&mut facets, Facets::of(schema));
                    }
                }
                let place = pointer.push("allOf").push_index(index);
                if facets.values.is_some() {
                    let only = Property::new(place, reference);
                    return self.restricted_type(pointer, facets, vec![only]);
                }
                let resolved = self.schema(&place, reference)?;
                return self.narrowed(pointer, resolved, facets);
            }
        } else if facets.all_of.is_empty()
            && !says_something(&facets)
            && let [_] = choices.as_slice()
        {
            let choice = choices.pop()?;
            facets.discriminator = choice.discriminator;
            return self.union(pointer, &choice.list, choice.members, facets);
        }
        let mut gathered = Gathered {
            choices,
            ..Gathered::default()
        };
        self.collect_members(pointer, pointer, &mut facets, &mut gathered)?;
        self.merged(pointer, facets, gathered)
    }

    /// The type of what was gathered.
    pub(super) fn merged(
        &mut self,
        pointer: &Pointer,
        facets: Facets,
        gathered: Gathered,
    ) -> Option<Resolved> {
        if !gathered.choices.is_empty() {
            return self.distributed(pointer, facets, gathered);
        }
        self.fold_sources(&gathered);
        let Gathered {
            members,
            others,
            object,
            ..
        } = gathered;
        match (object, others.is_empty()) {
            (true, true) if members.properties.is_empty() => {
                self.free_object(pointer, members.additional, &facets)
            }
            (true, true) => self.structure_of(pointer, &facets, members),
            (false, true) => Some(Resolved::new(Ty::Any, &facets)),
            (false, false) => self.restricted_type(pointer, facets, others),
            (true, false) => {
                self.fault(
                    pointer,
                    "the members of this `allOf` cannot be merged: they are not all objects",
                    "correct it in spec/overlay.yaml so that all members are objects, or only one member has a type",
                );
                None
            }
        }
    }

    /// Adds what the members of `facets.all_of`, at any depth, and then `facets` itself, say. The types of choices in them are at `at`, and
    /// not where the members are: several schemas can have the same members.
    pub(super) fn collect_members(
        &mut self,
        pointer: &Pointer,
        at: &Pointer,
        facets: &mut Facets,
        gathered: &mut Gathered,
    ) -> Option<()> {
        let parts = Parts::new(pointer, at, std::mem::take(facets));
        *facets = self.collect(parts, gathered)?;
        Some(())
    }

    /// Adds what these schemas say, as if an `allOf` at `pointer` listed them.
    pub(super) fn collect_parts(
        &mut self,
        pointer: &Pointer,
        facets: &mut Facets,
        listed: Vec<Property>,
        gathered: &mut Gathered,
    ) -> Option<()> {
        let mut parts = Parts::new(pointer, pointer, std::mem::take(facets));
        let list = pointer.push("allOf");
        for (index, member) in listed.into_iter().enumerate() {
            let at = list.push_index(index);
            self.part(&mut parts, Parts::WHOLE, &at, member, gathered)?;
        }
        *facets = self.collect(parts, gathered)?;
        Some(())
    }

    /// Adds the parts, and what they list in turn. Returns the facets of the whole.
    fn collect(&mut self, mut parts: Parts, gathered: &mut Gathered) -> Option<Facets> {
        let mut next = 0;
        while let Some(Listed { members, list, at }) = parts.listed(next) {
            for (index, member) in members.into_iter().enumerate() {
                let member = Property::new(list.push_index(index), member);
                self.part(&mut parts, next, &at.push_index(index), member, gathered)?;
            }
            next += 1;
        }
        let order = parts.order();
        let names = parts.names(&order, &gathered.members);
        for index in order {
            let Some(part) = parts.get_mut(index) else {
                continue;
            };
            if index != Parts::WHOLE {
                gathered.sources.push(part.pointer.clone());
            }
            gathered.object |= is_object(&part.facets);
            let own = Members::own(&part.pointer, &mut part.facets);
            self.unite(gathered, own);
        }
        if let Some((properties, required)) = names {
            let members = &mut gathered.members;
            members
                .properties
                .sort_by_cached_key(|name, _| properties.get_index_of(name));
            members
                .required
                .sort_by_cached_key(|name, _| required.get_index_of(name));
        }
        Some(parts.whole())
    }

    /// Adds one member of an `allOf`. What is a part already is not read again: one that is listed in many places is one part. The types
    /// of a choice in it are at `at`.
    fn part(
        &mut self,
        parts: &mut Parts,
        owner: usize,
        at: &Pointer,
        member: Property,
        gathered: &mut Gathered,
    ) -> Option<()> {
        let Property {
            pointer: place,
            schema: member,
            ..
        } = member;
        if let ReferenceOr::Reference { reference } = &member
            && let Some(target) = Pointer::parse(reference)
            && parts.is_known(owner, &target)
        {
            return Some(());
        }
        let (target, schema) = self.follow(&place, member.clone())?;
        if parts.is_known(owner, &target) {
            return Some(());
        }
        let mut inner = Facets::of(schema);
        let mut choices = self.take_choices(&target, at, &mut inner);
        if let [only] = choices.as_mut_slice()
            && inner.says_nothing()
            && matches!(member, ReferenceOr::Reference { .. })
        {
            only.owner = Some(Property::new(place.clone(), member.clone()));
        }
        let is_choice = !choices.is_empty();
        gathered.choices.extend(choices);
        if is_object(&inner) {
            parts.add(owner, target, at.clone(), inner);
            return Some(());
        }
        if is_choice {
            self.ledger.folded(&target, Fold::Merged);
        } else if !inner.is_empty() {
            gathered.others.push(Property::new(place, member));
            return Some(());
        }
        if let Some(owner) = parts.get_mut(owner) {
            annotate(&mut owner.facets, inner);
        }
        Some(())
    }

    fn unite(&mut self, gathered: &mut Gathered, own: Members) {
        let Members {
            properties,
            required,
            choices,
            additional,
        } = own;
        let known = &mut gathered.members;
        for (name, property) in properties {
            let property = match known.properties.get(&name) {
                Some(earlier) => earlier.clone().again(property),
                None => property,
            };
            known.properties.insert(name, property);
        }
        known.required.extend(required);
        known.choices.extend(choices);
        let earlier = std::mem::take(&mut known.additional);
        known.additional = match (earlier, additional) {
            (earlier, Additional::Unstated) => earlier,
            (Additional::Typed(earlier), Additional::Typed(later)) => {
                Additional::Typed(Box::new(earlier.again(*later)))
            }
            // Any value is no restriction.
            (Additional::Typed(earlier), Additional::Open) => Additional::Typed(earlier),
            (Additional::Typed(earlier), Additional::Closed(place)) => {
                self.note(
                    Code::Overridden,
                    &place,
                    format!("no other properties here, and a schema for them in an earlier member of the same `allOf` ({}): the later one counts", earlier.pointer),
                    "nothing has to be done where this is meant; else correct one of them in spec/overlay.yaml",
                );
                self.fold_whole(&earlier.pointer, Fold::Replaced);
                Additional::Closed(place)
            }
            (Additional::Unstated | Additional::Open | Additional::Closed(_), later) => later,
        };
    }

    /// The members of a schema that should be an object, without creating a type for it. `None` without a fault where it is not an object.
    pub(super) fn members(
        &mut self,
        pointer: &Pointer,
        schema: ReferenceOr<Schema>,
    ) -> Option<Gathered> {
        let (target, schema) = self.follow(pointer, schema)?;
        let mut facets = Facets::of(schema);
        if !is_object(&facets) {
            return None;
        }
        let mut gathered = Gathered::default();
        gathered.sources.push(target.clone());
        self.collect_members(&target, &target, &mut facets, &mut gathered)?;
        Some(gathered)
    }
}

/// Whether a schema is an object, and no choice.
pub(super) fn is_object(facets: &Facets) -> bool {
    let choice = !(facets.one_of.is_empty() && facets.any_of.is_empty());
    let object = facets.primitive == Some(Primitive::Object)
        || (facets.primitive.is_none() && !facets.properties.is_empty())
        || (facets.primitive.is_none() && !facets.required.is_empty())
        || (facets.primitive.is_none() && facets.additional.is_some())
        || !facets.all_of.is_empty();
    object && !choice
}

/// The one reference of an `allOf` whose other members only annotate, in a schema that lists nothing itself: the schema has the
/// type that it refers to.
pub(super) fn only_reference(facets: &Facets) -> Option<(usize, ReferenceOr<Schema>)> {
    if !(facets.properties.is_empty() && facets.required.is_empty() && facets.additional.is_none())
    {
        return None;
    }
    let says_type = |member: &ReferenceOr<Schema>| match member {
        ReferenceOr::Item(schema) => {
            let member = Facets::of(schema.clone());
            is_object(&member) || !member.is_empty()
        }
        ReferenceOr::Reference { .. } => true,
    };
    let mut members = facets
        .all_of
        .iter()
        .enumerate()
        .filter(|(_, member)| says_type(member));
    match (members.next(), members.next()) {
        (Some((index, reference @ ReferenceOr::Reference { .. })), None) => {
            Some((index, reference.clone()))
        }
        _ => None,
    }
}

/// Copies the annotations and restrictions of a member without a type.
pub(super) fn annotate(facets: &mut Facets, member: Facets) {
    facets.nullable |= member.nullable;
    facets.read_only |= member.read_only;
    facets.write_only |= member.write_only;
    facets.deprecated |= member.deprecated;
    facets.description = facets.description.take().or(member.description);
    facets.format = facets.format.take().or(member.format);
    facets.bounds = restricted(member.bounds, std::mem::take(&mut facets.bounds));
    facets.required_choices.extend(member.required_choices);
}

/// Whether a schema says anything of the properties of an object.
fn says_something(facets: &Facets) -> bool {
    let is_open = !matches!(
        facets.additional,
        None | Some(AdditionalProperties::Any(false))
    );
    !(facets.properties.is_empty() && facets.required.is_empty()) || is_open
}
