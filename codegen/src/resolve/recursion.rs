//! Types that contain themselves: the field that closes a circle is put on the heap.

use std::collections::BTreeSet;

use crate::model::{Api, Ty};
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
                if reaches(api, target, &pointer, &mut BTreeSet::new()) {
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

/// Whether a value of `from` holds a value of `to` in place.
fn reaches(api: &Api, from: &Pointer, to: &Pointer, seen: &mut BTreeSet<Pointer>) -> bool {
    if from == to {
        return true;
    }
    if !seen.insert(from.clone()) {
        return false;
    }
    let Some(ty) = api.types.get(from) else {
        return false;
    };
    ty.uses().into_iter().any(|used| match used {
        Ty::Named(next) => reaches(api, next, to, seen),
        _ => false,
    })
}
