//! The faults and notes of the traversal, each at a node or at its key.

use crate::report::{Code, Fault, Input, ReadAs};

use super::walk::{NodeEntry, Walk};

impl<'d> Walk<'d> {
    /// What kind of fault a wrong shape is: that of the document, or that of the overlay.
    fn code(&self) -> Code {
        match self.root.input {
            Input::Overlay => Code::Overlay,
            Input::Spec | Input::Config | Input::Lock | Input::Upstream(_) => Code::Structure,
        }
    }

    /// Records a fault at the value of `place`, which must be the current node.
    pub(super) fn fault(
        &mut self,
        place: NodeEntry<'d>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let node = place.node;
        self.faults.push(
            Fault::new(node.input, self.pointer(), message, help)
                .code(self.code())
                .at(node.span),
        );
    }

    /// Records a fault at the key of `place`, which must be the current node.
    pub(super) fn fault_on_key(
        &mut self,
        place: NodeEntry<'d>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = place.entry.map_or(place.node.span, |entry| entry.key_span);
        let fault = Fault::new(place.node.input, self.pointer(), message, help);
        self.faults.push(fault.code(self.code()).on_key().at(span));
    }

    /// Says how the node can be read all the same to which the fault that was recorded last is.
    pub(super) fn read_as(&mut self, reading: ReadAs) {
        if let Some(fault) = self.faults.last_mut() {
            fault.read_as = Some(reading);
        }
    }

    /// Records a note at the key of `place`, which must be the current node.
    pub(super) fn note_on_key(&mut self, place: NodeEntry<'d>, message: String, help: &str) {
        let span = place.entry.map_or(place.node.span, |entry| entry.key_span);
        let note = Fault::note(place.node.input, self.pointer(), message, help).on_key();
        self.faults.push(note.code(Code::Ignored).at(span));
    }

    /// Records a fault at the value of `key` in `holder`, which must be the current node; at the holder if it has no such
    /// key.
    pub(super) fn fault_in(
        &mut self,
        holder: NodeEntry<'d>,
        key: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        match holder.child(key) {
            Some(place) => self.within(key, |walk| walk.fault(place, message, help)),
            None => self.fault_on_key(holder, message, help),
        }
    }

    /// Records a fault at `key` in `holder`, which must be the current node; at the holder if it has no such key.
    pub(super) fn fault_on(
        &mut self,
        holder: NodeEntry<'d>,
        key: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        match holder.child(key) {
            Some(place) => self.within(key, |walk| walk.fault_on_key(place, message, help)),
            None => self.fault_on_key(holder, message, help),
        }
    }
}
