//! References: from `$ref` to the node that it means, through aliases of aliases.

use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;

use crate::model::Fold;
use crate::pointer::Pointer;

use super::resolver::Resolver;

impl Resolver<'_> {
    /// The node behind a reference or an inline item, and its pointer. A reference to a reference is followed.
    ///
    /// `None` after noting a fault; the structural check has refused dangling and cyclic references before.
    pub(super) fn follow<T: DeserializeOwned>(
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
                self.fault(&at, format!("`{reference}` is no reference into this document"), "write `#/components/…`");
                return None;
            };
            if at != *pointer {
                self.ledger.folded(&at, Fold::Alias);
            }
            item = match self.document.at(&target) {
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
