//! Where types occur: in requests or responses.

use std::collections::BTreeSet;

use crate::model::{Api, Fold, Resource, TypeKind, Usage};
use crate::pointer::Pointer;

/// Fills in `usage` of all types.
pub(super) fn mark(api: &mut Api) {
    let resources = api.root.walk();
    let resources = || resources.iter().copied();
    let requests = api.reached(resources().flat_map(Resource::sent));
    let responses = api.reached(resources().flat_map(Resource::received));
    let usage = requests.into_iter().zip(responses);
    for (ty, (request, response)) in api.types.values_mut().zip(usage) {
        ty.usage = Usage { request, response };
    }
}

/// Leaves out those of these types that nothing uses, and says what they are part of.
pub(super) fn leave_out(api: &mut Api, unused: &BTreeSet<Pointer>, fold: Fold) {
    let Api { types, ledger, .. } = api;
    types.retain(|pointer, ty| {
        let is_left_out = ty.usage == Usage::default() && unused.contains(pointer);
        if is_left_out {
            ledger.absorbed(pointer, fold);
            if let TypeKind::Enum(list) = &ty.kind {
                for value in &list.values {
                    ledger.absorbed(&value.pointer, fold);
                }
            }
        }
        !is_left_out
    });
}
