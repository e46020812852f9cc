//! Cloudflare's envelope: `{success, errors, messages, result, result_info}` around the result.
//!
//! It is never a type. The result's type is what an operation returns; the runtime's `Response` and `Error` carry the rest.

use openapiv3::{ReferenceOr, Schema};

use crate::model::{ENVELOPE, Fold, ResponseKind, Ty};
use crate::pointer::Pointer;
use crate::report::Code;

use super::deep::deeper;
use super::facets::Facets;
use super::members::Property;
use super::merge::Gathered;
use super::resolver::Resolver;

pub(super) const RESULT: &str = "result";

/// What the envelope of a list says of it.
pub(super) const RESULT_INFO: &str = "result_info";

/// The keys in it that the runtime reads.
const INFO: [&str; 7] = [
    "count",
    "cursor",
    "cursors",
    "page",
    "per_page",
    "total_count",
    "total_pages",
];

/// What an envelope has beside its result.
#[derive(Default)]
pub(super) struct EnvelopeFacts {
    /// The keys of which no type of the runtime has all.
    pub(super) unread: Vec<String>,
    /// The keys that lead to the cursor of the next page.
    pub(super) cursor: Option<Vec<String>>,
}

/// The members of a choice, each with its place.
type Members = Vec<(Pointer, ReferenceOr<Schema>)>;

impl Resolver<'_> {
    /// What a successful response carries if its schema is an envelope: the type of `result`, or empty. `None` where it is not an envelope.
    pub(super) fn envelope(
        &mut self,
        pointer: &Pointer,
        schema: &ReferenceOr<Schema>,
    ) -> Option<Option<ResponseKind>> {
        let mut gathered = self.members(pointer, schema.clone())?;
        let has_result = gathered.members.properties.contains_key(RESULT);
        if !is_envelope(&gathered, has_result) {
            self.note_half_envelope(&gathered);
            return None;
        }
        if let Some(choice) = gathered.choices.first() {
            let list = choice.list.clone();
            self.fault(
                &list,
                "a choice in an envelope: what its members say of the response would be lost",
                "write the choice as the schema of `result` in spec/overlay.yaml",
            );
            return Some(None);
        }
        let facts = EnvelopeFacts {
            unread: self.unread(&gathered, "users read it with `Response::extra`"),
            cursor: self.cursor_place(&gathered),
        };
        self.envelopes.insert(pointer.clone(), facts);
        let result = gathered.members.properties.shift_remove(RESULT);
        self.fold(&gathered, Fold::Envelope);
        let Some(result) = result else {
            return Some(Some(ResponseKind::Empty));
        };
        let at = self.document.end(pointer).push("properties").push(RESULT);
        let kind = self
            .joint(&at, result)
            .map(|resolved| ResponseKind::Result {
                // JSON has no other bytes than those of a text.
                ty: match resolved.ty {
                    Ty::Binary => Ty::Text,
                    ty => ty,
                },
                nullable: resolved.nullable,
            });
        Some(kind)
    }

    /// Folds the schema of a failure into the runtime's `Error`: an envelope, or a union of envelopes. Returns `false` if it is neither.
    pub(super) fn failure(&mut self, pointer: &Pointer, schema: &ReferenceOr<Schema>) -> bool {
        if let Some(gathered) = self.members(pointer, schema.clone()) {
            if is_envelope(&gathered, true) {
                self.unread(&gathered, "users read it with `Error::body`");
                self.fold(&gathered, Fold::Envelope);
                return true;
            }
            return false;
        }
        let Some((target, members)) = self.choice(pointer, schema) else {
            return false;
        };
        if let Some(fits) = self.failures.get(&target) {
            return *fits;
        }
        // A choice that leads to itself is decided by its other members.
        self.failures.insert(target.clone(), true);
        let fits = deeper(|| {
            members
                .iter()
                .all(|(place, member)| self.failure(place, member))
        });
        if fits && target != *pointer {
            self.ledger.folded(&target, Fold::Failure);
        }
        self.failures.insert(target, fits);
        fits
    }

    /// The members of a choice, each with its place, and the place of the choice. `None` if it is none.
    pub(super) fn choice(
        &mut self,
        pointer: &Pointer,
        schema: &ReferenceOr<Schema>,
    ) -> Option<(Pointer, Members)> {
        let (target, schema) = self.follow(pointer, schema.clone())?;
        let facets = Facets::of(schema);
        let (key, members) = match facets.one_of.is_empty() {
            true => ("anyOf", facets.any_of),
            false => ("oneOf", facets.one_of),
        };
        let list = target.push(key);
        let placed = members.into_iter().enumerate();
        let placed: Members = placed
            .map(|(index, member)| (list.push_index(index), member))
            .collect();
        (!placed.is_empty()).then_some((target, placed))
    }

    /// The keys of which no type of the runtime has all. Each of them, and each key in `result_info` that it does not read, is a note.
    fn unread(&mut self, gathered: &Gathered, reader: &str) -> Vec<String> {
        let mut unread = Vec::new();
        let help = format!("nothing has to be done: {reader}, with the feature `responses`");
        for (key, property) in &gathered.members.properties {
            if !is_known(key) {
                unread.push(key.clone());
                let message = format!("no type has `{key}`, which is beside `result`");
                self.note(Code::UnreadKey, &property.pointer, message, help.clone());
            }
        }
        let info = gathered.members.properties.get(RESULT_INFO);
        let info = info.and_then(|info| self.joint_members(info));
        let inside = info.map(|info| info.members.properties).unwrap_or_default();
        let others = inside
            .iter()
            .filter(|(key, _)| !INFO.contains(&key.as_str()));
        for (index, (key, property)) in others.enumerate() {
            if index == 0 {
                unread.push(RESULT_INFO.to_owned());
            }
            let message = format!("no type has `{key}`, which is in `{RESULT_INFO}`");
            self.note(Code::UnreadKey, &property.pointer, message, help.clone());
        }
        unread
    }

    /// What has `success` and `errors`, and other keys in place of `result`, is read as plain JSON.
    fn note_half_envelope(&mut self, gathered: &Gathered) {
        let properties = &gathered.members.properties;
        let other = properties.iter().find(|(key, _)| !is_known(key));
        let is_half = properties.contains_key("success") && properties.contains_key("errors");
        if let Some((key, property)) = other.filter(|_| is_half) {
            let place = property.pointer.clone();
            self.note(
                Code::UnreadKey,
                &place,
                format!("`{key}` is beside `success` and `errors`, and there is no `result`: this is read as it comes, and `success` is not looked at"),
                "nothing has to be done where that is right; else write what users want as `result` in spec/overlay.yaml",
            );
        }
    }

    fn fold(&mut self, gathered: &Gathered, fold: Fold) {
        for source in &gathered.sources {
            self.ledger.folded(source, fold);
        }
        let properties = gathered.members.properties.values();
        for place in properties.flat_map(Property::places) {
            self.note_envelope_references(place);
        }
    }
}

/// Whether an object is an envelope: it has `success`, and either no keys but those of the envelope, or `errors` or `result` where it may
/// have others.
fn is_envelope(gathered: &Gathered, may_have_others: bool) -> bool {
    let properties = &gathered.members.properties;
    let is_plain = properties.keys().all(|key| is_known(key));
    let has = |key: &str| properties.contains_key(key);
    has("success") && (is_plain || (may_have_others && (has("errors") || has(RESULT))))
}

/// Whether the runtime reads this key.
fn is_known(key: &str) -> bool {
    ENVELOPE.contains(&key)
}
