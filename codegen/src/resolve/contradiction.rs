//! Whether a member of a choice contradicts what is beside the choice, so that no value is both.

use openapiv3::ReferenceOr;

use crate::pointer::Pointer;

use super::facets::{Facets, Primitive};
use super::members::Members;
use super::merge::Gathered;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// Whether a property that was replaced had other values than the one in its place: then no value is both.
    pub(super) fn contradicts(&self, before: &Members, after: &Members) -> bool {
        before.properties.iter().any(|(name, earlier)| {
            let later = after.properties.get(name);
            let later = later.filter(|later| later.pointer != earlier.pointer);
            let later = later.and_then(|later| self.listed_at(&later.pointer));
            match (self.listed_at(&earlier.pointer), later) {
                (Some(one), Some(other)) => !one.iter().any(|value| other.contains(value)),
                _ => false,
            }
        })
    }

    /// The values of the enum of a property, as they are written.
    fn listed_at(&self, pointer: &Pointer) -> Option<Vec<String>> {
        let list = self.end(pointer).push("enum");
        let values = self.document.members(&list);
        let written = (0..values.len()).filter_map(|index| {
            let written = self.document.written(&list.push_index(index))?;
            Some(written.trim_matches(['"', '\'']).to_owned())
        });
        let written: Vec<String> = written.collect();
        (!written.is_empty()).then_some(written)
    }
}

/// Whether a value of this type can be what the members of `allOf` that are no objects say.
pub(super) fn agrees(scalar: Option<Primitive>, gathered: &Gathered) -> bool {
    gathered.others.iter().all(|other| match &other.schema {
        ReferenceOr::Item(schema) => {
            let stated = Facets::of(schema.clone()).primitive;
            stated.is_none() || scalar.is_none() || stated == scalar
        }
        ReferenceOr::Reference { .. } => true,
    })
}
