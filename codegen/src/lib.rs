//! Writes the generated modules of the SDK from an OpenAPI document: texts in, files out.
//!
//! Pure: no disk, no network, no clock, no environment. [`generate`] runs all of it: [`model()`], then [`render()`].
//!
//! | module | what it does |
//! |---|---|
//! | `source` | the input texts |
//! | `document` | the document: parsed, corrected by the overlay, checked |
//! | `config` | `sdk.toml`: how the SDK presents it |
//! | `resolve` | from the document to the `model`: the API as plain data |
//! | `naming` | the Rust names |
//! | `understand` | runs these, from the texts to the named [`Model`]; leaves out what is at fault, where `sdk.toml` says so |
//! | `emit`, `format` | the model as Rust: tokens, then text |
//! | `output` | the files, and how they differ from those on the disk |
//! | `further` | the faults of later stages, beside exceptions that are stale and operations that are at fault |
//! | `render` | runs these, from the named model to the [`Output`] |
//! | `report` | faults and notes, for people and for programs |
//!
//! Beside them `slice` extracts our part of upstream's document. Above them `explain` traces an item to its node, `lint` finds oddities
//! in the inputs, `surface` lists what users can name, `compare` classifies a change of the inputs for them, `release` checks version
//! and changelog, `proposal` writes the text of the pull request, and `widen` finds what the inputs lack for more operations. Imports go
//! one way: `tests/tidy` has the table.

pub mod compare;
pub mod config;
pub mod document;
pub mod emit;
mod explain;
mod format;
mod further;
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
pub mod widen;

pub use crate::compare::compare;
pub use crate::lint::{Fix, Lint, fix, lint};
pub use crate::render::{Output, render};
pub use crate::report::{MessageFormat, Report};
pub use crate::source::{Source, Sources};
pub use crate::understand::{Model, lock, model, tolerant_lock, tolerant_model};

/// Generates the SDK's modules, or reports all faults of the inputs.
pub fn generate(sources: &Sources) -> Result<Output, Report> {
    // All of it in the thread that `resolve` needs: what one thread frees is not free for another.
    resolve::on_deep_stack(|| match model(sources) {
        Ok(model) => render(&model),
        Err(report) => Err(further::further(sources, report)),
    })
}

/// A stage of the generator, to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dump {
    /// The document after the overlay, as YAML.
    Document,
    /// The model.
    Model,
    /// The Rust names.
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

/// Explains what a node of the document became, or where a Rust item comes from. `place` is what a maintainer calls it: a pointer, an
/// address of `sdk.toml`, a request, a Rust path, a line of the document.
pub fn explain(sources: &Sources, place: &str) -> Result<String, Report> {
    let mut texts = explain_all(sources, &[place])?;
    texts.pop().unwrap_or_else(|| Ok(String::new()))
}

/// Explains several places.
pub fn explain_all(
    sources: &Sources,
    places: &[&str],
) -> Result<Vec<Result<String, Report>>, Report> {
    let model = model(sources)?;
    let texts = explain::explain(&model, places).into_iter();
    Ok(texts
        .map(|text| text.map_err(|fault| model.report(vec![fault])))
        .collect())
}
