//! Composed schemas: what they require must be a property of one of their parts.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Node, Object, near};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{COMPOSITIONS, Look, MAX_DEPTH, members};
use super::mend::{Change, Mend};
use super::target::Target;

pub(super) fn required_without_property(look: &Look<'_>) -> Vec<Found> {
    let wholes = Wholes::of(look);
    let mut found = Vec::new();
    for schema in look.schemas() {
        for (index, member) in members(schema.node, "required").iter().enumerate() {
            if let Some(name) = member.as_str()
                && !wholes.define(schema, name, &mut BTreeSet::new())
            {
                let list = schema.pointer.push("required");
                let target = Target::members(look.document.root(), &list, name);
                let mend = Mend::new(target, "Defined nowhere.", Change::Remove(member.clone()));
                let message = format!("`{name}` is required, and no property has that name");
                let help = meant(schema.node, name);
                let undefined = Found::new(list.push_index(index), message, help).mend(mend);
                // If one of the compositions defines the property, the name decides whether it is optional there. In a member of a choice
                // it tells the member from the others.
                let decides = wholes.is_defined_somewhere(schema, name) || is_chosen(schema);
                found.push(match decides {
                    true => undefined.by_hand(),
                    false => undefined,
                });
            }
        }
    }
    found
}

/// Whether a schema is written as a member of a choice.
fn is_chosen(schema: &Object<'_>) -> bool {
    let list = schema.pointer.parent().and_then(|list| list.last());
    matches!(list.as_deref(), Some("oneOf" | "anyOf"))
}

/// The correction of a name that no property has.
fn meant(schema: &Node, name: &str) -> String {
    let properties = schema.get("properties").map(Node::entries);
    let required = members(schema, "required").iter().filter_map(Node::as_str);
    let required: Vec<&str> = required.collect();
    let known = properties.unwrap_or_default().iter();
    let known = known.map(|entry| entry.key.as_str());
    match near::nearest(name, known.filter(|known| !required.contains(known))) {
        Some(near) => {
            format!("if `{near}` is meant, require that; this action removes the name:")
        }
        None => "define it, or remove the name with this action:".to_owned(),
    }
}

/// For each schema that is a member of compositions, the schemas that compose it.
struct Wholes<'l, 'a> {
    look: &'l Look<'a>,
    wholes: BTreeMap<Pointer, Vec<&'l Object<'a>>>,
}

impl<'l, 'a> Wholes<'l, 'a> {
    fn of(look: &'l Look<'a>) -> Self {
        let mut wholes: BTreeMap<Pointer, Vec<&Object<'_>>> = BTreeMap::new();
        for schema in look.schemas() {
            for key in COMPOSITIONS {
                let list = schema.pointer.push(key);
                for (index, member) in members(schema.node, key).iter().enumerate() {
                    let place = look.place(&list.push_index(index), member);
                    wholes.entry(place).or_default().push(schema);
                }
            }
        }
        Self { look, wholes }
    }

    /// Whether a property of this name is defined: by the schema, or by every schema that it is a part of.
    fn define(
        &'l self,
        schema: &'l Object<'a>,
        name: &str,
        seen: &mut BTreeSet<&'l Pointer>,
    ) -> bool {
        let is_done = seen.len() >= MAX_DEPTH || !seen.insert(&schema.pointer);
        if is_done || self.defines(schema.node, name) {
            return true;
        }
        let wholes = self.wholes.get(&schema.pointer);
        let mut wholes = wholes
            .filter(|_| !self.is_used_alone(&schema.pointer))
            .into_iter()
            .flatten()
            .peekable();
        wholes.peek().is_some() && wholes.all(|whole| self.define(whole, name, seen))
    }

    /// Whether one of the schemas that it is a part of, at any depth, defines the property.
    fn is_defined_somewhere(&self, schema: &Object<'a>, name: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![&schema.pointer];
        while let Some(part) = open.pop() {
            for whole in self.wholes.get(part).into_iter().flatten() {
                if self.defines(whole.node, name) {
                    return true;
                }
                if seen.len() < MAX_DEPTH && seen.insert(&whole.pointer) {
                    open.push(&whole.pointer);
                }
            }
        }
        false
    }

    /// Whether the schema or one of its parts has the property, or accepts any property.
    fn defines(&self, schema: &'a Node, name: &str) -> bool {
        let has = |part: &&Node| {
            let properties = part.get("properties");
            properties.is_some_and(|properties| properties.get(name).is_some())
                || part.get("additionalProperties").is_some()
        };
        self.look.closure(schema, &COMPOSITIONS).iter().any(has)
    }

    /// Whether the schema is used elsewhere than in compositions.
    fn is_used_alone(&self, schema: &Pointer) -> bool {
        let users = self.look.references.get(schema);
        let in_composition = |user: &Pointer| {
            let list = user.parent().and_then(|list| list.last());
            list.is_some_and(|list| COMPOSITIONS.contains(&list.as_str()))
        };
        users.is_some_and(|users| !users.iter().all(in_composition))
    }
}
