//! Stale exceptions. In: the inputs. Out: their model without these, and the location of each.

use crate::report::{Desk, Fault, Input, Report};
use crate::source::Sources;
use crate::understand::{Model, tolerant_model};

/// An action of the overlay or an entry of `sdk.toml` that no longer has an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleException {
    /// Its file.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its name: `action 3`, `names.types.mcn_error`.
    pub entry: String,
    /// Why it is stale.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// The model of some inputs; other faults are a report.
pub(super) fn read(sources: &Sources) -> Result<(Model<'_>, Vec<StaleException>), Report> {
    let (model, faults) = tolerant_model(sources)?;
    let locator = model.locator();
    let desk = Desk::of(sources, &locator);
    let stale = faults.into_iter().map(|fault| exception(fault, &desk));
    let mut stale: Vec<StaleException> = stale.collect();
    stale.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    stale.dedup();
    Ok((model, stale))
}

/// The exception that a fault is about.
pub(super) fn exception(fault: Fault, desk: &Desk<'_>) -> StaleException {
    let tokens = fault.pointer.tokens();
    let entry = match (fault.input, tokens.as_slice()) {
        (Input::Overlay, [_, number, ..]) => format!("action {number}"),
        _ => tokens.join("."),
    };
    let (message, help) = (fault.message.clone(), fault.help.clone());
    let (path, line) = desk.place(fault);
    StaleException {
        path,
        line,
        entry,
        message,
        help,
    }
}
