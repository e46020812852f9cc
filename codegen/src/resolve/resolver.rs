//! The state that the passes of `resolve` share: the inputs, the results so far, and the faults.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::Discriminator;

use crate::config::Config;
use crate::document::{Document, Node};
use crate::model::{Api, Fold, Id, Ledger, LeftOut, Resource, Type};
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Fault, Input, ReadAs};

use super::envelope::EnvelopeFacts;
use super::joint::Joint;
use super::kind;
use super::parameter::IdPlace;
use super::resolved::Resolved;

/// Reads the document node by node and records what each became.
pub(super) struct Resolver<'a> {
    pub(super) document: &'a Document,
    pub(super) config: &'a Config,
    /// Types that get an item of their own, by the node that defines them.
    pub(super) types: BTreeMap<Pointer, Type>,
    /// The id newtypes found so far, by name.
    pub(super) ids: BTreeMap<String, Id>,
    pub(super) ledger: Ledger,
    /// The operations that are left out because of faults.
    pub(super) left_out: Vec<LeftOut>,
    pub(super) faults: Vec<Fault>,
    /// What each referenced schema resolved to.
    pub(super) resolved: BTreeMap<Pointer, Resolved>,
    /// Schemas that become items and whose resolution has begun.
    pub(super) begun: BTreeSet<Pointer>,
    /// Those of them whose resolution is not complete, and whether something inside refers to them.
    pub(super) unfinished: BTreeMap<Pointer, bool>,
    /// Schemas whose resolution has begun and that are not types of their own, with the number of those in `begun` then.
    pub(super) open: BTreeMap<Pointer, usize>,
    /// Schemas that an envelope refers to for its own properties.
    pub(super) envelope_parts: BTreeSet<Pointer>,
    /// Types to which `sdk.toml` assigns the same name: the first one found, by name.
    pub(super) shared: BTreeMap<String, Pointer>,
    /// Enums whose values became part of another one: types of their own only where something else uses them.
    pub(super) merged: BTreeSet<Pointer>,
    /// The literal before the path parameters that each id is named after.
    pub(super) id_places: BTreeMap<String, IdPlace>,
    /// The discriminators of unions, until the dispatch is decided.
    pub(super) discriminators: BTreeMap<Pointer, Option<Discriminator>>,
    /// Whether the runtime's error can carry a union of failures, for those that were looked at.
    pub(super) failures: BTreeMap<Pointer, bool>,
    /// What envelopes have beside their result, by the place of the response's schema.
    pub(super) envelopes: BTreeMap<Pointer, EnvelopeFacts>,
    /// The types of properties that several members of an `allOf` declare, by their places in the merged schemas.
    pub(super) joined: BTreeMap<Pointer, Option<Resolved>>,
    /// Those of them that are made of several declarations.
    pub(super) joints: BTreeMap<Pointer, Joint>,
    /// How many there are, for each outermost one.
    pub(super) joint_counts: BTreeMap<Pointer, usize>,
    /// Property names with aliases that were found.
    pub(super) aliases: IndexMap<String, Vec<String>>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(document: &'a Document, config: &'a Config) -> Self {
        Self {
            document,
            config,
            types: BTreeMap::new(),
            ids: BTreeMap::new(),
            ledger: Ledger::default(),
            left_out: Vec::new(),
            faults: Vec::new(),
            resolved: BTreeMap::new(),
            begun: BTreeSet::new(),
            unfinished: BTreeMap::new(),
            open: BTreeMap::new(),
            envelope_parts: BTreeSet::new(),
            shared: BTreeMap::new(),
            merged: BTreeSet::new(),
            id_places: BTreeMap::new(),
            discriminators: BTreeMap::new(),
            failures: BTreeMap::new(),
            envelopes: BTreeMap::new(),
            joined: BTreeMap::new(),
            joints: BTreeMap::new(),
            joint_counts: BTreeMap::new(),
            aliases: IndexMap::new(),
        }
    }

    /// Records a fault of a node of the document.
    pub(super) fn fault(
        &mut self,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let code = kind::of(self.document, pointer);
        self.fault_of(code, pointer, message, help);
    }

    /// Records a fault that this entry of `sdk.toml` removes.
    pub(super) fn fault_with(
        &mut self,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
        entry: Entry,
    ) {
        self.fault(pointer, message, help);
        self.helped(entry.about(pointer));
    }

    /// Says that this entry of `sdk.toml` removes the fault that was recorded last.
    pub(super) fn helped(&mut self, entry: Entry) {
        if let Some(fault) = self.faults.last_mut() {
            fault.add(entry);
        }
    }

    /// Says how the node can be read all the same to which the fault that was recorded last is.
    pub(super) fn read_as(&mut self, reading: ReadAs) {
        if let Some(fault) = self.faults.last_mut() {
            fault.read_as = Some(reading);
        }
    }

    /// Records a fault of this kind of a node of the document.
    pub(super) fn fault_of(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let fault = Fault::new(Input::Spec, pointer.clone(), message, help).code(code);
        // The fault of an object is shown at its key: its first line is one of its members.
        let is_object = self.document.node(pointer).is_some_and(Node::is_map);
        self.faults
            .push(if is_object { fault.on_key() } else { fault });
    }

    /// Records a note about a node of the document.
    pub(super) fn note(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let note = Fault::note(Input::Spec, pointer.clone(), message, help);
        self.faults.push(note.code(code).on_key());
    }

    /// Records a fault of an entry of `sdk.toml`.
    pub(super) fn config_fault(
        &mut self,
        place: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults
            .push(Fault::new(Input::Config, place.clone(), message, help).on_key());
    }

    /// Whether `sdk.toml` skips the node; if so, records it in the ledger.
    pub(super) fn skips(&mut self, pointer: &Pointer) -> bool {
        let Some(rule) = self.config.skip.get(pointer) else {
            return false;
        };
        self.ledger.skipped(pointer, &rule.value);
        true
    }

    /// Skips the schemas under `[skip]`. Only skipped nodes may refer to them.
    pub(super) fn skip_schemas(&mut self) {
        let schemas = Pointer::root().push("components").push("schemas");
        let skip = &self.config.skip;
        let is_schema = |target: &Pointer| target.parent().as_ref() == Some(&schemas);
        let skipped: Vec<_> = skip.entries().filter(|(it, _)| is_schema(it)).collect();
        if skipped.is_empty() {
            return;
        }
        let references = self.document.references();
        for (target, rule) in skipped {
            rule.mark();
            let users = references
                .get(target)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let left_out = self.document.left_out();
            let is_skipped = |user: &Pointer| left_out.covers(user) || skip.around(user).is_some();
            if let Some(user) = users.iter().find(|user| !is_skipped(user)) {
                let message = format!("this entry skips nothing: `{user}` refers to the schema");
                let help = "remove the entry, or skip what refers to it";
                let note = Fault::note(Input::Config, rule.place.clone(), message, help);
                self.faults.push(note.code(Code::Stale).on_key());
            } else {
                self.ledger.skipped(target, &rule.value);
            }
        }
    }

    /// Envelopes refer to schemas of errors and messages. Where nothing else uses these, they are part of the runtime's envelope.
    pub(super) fn envelope_parts(&mut self) {
        while let Some(part) = self.envelope_parts.pop_first() {
            if self.ledger.own(&part).is_some() {
                continue;
            }
            if self.document.lists_values(&part) {
                // An enum inside, such as the error codes: users want to match on it.
                let _ = self.component(&part);
            } else {
                self.ledger.folded(&part, Fold::Envelope);
                self.note_envelope_references(&part);
            }
        }
    }

    /// Remembers the schemas that a node of an envelope refers to, at any depth.
    pub(super) fn note_envelope_references(&mut self, pointer: &Pointer) {
        for target in self.document.references_within(pointer) {
            if self.ledger.own(&target).is_none() {
                self.envelope_parts.insert(target);
            }
        }
    }

    /// The other names of an operation or a type, from `sdk.toml`.
    pub(super) fn search_names(&self, pointer: &Pointer) -> Vec<String> {
        let rule = self.config.search_names.get(pointer);
        rule.map_or_else(Vec::new, |rule| rule.value.clone())
    }

    /// The model, once all operations were read.
    pub(super) fn api(&mut self, root: Resource) -> Api {
        let servers = self.servers();
        let openapi = self.document.openapi();
        let mut types: Vec<(Pointer, Type)> = std::mem::take(&mut self.types).into_iter().collect();
        types.sort_by_cached_key(|(pointer, _)| self.document.position(pointer));
        Api {
            title: openapi.info.title.clone(),
            version: openapi.info.version.clone(),
            servers,
            root,
            types: types.into_iter().collect(),
            ids: std::mem::take(&mut self.ids),
            security_schemes: self.security_schemes(),
            aliases: std::mem::take(&mut self.aliases),
            rules: self.config.rules.as_ref().map(|rule| rule.value.clone()),
            left_out: std::mem::take(&mut self.left_out),
            ledger: std::mem::take(&mut self.ledger),
        }
    }
}
