//! A property that several members of an `allOf` declare: a value of it must fit all of these schemas.
//!
//! In: the schemas, in the order of the members, and the place of the property in the merged schema. Out: the type of both. Where one of
//! them says all, that is its type; objects unite, and so do the items of lists and the values of maps. Where no value is both, the later
//! one counts, with a note. See `relation` for which case it is.

use crate::model::{Bounds, Fold, Ty};
use crate::pointer::Pointer;
use crate::report::Code;

use super::deep::deeper;
use super::facets::Facets;
use super::members::Property;
use super::merge::Gathered;
use super::narrow::restricted;
use super::outline::Outline;
use super::relation::{Relation, Unlike, relation};
use super::resolved::Resolved;
use super::resolver::Resolver;

/// How many types may be merged for the properties of one schema. Schemas that refer to each other have many ways to be merged.
const MOST_JOINTS: usize = 200;

/// A type that is made of several declarations.
pub(super) struct Joint {
    /// The schemas that it is made of.
    of: Vec<Pointer>,
    /// The outermost merged property that it is in.
    root: Pointer,
}

/// What the declarations before the last one are to it.
#[derive(Default)]
struct Sorted {
    /// They say more than the last one.
    kept: Vec<Property>,
    /// They only describe or bound what the last one says.
    words: Vec<Property>,
    /// Whether the last one says something that they do not.
    is_last_needed: bool,
}

impl Resolver<'_> {
    /// The type of a property, which is at the place `at` of the merged schema.
    pub(super) fn joint(&mut self, at: &Pointer, property: Property) -> Option<Resolved> {
        if property.earlier.is_empty() {
            return self.schema(&property.pointer, property.schema);
        }
        if let Some(known) = self.joined.get(at) {
            return known.clone();
        }
        let resolved = deeper(|| self.declared_again(at, property));
        self.joined.insert(at.clone(), resolved.clone());
        resolved
    }

    fn declared_again(&mut self, at: &Pointer, property: Property) -> Option<Resolved> {
        let Property {
            pointer,
            schema,
            earlier,
        } = property;
        let last = Property::new(pointer, schema);
        let Sorted {
            mut kept,
            words,
            is_last_needed,
        } = self.sorted(at, earlier, &last);
        let mut resolved = match kept.pop() {
            None => self.schema(&last.pointer, last.schema.clone())?,
            Some(only) if !is_last_needed => {
                let said = Property {
                    earlier: kept,
                    ..only
                };
                self.with_words_of(at, said, &last)?
            }
            Some(one) => {
                kept.extend([one, last.clone()]);
                self.united(at, kept)?
            }
        };
        let is_formatted = self.words(&last)?.format.is_some();
        for property in words.into_iter().rev() {
            let words = self.words(&property)?;
            resolved = self.filled(&last.pointer, resolved, words, is_formatted)?;
        }
        Some(resolved)
    }

    /// Sorts the declarations before the last one. Those that say nothing more than it, or that contradict it, are replaced.
    fn sorted(&mut self, at: &Pointer, earlier: Vec<Property>, last: &Property) -> Sorted {
        let mut sorted = Sorted::default();
        for property in earlier {
            let (relation, unlike) = relation(self.document, &property.pointer, &last.pointer);
            match relation {
                Relation::Earlier => sorted.kept.push(property),
                Relation::Both => {
                    sorted.is_last_needed = true;
                    sorted.kept.push(property);
                }
                Relation::Later | Relation::Unlike => {
                    self.fold_whole(&property.pointer, Fold::Replaced);
                    for place in &unlike {
                        self.note_unlike(at, place);
                    }
                    if relation == Relation::Later {
                        sorted.words.push(property);
                    }
                }
            }
        }
        sorted
    }

    fn note_unlike(&mut self, at: &Pointer, unlike: &Unlike) {
        let Unlike {
            earlier,
            later,
            types,
            below,
        } = unlike;
        let name = format!("{}{below}", shown(at));
        let message = match types {
            Some((before, now)) => format!(
                "`{name}` is `{now}` here and `{before}` in an earlier member of the same `allOf` ({earlier}): the later one counts"
            ),
            None => format!(
                "an earlier member of the same `allOf` ({earlier}) does not allow all that is allowed here for `{name}`: the later one counts"
            ),
        };
        self.note(
            Code::Overridden,
            later,
            message,
            "nothing has to be done where this is meant; else correct one of them in spec/overlay.yaml",
        );
    }

    /// The type that the earlier declarations have, as the last one describes and bounds it.
    fn with_words_of(&mut self, at: &Pointer, said: Property, last: &Property) -> Option<Resolved> {
        for place in said.places() {
            self.ledger.folded(place, Fold::Merged);
        }
        self.fold_inside(&last.pointer);
        let resolved = match said.earlier.is_empty() {
            true => self.schema(&said.pointer, said.schema)?,
            false => self.declared_again(at, said)?,
        };
        let words = self.words(last)?;
        let states_type = !Outline::of(self.document, &last.pointer).is_free();
        let nullable = words.nullable || (!states_type && resolved.nullable);
        let resolved = self.narrowed(&last.pointer, resolved, words)?;
        Some(Resolved {
            nullable,
            ..resolved
        })
    }

    /// The type that has what each of these schemas says.
    fn united(&mut self, at: &Pointer, parts: Vec<Property>) -> Option<Resolved> {
        for part in &parts {
            self.ledger.folded(&part.pointer, Fold::Merged);
        }
        let mut facets = Facets::default();
        for part in parts.iter().rev() {
            let words = self.words(part)?;
            match facets.description.is_some() {
                true => {}
                false => facets.description = words.description,
            }
            facets.read_only |= words.read_only;
            facets.write_only |= words.write_only;
            facets.deprecated |= words.deprecated;
            facets.bounds = restricted(words.bounds, facets.bounds);
        }
        facets.nullable = match parts.last() {
            Some(last) => self.words(last)?.nullable,
            None => false,
        };
        let outlines: Vec<Outline<'_>> = parts
            .iter()
            .map(|part| Outline::of(self.document, &part.pointer))
            .collect();
        let items: Option<Vec<Pointer>> = outlines
            .iter()
            .map(|outline| outline.items.clone())
            .collect();
        match items {
            Some(items) => {
                for part in outlines.iter().flat_map(|outline| &outline.parts) {
                    self.ledger.folded(part, Fold::Merged);
                }
                let item = self.joint_of(&at.push("items"), items)?;
                let ty = self.nested(at, Ty::List(Box::new(item.member())))?;
                Some(Resolved::new(ty, &facets))
            }
            None => self.united_objects(at, facets, parts),
        }
    }

    /// The type of a schema that is at several places.
    fn joint_of(&mut self, at: &Pointer, places: Vec<Pointer>) -> Option<Resolved> {
        let mut joint: Option<Property> = None;
        for place in places {
            let schema = match self.document.at(&place) {
                Ok(schema) => schema,
                Err(fault) => {
                    self.faults.push(fault);
                    return None;
                }
            };
            let next = Property::new(place, schema);
            joint = Some(match joint {
                Some(before) => before.again(next),
                None => next,
            });
        }
        self.joint(at, joint?)
    }

    fn united_objects(
        &mut self,
        at: &Pointer,
        mut facets: Facets,
        parts: Vec<Property>,
    ) -> Option<Resolved> {
        let of: Vec<Pointer> = parts
            .iter()
            .map(|part| self.document.end(&part.pointer))
            .collect();
        if let Some(around) = self.around(at, &of) {
            // The schemas contain themselves, and so does the type that is made of them.
            return Some(Resolved::new(Ty::Named(around), &facets));
        }
        self.open_joint(at, of)?;
        let mut gathered = Gathered::default();
        self.collect_parts(at, &mut facets, parts, &mut gathered)?;
        self.merged(at, facets, gathered)
    }

    /// The members of a property that should be an object, of all its declarations. No type is made of it.
    pub(super) fn joint_members(&mut self, property: &Property) -> Option<Gathered> {
        let last = self.members(&property.pointer, property.schema.clone())?;
        if property.earlier.is_empty() {
            return Some(last);
        }
        let mut parts = property.clone();
        let mut listed = std::mem::take(&mut parts.earlier);
        listed.push(parts);
        let mut gathered = Gathered::default();
        let mut facets = Facets::default();
        // The place of all declarations together is none of theirs: a schema that is a part already is not read again.
        let whole = property.pointer.push("allOf");
        self.collect_parts(&whole, &mut facets, listed, &mut gathered)?;
        Some(gathered)
    }

    /// The place around this one whose type is made of the same schemas.
    fn around(&self, at: &Pointer, of: &[Pointer]) -> Option<Pointer> {
        let mut around = at.parent();
        while let Some(place) = around {
            if self.joints.get(&place).is_some_and(|known| known.of == of) {
                return Some(place);
            }
            around = place.parent();
        }
        None
    }

    /// Records the type that is made at this place. There is a limit for each outermost property.
    fn open_joint(&mut self, at: &Pointer, of: Vec<Pointer>) -> Option<()> {
        if self.types.contains_key(at) || self.begun.contains(at) {
            self.two_in_one_place(at);
            return None;
        }
        let mut root = at.clone();
        let mut around = at.parent();
        while let Some(place) = around {
            if let Some(known) = self.joints.get(&place) {
                root = known.root.clone();
                break;
            }
            around = place.parent();
        }
        let below = self.joint_counts.entry(root.clone()).or_default();
        *below += 1;
        if *below > MOST_JOINTS {
            self.fault_of(
                Code::AllOf,
                &root,
                format!("more than {MOST_JOINTS} types would be merged for this property, which several members of an `allOf` declare"),
                "write it once, with all that it has, in spec/overlay.yaml",
            );
            return None;
        }
        self.joints.insert(at.clone(), Joint { of, root });
        Some(())
    }

    /// A type that is made of several declarations is in the place of one of them, to which something refers.
    pub(super) fn two_in_one_place(&mut self, at: &Pointer) {
        self.fault_of(
            Code::AllOf,
            at,
            "something refers to this schema, and an `allOf` merges it with another one: these are two types in one place",
            "write it as a schema of its own under `components` in spec/overlay.yaml, and refer to that",
        );
    }

    /// What a declaration says beside its type.
    fn words(&mut self, property: &Property) -> Option<Facets> {
        let (_, schema) = self.follow(&property.pointer, property.schema.clone())?;
        let Facets {
            format,
            bounds,
            nullable,
            read_only,
            write_only,
            deprecated,
            description,
            ..
        } = Facets::of(schema);
        Some(Facets {
            format,
            bounds,
            nullable,
            read_only,
            write_only,
            deprecated,
            description,
            ..Facets::default()
        })
    }

    /// The type of the last declaration, with what only an earlier one says beside its type.
    fn filled(
        &mut self,
        pointer: &Pointer,
        resolved: Resolved,
        words: Facets,
        is_formatted: bool,
    ) -> Option<Resolved> {
        let nullable = resolved.nullable;
        let said = resolved.bounds.clone();
        let format = words
            .format
            .filter(|_| !is_formatted && said.format.is_none());
        let around = Facets {
            format,
            description: resolved.description.clone().or(words.description),
            read_only: words.read_only && !resolved.write_only,
            write_only: words.write_only && !resolved.read_only,
            deprecated: words.deprecated,
            ..Facets::default()
        };
        let resolved = self.narrowed(pointer, resolved, around)?;
        let bounds = Bounds {
            format: resolved.bounds.format.clone(),
            ..restricted(words.bounds, said)
        };
        Some(Resolved {
            nullable,
            bounds,
            ..resolved
        })
    }
}

/// The property at a place, as messages call it: `name`, `list[]`, `map{}`.
fn shown(at: &Pointer) -> String {
    let mut steps = String::new();
    let mut tokens = at.tokens();
    while let Some(token) = tokens.pop() {
        match (token.as_str(), tokens.last().map(String::as_str)) {
            (_, Some("properties")) => return format!("{token}{steps}"),
            ("items", _) => steps.insert_str(0, "[]"),
            ("additionalProperties", _) => steps.insert_str(0, "{}"),
            _ => return format!("{token}{steps}"),
        }
    }
    steps
}
