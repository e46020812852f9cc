//! A value that only its owner can reach.
//!
//! In: a value that is `Send`. Out: an [`Exclusive`], which is `Send` and `Sync`: a shared reference to it reaches nothing. So a
//! stream or a future of an application need not be `Sync`, and what holds it is `Sync` nevertheless.

use std::sync::{Mutex, PoisonError};

/// A value that can be reached through a `&mut` only.
///
/// The mutex is never locked: `get_mut` is free, and it makes the type `Sync` without `unsafe`.
pub(crate) struct Exclusive<T>(Mutex<T>);

impl<T> Exclusive<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}
