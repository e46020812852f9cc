//! The members of an object: its properties, its required names, and its additional properties.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::pointer::Pointer;

use super::facets::Facets;

/// A property with the node that declares it.
#[derive(Clone)]
pub(super) struct Property {
    pub(super) pointer: Pointer,
    pub(super) schema: ReferenceOr<Schema>,
}

/// The members of an object, its own or merged from several.
#[derive(Clone, Default)]
pub(super) struct Members {
    pub(super) properties: IndexMap<String, Property>,
    /// Required names with the node that lists them.
    pub(super) required: IndexMap<String, Pointer>,
    pub(super) additional: Option<(Pointer, AdditionalProperties)>,
}

impl Members {
    /// The members that an object lists itself.
    pub(super) fn own(pointer: &Pointer, facets: &mut Facets) -> Self {
        let place = pointer.push("properties");
        let properties = std::mem::take(&mut facets.properties)
            .into_iter()
            .map(|(name, schema)| {
                let pointer = place.push(&name);
                (name, Property { pointer, schema })
            })
            .collect();
        let place = pointer.push("required");
        let required = std::mem::take(&mut facets.required)
            .into_iter()
            .enumerate()
            .map(|(index, name)| (name, place.push_index(index)))
            .collect();
        let place = pointer.push("additionalProperties");
        Self {
            properties,
            required,
            additional: facets.additional.take().map(|schema| (place, schema)),
        }
    }
}
