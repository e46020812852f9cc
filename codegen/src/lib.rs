//! Writes the generated modules of the SDK from an OpenAPI document: texts in, files out.
//!
//! Pure: no disk, no network, no clock, no environment. [`generate`] is the whole of it: [`model()`], then [`render()`].
//!
//! | room | what it does |
//! |---|---|
//! | `source` | the texts that come in |
//! | `document` | what the document says: parsed, mended by the overlay, checked |
//! | `config` | `sdk.toml`: how the SDK presents it |
//! | `resolve` | from the document to the `model`: what the API is, as plain data |
//! | `naming` | what everything is called |
//! | `understand` | runs these, from the texts to the named [`Model`] |
//! | `emit`, `format` | how the model reads in Rust: tokens, then text |
//! | `output` | the files, and how they differ from those on the disk |
//! | `render` | runs these, from the named model to the [`Output`] |
//! | `report` | faults and notes, for people and for programs |
//!
//! Beside them `slice` cuts the document out of upstream's. Above them `explain` says where an item comes from, `lint` what is odd in
//! the inputs, `surface` what users can name, `compare` what a change of the inputs means for them, `release` what version and
//! changelog lack, and `proposal` the text of the pull request. Imports run one way: `tests/tidy` holds the table.

pub mod compare;
pub mod config;
pub mod document;
pub mod emit;
mod explain;
mod format;
pub mod lint;
mod markdown;
pub mod model;
pub mod naming;
pub mod output;
pub mod pointer;
pub mod proposal;
pub mod release;
mod render;
pub mod report;
pub mod resolve;
pub mod slice;
mod source;
pub mod surface;
mod understand;

pub use crate::compare::compare;
pub use crate::lint::{Fix, Lint, fix, lint};
pub use crate::render::{Output, render};
pub use crate::report::{MessageFormat, Report};
pub use crate::source::{Source, Sources};
pub use crate::understand::{Model, model};

/// Generates the SDK's modules, or says all that is wrong with the inputs.
pub fn generate(sources: &Sources) -> Result<Output, Report> {
    let model = model(sources)?;
    render(&model)
}

/// A stage of the generator, to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dump {
    /// The document after the overlay, as YAML.
    Document,
    /// What the API is.
    Model,
    /// What everything is called.
    Names,
}

/// Prints one stage as text; two dumps can be compared line by line.
pub fn dump(sources: &Sources, stage: Dump) -> Result<String, Report> {
    let model = model(sources)?;
    Ok(match stage {
        Dump::Document => model.document.text(),
        Dump::Model => format!("{:#?}\n", model.api),
        Dump::Names => format!("{:#?}\n", model.names),
    })
}

/// Says what a node of the document became, or where a Rust item comes from: `place` is a JSON pointer or a Rust path.
pub fn explain(sources: &Sources, place: &str) -> Result<String, Report> {
    let model = model(sources)?;
    explain::explain(&model, place).map_err(|fault| model.report(vec![fault]))
}
