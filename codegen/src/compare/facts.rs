//! Facts of a model that Rust does not show: the wire, and the documentation. In: a model. Out: facts, each about one aspect of
//! an item of Rust, so that two models can be compared fact by fact.

mod limits;
mod operation;
mod types;

use indexmap::IndexMap;

use crate::pointer::Pointer;
use crate::understand::Model;

/// The facts by what they are about.
pub(super) type Facts = IndexMap<(String, String), Fact>;

/// One fact.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// The value; empty where the document has none.
    pub(super) value: String,
    pub(super) class: Class,
    /// The node that it comes from.
    pub(super) pointer: Pointer,
}

impl Fact {
    /// The value that is compared. The names of parameters in a path do not matter.
    pub(super) fn compared(&self) -> String {
        let is_path = self.class == Class::Wire && self.value.starts_with('/');
        if !is_path {
            return self.value.clone();
        }
        let segments = self
            .value
            .split('/')
            .map(|segment| match segment.split_once('{') {
                Some((before, rest)) => {
                    let after = rest.split_once('}').map_or("", |(_, after)| after);
                    format!("{before}{{}}{after}")
                }
                None => segment.to_owned(),
            });
        segments.collect::<Vec<_>>().join("/")
    }
}

/// The class of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The wire.
    Wire,
    /// The wire, where Rust usually shows it too: reported only where it does not.
    VisibleInRust,
    /// The documentation.
    Words,
}

/// All facts of a model.
pub(super) fn collect_facts(model: &Model<'_>) -> Facts {
    let mut collector = FactCollector {
        model,
        facts: Facts::new(),
    };
    collector.service();
    collector.types();
    for resource in model.api.root.walk() {
        collector.resource(resource);
    }
    collector.facts
}

/// Collects facts.
struct FactCollector<'a> {
    model: &'a Model<'a>,
    facts: Facts,
}

impl FactCollector<'_> {
    fn add(
        &mut self,
        class: Class,
        about: &str,
        aspect: &str,
        value: impl Into<String>,
        pointer: &Pointer,
    ) {
        let fact = Fact {
            value: value.into(),
            class,
            pointer: pointer.clone(),
        };
        self.facts
            .insert((about.to_owned(), aspect.to_owned()), fact);
    }

    /// Adds a fact about the wire.
    fn wire(&mut self, about: &str, aspect: &str, value: impl Into<String>, pointer: &Pointer) {
        self.add(Class::Wire, about, aspect, value, pointer);
    }

    /// Adds a fact of the documentation.
    fn words(&mut self, about: &str, aspect: &str, value: Option<&str>, pointer: &Pointer) {
        let value = value.map(str::trim).unwrap_or_default();
        self.add(Class::Words, about, aspect, value, pointer);
    }

    /// Facts about the service as a whole. Schemes that the runtime has credentials for are always sent alike.
    fn service(&mut self) {
        let model = self.model;
        let api = &model.api;
        let servers = Pointer::root().push("servers");
        // Requests are sent to the first; that there are others has no effect.
        let base_url = api.servers.first().cloned().unwrap_or_default();
        self.wire("Client", "base URL", base_url, &servers);
    }
}

/// `yes` or `no`.
fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
