//! What becomes of the parts of merged schemas in the ledger.

use crate::model::Fold;
use crate::pointer::Pointer;

use super::merge::Gathered;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// Folds a node that is in no type, with the schemas that only it refers to.
    pub(super) fn fold_whole(&mut self, place: &Pointer, fold: Fold) {
        let mut open = vec![place.clone()];
        while let Some(node) = open.pop() {
            self.ledger.folded(&node, fold);
            let targets = self.document.references_within(&node).into_iter();
            open.extend(targets.filter(|target| self.ledger.own(target).is_none()));
        }
    }

    /// Folds what is inside a schema whose type another one has.
    pub(super) fn fold_inside(&mut self, pointer: &Pointer) {
        if let Some(target) = self.reference(pointer) {
            return self.fold_whole(&target, Fold::Merged);
        }
        for key in self.document.keys(pointer) {
            self.fold_whole(&pointer.push(&key), Fold::Merged);
        }
    }

    /// Folds the schemas that were merged.
    pub(super) fn fold_sources(&mut self, gathered: &Gathered) {
        for source in &gathered.sources {
            self.ledger.folded(source, Fold::Merged);
        }
    }
}
