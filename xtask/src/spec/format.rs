//! `cargo xtask spec format`: the slice in canonical form, whatever a person typed.

use crate::commands::faulty;
use crate::disk::{Failure, RealDisk};
use crate::outcome::{Outcome, print};
use crate::places::Workspace;
use crate::write::{self, File, folder, turn};

use super::flags::FormatFlags;

/// Compares, or writes; says nothing about what the document means.
pub(crate) fn format(flags: &FormatFlags) -> Result<Outcome, Failure> {
    const COMMAND: &str = "cargo xtask spec format";
    let workspace = Workspace::find();
    let path = workspace.path(flags.inputs.spec.as_deref(), "spec/openapi.yaml");
    let _turn = (!flags.check).then(|| turn::take(&[folder(&path)]));
    let current = workspace.source(&path, COMMAND)?;
    let text = match codegen::slice::formatted(&current) {
        Ok(text) => text,
        Err(report) => return Ok(faulty(&report, flags.inputs.message_format)),
    };
    let shown = workspace.display(&path);
    if text == current.text {
        print(&format!("{shown} is in canonical form\n"));
        return Ok(Outcome::Fresh);
    }
    if flags.check {
        print(&format!(
            "{shown} is not in canonical form\nTo repair, run: {COMMAND}\n"
        ));
        return Ok(Outcome::OutOfDate);
    }
    write::write(&[File::new(&path, &text)], &mut RealDisk)
        .map_err(|error| error.into_failure(&workspace, COMMAND))?;
    print(&format!("{shown}: written in canonical form\n"));
    Ok(Outcome::Fresh)
}
