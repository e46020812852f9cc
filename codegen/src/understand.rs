//! From the inputs to the named model: the API and its Rust names.
//!
//! In: the texts. Out: a [`Model`], or all faults in them. Whether the runtime supports the model is checked in `emit`. Where `sdk.toml`
//! says `unsupported = "skip"`, the operations are left out that faults concern, and the model is what is left.

mod locking;
mod rounds;
mod skipped;

use std::sync::OnceLock;

use crate::config::Config;
use crate::document::{self, Document, Locator, Node, Reading, StaleActions, Unread};
use crate::model::Api;
use crate::naming::{self, Names, Recorded, Suggestion};
use crate::pointer::Pointer;
use crate::report::{Fault, Report};
use crate::resolve::on_deep_stack;
use crate::source::Sources;

use self::locking::{Clashes, Locking};
use self::rounds::{Ended, Rounds};

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
    attempt(sources, Tolerance::NONE).map(|attempt| attempt.model)
}

/// The same, without the stale exceptions; their faults are returned beside the model. For a part of a document, whose exceptions are
/// those of the whole.
pub fn tolerant_model(sources: &Sources) -> Result<(Model<'_>, Vec<Fault>), Report> {
    let attempt = attempt(sources, Tolerance::OF_A_PART)?;
    Ok((attempt.model, attempt.faults))
}

/// Which faults do not end an attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tolerance {
    /// What becomes of the stale actions of the overlay; stale entries of `sdk.toml` are ignored then. `None`: they are faults.
    pub(crate) stale: Option<StaleActions>,
    /// Whether the operations are left out that faults concern, also where `sdk.toml` does not say so.
    pub(crate) leaves_out: bool,
}

impl Tolerance {
    /// Faults are faults, but for `unsupported = "skip"`.
    const NONE: Self = Self {
        stale: None,
        leaves_out: false,
    };

    /// The stale exceptions are those of other parts.
    const OF_A_PART: Self = Self {
        stale: Some(StaleActions::LeftOut),
        leaves_out: false,
    };
}

/// What became of the inputs.
pub(crate) struct Attempt<'a> {
    /// The model, without what was tolerated.
    pub(crate) model: Model<'a>,
    /// What was tolerated and is a fault.
    pub(crate) faults: Vec<Fault>,
}

/// Reads the inputs into a model, as far as faults allow.
pub(crate) fn attempt(sources: &Sources, tolerance: Tolerance) -> Result<Attempt<'_>, Report> {
    let (rounds, config_tree) = begin(sources, tolerance, Clashes::Refused)?;
    let says_so = rounds.says_so;
    let Ended {
        document,
        outcome,
        mut tolerated,
        at_fault,
        settled: _,
        suggested: _,
    } = rounds.run();
    if !says_so {
        tolerated.extend(at_fault);
    }
    match outcome {
        Ok((api, names, notes)) => Ok(Attempt {
            model: Model {
                api,
                names,
                notes,
                document,
                config_tree,
                sources,
                config: OnceLock::new(),
            },
            faults: tolerated,
        }),
        Err(faults) => {
            tolerated.extend(faults);
            let locator = document.locator().with_config(&config_tree);
            Err(Report::new(tolerated, sources, &locator))
        }
    }
}

/// The text of `names.lock` that settles all clashes of these inputs, if one is needed. What was recorded stays as long as its node is
/// there; of two nodes that clash the one keeps its name that had it in `before`. Errors where faults are found before the names.
pub fn lock(sources: &Sources, before: Option<&Sources>) -> Result<Option<String>, Report> {
    on_deep_stack(|| settled(sources, before, Tolerance::NONE))
}

/// The same for a part of a document, without the stale exceptions.
pub fn tolerant_lock(sources: &Sources) -> Result<Option<String>, Report> {
    settled(sources, None, Tolerance::OF_A_PART)
}

fn settled(
    sources: &Sources,
    before: Option<&Sources>,
    tolerance: Tolerance,
) -> Result<Option<String>, Report> {
    let before = before.and_then(|before| Some(tolerant_model(before).ok()?.0));
    let before = before.as_ref().map(Model::recorded).unwrap_or_default();
    let (rounds, config_tree) = begin(sources, tolerance, Clashes::Settled(&before))?;
    if let Err(fault) = rounds.locking.recorded() {
        return Err(Report::new(vec![fault], sources, &()));
    }
    let ended = rounds.run();
    match (ended.settled, ended.outcome) {
        (Some(settled), _) => Ok(settled.text()),
        (None, Ok(_)) => Ok(None),
        (None, Err(faults)) => {
            let locator = ended.document.locator().with_config(&config_tree);
            Err(Report::new(faults, sources, &locator))
        }
    }
}

/// The entries of `sdk.toml` that settle the clashes of names of these inputs in flat layout, of as much as can be read. What has a name
/// in `before` keeps it.
pub(crate) fn suggest(sources: &Sources, before: &Model<'_>) -> Vec<Suggestion> {
    let before = before.recorded();
    let tolerance = Tolerance {
        stale: Some(StaleActions::Applied),
        leaves_out: true,
    };
    match begin(sources, tolerance, Clashes::Suggested(&before)) {
        Ok((rounds, _)) => rounds.run().suggested,
        Err(_) => Vec::new(),
    }
}

/// Reads the document, for the rounds that make a model of it; with the tree of `sdk.toml`.
fn begin<'a>(
    sources: &'a Sources,
    tolerance: Tolerance,
    clashes: Clashes<'a>,
) -> Result<(Rounds<'a>, Node), Report> {
    let says_so = Config::leaves_out(&sources.config.text);
    let leaves_out = says_so || tolerance.leaves_out;
    let tree = document::read_toml(&sources.config.text);
    let stale = tolerance.stale.unwrap_or(StaleActions::Fault);
    let reading = Document::read_with(sources, stale, says_so);
    let reading = reading.and_then(|mut reading| {
        skipped::drop_skipped(&mut reading, &sources.config.text);
        match leaves_out || reading.at_fault.is_empty() {
            true => Ok(reading),
            false => Err(Unread::from(reading.at_fault)),
        }
    });
    let (reading, config_tree) = match (reading, tree) {
        (Ok(reading), Ok(tree)) => (reading, tree),
        // A stale action can hide that the others cannot be applied.
        (Err(_), Ok(_)) if tolerance.stale.is_some() => {
            return begin(
                sources,
                Tolerance {
                    stale: None,
                    ..tolerance
                },
                clashes,
            );
        }
        (reading, tree) => {
            let mut faults = match reading {
                Ok(reading) if says_so => reading.stale,
                Ok(reading) => [reading.stale, reading.at_fault].concat(),
                Err(unread) if says_so => unread.faults,
                Err(unread) => unread.all(),
            };
            faults.extend(tree.err());
            return Err(Report::new(faults, sources, &()));
        }
    };
    let Reading {
        document,
        stale,
        at_fault,
    } = reading;
    let text = sources.lock.as_ref().map(|lock| lock.text.as_str());
    let rounds = Rounds {
        document,
        config: &sources.config.text,
        locking: Locking::new(text, clashes),
        ignores_stale: tolerance.stale.is_some(),
        leaves_out,
        says_so,
        places: Vec::new(),
        tolerated: stale,
        at_fault,
    };
    Ok((rounds, config_tree))
}

impl Model<'_> {
    /// A report on the inputs of this model.
    pub(crate) fn report(&self, faults: Vec<Fault>) -> Report {
        Report::new(faults, self.sources, &self.locator())
    }

    /// The names that things have, by their address.
    pub(crate) fn recorded(&self) -> Recorded {
        naming::recorded(&self.api, &self.names)
    }

    /// The positions of the nodes of these inputs.
    pub(crate) fn locator(&self) -> Locator<'_> {
        self.document.locator().with_config(&self.config_tree)
    }
}
