//! From the named model to the files of the SDK, or to what the runtime does not have.

use crate::emit;
use crate::output::Files;
use crate::report::Report;
use crate::understand::Model;

/// What the generator writes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files, by path below the output folder.
    pub files: Files,
    /// What a maintainer may want to know; never fatal.
    pub notes: Report,
}

/// Writes the files of a model, or says what the runtime does not have.
pub fn render(model: &Model<'_>) -> Result<Output, Report> {
    match emit::emit(&model.api, &model.names) {
        Ok((files, notes)) => Ok(Output {
            files,
            notes: model.report(notes),
        }),
        Err(faults) => Err(model.report(faults)),
    }
}
