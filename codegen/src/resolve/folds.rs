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

    /// Folds the schemas that were merged, and the properties that others replaced.
    pub(super) fn fold_sources(&mut self, gathered: &Gathered) {
        for source in &gathered.sources {
            self.ledger.folded(source, Fold::Merged);
        }
        for place in &gathered.replaced {
            self.fold_whole(place, Fold::Replaced);
        }
    }
}
