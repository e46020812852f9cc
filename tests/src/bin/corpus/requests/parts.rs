//! Bodies of parts and forms: their names are compared with the properties of the schema.
//!
//! In: the document, the schema of the body, and the names that were sent. Out: one line per fault. What is in a part is not looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// How deep the members of a schema are read.
const DEPTH: usize = 16;

/// The names of the parts in the text of a body.
pub(super) fn names(body: &str) -> BTreeSet<String> {
    let heads = body.split("name=\"").skip(1);
    // `filename="` ends with `name="` too.
    let befores = body.split("name=\"");
    let pairs = heads.zip(befores);
    let names = pairs.filter(|(_, before)| !before.ends_with("file"));
    names
        .filter_map(|(name, _)| Some(name.split_once('"')?.0.to_owned()))
        .collect()
}

/// What the schema does not allow: names that it does not list, and required ones that are not there.
pub(super) fn faults(root: &Value, schema: &Value, names: &BTreeSet<String>) -> Vec<String> {
    let mut listed = Listed::default();
    listed.add(root, schema, DEPTH);
    let is_sent = |wanted: &str| {
        let mut bases = names.iter().map(|name| base(name));
        bases.any(|name| name == wanted)
    };
    let required = listed.required.iter().filter(|name| {
        let is_read_only = listed.properties.get(*name).copied().unwrap_or_default();
        !is_read_only && !is_sent(name)
    });
    let missing = required.map(|name| format!("the part `{name}` is missing"));
    let others = names
        .iter()
        .filter(|name| !listed.is_open && !listed.properties.contains_key(base(name)));
    let others = others.map(|name| format!("the part `{name}` is not in the schema"));
    missing.chain(others).collect()
}

/// The name without the keys of an object: `a` of `a[b]`.
fn base(name: &str) -> &str {
    name.split(['[', '.']).next().unwrap_or_default()
}

/// What a schema and its members list.
#[derive(Default)]
struct Listed<'a> {
    /// The properties, and whether only responses have them.
    properties: BTreeMap<&'a str, bool>,
    required: BTreeSet<&'a str>,
    /// Whether there can be others.
    is_open: bool,
}

impl<'a> Listed<'a> {
    fn add(&mut self, root: &'a Value, schema: &'a Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        let target = schema["$ref"].as_str();
        if let Some(target) = target.and_then(|target| root.pointer(target.strip_prefix('#')?)) {
            return self.add(root, target, depth);
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (name, property) in properties {
            let is_read_only = property["readOnly"] == true;
            self.properties.insert(name, is_read_only);
        }
        let required = schema["required"].as_array().into_iter().flatten();
        self.required.extend(required.filter_map(Value::as_str));
        let more = &schema["additionalProperties"];
        self.is_open |= more.is_object() || more == &Value::Bool(true);
        for member in schema["allOf"].as_array().into_iter().flatten() {
            self.add(root, member, depth);
        }
        // What a member of a choice requires, others need not.
        for list in [&schema["oneOf"], &schema["anyOf"]] {
            for member in list.as_array().into_iter().flatten() {
                let required = self.required.clone();
                self.add(root, member, depth);
                self.required = required;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{faults, names};

    #[test]
    fn names_of_parts_are_compared_with_the_schema() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"deep[a]\"\r\n";
        let names = names(body);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["deep[a]", "file"]);
        let of = |required: &[&str], more: bool| {
            let properties = json!({"file": {}, "deep": {}, "id": {"readOnly": true}});
            let schema = json!({"allOf": [{"properties": properties}, {"required": required, "additionalProperties": more}]});
            faults(&json!({}), &schema, &names)
        };
        assert_eq!(of(&["file", "id", "deep"], false), [""; 0]);
        assert_eq!(of(&["other"], true), ["the part `other` is missing"]);
        let narrow = json!({"properties": {"file": {}}});
        let found = faults(&json!({}), &narrow, &names);
        assert_eq!(found, ["the part `deep[a]` is not in the schema"]);
    }
}
