//! Checks whether a schema of the document allows a JSON value.
//!
//! In: a schema, which may be a reference, and a value. Out: one line per fault, each with its place in the value. It knows the
//! keywords that the document uses; any other keyword is a fault, so that none is ignored.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{entries, members, resolve};

mod facets;

/// All that the schema does not allow in the value. A key that the schema does not list is a fault too.
pub fn faults(schema: &'static Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    whole(schema, value, "", &mut found);
    found
}

/// Checks a value against its whole schema, and for keys that the schema does not list.
fn whole(schema: &'static Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let known = part(
        schema,
        &Subject {
            value,
            place,
            replaced: &BTreeSet::new(),
        },
        found,
    );
    let Known::Some(known) = known else { return };
    for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
        if !known.contains(key.as_str()) {
            found.push(format!("{place}.{key}: the schema has no such property"));
        }
    }
}

/// A value with its place.
struct Subject<'a> {
    value: &'a Value,
    place: &'a str,
    /// Its properties that a later member of an `allOf` describes in place of this one.
    replaced: &'a BTreeSet<&'static str>,
}

/// The keys of an object that a schema lists.
enum Known {
    All,
    Some(BTreeSet<&'static str>),
}

impl Known {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Some(mut one), Self::Some(two)) => {
                one.extend(two);
                Self::Some(one)
            }
            _ => Self::All,
        }
    }
}

/// Checks a value against one of the schemas that apply to it, and returns the keys that this schema lists.
fn part(schema: &'static Value, subject: &Subject<'_>, found: &mut Vec<String>) -> Known {
    let schema = resolve(schema);
    let Subject { value, place, .. } = *subject;
    let lists_keys = ["allOf", "oneOf", "anyOf", "properties"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some());
    if value.is_null() && !lists_keys {
        if !facets::allows_null(schema) {
            found.push(format!("{place}: null is not allowed"));
        }
        return Known::All;
    }
    let mut known = match lists_keys {
        true => Known::Some(BTreeSet::new()),
        false => Known::All,
    };
    for (keyword, rule) in entries(schema) {
        known = match keyword {
            "allOf" => known.and(all_of(rule, subject, found)),
            "oneOf" | "anyOf" => known.and(one_of(keyword, rule, subject, found)),
            "properties" => known.and(properties(rule, subject, found)),
            "additionalProperties" => known.and(additional(schema, rule, subject, found)),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    whole(rule, item, &format!("{place}[{index}]"), found);
                }
                known
            }
            _ => {
                let faults = facets::faults(keyword, rule, value);
                found.extend(faults.map(|fault| format!("{place}: {fault}")));
                known
            }
        };
    }
    known
}

/// All members apply. A property that a later member has replaces that of an earlier one.
fn all_of(list: &'static Value, subject: &Subject<'_>, found: &mut Vec<String>) -> Known {
    let mut replaced = subject.replaced.clone();
    let mut known = Known::Some(BTreeSet::new());
    for member in members(list).collect::<Vec<_>>().into_iter().rev() {
        let subject = Subject {
            replaced: &replaced,
            ..*subject
        };
        known = known.and(part(member, &subject, found));
        replaced.extend(listed(member));
    }
    known
}

/// The properties that a schema lists, itself or in its members.
fn listed(schema: &'static Value) -> Vec<&'static str> {
    let schema = resolve(schema);
    let own = entries(&schema["properties"]).map(|(key, _)| key);
    own.chain(members(&schema["allOf"]).flat_map(listed))
        .collect()
}

/// For `oneOf` the whole value must fit exactly one member, for `anyOf` one or more.
fn one_of(
    keyword: &str,
    list: &'static Value,
    subject: &Subject<'_>,
    found: &mut Vec<String>,
) -> Known {
    let Subject { value, place, .. } = *subject;
    let mut reasons = Vec::new();
    let mut fitting = Vec::new();
    for member in members(list) {
        let mut faults = Vec::new();
        whole(member, value, place, &mut faults);
        match faults.is_empty() {
            true => fitting.push(member),
            false => reasons.push(faults.join(", ")),
        }
    }
    if fitting.is_empty() {
        let reasons = reasons.join("; or ");
        found.push(format!("{place}: fits no member of {keyword}: {reasons}"));
    }
    if keyword == "oneOf" && fitting.len() > 1 {
        found.push(format!("{place}: fits {} members of oneOf", fitting.len()));
    }
    Known::All
}

fn properties(list: &'static Value, subject: &Subject<'_>, found: &mut Vec<String>) -> Known {
    let mut known = BTreeSet::new();
    for (key, schema) in entries(list) {
        known.insert(key);
        if let Some(inner) = subject.value.get(key)
            && !subject.replaced.contains(key)
        {
            whole(schema, inner, &format!("{}.{key}", subject.place), found);
        }
    }
    Known::Some(known)
}

/// The properties that the schema does not list: a schema for them, or whether there may be any.
fn additional(
    schema: &'static Value,
    rule: &'static Value,
    subject: &Subject<'_>,
    found: &mut Vec<String>,
) -> Known {
    if rule == &Value::Bool(false) {
        return Known::Some(BTreeSet::new());
    }
    if rule.is_object() {
        for (key, inner) in subject.value.as_object().into_iter().flatten() {
            if schema["properties"].get(key).is_none() {
                whole(rule, inner, &format!("{}.{key}", subject.place), found);
            }
        }
    }
    Known::All
}
