//! From the named model to the files of the SDK, or to faults about what the runtime does not support.

use crate::emit;
use crate::output::Files;
use crate::report::Report;
use crate::understand::Model;

/// The output of the generator.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files, by path below the output folder.
    pub files: Files,
    /// Notes for maintainers; never fatal.
    pub notes: Report,
}

/// The notes on a model, or faults where the runtime does not support something in it: what [`render`] reports, without the files.
pub(crate) fn check(model: &Model<'_>) -> Result<Report, Report> {
    match emit::check(&model.api) {
        Ok(notes) => Ok(model.report([notes, model.notes.clone()].concat())),
        Err(faults) => Err(model.report(faults)),
    }
}

/// Writes the files of a model. Errors where the runtime does not support something in it.
pub fn render(model: &Model<'_>) -> Result<Output, Report> {
    match emit::emit(&model.api, &model.names) {
        Ok((files, notes)) => Ok(Output {
            files,
            notes: model.report([notes, model.notes.clone()].concat()),
        }),
        Err(faults) => Err(model.report(faults)),
    }
}
