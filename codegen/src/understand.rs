//! From the inputs to the named model: the API and its Rust names.
//!
//! In: the texts. Out: a [`Model`], or all faults in them. Whether the runtime supports the model is checked in `emit`.

use std::sync::OnceLock;

use crate::config::Config;
use crate::document::{self, Document, Locator, Node, StaleActions};
use crate::model::Api;
use crate::naming::{self, Names};
use crate::pointer::Pointer;
use crate::report::{Fault, Level, Report};
use crate::resolve;
use crate::source::Sources;

/// The API with its names, ready to be rendered, and the inputs behind it.
#[derive(Debug)]
pub struct Model<'a> {
    /// The API.
    pub api: Api,
    /// Its Rust names.
    pub names: Names,
    /// The document, after the overlay.
    pub document: Document,
    /// What maintainers may want to know of it.
    pub(crate) notes: Vec<Fault>,
    /// The inputs, as they were read.
    pub(crate) sources: &'a Sources,
    pub(crate) config_tree: Node,
    /// The rules of `sdk.toml`, once someone asks for them.
    config: OnceLock<Config>,
}

impl Model<'_> {
    /// The rules of `sdk.toml`, read again: the model was made from the same text, so that its faults were reported.
    pub(crate) fn config(&self) -> &Config {
        let read = || Config::read(&self.sources.config.text, &self.document).0;
        self.config.get_or_init(read)
    }

    /// The entries of `sdk.toml` that change the documentation of a node and nothing else: their places and what they say.
    pub(crate) fn documented(&self, pointer: &Pointer) -> Vec<(Pointer, String)> {
        let config = self.config();
        let sentence = config.docs.peek(pointer).map(|rule| {
            let what = format!("[docs] says \"{}\"", rule.value);
            (rule.place.clone(), what)
        });
        let names = config.search_names.peek(pointer).map(|rule| {
            let what = format!("[search_names] lists `{}`", rule.value.join("`, `"));
            (rule.place.clone(), what)
        });
        sentence.into_iter().chain(names).collect()
    }
}

/// Reads the inputs into the named model.
pub fn model(sources: &Sources) -> Result<Model<'_>, Report> {
    let config_tree = document::read_toml(&sources.config.text);
    let document = Document::read(sources);
    let (document, config_tree) = match (document, config_tree) {
        (Ok(document), Ok(tree)) => (document, tree),
        (document, tree) => {
            let mut faults = document.err().unwrap_or_default();
            faults.extend(tree.err());
            return Err(Report::new(faults, sources, &()));
        }
    };
    match understand(&document, &sources.config.text, &[]) {
        Ok((api, names, notes)) => Ok(Model {
            api,
            names,
            notes,
            document,
            config_tree,
            sources,
            config: OnceLock::new(),
        }),
        Err(faults) => {
            let locator = document.locator().with_config(&config_tree);
            Err(Report::new(faults, sources, &locator))
        }
    }
}

/// The same, without the stale exceptions; their faults are returned beside the model. For a part of a document, whose exceptions are
/// those of the whole.
pub fn tolerant_model(sources: &Sources) -> Result<(Model<'_>, Vec<Fault>), Report> {
    model_with(sources, StaleActions::LeftOut)
}

/// The same; `stale` says what becomes of the stale actions of the overlay. Stale entries of `sdk.toml` are ignored.
pub(crate) fn model_with(
    sources: &Sources,
    stale: StaleActions,
) -> Result<(Model<'_>, Vec<Fault>), Report> {
    let config_tree = document::read_toml(&sources.config.text);
    let document = Document::read_with(sources, stale);
    let (Ok((document, mut stale)), Ok(config_tree)) = (document, config_tree) else {
        return model(sources).map(|model| (model, Vec::new()));
    };
    let mut places = Vec::new();
    loop {
        let faults = match understand(&document, &sources.config.text, &places) {
            Ok((api, names, notes)) => {
                let model = Model {
                    api,
                    names,
                    notes,
                    document,
                    config_tree,
                    sources,
                    config: OnceLock::new(),
                };
                return Ok((model, stale));
            }
            Err(faults) => faults,
        };
        let found: Vec<Fault> = faults.iter().filter(|fault| fault.stale).cloned().collect();
        // An entry that was ignored and is reported again would be reported forever.
        let is_new = |fault: &Fault| !places.contains(&fault.pointer);
        if !found.iter().any(is_new) {
            stale.extend(faults);
            let locator = document.locator().with_config(&config_tree);
            return Err(Report::new(stale, sources, &locator));
        }
        places.extend(found.iter().map(|fault| fault.pointer.clone()));
        stale.extend(found);
    }
}

/// From the document to the named model, or every fault of every pass that can still run. The entries of `sdk.toml` at the
/// pointers in `forgotten` are ignored.
fn understand(
    document: &Document,
    config: &str,
    forgotten: &[Pointer],
) -> Result<(Api, Names, Vec<Fault>), Vec<Fault>> {
    let (mut config, faults) = Config::read(config, document);
    let (mut notes, mut faults): (Vec<Fault>, Vec<Fault>) = faults
        .into_iter()
        .partition(|fault| fault.level == Level::Note);
    notes.extend_from_slice(document.notes());
    config.forget(forgotten);
    faults.retain(|fault| !(fault.stale && forgotten.contains(&fault.pointer)));
    let named = resolve::resolve(document, &config).and_then(|(api, found)| {
        notes.extend(found);
        let names = naming::name(&api, &config)?;
        Ok((api, names))
    });
    match named {
        Ok((api, names)) => {
            faults.extend(config.unused());
            if faults.is_empty() {
                Ok((api, names, notes))
            } else {
                Err(faults)
            }
        }
        Err(found) => {
            faults.extend(found);
            Err(faults)
        }
    }
}

impl Model<'_> {
    /// A report on the inputs of this model.
    pub(crate) fn report(&self, faults: Vec<Fault>) -> Report {
        Report::new(faults, self.sources, &self.locator())
    }

    /// The positions of the nodes of these inputs.
    pub(crate) fn locator(&self) -> Locator<'_> {
        self.document.locator().with_config(&self.config_tree)
    }
}
