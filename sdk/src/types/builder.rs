//! What the builders of requests are made of: the state of a required value.
//!
//! In: a builder, with one type parameter for each required value. Out: `build` compiles once all of them are set; else the compiler
//! names the parameter, which is called like the setter: `HasName` for `.name(..)`.

/// The state of a required value whose setter was not called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Missing;

/// A required value of type `T` that is set. Every type is its own; [`Missing`] is none.
#[diagnostic::on_unimplemented(
    message = "a required value of type `{T}` is missing",
    label = "the setter of a required value was not called",
    note = "the bound below names it: `HasName` stands for the setter `.name(..)`"
)]
pub trait Given<T>: Sized {
    /// The value.
    fn given(self) -> T;
}

impl<T> Given<T> for T {
    fn given(self) -> T {
        self
    }
}
