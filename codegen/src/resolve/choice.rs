//! Choices: `oneOf` and `anyOf` in a schema, or in a member of its `allOf`.
//!
//! In: the keywords of a schema. Out: its choices; those that only list required names are apart. What a schema says beside a choice is
//! merged into each of the members: see `shapes`.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use crate::model::RequiredChoice;
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
            if members.is_empty() {
                continue;
            }
            if let Some(lists) = only_names(&members) {
                let choice = self.required_choice(list, key == "oneOf", lists);
                facets.required_choices.extend(choice);
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

    /// A choice of required properties: no type can say it, so it is a note, and the documentation of the type says it. `None` where a
    /// member requires nothing.
    fn required_choice(
        &mut self,
        pointer: Pointer,
        exactly_one: bool,
        lists: Vec<Vec<String>>,
    ) -> Option<RequiredChoice> {
        self.note(
            Code::Ignored,
            &pointer,
            "a choice of required properties: each of them stays optional in Rust",
            "nothing has to be done: the documentation of the type says which are needed",
        );
        let is_choice = !lists.iter().any(Vec::is_empty);
        is_choice.then_some(RequiredChoice {
            pointer,
            exactly_one,
            lists,
        })
    }
}

/// What each of these members requires, if none of them says anything else.
fn only_names(members: &[ReferenceOr<Schema>]) -> Option<Vec<Vec<String>>> {
    let names = members.iter().map(|member| match member {
        ReferenceOr::Item(schema) => {
            let facets = Facets::of(schema.clone());
            facets.only_requires().then_some(facets.required)
        }
        ReferenceOr::Reference { .. } => None,
    });
    names.collect()
}
