//! Types as text, for people.

use crate::model::{Api, Field, Ty};
use crate::naming::Names;

use std::collections::BTreeMap;

use super::Emitter;
use super::imports::Imports;
use super::layout::Layout;

/// Prints types as they are in generated code.
pub(crate) struct Spelling<'a>(Emitter<'a>);

impl<'a> Spelling<'a> {
    /// For the types of one model.
    pub(crate) fn new(api: &'a Api, names: &'a Names) -> Self {
        let layout = Layout::default();
        let lines = BTreeMap::new();
        Self(Emitter {
            api,
            names,
            layout,
            lines,
            conditions: BTreeMap::new(),
            shares: false,
        })
    }

    /// A type.
    pub(crate) fn ty(&self, ty: &Ty) -> String {
        compact(&self.0.ty(&mut Imports::default(), ty).to_string())
    }

    /// The type of a field, with what holds it.
    pub(crate) fn field(&self, field: &Field) -> String {
        compact(
            &self
                .0
                .field_type(&mut Imports::default(), field)
                .to_string(),
        )
    }
}

/// Tokens print with spaces between them; types read better without.
fn compact(tokens: &str) -> String {
    tokens.replace(' ', "").replace(',', ", ")
}
