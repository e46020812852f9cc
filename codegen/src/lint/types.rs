//! `type` beside a composition: repetitions and contradictions of its members.

use std::collections::BTreeMap;

use crate::document::{Node, Object};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{COMPOSITIONS, Look, MAX_DEPTH, members, target, text};
use super::mend::{Change, Mend};
use super::target::Target;

pub(super) fn beside_composition(look: &Look<'_>) -> Vec<Found> {
    typed(look)
        .filter(|typed| {
            !typed.is_contradicted(look) && Says::new(look, typed.kind).inside(typed.schema.node)
        })
        .map(|typed| typed.repeated(look))
        .collect()
}

pub(super) fn against_composition(look: &Look<'_>) -> Vec<Found> {
    typed(look)
        .filter(|typed| typed.is_contradicted(look))
        .map(|typed| {
            let Typed { schema, kind, key } = typed;
            let message =
                format!("`type: {kind}` is beside `{key}`, and a member has another type");
            let help = "correct the type in an action of the overlay: here, or in the member";
            Found::new(schema.pointer.push("type"), message, help)
        })
        .collect()
}

/// A schema with a type and a composition.
struct Typed<'l, 'a> {
    schema: &'l Object<'a>,
    kind: &'a str,
    /// The composition.
    key: &'static str,
}

fn typed<'l, 'a>(look: &'l Look<'a>) -> impl Iterator<Item = Typed<'l, 'a>> {
    look.schemas().filter_map(|schema| {
        let mut keys = COMPOSITIONS.into_iter();
        Some(Typed {
            schema,
            kind: text(schema.node, "type")?,
            key: keys.find(|key| schema.node.get(key).is_some())?,
        })
    })
}

impl<'a> Typed<'_, 'a> {
    fn repeated(&self, look: &Look<'a>) -> Found {
        let Self { schema, kind, key } = self;
        let pointer = schema.pointer.push("type");
        let message =
            format!("`type: {kind}` is beside `{key}`, whose members have that type already");
        let found = Found::new(pointer.clone(), message, "this action removes it:");
        let Some(now) = schema.node.get("type") else {
            return found;
        };
        let target = Target::node(look.document.root(), &pointer);
        let reason = format!("The members of {key} have that type already.");
        let found = found.mend(Mend::new(target, reason, Change::Remove(now.clone())));
        match *kind {
            "object" => found,
            // How the variants of unions of plain values are chosen may depend on it.
            _ => found.by_hand(),
        }
    }

    /// Whether a member declares another type.
    fn is_contradicted(&self, look: &Look<'a>) -> bool {
        let is_other = |kind: &str| kind != self.kind && (self.kind, kind) != ("number", "integer");
        let inside = look.closure(self.schema.node, &COMPOSITIONS);
        inside
            .iter()
            .any(|part| text(part, "type").is_some_and(is_other))
    }
}

/// Whether schemas declare a type, themselves or by their members.
struct Says<'l, 'a> {
    look: &'l Look<'a>,
    kind: &'l str,
    /// The results for components; one that is still being examined counts as `false`.
    known: BTreeMap<Pointer, bool>,
    /// How many components are being examined.
    depth: usize,
}

impl<'l, 'a> Says<'l, 'a> {
    fn new(look: &'l Look<'a>, kind: &'l str) -> Self {
        let known = BTreeMap::new();
        Self {
            look,
            kind,
            known,
            depth: 0,
        }
    }

    fn schema(&mut self, schema: &'a Node) -> bool {
        let Some(target) = target(schema) else {
            return match text(schema, "type") {
                Some(kind) => kind == self.kind,
                None => self.inside(schema),
            };
        };
        if let Some(known) = self.known.get(&target) {
            return *known;
        }
        if self.depth >= MAX_DEPTH {
            return false;
        }
        self.depth += 1;
        self.known.insert(target.clone(), false);
        let node = self.look.behind(&target);
        let has_type = node.is_some_and(|node| self.schema(node));
        self.depth -= 1;
        self.known.insert(target, has_type);
        has_type
    }

    /// Whether the members of a composition declare the type: one of `allOf`, or all from which one is chosen.
    fn inside(&mut self, schema: &'a Node) -> bool {
        let one = members(schema, "allOf")
            .iter()
            .any(|member| self.schema(member));
        one || ["oneOf", "anyOf"].iter().any(|key| {
            let list = members(schema, key);
            !list.is_empty() && list.iter().all(|member| self.schema(member))
        })
    }
}
