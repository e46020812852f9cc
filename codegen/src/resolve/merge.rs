//! `allOf`: several schemas that a value must fit at once become one.
//!
//! Objects unite: a later member's property replaces an earlier one's, required lists are added up. A single member that is
//! something else keeps its type; members that only annotate add their annotations. Anything else is a fault.

use openapiv3::{ReferenceOr, Schema};

use crate::model::{Fold, Ty};
use crate::pointer::Pointer;
use crate::report::Code;

use super::deep::deeper;
use super::facets::{Facets, Primitive};
use super::members::{Members, Property};
use super::narrow::restricted;
use super::resolved::Resolved;
use super::resolver::Resolver;

/// The merged members of an `allOf`.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) members: Members,
    /// The schemas whose content went into `members`, with inline members.
    pub(super) sources: Vec<Pointer>,
    /// The properties that a later member replaced.
    pub(super) replaced: Vec<Pointer>,
    /// Members that are neither objects nor mere annotations.
    others: Vec<Property>,
    /// Whether one of the members is an object.
    object: bool,
}

impl Resolver<'_> {
    /// A schema with `allOf`.
    pub(super) fn all_of(&mut self, pointer: &Pointer, mut facets: Facets) -> Option<Resolved> {
        if !(facets.one_of.is_empty() && facets.any_of.is_empty()) {
            self.fault(
                pointer,
                "`allOf` beside `oneOf` or `anyOf`",
                "split the schema in spec/overlay.yaml: one composition each",
            );
            return None;
        }
        if let Some((index, reference)) = only_reference(&facets) {
            for member in std::mem::take(&mut facets.all_of) {
                if let ReferenceOr::Item(schema) = member {
                    annotate(&mut facets, Facets::of(schema));
                }
            }
            let resolved = self.schema(&pointer.push("allOf").push_index(index), reference)?;
            return self.narrowed(pointer, resolved, facets);
        }
        let mut gathered = Gathered::default();
        self.collect_members(
            pointer,
            &mut facets,
            &mut gathered,
            &mut vec![pointer.clone()],
        )?;
        for source in &gathered.sources {
            self.ledger.folded(source, Fold::Merged);
        }
        for place in &gathered.replaced {
            self.ledger.folded(place, Fold::Replaced);
        }
        let Gathered {
            members,
            mut others,
            object,
            ..
        } = gathered;
        match (object, others.pop()) {
            (true, None) if members.properties.is_empty() => {
                self.free_object(members.additional, &facets)
            }
            (true, None) => self.structure_of(pointer, &facets, members),
            (false, None) => Some(Resolved::new(Ty::Any, &facets)),
            (false, Some(only)) if others.is_empty() => {
                let resolved = self.schema(&only.pointer, only.schema)?;
                self.narrowed(pointer, resolved, facets)
            }
            (_, Some(_)) => {
                self.fault(
                    pointer,
                    "the members of this `allOf` cannot be merged: they are not all objects",
                    "correct it in spec/overlay.yaml so that all members are objects, or only one member has a type",
                );
                None
            }
        }
    }

    /// Adds what the members of `facets.all_of`, and then `facets` itself, say. `path` detects cycles.
    pub(super) fn collect_members(
        &mut self,
        pointer: &Pointer,
        facets: &mut Facets,
        gathered: &mut Gathered,
        path: &mut Vec<Pointer>,
    ) -> Option<()> {
        let list = pointer.push("allOf");
        for (index, member) in std::mem::take(&mut facets.all_of).into_iter().enumerate() {
            let place = list.push_index(index);
            let (target, schema) = self.follow(&place, member.clone())?;
            if path.contains(&target) {
                self.fault(
                    &place,
                    "this `allOf` contains itself",
                    "break the cycle in spec/overlay.yaml",
                );
                return None;
            }
            let mut inner = Facets::of(schema);
            if !is_object(&inner) {
                if inner.is_empty() {
                    annotate(facets, inner);
                } else {
                    gathered.others.push(Property {
                        pointer: place,
                        schema: member,
                    });
                }
                continue;
            }
            gathered.sources.push(target.clone());
            path.push(target.clone());
            deeper(|| self.collect_members(&target, &mut inner, gathered, path))?;
            path.pop();
        }
        gathered.object |= is_object(facets);
        let own = Members::own(pointer, facets);
        self.unite(gathered, own);
        Some(())
    }

    fn unite(&mut self, gathered: &mut Gathered, own: Members) {
        let Members {
            properties,
            required,
            additional,
        } = own;
        for (name, property) in properties {
            if let Some(earlier) = gathered.members.properties.get(&name) {
                let earlier = earlier.pointer.clone();
                self.compare(&name, &earlier, &property.pointer);
                gathered.replaced.push(earlier);
            }
            gathered.members.properties.insert(name, property);
        }
        gathered.members.required.extend(required);
        if additional.is_some() {
            gathered.members.additional = additional;
        }
    }

    /// Two members of an `allOf` declare one property: the later one counts. A type of its own is worth a note.
    fn compare(&mut self, name: &str, earlier: &Pointer, later: &Pointer) {
        let one = self.document.primitive(earlier);
        let other = self.document.primitive(later);
        if let (Some(one), Some(other)) = (one, other)
            && one != other
        {
            self.note(
                Code::Overridden,
                later,
                format!("`{name}` is `{other}` here and `{one}` in an earlier member of the same `allOf` ({earlier}): the later one counts"),
                "nothing has to be done where this is meant; else correct one of them in spec/overlay.yaml",
            );
        }
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
        self.collect_members(
            &target,
            &mut facets,
            &mut gathered,
            &mut vec![target.clone()],
        )?;
        Some(gathered)
    }
}

fn is_object(facets: &Facets) -> bool {
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
fn annotate(facets: &mut Facets, member: Facets) {
    facets.nullable |= member.nullable;
    facets.read_only |= member.read_only;
    facets.write_only |= member.write_only;
    facets.deprecated |= member.deprecated;
    facets.description = facets.description.take().or(member.description);
    facets.format = facets.format.take().or(member.format);
    facets.bounds = restricted(member.bounds, std::mem::take(&mut facets.bounds));
}
