//! Nodes that the new inputs skip and the old ones did not. In: two models. Out: the new entries under `[skip]`.

use crate::model::Fate;

use super::NodeLocation;
use super::changes::Side;

/// A node that is newly skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// The node.
    pub place: NodeLocation,
    /// Why, as `sdk.toml` says.
    pub reason: String,
}

/// The skips that are new.
pub(super) fn new(old: &Side<'_>, new: &Side<'_>) -> Vec<Skip> {
    let was = |pointer| matches!(old.model.api.ledger.own(pointer), Some(Fate::Skipped(_)));
    let fates = new.model.api.ledger.iter();
    fates
        .filter_map(|(pointer, fate)| match fate {
            Fate::Skipped(reason) if !was(pointer) => Some(Skip {
                place: NodeLocation::of(new.desk, pointer),
                reason: reason.clone(),
            }),
            Fate::Skipped(_) | Fate::Emitted | Fate::Folded(_) => None,
        })
        .collect()
}
