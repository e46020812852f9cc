//! The order in which clashes are settled. In: a refused name. Out: its stage.

use super::lock::NameKind;
use super::scope::Refusal;

/// What is settled together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Handles.
    Handles,
    /// Methods.
    Methods,
    /// Types.
    Types,
    /// What is inside a type or a call.
    Inside,
}

impl Stage {
    /// Whether a clash is settled in this stage: the kind of the node that came second decides.
    pub(super) fn has(self, refusal: &Refusal) -> bool {
        let named = refusal.node.as_ref().or(refusal.other.as_ref());
        named.is_some_and(|named| {
            self == match named.kind {
                NameKind::HandleType | NameKind::HandleMethod => Self::Handles,
                NameKind::Method => Self::Methods,
                NameKind::Type => Self::Types,
                NameKind::Parameter | NameKind::Field | NameKind::Variant => Self::Inside,
            }
        })
    }
}
