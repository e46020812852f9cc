//! The traversal of the raw tree by the tables.
//!
//! Input: the tree and the table of its root. Output: faults of kinds and keys, and the uses of names that can only
//! be checked when the whole tree has been read: references, operation ids, security schemes.

use crate::document::near;
use crate::document::node::{Entry, Node, Value};
use crate::pointer::{Pointer, push_token};
use crate::report::{Fault, ReadAs};

use super::schema::SCHEMA;
use super::table::{Field, Keys, Object, ValueKind};
use super::words::{capital, found, is_count, listed, named, remedy};

/// A node with its entry; list members and the root have none.
#[derive(Clone, Copy)]
pub(super) struct NodeEntry<'d> {
    pub(super) node: &'d Node,
    pub(super) entry: Option<&'d Entry>,
}

impl<'d> NodeEntry<'d> {
    pub(super) fn of(entry: &'d Entry) -> Self {
        Self {
            node: &entry.node,
            entry: Some(entry),
        }
    }

    pub(super) fn member(node: &'d Node) -> Self {
        Self { node, entry: None }
    }

    /// The place of the value of `key`, if the node has it.
    pub(super) fn child(self, key: &str) -> Option<Self> {
        self.node.entry(key).map(Self::of)
    }
}

/// A name that refers to something elsewhere in the document.
pub(super) struct Use<'d> {
    pub(super) pointer: Pointer,
    pub(super) place: NodeEntry<'d>,
    pub(super) text: &'d str,
}

/// The state of a traversal.
pub(super) struct Walk<'d> {
    pub(super) root: &'d Node,
    pub(super) faults: Vec<Fault>,
    /// References, with the kind of object that each should lead to. The pointer is that of the object with the `$ref`.
    pub(super) references: Vec<(Use<'d>, &'static Object)>,
    /// The operation ids that are declared.
    pub(super) operation_ids: Vec<Use<'d>>,
    /// The operation ids that links name.
    pub(super) linked_operations: Vec<Use<'d>>,
    /// The security schemes that are required.
    pub(super) security_schemes: Vec<Use<'d>>,
    /// The schemas that discriminators name.
    pub(super) mappings: Vec<Use<'d>>,
    /// The schemas that have `allOf`.
    pub(super) compositions: Vec<(Pointer, &'d Node)>,
    pointer: String,
    /// How many schemas contain the current one.
    schemas: usize,
}

/// How deep schemas may nest without a `$ref`. `openapiv3` reads them by recursion and takes some 45 kB of stack for
/// each level in a debug build, and the thread of a test has 2 MB.
const MAX_SCHEMAS: usize = 24;

impl<'d> Walk<'d> {
    pub(super) fn new(root: &'d Node) -> Self {
        Self {
            root,
            faults: Vec::new(),
            references: Vec::new(),
            operation_ids: Vec::new(),
            linked_operations: Vec::new(),
            security_schemes: Vec::new(),
            mappings: Vec::new(),
            compositions: Vec::new(),
            pointer: String::new(),
            schemas: 0,
        }
    }

    /// The pointer of the current node.
    pub(super) fn pointer(&self) -> Pointer {
        Pointer::from_escaped(&self.pointer)
    }

    /// Runs `act` one level down.
    pub(super) fn within<T>(&mut self, token: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        push_token(&mut self.pointer, token);
        let outcome = act(self);
        self.pointer.truncate(length);
        outcome
    }

    /// Checks that the value at `place` is of `kind`, and all below it.
    pub(super) fn visit(&mut self, place: NodeEntry<'d>, kind: ValueKind) {
        match (kind, &place.node.value) {
            (ValueKind::Any, _)
            | (ValueKind::Text, Value::String(_))
            | (ValueKind::Bool | ValueKind::BoolOr(_), Value::Bool(_))
            | (ValueKind::Number, Value::Number(_)) => {}
            (ValueKind::Count, Value::Number(number)) if is_count(number) => {}
            (ValueKind::Choice(choices), Value::String(text)) => self.choice(place, text, choices),
            (ValueKind::Ref(object), Value::Map(_)) if place.node.get("$ref").is_some() => {
                self.reference(place, object);
            }
            (ValueKind::Object(object) | ValueKind::Ref(object), Value::Map(_))
                if object.name == SCHEMA.name =>
            {
                self.schema(place);
            }
            (ValueKind::Object(object) | ValueKind::Ref(object), Value::Map(_)) => {
                self.object(place, object);
            }
            (ValueKind::List(member), Value::List(members)) => self.list(members, *member),
            (ValueKind::Map(keys, value), Value::Map(entries)) => {
                self.map(place, entries, keys, *value);
            }
            (ValueKind::BoolOr(inner), Value::Map(_)) => self.visit(place, *inner),
            (ValueKind::Custom(rule), _) => rule(self, place),
            (ValueKind::Ref(object), Value::List(_))
                if object.name == SCHEMA.name
                    && place.entry.is_some_and(|at| at.key == "items") =>
            {
                self.wrong_kind(place, &named(kind));
                self.read_as(ReadAs::AnyItems);
            }
            (wanted, _) => self.wrong_kind(place, &named(wanted)),
        }
    }

    fn list(&mut self, members: &'d [Node], kind: ValueKind) {
        for (index, member) in members.iter().enumerate() {
            self.within(&index.to_string(), |walk| {
                walk.visit(NodeEntry::member(member), kind);
            });
        }
    }

    fn map(
        &mut self,
        place: NodeEntry<'d>,
        entries: &'d [Entry],
        keys: &'static Keys,
        kind: ValueKind,
    ) {
        for entry in entries {
            self.map_entry(entry, keys, kind);
        }
        if let Some(rule) = keys.rule {
            rule(self, place);
        }
    }

    fn map_entry(&mut self, entry: &'d Entry, keys: &'static Keys, kind: ValueKind) {
        if !keys.is_regular(&entry.key) {
            return;
        }
        self.within(&entry.key, |walk| {
            if let Some((message, help)) = (keys.refuse)(&entry.key) {
                walk.fault_on_key(NodeEntry::of(entry), message, help);
                keys.read_as.into_iter().for_each(|one| walk.read_as(one));
            }
            if entry.key != "$ref" || !matches!(kind, ValueKind::Object(_)) {
                walk.visit(NodeEntry::of(entry), kind);
            }
        });
    }

    fn object(&mut self, place: NodeEntry<'d>, object: &'static Object) {
        for entry in place.node.entries() {
            match (object.field(&entry.key), object.others) {
                (Some(field), _) => {
                    self.within(&entry.key, |walk| {
                        walk.visit(NodeEntry::of(entry), field.kind);
                    });
                }
                (None, _) if entry.key.starts_with("x-") => {}
                (None, Some((keys, kind))) => self.map_entry(entry, keys, *kind),
                (None, None) => self.within(&entry.key, |walk| walk.unknown_key(entry, object)),
            }
        }
        for field in object.fields.iter().filter(|field| field.required) {
            self.required(place, object, field);
        }
        if let Some(rule) = object.rule {
            rule(self, place);
        }
    }

    /// A schema may contain schemas, up to a bound.
    fn schema(&mut self, place: NodeEntry<'d>) {
        if self.schemas >= MAX_SCHEMAS {
            let help = "move the inner ones to `components/schemas` and point to them with `$ref`";
            self.fault_on_key(
                place,
                format!("more than {MAX_SCHEMAS} schemas are nested here"),
                help,
            );
            return;
        }
        self.schemas += 1;
        self.object(place, &SCHEMA);
        self.schemas -= 1;
    }

    fn required(&mut self, place: NodeEntry<'d>, object: &Object, field: &Field) {
        if place.node.get(field.key).is_none() {
            let message = format!("`{}` is missing in {}", field.key, object.name);
            let help = match field.kind {
                ValueKind::Text => format!("write `{}: …`", field.key),
                kind => format!("write `{}: …` with {} there", field.key, named(kind)),
            };
            self.fault_on_key(place, message, help);
        }
    }

    fn unknown_key(&mut self, entry: &'d Entry, object: &'static Object) {
        let key = entry.key.as_str();
        let known = || object.fields.iter().map(|field| field.key);
        let hint = object
            .hints
            .iter()
            .find(|(wrong, _)| *wrong == key)
            .map(|(_, hint)| *hint);
        let help = match (hint, near::nearest(key, known())) {
            (Some(hint), _) => hint.to_owned(),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) if key == "$ref" => format!(
                "a `$ref` is not allowed in {}: write the object itself",
                object.name
            ),
            (None, None) => format!(
                "remove it, or start it with `x-`; known are {}",
                listed(known())
            ),
        };
        let message = format!("{} has no key `{key}`", capital(object.name));
        self.fault_on_key(NodeEntry::of(entry), message, help);
        // A type without them would accept less than is meant.
        let widens = ["nullable", "readOnly", "writeOnly"];
        if object.loose && near::nearest(key, widens).is_none() {
            self.read_as(match (key, object.name == SCHEMA.name) {
                ("const", true) => ReadAs::Newer,
                _ => ReadAs::Absent,
            });
        }
    }

    fn reference(&mut self, place: NodeEntry<'d>, object: &'static Object) {
        let Some(target) = place.child("$ref") else {
            return;
        };
        let Some(text) = target.node.as_str() else {
            self.within("$ref", |walk| {
                walk.wrong_kind(target, "a string such as `'#/components/schemas/pet'`");
            });
            return;
        };
        let pointer = self.pointer();
        self.references.push((
            Use {
                pointer,
                place: target,
                text,
            },
            object,
        ));
        for entry in place.node.entries() {
            let harmless = matches!(entry.key.as_str(), "$ref" | "description" | "summary")
                || entry.key.starts_with("x-");
            if !harmless {
                let message = format!(
                    "`{}` is beside `$ref`, where OpenAPI 3.0 ignores it",
                    entry.key
                );
                let help = match object.name == SCHEMA.name {
                    true => {
                        "nothing has to be done where that is right; else write `allOf: [{$ref: …}]` and keep it beside that"
                    }
                    false => {
                        "nothing has to be done where that is right; else write out here what the reference leads to"
                    }
                };
                self.within(&entry.key, |walk| {
                    walk.note_on_key(NodeEntry::of(entry), message, help);
                });
            }
        }
    }

    fn choice(&mut self, place: NodeEntry<'d>, text: &str, choices: &'static [&'static str]) {
        if !choices.contains(&text) {
            let allowed = listed(choices.iter().copied());
            let message = format!("{} cannot be `{text}`", self.label(place));
            let help = match near::nearest(text, choices.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? Allowed are {allowed}"),
                None => format!("allowed are {allowed}"),
            };
            self.fault(place, message, help);
        }
    }

    /// Records that the value is not of the kind `wanted`.
    pub(super) fn wrong_kind(&mut self, place: NodeEntry<'d>, wanted: &str) {
        let message = format!(
            "{} must be {wanted}, and is {}",
            self.label(place),
            found(place.node)
        );
        self.fault(place, message, remedy(place.node, wanted));
    }

    /// How messages call the value: by its key, or as a member of a list.
    pub(super) fn label(&self, place: NodeEntry<'d>) -> String {
        match place.entry {
            Some(entry) => format!("`{}`", entry.key),
            None if self.pointer.is_empty() => "the document".to_owned(),
            None => {
                let list = self
                    .pointer()
                    .parent()
                    .and_then(|list| list.last())
                    .unwrap_or_default();
                format!("a member of `{list}`")
            }
        }
    }

    /// Records the name at `place`, which must be the current node, for a later check.
    pub(super) fn name_at(&self, place: NodeEntry<'d>) -> Option<Use<'d>> {
        let text = place.node.as_str()?;
        Some(Use {
            pointer: self.pointer(),
            place,
            text,
        })
    }

    /// The node itself, or the target of its references. `None` when they lead to nothing.
    pub(super) fn resolved(&self, node: &'d Node) -> Option<&'d Node> {
        let mut node = node;
        for _ in 0..32 {
            match node.get("$ref") {
                Some(target) => node = self.root.at(&Pointer::parse(target.as_str()?)?)?,
                None => return Some(node),
            }
        }
        None
    }
}
