//! Types that contain themselves: the field that closes a cycle is boxed.

use std::collections::BTreeSet;

use crate::model::{Api, Ty, Type};
use crate::pointer::Pointer;

/// Boxes each direct use of a type inside itself, however far down. Lists and maps are on the heap as they are.
pub(super) fn break_cycles(api: &mut Api) {
    let pointers: Vec<Pointer> = api.types.keys().cloned().collect();
    for pointer in pointers {
        let mut boxed = Vec::new();
        if let Some(ty) = api.types.get(&pointer) {
            for (index, used) in ty.uses().into_iter().enumerate() {
                let Ty::Named(target) = used else {
                    continue;
                };
                if reaches(api, target, &pointer) {
                    boxed.push(index);
                }
            }
        }
        if let Some(ty) = api.types.get_mut(&pointer) {
            for (index, used) in ty.uses_mut().into_iter().enumerate() {
                if let (true, Ty::Named(target)) = (boxed.contains(&index), &*used) {
                    *used = Ty::Boxed(target.clone());
                }
            }
        }
    }
}

/// Whether a value of `from` holds a value of `to` inline, not on the heap.
fn reaches(api: &Api, from: &Pointer, to: &Pointer) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(pointer) = open.pop() {
        if pointer == to {
            return true;
        }
        if !seen.insert(pointer) {
            continue;
        }
        let uses = api.types.get(pointer).into_iter().flat_map(Type::uses);
        open.extend(uses.filter_map(|used| match used {
            Ty::Named(next) => Some(next),
            _ => None,
        }));
    }
    false
}
