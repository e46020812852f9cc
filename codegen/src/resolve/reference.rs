//! References: from `$ref` to its target, through any number of aliases.

use openapiv3::{
    Example, Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde::de::DeserializeOwned;

use crate::model::Fold;
use crate::pointer::Pointer;
use crate::report::Code;

use super::resolver::Resolver;

/// The kinds of objects that a reference can target.
pub(super) trait Target: DeserializeOwned {
    /// The reusable component at `pointer` as it was read already. Anything else is read from the tree.
    fn component(_: &OpenAPI, _: &Pointer) -> Option<ReferenceOr<Self>> {
        None
    }
}

impl Target for Schema {
    fn component(openapi: &OpenAPI, pointer: &Pointer) -> Option<ReferenceOr<Self>> {
        let name = pointer.as_str().strip_prefix("/components/schemas/")?;
        openapi.components.as_ref()?.schemas.get(name).cloned()
    }
}

impl Target for Example {}
impl Target for Header {}
impl Target for Parameter {}
impl Target for PathItem {}
impl Target for RequestBody {}
impl Target for Response {}
impl Target for SecurityScheme {}

impl Resolver<'_> {
    /// The node behind a reference or an inline item, and its pointer. A reference to a reference is followed.
    ///
    /// `None` after a fault was recorded; the structural check has refused dangling and cyclic references before.
    pub(super) fn follow<T: Target>(
        &mut self,
        pointer: &Pointer,
        item: ReferenceOr<T>,
    ) -> Option<(Pointer, T)> {
        let mut at = pointer.clone();
        let mut item = item;
        loop {
            let reference = match item {
                ReferenceOr::Item(found) => return Some((at, found)),
                ReferenceOr::Reference { reference } => reference,
            };
            let Some(target) = Pointer::parse(&reference) else {
                self.fault_of(
                    Code::Reference,
                    &at,
                    format!("`{reference}` is not a reference into this document"),
                    "write `#/components/…`",
                );
                return None;
            };
            if at != *pointer {
                self.ledger.folded(&at, Fold::Alias);
            }
            let known = T::component(self.document.openapi(), &target);
            item = match known.map_or_else(|| self.document.at(&target), Ok) {
                Ok(next) => next,
                Err(fault) => {
                    self.faults.push(fault);
                    return None;
                }
            };
            at = target;
        }
    }
}
