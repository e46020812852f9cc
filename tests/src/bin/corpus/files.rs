//! Types with files: they are sent and never read, so that no value of them survives a round trip.
//!
//! In: the types of the model. Out: those that hold a file, themselves or in a type of theirs.

use std::collections::BTreeSet;

use codegen::model::{Api, Ty, Type};
use codegen::pointer::Pointer;

/// The types that hold a file.
pub(crate) fn with_files(api: &Api) -> BTreeSet<&Pointer> {
    let mut found = BTreeSet::new();
    loop {
        let known = found.len();
        let holds = |ty: &Type| {
            let mut uses = ty.uses().into_iter();
            uses.any(|ty| is_file(ty) || ty.named().is_some_and(|name| found.contains(name)))
        };
        let more = api.types.iter().filter(|(_, ty)| holds(ty));
        let more: Vec<&Pointer> = more.map(|(pointer, _)| pointer).collect();
        found.extend(more);
        if found.len() == known {
            return found;
        }
    }
}

fn is_file(ty: &Ty) -> bool {
    match ty {
        Ty::File => true,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => is_file(inner),
        _ => false,
    }
}
