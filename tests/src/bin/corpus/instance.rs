//! Random JSON that fits a schema of the document; the same on every run.
//!
//! In: the document, a schema, and a source of chance. Out: a value. It reads the schema itself and nothing of the generator, so that it can
//! judge what that makes of the schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use self::both::{FREE, both, of_both};

mod both;

/// How deep optional properties, items and entries are included.
const DEPTH: usize = 4;

/// How deep required properties are included: schemas that require themselves have no value.
const MOST: usize = 24;

/// Makes values for schemas of one document.
pub(crate) struct Maker<'a> {
    root: &'a Value,
    chance: u64,
}

impl<'a> Maker<'a> {
    /// A maker with its own sequence of choices.
    pub(crate) fn new(root: &'a Value, seed: u64) -> Self {
        Self {
            root,
            chance: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
        }
    }

    /// A value of the schema at a pointer.
    pub(crate) fn at(&mut self, pointer: &str) -> Option<Value> {
        let schema = self.root.pointer(pointer)?;
        self.make(schema, 0)
    }

    /// A value of a schema by itself.
    fn make(&mut self, schema: &'a Value, depth: usize) -> Option<Value> {
        self.part(schema, depth, None)
    }

    /// A number below `most`: xorshift.
    fn below(&mut self, most: usize) -> usize {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        let most = u64::try_from(most.max(1)).unwrap_or(1);
        usize::try_from(self.chance % most).unwrap_or_default()
    }

    /// The schema, or the one that it refers to.
    fn resolve(&self, schema: &'a Value) -> Option<&'a Value> {
        let mut schema = schema;
        for _ in 0..MOST {
            match schema["$ref"].as_str() {
                Some(reference) => schema = self.root.pointer(reference.strip_prefix('#')?)?,
                None => return Some(schema),
            }
        }
        None
    }

    /// A value of a schema, or what one contributes that applies with others: then the names that these require are known.
    fn part(
        &mut self,
        schema: &'a Value,
        depth: usize,
        around: Option<&BTreeSet<&'a str>>,
    ) -> Option<Value> {
        let schema = self.resolve(schema)?;
        if depth > MOST {
            return None;
        }
        // Whether a whole type is `null` is for what holds it to say.
        if schema["nullable"] == true && around.is_none() && depth > 0 && self.below(6) == 0 {
            return Some(Value::Null);
        }
        if let Some(values) = schema["enum"].as_array() {
            let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
            let at = self.below(values.len());
            return values.get(at).map(|value| (*value).clone());
        }
        let mut required = around.cloned().unwrap_or_default();
        self.required(schema, &mut required, depth);
        let has = |keyword: &str| schema.get(keyword).is_some();
        let is_part = around.is_some() || has("allOf") || has("oneOf") || has("anyOf");
        let own = self.own(schema, depth, &required, is_part)?;
        let mut members = Value::Null;
        for member in list(&schema["allOf"]) {
            // A later member of the list wins, and the schema's own properties win over both.
            members = both(members, self.part(member, depth + 1, Some(&required))?);
        }
        let mut all = both(members, own);
        for keyword in ["oneOf", "anyOf"] {
            let members: Vec<&Value> = list(&schema[keyword]).collect();
            if !members.is_empty() {
                let at = self.below(members.len());
                // One that requires itself has no value: then another one.
                let mut turns = (0..members.len()).map(|turn| (at + turn) % members.len());
                let (member, mut value) = turns.find_map(|at| {
                    let member = members.get(at)?;
                    Some((member, self.part(member, depth + 1, Some(&required))?))
                })?;
                // A value can be several members of an `anyOf`.
                if keyword == "anyOf" && self.below(3) == 0 {
                    let at = self.below(members.len());
                    let other = members.get(at).copied().unwrap_or(member);
                    if let Some(other) = self.part(other, depth + 1, Some(&required)) {
                        value = of_both(value, other);
                    }
                }
                all = both(tagged(schema, member, value), all);
            }
        }
        match all.is_null() && around.is_none() {
            true => Some(json!({"any": [1, "two", {"three": false}]})),
            false => Some(all),
        }
    }

    /// The names that a schema and all members of it require.
    fn required(&self, schema: &'a Value, names: &mut BTreeSet<&'a str>, depth: usize) {
        names.extend(list(&schema["required"]).filter_map(Value::as_str));
        for member in list(&schema["allOf"]).filter(|_| depth < MOST) {
            if let Some(member) = self.resolve(member) {
                self.required(member, names, depth + 1);
            }
        }
    }

    /// What the schema says without its members; nothing is `null`.
    fn own(
        &mut self,
        schema: &'a Value,
        depth: usize,
        required: &BTreeSet<&'a str>,
        is_part: bool,
    ) -> Option<Value> {
        let has = |keyword: &str| schema.get(keyword).is_some();
        match schema["type"].as_str() {
            Some("boolean") => Some(json!(self.below(2) == 1)),
            Some("integer") => Some(self.integer(schema)),
            Some("number") => Some(self.number(schema)),
            Some("string") => Some(json!(self.text(schema))),
            Some("array") => self.list(schema, depth),
            Some("object") => self.object(schema, depth, required, is_part),
            _ if has("properties") || has("additionalProperties") => {
                self.object(schema, depth, required, is_part)
            }
            _ => Some(Value::Null),
        }
    }

    fn object(
        &mut self,
        schema: &'a Value,
        depth: usize,
        required: &BTreeSet<&'a str>,
        is_part: bool,
    ) -> Option<Value> {
        let mut found = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let include = depth < DEPTH && self.below(3) > 0;
            let is_required = required.contains(name.as_str());
            match self.make(property, depth + 1) {
                Some(value) if include || is_required => {
                    found.insert(name.clone(), value);
                }
                None if is_required => return None,
                _ => {}
            }
        }
        let more = &schema["additionalProperties"];
        let is_stated = more.is_object() || more == &Value::Bool(true);
        let is_bare = schema["properties"].is_null() && more.is_null() && !is_part;
        if (is_stated || is_bare) && depth < DEPTH {
            let value = match more.is_object() {
                true => self.make(more, depth + 1),
                false => Some(json!("any")),
            };
            let start = if is_stated { "key-" } else { FREE };
            if let Some(value) = value {
                found.insert(format!("{start}{}", self.below(9)), value);
            }
        }
        Some(Value::Object(found))
    }

    fn list(&mut self, schema: &'a Value, depth: usize) -> Option<Value> {
        let least = schema["minItems"].as_u64().unwrap_or_default();
        let least = usize::try_from(least).unwrap_or_default();
        let most = if depth < DEPTH { least.max(2) } else { least };
        let count = least + self.below(most - least + 1);
        let items = match schema.get("items") {
            Some(items) => (0..count).map(|_| self.make(items, depth + 1)).collect(),
            None => Some(vec![json!("any"); count]),
        };
        match items {
            Some(items) => Some(Value::Array(items)),
            None => (least == 0).then(|| json!([])),
        }
    }

    fn integer(&mut self, schema: &Value) -> Value {
        let bound = |keyword: &str| schema[keyword].as_i64();
        let small = matches!(schema["format"].as_str(), Some("int8" | "uint8"));
        let least =
            bound("minimum").map(|least| least + i64::from(schema["exclusiveMinimum"] == true));
        let most =
            bound("maximum").map(|most| most - i64::from(schema["exclusiveMaximum"] == true));
        let step = bound("multipleOf").filter(|step| *step > 0).unwrap_or(1);
        let any = i64::try_from(self.below(if small { 100 } else { 100_000 })).unwrap_or_default();
        // No number with a fraction can be it.
        let is_wide = matches!(schema["format"].as_str(), None | Some("int64" | "uint64"));
        let any = match is_wide && self.below(8) == 0 {
            true => any + (1 << 53),
            false => any,
        };
        let value = least.unwrap_or(0).saturating_add(any);
        let value = most.map_or(value, |most| value.min(most));
        json!(value - value.rem_euclid(step))
    }

    fn number(&mut self, schema: &Value) -> Value {
        let least = schema["minimum"].as_f64().unwrap_or_default();
        let value = least + 0.25 * self.below(40) as f64;
        json!(
            schema["maximum"]
                .as_f64()
                .map_or(value, |most| value.min(most))
        )
    }

    fn text(&mut self, schema: &Value) -> String {
        let number = self.below(10);
        let text = match schema["format"].as_str() {
            Some("date-time") => format!("2026-01-0{}T03:04:05.12Z", number.max(1)),
            Some("date") => format!("2026-01-0{}", number.max(1)),
            Some("uuid") => format!("f38b2ffc-80a4-4f5a-91c9-bc701e7ea41{number}"),
            Some("ipv4") => format!("192.0.2.{number}"),
            Some("ipv6") => format!("2001:db8::{number}"),
            Some("uri" | "url") => format!("https://example.com/{number}"),
            Some("email") => format!("a{number}@example.com"),
            _ => format!("text {number} \"\u{e9}\\"),
        };
        let length = |keyword: &str| usize::try_from(schema[keyword].as_u64()?).ok();
        let known = text.chars().count();
        let least = length("minLength").unwrap_or_default();
        let most = length("maxLength").unwrap_or(usize::MAX);
        let wanted = known.max(least).min(most);
        text.chars().cycle().take(wanted).collect()
    }
}

/// The members of a list; none where there is no list.
fn list(node: &Value) -> impl Iterator<Item = &Value> {
    node.as_array().into_iter().flatten()
}

/// The value of a member with the tag that the mapping of the choice has for it.
fn tagged(choice: &Value, member: &Value, value: Value) -> Value {
    let discriminator = &choice["discriminator"];
    let mapping = discriminator["mapping"].as_object().into_iter().flatten();
    let tag = mapping
        .filter(|(_, of)| *of == &member["$ref"])
        .map(|(tag, _)| tag);
    match (value, discriminator["propertyName"].as_str(), tag.min()) {
        (Value::Object(mut object), Some(property), Some(tag)) => {
            object.insert(property.to_owned(), json!(tag));
            Value::Object(object)
        }
        (value, ..) => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Maker;

    #[test]
    fn values_fit_and_are_the_same_on_every_run() {
        let root = json!({"a": {"type": "object", "required": ["b", "c"], "properties": {
            "b": {"type": "integer", "minimum": 5, "maximum": 7},
            "c": {"allOf": [{"type": "object", "properties": {"d": {"type": "string", "maxLength": 2}}}, {"required": ["d"]}]},
            "e": {"$ref": "#/a"}}}});
        for seed in 0..50 {
            let value = Maker::new(&root, seed).at("/a").unwrap();
            assert_eq!(Some(&value), Maker::new(&root, seed).at("/a").as_ref());
            assert!((5..=7).contains(&value["b"].as_i64().unwrap()), "{value}");
            assert!(
                value["c"]["d"].as_str().unwrap().chars().count() <= 2,
                "{value}"
            );
        }
    }

    #[test]
    fn what_several_members_say_of_a_property_is_in_its_value() {
        let root = json!({"a": {"allOf": [
            {"properties": {"b": {"type": "array", "minItems": 2, "items": {"required": ["c"], "properties": {"c": {"type": "integer"}}}}}},
            {"required": ["b"], "properties": {"b": {"type": "array", "minItems": 2, "items": {"required": ["d"], "properties": {"d": {"type": "string"}}}}}}]}});
        for seed in 0..50 {
            let value = Maker::new(&root, seed).at("/a").unwrap();
            let item = &value["b"][0];
            assert!(item["d"].is_string(), "{value}");
            assert!(item["c"].is_i64(), "{value}");
        }
    }

    #[test]
    fn keys_of_a_bare_object_are_gone_where_another_schema_has_properties() {
        let is_free = |value: &Value| {
            value
                .as_object()
                .unwrap()
                .keys()
                .any(|key| key.starts_with("free-"))
        };
        let bare = json!({"type": "object"});
        let listed =
            json!({"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}});
        let of = |one: &Value, two: &Value| {
            let property = |schema: &Value| json!({"properties": {"a": schema}, "required": ["a"]});
            let root = json!({"a": {"allOf": [property(one), property(two)]}});
            Maker::new(&root, 1).at("/a").unwrap()["a"].clone()
        };
        assert!(is_free(&of(&bare, &bare)));
        assert!(!is_free(&of(&bare, &listed)));
        assert!(!is_free(&of(&listed, &bare)));
    }

    #[test]
    fn keys_that_a_schema_allows_in_so_many_words_are_there() {
        let root =
            json!({"a": {"properties": {"b": {"type": "string"}}, "additionalProperties": true}});
        let value = Maker::new(&root, 1).at("/a").unwrap();
        assert!(
            value
                .as_object()
                .unwrap()
                .keys()
                .any(|key| key.starts_with("key-")),
            "{value}"
        );
    }

    #[test]
    fn some_values_are_null_and_some_integers_are_no_fractions() {
        let root = json!({"a": {"type": "object", "nullable": true, "required": ["b"], "properties": {"b": {"type": "integer", "nullable": true}}}});
        let made = (0..50).map(|seed| Maker::new(&root, seed).at("/a").unwrap()["b"].clone());
        let made: Vec<Value> = made.collect();
        assert!(made.iter().any(Value::is_null));
        assert!(made.iter().any(|value| value.as_i64() > Some(1 << 53)));
    }

    #[test]
    fn a_schema_that_requires_itself_has_no_value() {
        let root = json!({"a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/a"}}}});
        assert_eq!(Maker::new(&root, 1).at("/a"), None);
    }
}
