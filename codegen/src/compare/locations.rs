//! The location of a node for people: pointer, file and line.

use crate::pointer::Pointer;
use crate::report::{Desk, Fault, Input};

/// A node of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeLocation {
    /// Its pointer in the document.
    pub pointer: Pointer,
    /// Its file: the document, or the overlay.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

impl NodeLocation {
    /// The location of a node of the document.
    pub(super) fn of(desk: &Desk<'_>, pointer: &Pointer) -> Self {
        let fault = Fault::new(Input::Spec, pointer.clone(), "", "").on_key();
        let (path, line) = desk.place(fault);
        Self {
            pointer: pointer.clone(),
            path,
            line,
        }
    }

    /// `spec/openapi.yaml:12`.
    pub fn text(&self) -> String {
        format!("{}:{}", self.path, self.line)
    }
}
