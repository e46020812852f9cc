//! Operations that are left out because of faults, and the components that go with them.

use crate::config::imports;
use crate::model::LeftOut;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::resolver::Resolver;

/// Why a component is left out that nothing else uses.
const UNUSED: &str = "only operations that are left out use it";

impl Resolver<'_> {
    /// Records what is left out, with a note for each operation. One that `[skip]` names is skipped for the reason there.
    pub(super) fn leave_out(&mut self) {
        let document = self.document;
        let left_out = document.left_out();
        if left_out.is_empty() {
            return;
        }
        for (pointer, id) in document.operations() {
            let Some(fault) = left_out.reason(&pointer) else {
                continue;
            };
            let tokens = pointer.tokens();
            let [_, template, method] = tokens.as_slice() else {
                continue;
            };
            let _ = imports(&self.config.import, template);
            if self.skips(&pointer) {
                continue;
            }
            let reason = format!("{} (unsupported = \"skip\")", fault.message);
            self.ledger.skipped(&pointer, &reason);
            self.faults.push(note(&pointer, &id, fault));
            self.left_out.push(LeftOut {
                pointer,
                method: method.to_uppercase(),
                path: template.clone(),
                code: fault.code,
            });
        }
        for component in left_out.components() {
            if self.skips(component) {
                continue;
            }
            self.ledger.skipped(component, UNUSED);
        }
    }
}

fn note(operation: &Pointer, id: &str, fault: &Fault) -> Fault {
    let place = match fault.pointer.is_within(operation) {
        true => String::new(),
        false => format!(" (`{}`)", fault.pointer),
    };
    let message = format!("`{id}` is left out: {}{place}", fault.message);
    let note = Fault::note(Input::Spec, operation.clone(), message, fault.help.clone());
    note.code(fault.code).on_key()
}
