//! Checks whether a schema of the document allows a JSON value.
//!
//! In: a schema, which may be a reference, and a value. Out: one line per fault, each with its place in the value. It knows the
//! keywords that the document uses; any other keyword is a fault, so that none is ignored. For other documents there is a check of the shape
//! alone: kinds, keys and enums.
//!
//! A required property that is `readOnly` must be in responses only, one that is `writeOnly` in requests only. A request has no property that
//! is `readOnly`, and a response none that is `writeOnly`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document;

mod direction;
mod facets;
#[cfg(test)]
mod tests;

/// The message that a value is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// A request.
    Request,
    /// A response.
    Response,
    /// Any of them: what is required must be there, and what is listed may be.
    Any,
}

/// All that the schema does not allow in the value. A key that the schema does not list is a fault too.
pub fn faults(schema: &'static Value, value: &Value, message: Message) -> Vec<String> {
    let check = Check {
        root: document::root(),
        shape: false,
        message,
    };
    let mut found = Vec::new();
    check.whole(schema, value, &Around::default(), &mut found);
    found
}

/// What of the value's shape a schema of the document `root` does not allow: kinds of values, keys and enums. Its texts and numbers may be
/// any.
pub fn shape_faults<'d>(
    root: &'d Value,
    schema: &'d Value,
    value: &Value,
    message: Message,
) -> Vec<String> {
    let check = Check {
        root,
        shape: true,
        message,
    };
    let mut found = Vec::new();
    check.whole(schema, value, &Around::default(), &mut found);
    found
}

/// A check against the schemas of one document.
#[derive(Clone, Copy)]
struct Check<'d> {
    root: &'d Value,
    /// Whether texts and numbers may be any.
    shape: bool,
    message: Message,
}

/// A value with its place.
struct Subject<'a, 'd> {
    value: &'a Value,
    place: &'a str,
    /// Its properties that a later member of an `allOf` describes in place of this one.
    replaced: &'a BTreeSet<&'d str>,
    /// Its properties that the other message has, and this one has not.
    absent: &'a BTreeSet<&'d str>,
    /// The choices around this schema, of which the same value is a member.
    choices: &'a [&'d Value],
}

/// What is known of a value before its schema is read.
#[derive(Default)]
struct Around<'a, 'd> {
    place: &'a str,
    /// The properties that the message does not have, as the schema around a choice says.
    absent: BTreeSet<&'d str>,
    /// The choices that the schema is a member of.
    choices: &'a [&'d Value],
}

impl<'a> Around<'a, '_> {
    /// Of a value inside another one.
    fn at(place: &'a str) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }
}

/// The keys of an object that a schema lists.
enum Known<'d> {
    All,
    Some(BTreeSet<&'d str>),
}

impl Known<'_> {
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

/// The keywords that concern the shape of a value.
const SHAPE: [&str; 3] = ["enum", "required", "type"];

impl<'d> Check<'d> {
    /// Checks a value against its whole schema, and for keys that the schema does not list.
    fn whole(
        self,
        schema: &'d Value,
        value: &Value,
        around: &Around<'_, 'd>,
        found: &mut Vec<String>,
    ) {
        let place = around.place;
        let mut absent = self.absent(schema);
        absent.extend(&around.absent);
        let known = self.part(
            schema,
            &Subject {
                value,
                place,
                replaced: &BTreeSet::new(),
                absent: &absent,
                choices: around.choices,
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

    /// Checks a value against one of the schemas that apply to it, and returns the keys that this schema lists.
    fn part(
        self,
        schema: &'d Value,
        subject: &Subject<'_, 'd>,
        found: &mut Vec<String>,
    ) -> Known<'d> {
        let schema = self.resolve(schema);
        let Subject { value, place, .. } = *subject;
        let lists_keys = ["allOf", "oneOf", "anyOf", "properties"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some());
        if value.is_null() && (!lists_keys || schema["nullable"] == true) {
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
                "allOf" => known.and(self.all_of(rule, subject, found)),
                "oneOf" | "anyOf" => known.and(self.one_of(keyword, rule, subject, found)),
                "properties" => known.and(self.properties(rule, subject, found)),
                "additionalProperties" => known.and(self.additional(schema, rule, subject, found)),
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        let place = format!("{place}[{index}]");
                        self.whole(rule, item, &Around::at(&place), found);
                    }
                    known
                }
                keyword if self.shape && !SHAPE.contains(&keyword) => known,
                "required" => {
                    let missing = facets::missing(rule, value, subject.absent);
                    found.extend(missing.map(|name| format!("{place}: {name} is missing")));
                    known
                }
                _ => {
                    let fault = facets::fault(keyword, rule, value);
                    found.extend(fault.map(|fault| format!("{place}: {fault}")));
                    known
                }
            };
        }
        known
    }

    /// All members apply. A property that a later member has replaces that of an earlier one.
    fn all_of(
        self,
        list: &'d Value,
        subject: &Subject<'_, 'd>,
        found: &mut Vec<String>,
    ) -> Known<'d> {
        let mut replaced = subject.replaced.clone();
        let mut known = Known::Some(BTreeSet::new());
        for member in members(list).collect::<Vec<_>>().into_iter().rev() {
            let subject = Subject {
                replaced: &replaced,
                ..*subject
            };
            known = known.and(self.part(member, &subject, found));
            replaced.extend(self.listed(member));
        }
        known
    }

    /// The properties that a schema lists, itself or in its members.
    fn listed(self, schema: &'d Value) -> Vec<&'d str> {
        let schema = self.resolve(schema);
        let own = entries(&schema["properties"]).map(|(key, _)| key);
        own.chain(members(&schema["allOf"]).flat_map(|member| self.listed(member)))
            .collect()
    }

    /// For `oneOf` the whole value must fit exactly one member, for `anyOf` one or more. Where none has all of its keys, the other ones can be
    /// listed beside the choice, or by another member that fits, too: these are the keys that are returned.
    fn one_of(
        self,
        keyword: &str,
        list: &'d Value,
        subject: &Subject<'_, 'd>,
        found: &mut Vec<String>,
    ) -> Known<'d> {
        if subject.choices.iter().any(|open| std::ptr::eq(*open, list)) {
            let place = subject.place;
            found.push(format!("{place}: {keyword} has itself as a member"));
            return Known::All;
        }
        let choices = [subject.choices, &[list]].concat();
        let around = Around {
            place: subject.place,
            absent: subject.absent.clone(),
            choices: &choices,
        };
        let mut reasons = Vec::new();
        let mut fitting = 0;
        for member in members(list) {
            let mut faults = Vec::new();
            self.whole(member, subject.value, &around, &mut faults);
            match faults.is_empty() {
                true => fitting += 1,
                false => reasons.push(faults.join(", ")),
            }
        }
        let mut known = Known::All;
        if fitting == 0 {
            let listed = self.loosely(
                list,
                &Subject {
                    choices: &choices,
                    ..*subject
                },
            );
            fitting = listed.len();
            known = Known::Some(BTreeSet::new());
            known = listed.into_iter().fold(known, Known::and);
        }
        let place = subject.place;
        if fitting == 0 {
            let reasons = reasons.join("; or ");
            found.push(format!("{place}: fits no member of {keyword}: {reasons}"));
            known = Known::All;
        }
        if keyword == "oneOf" && fitting > 1 && !self.shape {
            found.push(format!("{place}: fits {fitting} members of oneOf"));
        }
        known
    }

    /// The keys that each member lists that the value fits, whatever other keys it has.
    fn loosely(self, list: &'d Value, subject: &Subject<'_, 'd>) -> Vec<Known<'d>> {
        let known = members(list).map(|member| {
            let mut absent = self.absent(member);
            absent.extend(subject.absent);
            let subject = Subject {
                replaced: &BTreeSet::new(),
                absent: &absent,
                ..*subject
            };
            let mut faults = Vec::new();
            let known = self.part(member, &subject, &mut faults);
            faults.is_empty().then_some(known)
        });
        known.flatten().collect()
    }

    fn properties(
        self,
        list: &'d Value,
        subject: &Subject<'_, 'd>,
        found: &mut Vec<String>,
    ) -> Known<'d> {
        let mut known = BTreeSet::new();
        for (key, schema) in entries(list) {
            known.insert(key);
            let place = format!("{}.{key}", subject.place);
            let Some(inner) = subject.value.get(key) else {
                continue;
            };
            if let Some(keyword) = self.message.keyword_of_other()
                && subject.absent.contains(key)
            {
                found.push(format!("{place}: is {keyword}"));
            } else if !subject.replaced.contains(key) {
                self.whole(schema, inner, &Around::at(&place), found);
            }
        }
        Known::Some(known)
    }

    /// The properties that the schema does not list: a schema for them, or whether there may be any.
    fn additional(
        self,
        schema: &'d Value,
        rule: &'d Value,
        subject: &Subject<'_, 'd>,
        found: &mut Vec<String>,
    ) -> Known<'d> {
        if rule == &Value::Bool(false) {
            return Known::Some(BTreeSet::new());
        }
        if rule.is_object() {
            for (key, inner) in subject.value.as_object().into_iter().flatten() {
                if schema["properties"].get(key).is_none() {
                    let place = format!("{}.{key}", subject.place);
                    self.whole(rule, inner, &Around::at(&place), found);
                }
            }
        }
        Known::All
    }

    /// The schema, or the one that it refers to.
    fn resolve(self, schema: &'d Value) -> &'d Value {
        let target = schema["$ref"].as_str();
        let target = target.and_then(|target| self.root.pointer(target.trim_start_matches('#')));
        match target {
            Some(target) => self.resolve(target),
            None => schema,
        }
    }
}

/// The entries of an object of the document; none where there is no object.
fn entries(node: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = node.as_object().into_iter().flatten();
    entries.map(|(key, node)| (key.as_str(), node))
}

/// The members of a list of the document; none where there is no list.
fn members(node: &Value) -> impl Iterator<Item = &Value> {
    node.as_array().into_iter().flatten()
}
