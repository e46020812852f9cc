//! One run of the generator on a document: what came out, and why what did not.
//!
//! In: the text of a document, `sdk.toml` and an overlay. Out: counts, reasons and files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use codegen::model::TypeKind;
use codegen::report::Look;
use codegen::{MessageFormat, Report, Source, Sources};
use serde_json::{Value, json};
use tests::document;

use crate::tried::Tried;

/// What the generator reads beside the document.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) config: String,
    pub(crate) overlay: Option<String>,
    /// Whether they are those of a larger document, so that some entries have no effect on this one.
    pub(crate) is_of_more: bool,
}

/// The outcome of a run.
#[derive(Debug, Default)]
pub(crate) struct Generation {
    /// The operations that have a method.
    pub(crate) operations: BTreeSet<String>,
    /// The faults, or with `unsupported = "skip"` what was left out, by reason.
    pub(crate) reasons: BTreeMap<String, usize>,
    /// The whole report as the generator prints it.
    pub(crate) report: String,
    /// How many faults there are; with any, nothing is generated.
    pub(crate) faults: usize,
    /// The requests of these operations, `METHOD /path`.
    pub(crate) requests: BTreeSet<String>,
    /// The generated types that values are tried of, by their paths, with the nodes that define them.
    pub(crate) types: Vec<(String, String)>,
    /// How many types are none of these because they have files, or are merged of several schemas.
    pub(crate) types_left_out: (usize, usize),
    /// The document after the overlay.
    pub(crate) root: Value,
    /// The text of `names.lock`; empty if there is none.
    pub(crate) lock: String,
    /// The generated files.
    pub(crate) files: Vec<(String, String)>,
    /// The processor time of it.
    pub(crate) time: Duration,
}

impl Generation {
    /// Lines of generated code.
    pub(crate) fn lines(&self) -> usize {
        self.files
            .iter()
            .map(|(_, text)| text.lines().count())
            .sum()
    }
}

/// Runs the generator. Where all that is wrong are entries of the inputs that concern nothing in the document, they are those of a larger one.
pub(crate) fn generate(document: String, inputs: &Inputs) -> Generation {
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    let sources = Sources {
        spec: source("corpus.json", document),
        overlay: inputs
            .overlay
            .clone()
            .map(|text| source("overlay.yaml", text)),
        config: source("sdk.toml", inputs.config.clone()),
        lock: None,
    };
    let generation = settled(sources.clone(), inputs.is_of_more);
    let codes = generation.reasons.keys();
    let mut codes = codes.map(|reason| reason.split(' ').next());
    if generation.faults == 0 || !codes.all(|code| code == Some(STALE)) {
        return generation;
    }
    eprintln!(
        "{} entries concern nothing here, and are ignored",
        generation.faults
    );
    settled(sources, true)
}

/// The code of such an entry.
const STALE: &str = "stale-exception";

fn settled(sources: Sources, is_of_more: bool) -> Generation {
    let source = |text: String| Source {
        path: "names.lock".to_owned(),
        text,
    };
    // As `cargo xtask codegen --lock` does: in flat layout nothing is recorded.
    let lock = match is_of_more {
        true => codegen::tolerant_lock(&sources),
        false => codegen::lock(&sources, None),
    };
    let lock = lock.ok().flatten();
    let sources = Sources {
        lock: lock.clone().map(source),
        ..sources
    };
    let before = processor_time();
    let mut generation = run(&sources, is_of_more);
    generation.time = processor_time().saturating_sub(before);
    generation.lock = lock.unwrap_or_default();
    generation
}

fn run(sources: &Sources, is_part: bool) -> Generation {
    let model = match is_part {
        true => codegen::tolerant_model(sources).map(|(model, _)| model),
        false => codegen::model(sources),
    };
    let model = match model {
        Ok(model) => model,
        Err(report) => return refused(&report),
    };
    let output = match codegen::render(&model) {
        Ok(output) => output,
        Err(report) => return refused(&report),
    };
    let resources = model.api.root.walk().into_iter();
    let operations: Vec<_> = resources
        .flat_map(|resource| &resource.operations)
        .collect();
    let requests = operations.iter().map(|operation| {
        let (method, path) = (operation.method.as_str(), &operation.path.template);
        format!("{method} {path}")
    });
    let mut root = document::json(model.document.root());
    for place in undefined(&output.notes) {
        remove(&mut root, &place);
    }
    for (pointer, ty) in &model.api.types {
        if let TypeKind::Struct(object) = &ty.kind {
            let tags = object.tags.iter().map(|tag| json!(tag.wire));
            require(&mut root, pointer.as_str(), tags.collect());
        }
    }
    let tried = Tried::new(&model.api, &root, model.names.types.keys());
    let files = output.files.iter();
    Generation {
        lock: String::new(),
        requests: requests.collect(),
        types: tried
            .types
            .iter()
            .filter_map(|pointer| {
                let path = model.names.type_path(pointer)?;
                Some((path, pointer.to_string()))
            })
            .collect(),
        types_left_out: (tried.with_files, tried.merged),
        root,
        operations: operations
            .iter()
            .map(|operation| operation.id.clone())
            .collect(),
        reasons: reasons(&output.notes, |finding| {
            let message = finding["message"].as_str().unwrap_or_default();
            message.starts_with('`') && message.contains("` is left out: ")
        }),
        report: whole(&output.notes),
        faults: 0,
        files: files
            .map(|(path, text)| (path.to_string(), text.to_owned()))
            .collect(),
        time: Duration::ZERO,
    }
}

/// The names that are required and defined nowhere, where `sdk.toml` ignores them, the last ones of each list first.
fn undefined(notes: &Report) -> Vec<(String, usize)> {
    let text = notes.render(MessageFormat::Json);
    let findings = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let undefined = findings.filter(|finding: &Value| finding["code"] == "undefined-required");
    let places = undefined.filter_map(|finding| {
        let (list, index) = finding["pointer"].as_str()?.rsplit_once('/')?;
        Some((list.to_owned(), index.parse().ok()?))
    });
    let places: BTreeSet<(String, usize)> = places.collect();
    places.into_iter().rev().collect()
}

/// Removes a member of a list.
fn remove(root: &mut Value, (list, index): &(String, usize)) {
    let list = root.pointer_mut(list).and_then(Value::as_array_mut);
    if let Some(list) = list.filter(|list| *index < list.len()) {
        list.remove(*index);
    }
}

/// Requires the tags of a struct, which it writes whether or not they were read.
fn require(root: &mut Value, pointer: &str, tags: Vec<Value>) {
    let schema = root.pointer_mut(pointer).and_then(Value::as_object_mut);
    let Some(schema) = schema.filter(|_| !tags.is_empty()) else {
        return;
    };
    if let Some(list) = schema.entry("required").or_insert(json!([])).as_array_mut() {
        list.extend(tags);
    }
}

fn refused(report: &Report) -> Generation {
    Generation {
        faults: report.fault_count(),
        report: whole(report),
        reasons: reasons(report, |finding| finding["level"] == "fault"),
        ..Generation::default()
    }
}

/// All findings, for people.
fn whole(report: &Report) -> String {
    report.render_for_people(Look {
        full: true,
        coloured: false,
    })
}

/// The findings that count, by reason.
fn reasons(report: &Report, counts: impl Fn(&Value) -> bool) -> BTreeMap<String, usize> {
    let mut reasons = BTreeMap::new();
    for line in report.render(MessageFormat::Json).lines() {
        let finding: Value = serde_json::from_str(line).unwrap_or_default();
        if counts(&finding) {
            *reasons.entry(reason(&finding)).or_default() += 1;
        }
    }
    reasons
}

/// The kind of a fault: its code, and its message without what is special to one place.
fn reason(finding: &Value) -> String {
    let code = finding["code"].as_str().unwrap_or_default();
    let message = finding["message"].as_str().unwrap_or_default();
    let mut parts = message.split(['`', '"']);
    let mut short = parts.next().unwrap_or_default().to_owned();
    while parts.next().is_some() {
        short.push('_');
        short.push_str(parts.next().unwrap_or_default());
    }
    let short = short.replace(|letter: char| letter.is_ascii_digit(), "#");
    format!("{code:<18} {short}")
}

/// The processor time of this process, where the system says so; zero elsewhere.
fn processor_time() -> Duration {
    const TICK: Duration = Duration::from_millis(10);
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let fields = fields.split(' ').skip(11).take(2);
    let ticks: u32 = fields.filter_map(|field| field.parse::<u32>().ok()).sum();
    TICK * ticks
}
