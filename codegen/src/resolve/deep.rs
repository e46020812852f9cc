//! Limits of nesting: references between schemas nest without a limit, lists and maps within one type do not.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::thread;

use crate::model::Ty;
use crate::pointer::Pointer;

use super::resolver::Resolver;

/// What one schema has of the stack, in bytes: several times what a debug build takes.
const LEVEL: usize = 256 * 1024;

/// How many schemas go on a stack that was there before: a quarter of the smallest, which is 1 MiB on Windows.
const FIRST_LEVELS: usize = 4;

/// How many go on a stack that is made for them. Memory is only taken for those that come.
const LEVELS: usize = 64;

thread_local! {
    /// How many more schemas the stack of this thread has room for.
    static LEFT: Cell<usize> = const { Cell::new(FIRST_LEVELS) };
}

/// How deep lists and maps may nest in one type, which Rust's own parser reads by recursion.
const DEEPEST: usize = 32;

/// Goes one schema further. Where the stack has no room left for it, it goes on in another thread, which has a stack of its own, and
/// waits for it. Nothing runs at the same time.
pub(super) fn deeper<T: Send>(go: impl FnOnce() -> T + Send) -> T {
    let left = LEFT.get();
    if left == 0 {
        return on_another_stack(go);
    }
    LEFT.set(left - 1);
    let done = go();
    LEFT.set(left);
    done
}

/// Runs on a stack that holds what documents hold as a rule: this one, if it was made for that and nothing is on it yet.
pub(crate) fn on_deep_stack<T: Send>(go: impl FnOnce() -> T + Send) -> T {
    match LEFT.get() == LEVELS {
        true => go(),
        false => on_another_stack(go),
    }
}

/// Runs in another thread, which has a stack of its own with room for [`LEVELS`] schemas, and waits for it.
fn on_another_stack<T: Send>(go: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        // What is below the first schema takes less than one of them.
        let thread = thread::Builder::new().stack_size((LEVELS + 1) * LEVEL);
        let thread = thread.spawn_scoped(scope, || {
            LEFT.set(LEVELS);
            go()
        });
        // A system without room for one more thread has none for the rest of the work either.
        #[expect(clippy::expect_used, reason = "as when memory runs out")]
        let thread = thread.expect("a thread can be started");
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
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
