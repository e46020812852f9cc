//! Writes the generated modules of the SDK from an OpenAPI document: texts in, files out.
//!
//! Pure: no disk, no network, no clock, no environment. The order of the rooms is the order of the work, and imports run one
//! way: `document` says what the text says, `resolve` what the API is, `naming` what it is called, `emit` how it reads in Rust.
//! Beside them `slice` cuts the document out of upstream's; above them `explain` tells where an item comes from, `compare` what a change
//! of the inputs means for users, `lint` what is odd in the inputs, `release` what version and changelog lack, `proposal` the rest.

pub mod compare;
pub mod config;
pub mod document;
pub mod emit;
mod explain;
pub mod format;
pub mod lint;
mod markdown;
pub mod model;
pub mod naming;
pub mod output;
pub mod pointer;
pub mod proposal;
pub mod release;
pub mod report;
pub mod resolve;
pub mod slice;
pub mod surface;

use crate::config::Config;
use crate::document::{Document, Locator, Node};
use crate::model::Api;
use crate::naming::Names;
use crate::output::Files;
use crate::pointer::Pointer;
use crate::report::{Fault, Note};

pub use crate::compare::compare;
pub use crate::lint::{Fix, Lint};
pub use crate::report::{MessageFormat, Report};

/// A text that the generator reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as people are shown it: relative, with forward slashes.
    pub path: String,
    /// What the file holds.
    pub text: String,
}

/// Everything that the generator reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The OpenAPI document.
    pub spec: Source,
    /// The overlay that mends the document, where there is one.
    pub overlay: Option<Source>,
    /// `sdk.toml`.
    pub config: Source,
}

/// What the generator writes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files, by path below the output folder.
    pub files: Files,
    /// What a maintainer may want to know; never fatal.
    pub notes: Report,
}

/// The API with its names, ready to be rendered, and the inputs behind it.
#[derive(Debug)]
pub struct Model<'a> {
    /// What the API is.
    pub api: Api,
    /// What everything in it is called.
    pub names: Names,
    /// What the document says, after the overlay.
    pub document: Document,
    config_tree: Node,
    sources: &'a Sources,
}

/// Generates the SDK's modules, or says all that is wrong with the inputs.
pub fn generate(sources: &Sources) -> Result<Output, Report> {
    let model = model(sources)?;
    render(&model)
}

/// Reads the inputs: what the API is, and what everything in it is called.
pub fn model(sources: &Sources) -> Result<Model<'_>, Report> {
    let config_tree = document::read_toml(&sources.config.text);
    let document = Document::read(sources);
    let (document, config_tree) = match (document, config_tree) {
        (Ok(document), Ok(tree)) => (document, tree),
        (document, tree) => {
            let mut faults = document.err().unwrap_or_default();
            faults.extend(tree.err());
            return Err(Report::new(faults, Vec::new(), sources, &()));
        }
    };
    match understand(&document, &sources.config.text, &[]) {
        Ok((api, names)) => Ok(Model {
            api,
            names,
            document,
            config_tree,
            sources,
        }),
        Err(faults) => {
            let locator = document.locator().with_config(&config_tree);
            Err(Report::new(faults, Vec::new(), sources, &locator))
        }
    }
}

/// The same, without the exceptions that no longer bite; those come beside the model.
pub(crate) fn tolerant_model(sources: &Sources) -> Result<(Model<'_>, Vec<Fault>), Report> {
    let config_tree = document::read_toml(&sources.config.text);
    let document = Document::read_tolerant(sources);
    let (Ok((document, mut lapsed)), Ok(config_tree)) = (document, config_tree) else {
        return model(sources).map(|model| (model, Vec::new()));
    };
    let mut places = Vec::new();
    loop {
        let faults = match understand(&document, &sources.config.text, &places) {
            Ok((api, names)) => {
                let model = Model {
                    api,
                    names,
                    document,
                    config_tree,
                    sources,
                };
                return Ok((model, lapsed));
            }
            Err(faults) => faults,
        };
        let idle: Vec<Fault> = faults
            .iter()
            .filter(|fault| fault.lapsed)
            .cloned()
            .collect();
        // A place that was forgotten and comes back would come back for ever.
        let is_new = |fault: &Fault| !places.contains(&fault.pointer);
        if !idle.iter().any(is_new) {
            lapsed.extend(faults);
            let locator = document.locator().with_config(&config_tree);
            return Err(Report::new(lapsed, Vec::new(), sources, &locator));
        }
        places.extend(idle.iter().map(|fault| fault.pointer.clone()));
        lapsed.extend(idle);
    }
}

/// Writes the files of a model, or says what the runtime does not have.
pub fn render(model: &Model<'_>) -> Result<Output, Report> {
    match emit::emit(&model.api, &model.names) {
        Ok((files, notes)) => Ok(Output {
            files,
            notes: model.report(Vec::new(), notes),
        }),
        Err(faults) => Err(model.report(faults, Vec::new())),
    }
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
    explain::explain(&model, place).map_err(|fault| model.report(vec![fault], Vec::new()))
}

/// Says all that is wrong and all that is odd in the inputs, as far as they can be read.
pub fn lint(sources: &Sources) -> Lint {
    let (model, report) = match model(sources) {
        Ok(model) => {
            let rendered = render(&model);
            let report = rendered.map_or_else(|faults| faults, |output| output.notes);
            (Some(model), report)
        }
        Err(faults) => (None, faults),
    };
    match model {
        Some(model) => lint::lint(sources, &model.document, Some(&model.api), report),
        None => match Document::draft(sources) {
            Some(draft) => lint::lint(sources, &draft, None, report),
            None => Lint::unread(report),
        },
    }
}

/// Adds to the overlay what mends the inputs without changing what they mean. Writes nothing: the text is the outcome.
pub fn fix(sources: &Sources) -> Result<Fix, Report> {
    let before = lint(sources);
    match lint::draft(&before, sources)? {
        Some(draft) => {
            let after = lint(&draft.sources);
            lint::checked(&before, draft, after, sources)
        }
        None => Ok(Fix::nothing(before)),
    }
}

/// From the document to the named model; every fault of every pass that can still run. The entries of `sdk.toml` at the places
/// in `forgotten` count as not written.
fn understand(
    document: &Document,
    config: &str,
    forgotten: &[Pointer],
) -> Result<(Api, Names), Vec<Fault>> {
    let (mut config, mut faults) = Config::read(config, document);
    config.forget(forgotten);
    faults.retain(|fault| !(fault.lapsed && forgotten.contains(&fault.pointer)));
    let api = match resolve::resolve(document, &config) {
        Ok(api) => api,
        Err(found) => {
            faults.extend(found);
            return Err(faults);
        }
    };
    let names = match naming::name(&api, &config) {
        Ok(names) => names,
        Err(found) => {
            faults.extend(found);
            return Err(faults);
        }
    };
    faults.extend(config.unused());
    if faults.is_empty() {
        Ok((api, names))
    } else {
        Err(faults)
    }
}

impl Model<'_> {
    /// A report on the inputs of this model.
    fn report(&self, faults: Vec<Fault>, notes: Vec<Note>) -> Report {
        Report::new(faults, notes, self.sources, &self.locator())
    }

    fn locator(&self) -> Locator<'_> {
        self.document.locator().with_config(&self.config_tree)
    }
}
