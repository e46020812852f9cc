//! A document with fewer operations, cut as an import cuts upstream's.
//!
//! In: a document, and the other inputs for it. Out: operations of the document, with all that the other inputs speak of among them, so that
//! these hold for each size.

use std::collections::BTreeSet;

use codegen::slice::{Prose, Request, slice};
use codegen::{MessageFormat, Source, Sources};
use serde_yaml::Value;

const METHODS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// The paths of a document.
pub(crate) struct Paths(Vec<Item>);

struct Item {
    path: String,
    operations: usize,
    /// What is at the path, as JSON.
    text: String,
}

impl Paths {
    pub(crate) fn of(document: &Source) -> Result<Self, String> {
        let text = &document.text;
        let root: Value = match text.trim_start().starts_with('{') {
            true => serde_json::from_str(text).map_err(|error| error.to_string())?,
            false => serde_yaml::from_str(text).map_err(|error| error.to_string())?,
        };
        let paths = root.get("paths").and_then(Value::as_mapping);
        let items = paths.into_iter().flatten().map(|(path, item)| Item {
            path: path.as_str().unwrap_or_default().to_owned(),
            operations: METHODS
                .iter()
                .filter(|method| item.get(method).is_some())
                .count(),
            text: serde_json::to_string(item).unwrap_or_default(),
        });
        Ok(Self(items.collect()))
    }

    /// The number of operations.
    pub(crate) fn operations(&self) -> usize {
        self.0.iter().map(|item| item.operations).sum()
    }

    /// The inputs with about so many operations of the document.
    pub(crate) fn cut(&self, sources: &Sources, operations: usize) -> Result<Sources, String> {
        let others = [Some(&sources.config), sources.overlay.as_ref()];
        let others = others.into_iter().flatten();
        let words = others.flat_map(|other| other.text.split(['"', '\'', ' ', '\n']));
        let words: BTreeSet<&str> = words.filter(|word| !word.is_empty()).collect();
        let needed = words.into_iter().filter_map(|word| {
            let quoted = format!("{word:?}");
            let has = |item: &Item| item.path.contains(word) || item.text.contains(&quoted);
            self.0.iter().position(has)
        });
        let mut taken: BTreeSet<usize> = needed.collect();
        let count = |taken: &BTreeSet<usize>| -> usize {
            let taken = taken.iter().filter_map(|index| self.0.get(*index));
            taken.map(|item| item.operations).sum()
        };
        let mut open = operations.saturating_sub(count(&taken));
        for (index, item) in self.0.iter().enumerate() {
            if open > 0 && taken.insert(index) {
                open = open.saturating_sub(item.operations);
            }
        }
        let paths = taken.into_iter().filter_map(|index| self.0.get(index));
        let paths: Vec<String> = paths.map(|item| format!("{:?}", item.path)).collect();
        let config = Source {
            path: "sdk.toml".to_owned(),
            text: format!("[import]\npaths = [{}]\n", paths.join(", ")),
        };
        let request = Request {
            config: &config,
            current: None,
            merged: None,
            prose: Prose::Upstream,
        };
        let cut = slice(std::slice::from_ref(&sources.spec), &request);
        let cut = cut.map_err(|report| report.render(MessageFormat::Human))?;
        let mut sources = sources.clone();
        sources.spec.text = cut.text;
        Ok(sources)
    }
}
