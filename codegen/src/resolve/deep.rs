//! How far schemas lead into each other: from one to the next as far as a document likes, within one type not.

use crate::model::Ty;
use crate::pointer::Pointer;

use super::resolver::Resolver;

/// What must be left of the stack for one schema, in bytes: several times what a debug build takes.
const RED_ZONE: usize = 256 * 1024;

/// How much is added where less is left.
const SEGMENT: usize = 4 * 1024 * 1024;

/// How deep lists and maps may nest in one type, which Rust's own parser reads by recursion.
const DEEPEST: usize = 32;

/// Goes one schema further, with a stack that grows with the way.
pub(super) fn deeper<T>(go: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, SEGMENT, go)
}

impl Resolver<'_> {
    /// A list or map, unless it nests too deep.
    pub(super) fn nested(&mut self, pointer: &Pointer, ty: Ty) -> Option<Ty> {
        if levels(&ty) <= DEEPEST {
            return Some(ty);
        }
        self.fault(
            pointer,
            format!("lists and maps nest more than {DEEPEST} deep here"),
            "give one of the members a schema with properties, which is a type of its own",
        );
        None
    }
}

fn levels(mut ty: &Ty) -> usize {
    let mut levels = 0;
    while let Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) = ty {
        levels += usize::from(!matches!(ty, Ty::Nullable(_)));
        ty = inner;
    }
    levels
}
