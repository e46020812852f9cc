//! A resolved schema: its type and annotations where it is used.

use crate::model::{Bounds, Ty};

use super::facets::Facets;

/// The type and annotations of a schema where it is used.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) ty: Ty,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: bool,
    pub(super) description: Option<String>,
    pub(super) bounds: Bounds,
}

impl Resolved {
    /// Copies the annotations of a schema.
    pub(super) fn new(ty: Ty, facets: &Facets) -> Self {
        Self {
            ty,
            nullable: facets.nullable,
            read_only: facets.read_only,
            write_only: facets.write_only,
            deprecated: facets.deprecated,
            description: facets.description.clone(),
            bounds: facets.bounds.clone(),
        }
    }

    /// The type of a member of a list or map.
    pub(super) fn member(self) -> Ty {
        match self.nullable {
            true => Ty::Nullable(Box::new(self.ty)),
            false => self.ty,
        }
    }
}
