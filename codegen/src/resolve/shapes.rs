//! The shapes of an object with a choice: what it says beside the choice is merged into each of the members.
//!
//! In: the merged members of an `allOf`, or the properties of an object, with the choices beside them. Out: a union of merged objects; a
//! single struct or type where only one member is possible.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use crate::model::{Fold, Variant};
use crate::pointer::Pointer;
use crate::report::Code;

use super::choice::Choice;
use super::contradiction::agrees;
use super::deep::deeper;
use super::facets::{Facets, Primitive};
use super::members::{Members, Property};
use super::merge::{Gathered, is_object};
use super::relation::{Relation, relation};
use super::resolved::Resolved;
use super::resolver::Resolver;
use super::scalars::Member;
use super::union::{is_any_of, is_null};
use super::words::stated;

/// How many shapes several choices may have together.
const MOST_SHAPES: usize = 64;

/// One of the shapes.
struct Shape {
    /// Where the type is in the document, or would be if it was written there.
    at: Pointer,
    /// The member of the last choice that led here.
    member: Option<Property>,
    /// The members of the object.
    gathered: Gathered,
    /// The type of a shape that is no object.
    scalar: Option<Primitive>,
    description: Option<String>,
    /// What the members of the choices are called.
    words: Vec<String>,
    /// Whether one of the choices is an `anyOf`.
    any_of: bool,
}

impl Resolver<'_> {
    /// A schema with choices, and what it says beside them.
    pub(super) fn distributed(
        &mut self,
        pointer: &Pointer,
        mut facets: Facets,
        mut gathered: Gathered,
    ) -> Option<Resolved> {
        let says_nothing = !gathered.says_something();
        let mut choices = std::mem::take(&mut gathered.choices);
        let discriminator = choices
            .iter_mut()
            .find_map(|choice| choice.discriminator.take());
        if says_nothing && choices.len() == 1 {
            self.fold_sources(&gathered);
            return self.only_choice(pointer, facets, choices.pop()?, discriminator);
        }
        facets.discriminator = discriminator;
        let common = Shape {
            at: pointer.clone(),
            member: None,
            gathered,
            scalar: None,
            description: None,
            words: Vec::new(),
            any_of: false,
        };
        let mut path = vec![pointer.clone()];
        let shapes = self.shapes(common, choices, &mut path)?;
        if shapes.is_empty() {
            self.fault(
                pointer,
                "no value fits this schema: each member of the choice contradicts what is beside it",
                "correct one of them in spec/overlay.yaml",
            );
            return None;
        }
        self.shaped(pointer, facets, shapes)
    }

    /// The choice, where nothing is beside it.
    fn only_choice(
        &mut self,
        pointer: &Pointer,
        mut facets: Facets,
        choice: Choice,
        discriminator: Option<openapiv3::Discriminator>,
    ) -> Option<Resolved> {
        match choice.owner {
            Some(Property {
                pointer: place,
                schema,
                ..
            }) => {
                let resolved = self.schema(&place, schema)?;
                self.narrowed(pointer, resolved, facets)
            }
            None => {
                facets.discriminator = discriminator;
                self.union(pointer, &choice.list, choice.members, facets)
            }
        }
    }

    /// The union of these shapes.
    fn shaped(
        &mut self,
        pointer: &Pointer,
        mut facets: Facets,
        mut shapes: Vec<Shape>,
    ) -> Option<Resolved> {
        if shapes.len() == 1 {
            let only = shapes.pop()?;
            self.fold_sources(&only.gathered);
            return match (only.scalar, only.member) {
                (
                    Some(_),
                    Some(Property {
                        pointer: place,
                        schema,
                        ..
                    }),
                ) => {
                    let resolved = self.schema(&place, schema)?;
                    self.narrowed(pointer, resolved, facets)
                }
                _ => self.structure_of(pointer, &facets, only.gathered.members),
            };
        }
        self.require_what_is_there(&mut shapes);
        let any_of = shapes.iter().any(|shape| shape.any_of);
        let mut members = Vec::new();
        let mut complete = true;
        for shape in shapes {
            match self.shape(shape) {
                Some(member) => {
                    facets.nullable |= member.resolved.nullable;
                    members.push(member);
                }
                None => complete = false,
            }
        }
        complete.then_some(())?;
        self.union_of(pointer, facets, members, any_of)
    }

    /// A name that is required beside the choice can be a property of some members only: the others do not require it.
    fn require_what_is_there(&mut self, shapes: &mut [Shape]) {
        let members = shapes.iter().map(|shape| &shape.gathered.members);
        let known: BTreeSet<String> = members
            .flat_map(|members| members.properties.keys().cloned())
            .collect();
        let mut noted = BTreeSet::new();
        for shape in shapes {
            let Members {
                properties,
                required,
                ..
            } = &mut shape.gathered.members;
            required.retain(|name, place| {
                let is_elsewhere = known.contains(name) && !properties.contains_key(name);
                if is_elsewhere {
                    noted.insert((place.clone(), name.clone()));
                }
                !is_elsewhere
            });
        }
        for (place, name) in noted {
            self.note(
                Code::Overridden,
                &place,
                format!("`{name}` is required, and not a property of all members of the choice: the others do not require it"),
                "nothing has to be done where this is meant; else require it in the members in spec/overlay.yaml",
            );
        }
    }

    /// The type of one shape: that of the member itself, where the rest adds nothing to it.
    fn shape(&mut self, shape: Shape) -> Option<Member> {
        let Shape {
            at,
            member,
            gathered,
            scalar,
            description,
            words,
            any_of: _,
        } = shape;
        let title = (!words.is_empty()).then(|| words.join(" "));
        self.fold_sources(&gathered);
        let source = member
            .as_ref()
            .map_or(&at, |member| &member.pointer)
            .clone();
        if let Some(Property {
            pointer, schema, ..
        }) = member
            && (scalar.is_some() || self.adds_nothing(&pointer, &schema, &gathered.members))
        {
            let resolved = self.schema(&pointer, schema)?;
            return Some(Member {
                pointer: at,
                source,
                title,
                resolved,
            });
        }
        let facets = Facets {
            description,
            ..Facets::default()
        };
        let resolved = self.structure_of(&at, &facets, gathered.members)?;
        Some(Member {
            pointer: at,
            source,
            title,
            resolved,
        })
    }

    /// Whether the merged members are those of the member of the choice alone.
    fn adds_nothing(
        &mut self,
        pointer: &Pointer,
        schema: &ReferenceOr<Schema>,
        merged: &Members,
    ) -> bool {
        let Some(own) = self.members(pointer, schema.clone()) else {
            return false;
        };
        let own = own.members;
        let requires = |name: &String| own.required.contains_key(name);
        let has = |(name, merged): (&String, &Property)| {
            let own = own.properties.get(name);
            own.is_some_and(|own| self.says_all(own, merged))
        };
        own.properties.len() == merged.properties.len()
            && merged.properties.iter().all(has)
            && merged.required.keys().all(requires)
            && own.choices == merged.choices
            && own.additional.is_open() == merged.additional.is_open()
    }

    /// Whether a property as the member declares it says all that the merged one does.
    fn says_all(&self, own: &Property, merged: &Property) -> bool {
        let own_places: Vec<&Pointer> = own.places().collect();
        let mut others = merged.earlier.iter().map(|property| &property.pointer);
        own.pointer == merged.pointer
            && others.all(|place| {
                let is_less = || relation(self.document, place, &own.pointer).0 == Relation::Later;
                own_places.contains(&place) || is_less()
            })
    }

    /// A shape with each of the members of these choices in turn.
    fn shapes(
        &mut self,
        common: Shape,
        choices: Vec<Choice>,
        path: &mut Vec<Pointer>,
    ) -> Option<Vec<Shape>> {
        let mut shapes = vec![common];
        for choice in choices {
            let any_of = is_any_of(&choice.list);
            shapes.iter_mut().for_each(|shape| shape.any_of |= any_of);
            let mut found = Vec::new();
            for (index, member) in choice.members.iter().enumerate() {
                if is_null(member) {
                    self.ledger
                        .folded(&choice.list.push_index(index), Fold::Constant);
                    continue;
                }
                for shape in &shapes {
                    let at = beside(shape, &choice.place, index);
                    let place = choice.list.push_index(index);
                    let with = self.with_member(shape, at, &place, member.clone(), path)?;
                    found.extend(with);
                }
            }
            if found.len() > MOST_SHAPES {
                self.fault(
                    &choice.list,
                    format!("the choices of this schema have {} shapes together; at most {MOST_SHAPES} are types", found.len()),
                    "write the schema with fewer choices in spec/overlay.yaml",
                );
                return None;
            }
            shapes = found;
        }
        Some(shapes)
    }

    /// A shape with one member of a choice, which can have choices itself.
    fn with_member(
        &mut self,
        shape: &Shape,
        at: Pointer,
        place: &Pointer,
        member: ReferenceOr<Schema>,
        path: &mut Vec<Pointer>,
    ) -> Option<Vec<Shape>> {
        let (target, schema) = self.follow(place, member.clone())?;
        if path.contains(&target) {
            self.fault(
                place,
                "this choice contains itself, and properties beside it",
                "break the cycle in spec/overlay.yaml",
            );
            return None;
        }
        let mut facets = Facets::of(schema);
        let description = facets.description.clone();
        let mut words = shape.words.clone();
        words.extend(self.title(place));
        let mut gathered = shape.gathered.copy();
        let choices = self.take_choices(&target, &at, &mut facets);
        let is_scalar = choices.is_empty() && !is_object(&facets) && !facets.is_empty();
        let scalar = facets.primitive.filter(|_| is_scalar);
        let fits = match (is_scalar, shape.scalar) {
            (true, None) => !gathered.is_object() && agrees(scalar, &gathered),
            (true, Some(other)) => scalar == Some(other),
            (false, Some(_)) => false,
            (false, None) => true,
        };
        if !fits {
            self.note(
                Code::Overridden,
                place,
                "no value is both this member and what is beside the choice: it is left out",
                "nothing has to be done where this is meant; else correct one of them in spec/overlay.yaml",
            );
            self.fold_whole(place, Fold::Merged);
            return Some(Vec::new());
        }
        if !is_scalar {
            gathered.sources.push(target.clone());
            self.collect_members(&target, &at, &mut facets, &mut gathered)?;
        }
        if self.contradicts(&shape.gathered.members, &gathered.members) {
            self.fold_whole(place, Fold::Merged);
            return Some(Vec::new());
        }
        gathered.choices.splice(0..0, choices);
        let inner = std::mem::take(&mut gathered.choices);
        let merged = Shape {
            at,
            member: Some(Property::new(place.clone(), member)),
            gathered,
            scalar: scalar.or(shape.scalar),
            description,
            words,
            any_of: shape.any_of,
        };
        path.push(target);
        let shapes = deeper(|| self.shapes(merged, inner, path));
        path.pop();
        shapes
    }

    /// The title of a member of a choice, or the name of the schema that it refers to.
    pub(super) fn title(&self, pointer: &Pointer) -> Option<String> {
        if let Some(schema) = self.reference(pointer) {
            return schema.last();
        }
        let title = self.document.node(&pointer.push("title"))?;
        stated(title.as_str().map(str::to_owned))
    }
}

/// Where the type of a shape with one more member would be: a second choice, or one inside a member, adds to the place of the first.
fn beside(shape: &Shape, list: &Pointer, index: usize) -> Pointer {
    if shape.member.is_none() {
        return list.push_index(index);
    }
    let last = shape.at.last().unwrap_or_default();
    match shape.at.parent() {
        Some(parent) => parent.push(&format!("{last}-{index}")),
        None => shape.at.push_index(index),
    }
}

impl From<Member> for Variant {
    fn from(member: Member) -> Self {
        let mut variant = Self::new(member.pointer, member.resolved.ty);
        variant.source = member.source;
        variant.title = member.title;
        variant
    }
}
