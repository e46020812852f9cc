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
