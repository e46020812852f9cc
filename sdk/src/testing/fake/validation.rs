//! Checks a request against what the document states of it.
//!
//! In: an operation, its query and its body. Out: a failure with one error for each fault, with its place. The table comes from the
//! generator; what it does not carry is not checked, and the guide lists that.

use serde_json::Value;

use self::place::Place;
use self::table::{OperationRules, ParameterRule, Schema};
use super::failure::{Failure, Problem, code};
use crate::generated::rules::OPERATIONS;

mod place;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod value;

/// Checks the query and the body of a request to this operation. The body is `null` if there is none.
pub(crate) fn check(
    operation: &str,
    query: &[(String, String)],
    body: &Value,
) -> Result<(), Failure> {
    let found = OPERATIONS.binary_search_by(|rules| rules.name.cmp(operation));
    let Some(rules) = found.ok().and_then(|at| OPERATIONS.get(at)) else {
        return Ok(());
    };
    let problems = problems(rules, query, body);
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Failure::with(400, problems)),
    }
}

/// All faults of a request: those of the query first, in the order of the document.
fn problems(rules: &OperationRules, query: &[(String, String)], body: &Value) -> Vec<Problem> {
    let mut found = Vec::new();
    for rule in rules.query {
        parameter(rule, query, &mut found);
    }
    match rules.body {
        Some(rule) if body.is_null() && rule.required => {
            let problem = Problem::new(code::BAD_REQUEST, "the body is missing");
            found.push(problem.at(""));
        }
        Some(rule) if !body.is_null() => {
            value::check(&rule.schema, body, &Place::Body(String::new()), &mut found);
        }
        // What the service does with a body that it does not expect is not known.
        Some(_) | None => {}
    }
    found
}

/// Checks the values of a query parameter. Of one that is no list, the first value counts.
fn parameter(rule: &ParameterRule, query: &[(String, String)], found: &mut Vec<Problem>) {
    let place = Place::Parameter(rule.name);
    let mut values = query
        .iter()
        .filter(|(name, _)| name == rule.name)
        .map(|(_, value)| value.as_str())
        .peekable();
    if values.peek().is_none() && rule.required {
        found.push(place.problem("is missing"));
    }
    let schema = rule.schema.target();
    let value = match schema {
        Schema::List(list) => {
            let items = values.flat_map(|value| match rule.separator {
                Some(separator) => value.split(separator).collect(),
                None => vec![value],
            });
            let items: Vec<Value> = items.map(|item| read(&list.item, item)).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        _ => values.next().map(|text| read(schema, text)),
    };
    if let Some(value) = value {
        value::check(schema, &value, &place, found);
    }
}

/// The value of a query parameter as JSON: a number or a truth value where the schema wants one and the text is one.
fn read(schema: &Schema, text: &str) -> Value {
    let parsed = match schema.target() {
        Schema::Bool => text.parse().ok().map(Value::Bool),
        Schema::Number(_) | Schema::Codes(_) => {
            let number = serde_json::from_str(text).ok();
            number.filter(Value::is_number)
        }
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}
