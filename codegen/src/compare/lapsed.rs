//! Exceptions that no longer bite. In come inputs; out come their model without these, and where each of them stands.

use crate::report::{Desk, Input, Report};
use crate::source::Sources;
use crate::understand::{Model, tolerant_model};

/// An action of the overlay or an entry of `sdk.toml` that no longer bites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapsed {
    /// Its file.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// What it is: `action 3`, `names.types.mcn_error`.
    pub entry: String,
    /// Why it does not bite.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// The model of some inputs; faults of another kind are a report.
pub(super) fn read(sources: &Sources) -> Result<(Model<'_>, Vec<Lapsed>), Report> {
    let (model, faults) = tolerant_model(sources)?;
    let locator = model.locator();
    let desk = Desk::of(sources, &locator);
    let lapsed = faults.into_iter().map(|fault| {
        let tokens = fault.pointer.tokens();
        let entry = match (fault.input, tokens.as_slice()) {
            (Input::Overlay, [_, number, ..]) => format!("action {number}"),
            _ => tokens.join("."),
        };
        let (message, help) = (fault.message.clone(), fault.help.clone());
        let (path, line) = desk.place(fault);
        Lapsed {
            path,
            line,
            entry,
            message,
            help,
        }
    });
    let mut lapsed: Vec<Lapsed> = lapsed.collect();
    lapsed.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    lapsed.dedup();
    Ok((model, lapsed))
}
