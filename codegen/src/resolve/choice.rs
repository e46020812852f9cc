//! Choices: `oneOf` and `anyOf` in a schema, or in a member of its `allOf`.
//!
//! In: the keywords of a schema. Out: its choices, without those that only list required names. What a schema says beside a choice is
//! merged into each of the members: see `shapes`.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use crate::pointer::Pointer;
use crate::report::Code;

use super::facets::Facets;
use super::members::Property;
use super::resolver::Resolver;
use super::union::is_null;

/// A choice among schemas.
pub(super) struct Choice {
    /// The list in the document.
    pub(super) list: Pointer,
    /// The same seen from the schema that the choice belongs to: below the member of `allOf` that refers to it.
    pub(super) place: Pointer,
    pub(super) members: Vec<ReferenceOr<Schema>>,
    /// The member of `allOf` that refers to the choice, where it says nothing else.
    pub(super) owner: Option<Property>,
    pub(super) discriminator: Option<Discriminator>,
}

impl Resolver<'_> {
    /// Takes the choices out of the keywords of the schema at `pointer`, which is referred to at `place`.
    pub(super) fn take_choices(
        &mut self,
        pointer: &Pointer,
        place: &Pointer,
        facets: &mut Facets,
    ) -> Vec<Choice> {
        let lists = [
            ("oneOf", std::mem::take(&mut facets.one_of)),
            ("anyOf", std::mem::take(&mut facets.any_of)),
        ];
        let mut discriminator = facets.discriminator.take();
        let mut choices = Vec::new();
        for (key, members) in lists {
            let list = pointer.push(key);
            if members.is_empty() || self.lists_only_names(&list, &members) {
                continue;
            }
            facets.nullable |= members.iter().any(is_null);
            choices.push(Choice {
                list,
                place: place.push(key),
                members,
                owner: None,
                discriminator: discriminator.take(),
            });
        }
        choices
    }

    /// Whether the members of a choice only say which properties are required together: no type can say that, so it is a note.
    fn lists_only_names(&mut self, list: &Pointer, members: &[ReferenceOr<Schema>]) -> bool {
        let is_bare = |member: &ReferenceOr<Schema>| match member {
            ReferenceOr::Item(schema) => Facets::of(schema.clone()).only_requires(),
            ReferenceOr::Reference { .. } => false,
        };
        if !members.iter().all(is_bare) {
            return false;
        }
        self.note(
            Code::Ignored,
            list,
            "a choice of required properties: each of them stays optional in Rust",
            "nothing has to be done; to say it to users, write it into the description",
        );
        true
    }
}
