//! Checks a JSON value against a schema of the table.

use serde_json::{Map, Value};

use super::place::Place;
use super::table::{
    Format, ListRule, NumberRule, PropertyRule, Schema, TextRule, UnionRule, VariantRule,
};
use crate::testing::fake::failure::Problem;
use crate::testing::fake::moment::Moment;

/// Checks a value, and all inside it.
pub(super) fn check(schema: &Schema, value: &Value, place: &Place, found: &mut Vec<Problem>) {
    let fault = match schema.target() {
        Schema::Any | Schema::Of(_) => None,
        Schema::Bool => (!value.is_boolean()).then(|| "must be true or false".to_owned()),
        Schema::Number(rule) => number(rule, value),
        Schema::Text(rule) => text(rule, value),
        Schema::Texts(known) => {
            let is_known = value.as_str().is_some_and(|text| known.contains(&text));
            (!is_known).then(|| one_of(known))
        }
        Schema::Codes(known) => {
            let is_known = value.as_i64().is_some_and(|code| known.contains(&code));
            (!is_known).then(|| one_of(known))
        }
        Schema::Nullable(inner) => {
            if !value.is_null() {
                check(inner, value, place, found);
            }
            None
        }
        Schema::Object(properties) => match value {
            Value::Object(object) => {
                self::properties(properties, object, place, found);
                None
            }
            _ => Some("must be an object".to_owned()),
        },
        Schema::Map(of) => match value {
            Value::Object(object) => {
                for (key, value) in object {
                    check(of, value, &place.member(key), found);
                }
                None
            }
            _ => Some("must be an object".to_owned()),
        },
        Schema::List(rule) => list(rule, value, place, found),
        Schema::Union(rule) => union(rule, value, place, found),
    };
    if let Some(fault) = fault {
        found.push(place.problem(&fault));
    }
}

fn properties(
    rules: &[PropertyRule],
    object: &Map<String, Value>,
    place: &Place,
    found: &mut Vec<Problem>,
) {
    for rule in rules {
        let place = place.member(rule.name);
        match object.get(rule.name) {
            Some(value) => check(&rule.schema, value, &place, found),
            None if rule.required => found.push(place.problem("is missing")),
            None => {}
        }
    }
}

fn list(rule: &ListRule, value: &Value, place: &Place, found: &mut Vec<Problem>) -> Option<String> {
    let Value::Array(items) = value else {
        return Some("must be a list".to_owned());
    };
    for (index, item) in items.iter().enumerate() {
        check(&rule.item, item, &place.member(&index.to_string()), found);
    }
    length(items.len(), rule.min_items, rule.max_items, "items")
}

/// Checks against the shape that the tag, or the kind of the value and its keys, chooses.
fn union(
    rule: &UnionRule,
    value: &Value,
    place: &Place,
    found: &mut Vec<Problem>,
) -> Option<String> {
    let Some(tag) = rule.tag else {
        return match rule.variants.iter().find(|variant| fits(variant, value)) {
            Some(variant) => {
                check(&variant.schema, value, place, found);
                None
            }
            None => Some("has none of the possible shapes".to_owned()),
        };
    };
    let Value::Object(object) = value else {
        return Some("must be an object".to_owned());
    };
    let chosen = object.get(tag).map(|value| {
        let text = value.as_str().unwrap_or_default();
        let mut variants = rule.variants.iter();
        variants.find(|variant| variant.tags.contains(&text))
    });
    match chosen {
        Some(Some(variant)) => check(&variant.schema, value, place, found),
        Some(None) => {
            let tags = rule.variants.iter().flat_map(|variant| variant.tags);
            let tags: Vec<&str> = tags.copied().collect();
            found.push(place.member(tag).problem(&one_of(&tags)));
        }
        None => found.push(place.member(tag).problem("is missing")),
    }
    None
}

/// Whether a value is of the kind of this shape, with all its required keys.
fn fits(variant: &VariantRule, value: &Value) -> bool {
    let is_of_kind = match variant.schema.target() {
        Schema::Bool => value.is_boolean(),
        Schema::Number(_) | Schema::Codes(_) => value.is_number(),
        Schema::Text(_) | Schema::Texts(_) => value.is_string(),
        Schema::Object(_) | Schema::Map(_) => value.is_object(),
        Schema::List(_) => value.is_array(),
        Schema::Any | Schema::Union(_) | Schema::Nullable(_) | Schema::Of(_) => true,
    };
    is_of_kind && variant.keys.iter().all(|key| value.get(key).is_some())
}

fn number(rule: &NumberRule, value: &Value) -> Option<String> {
    let Some(number) = value.as_f64() else {
        let kind = if rule.whole { "whole number" } else { "number" };
        return Some(format!("must be a {kind}"));
    };
    if rule.whole && number.fract() != 0.0 {
        return Some("must be a whole number".to_owned());
    }
    if let Some(minimum) = rule.minimum {
        if rule.exclusive_minimum && number <= minimum {
            return Some(format!("must be more than {minimum}"));
        }
        if number < minimum {
            return Some(format!("must be at least {minimum}"));
        }
    }
    if let Some(maximum) = rule.maximum {
        if rule.exclusive_maximum && number >= maximum {
            return Some(format!("must be less than {maximum}"));
        }
        if number > maximum {
            return Some(format!("must be at most {maximum}"));
        }
    }
    let step = rule.multiple_of.filter(|step| *step > 0.0)?;
    (number % step != 0.0).then(|| format!("must be a multiple of {step}"))
}

fn text(rule: &TextRule, value: &Value) -> Option<String> {
    let Value::String(text) = value else {
        return Some("must be a text".to_owned());
    };
    let fault = match rule.format {
        Some(Format::DateTime) if Moment::parse(text).is_none() => {
            Some("must be a date and time, such as 2026-01-01T00:00:00Z")
        }
        Some(Format::Uuid) if !is_uuid(text) => Some("must be a UUID"),
        Some(_) | None => None,
    };
    let characters = text.chars().count();
    fault
        .map(str::to_owned)
        .or_else(|| length(characters, rule.min_length, rule.max_length, "characters"))
}

fn length(
    length: usize,
    minimum: Option<usize>,
    maximum: Option<usize>,
    of: &str,
) -> Option<String> {
    if let Some(minimum) = minimum.filter(|minimum| length < *minimum) {
        return Some(format!("must have at least {minimum} {of}"));
    }
    let maximum = maximum.filter(|maximum| length > *maximum)?;
    Some(format!("must have at most {maximum} {of}"))
}

/// Whether a text is a UUID, in letters of any case.
fn is_uuid(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    let mut bytes = text.bytes().enumerate();
    text.len() == 36
        && bytes.all(|(at, byte)| match hyphens.contains(&at) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        })
}

fn one_of<T: ToString>(known: &[T]) -> String {
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    match known.as_slice() {
        [only] => format!("must be `{only}`"),
        known => format!("must be one of `{}`", known.join("`, `")),
    }
}
