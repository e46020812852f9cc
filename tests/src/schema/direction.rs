//! The properties that a message does not have: in a request those that are `readOnly`, in a response those that are `writeOnly`.
//!
//! In: a schema. Out: the names, of its own properties and of those that its members list. OpenAPI 3.0 says that `required` has no effect on
//! them there.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Check, Message, entries, members};

/// How deep members of members are read: a schema can be a member of itself.
const DEPTH: usize = 16;

/// The properties of a schema, by name.
#[derive(Default)]
struct Names<'d> {
    /// Those with the keyword.
    marked: BTreeSet<&'d str>,
    /// Those without it.
    others: BTreeSet<&'d str>,
}

impl<'d> Check<'d> {
    /// The names of the properties that the message does not have.
    pub(super) fn absent(self, schema: &'d Value) -> BTreeSet<&'d str> {
        let keyword = self.message.keyword_of_other();
        let names = keyword.map(|keyword| self.names(schema, keyword, DEPTH));
        names.unwrap_or_default().marked
    }

    /// Of a property that several members of an `allOf` list, one has to have the keyword; of a choice, all members that list it.
    fn names(self, schema: &'d Value, keyword: &str, depth: usize) -> Names<'d> {
        let schema = self.resolve(schema);
        let mut names = Names::default();
        for (name, property) in entries(&schema["properties"]) {
            match self.is_marked(property, keyword, DEPTH) {
                true => names.marked.insert(name),
                false => names.others.insert(name),
            };
        }
        let Some(depth) = depth.checked_sub(1) else {
            return names;
        };
        for member in members(&schema["allOf"]) {
            let Names { marked, others } = self.names(member, keyword, depth);
            names.marked.extend(marked);
            names.others.extend(others);
        }
        for list in [&schema["oneOf"], &schema["anyOf"]] {
            let mut all = Names::default();
            for member in members(list) {
                let Names { marked, others } = self.names(member, keyword, depth);
                all.marked.extend(marked);
                all.others.extend(others);
            }
            names.marked.extend(all.marked.difference(&all.others));
            names.others.extend(all.others);
        }
        names.others = &names.others - &names.marked;
        names
    }

    /// Whether a property has the keyword: itself, in the schema that it refers to, or in a member of its `allOf`.
    fn is_marked(self, property: &'d Value, keyword: &str, depth: usize) -> bool {
        let schema = self.resolve(property);
        schema[keyword] == true
            || depth.checked_sub(1).is_some_and(|depth| {
                let mut members = members(&schema["allOf"]);
                members.any(|member| self.is_marked(member, keyword, depth))
            })
    }
}

impl Message {
    /// The keyword of the properties that only the other message has.
    pub(super) fn keyword_of_other(self) -> Option<&'static str> {
        match self {
            Self::Request => Some("readOnly"),
            Self::Response => Some("writeOnly"),
            Self::Any => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{Message, shape_faults};

    /// The faults of a value in a request and in a response.
    fn of(schema: &Value, value: &Value) -> [Vec<String>; 2] {
        let root = json!({"id": {"type": "string", "readOnly": true}});
        [Message::Request, Message::Response]
            .map(|message| shape_faults(&root, schema, value, message))
    }

    #[test]
    fn what_the_other_message_has_is_not_required_here() {
        let schema = json!({"type": "object", "required": ["id", "key", "name"], "properties": {
            "id": {"$ref": "#/id"}, "key": {"writeOnly": true}, "name": {"type": "string"}}});
        let [request, response] = of(&schema, &json!({}));
        assert_eq!(request, [": key is missing", ": name is missing"]);
        assert_eq!(response, [": id is missing", ": name is missing"]);
        let [request, response] = of(&schema, &json!({"id": "a", "key": "b", "name": "c"}));
        assert_eq!(request, [".id: is readOnly"]);
        assert_eq!(response, [".key: is writeOnly"]);
    }

    #[test]
    fn another_member_can_require_what_one_lists() {
        let listed = json!({"properties": {"id": {"allOf": [{"$ref": "#/id"}]}}});
        let schema = json!({"allOf": [listed, {"required": ["id"]}]});
        let [request, response] = of(&schema, &json!({}));
        assert_eq!(request, [""; 0]);
        assert_eq!(response, [": id is missing"]);
        let schema = json!({"properties": listed["properties"], "oneOf": [{"required": ["id"]}]});
        assert_eq!(of(&schema, &json!({}))[0], [""; 0]);
    }

    #[test]
    fn of_a_choice_all_members_have_to_say_it() {
        let (marked, plain) = (json!({"$ref": "#/id"}), json!({"type": "string"}));
        let choice = |two: &Value| json!({"required": ["id"], "oneOf": [{"properties": {"id": marked}}, {"properties": {"id": two}}]});
        assert_eq!(of(&choice(&marked), &json!({}))[0], [""; 0]);
        assert_eq!(of(&choice(&plain), &json!({}))[0], [": id is missing"]);
        assert_eq!(of(&choice(&plain), &json!({"id": "a"}))[0], [""; 0]);
    }
}
