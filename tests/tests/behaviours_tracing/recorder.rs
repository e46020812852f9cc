//! A subscriber that records spans and events.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Metadata, Subscriber};

/// A span or an event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) level: Option<Level>,
    /// The number of the span around it.
    pub(crate) within: Option<u64>,
    pub(crate) fields: BTreeMap<&'static str, String>,
}

impl Seen {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

impl Visit for Seen {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

/// A subscriber that records everything, from every crate and at every level.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Recording>>);

#[derive(Default)]
struct Recording {
    /// A span's id is its position, from 1.
    spans: Vec<Seen>,
    events: Vec<Seen>,
    entered: Vec<u64>,
}

impl Recorder {
    /// Records the spans and events of this thread until the guard is dropped.
    pub(crate) fn start() -> (Self, DefaultGuard) {
        let recorder = Self::default();
        let guard = tracing::subscriber::set_default(recorder.clone());
        (recorder, guard)
    }

    pub(crate) fn spans(&self, name: &str) -> Vec<Seen> {
        let spans = &self.0.lock().unwrap().spans;
        let ours = spans
            .iter()
            .filter(|span| span.target == "cloudflare_magic" && span.name == name);
        ours.cloned().collect()
    }

    pub(crate) fn drift(&self) -> Vec<Seen> {
        self.events("cloudflare_magic::drift")
    }

    pub(crate) fn events(&self, target: &str) -> Vec<Seen> {
        let events = &self.0.lock().unwrap().events;
        let ours = events.iter().filter(|event| event.target == target);
        ours.cloned().collect()
    }

    /// All that was recorded, in one text.
    pub(crate) fn text(&self) -> String {
        let record = self.0.lock().unwrap();
        let mut text = String::new();
        for seen in record.spans.iter().chain(&record.events) {
            writeln!(text, "{seen:?}").unwrap();
        }
        text
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut record = self.0.lock().unwrap();
        let mut seen = Seen {
            name: span.metadata().name(),
            target: span.metadata().target(),
            level: Some(*span.metadata().level()),
            within: record.entered.last().copied(),
            ..Seen::default()
        };
        span.record(&mut seen);
        record.spans.push(seen);
        Id::from_u64(record.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut record = self.0.lock().unwrap();
        let place = span.into_u64() as usize - 1;
        values.record(&mut record.spans[place]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut record = self.0.lock().unwrap();
        let mut seen = Seen {
            name: event.metadata().name(),
            target: event.metadata().target(),
            level: Some(*event.metadata().level()),
            within: record.entered.last().copied(),
            ..Seen::default()
        };
        event.record(&mut seen);
        record.events.push(seen);
    }

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().entered.push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        let mut record = self.0.lock().unwrap();
        let place = record.entered.iter().rposition(|id| *id == span.into_u64());
        record.entered.remove(place.unwrap());
    }
}
