//! TOML text to the raw tree, so that a fault in `sdk.toml` has a pointer and a span like any other.
//!
//! Input: the text of `sdk.toml`. Output: its tree in the order of the text. Dates are read as strings.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::pointer::Pointer;
use crate::report::{Fault, Input, Span};

use super::build::MAX_DEPTH;
use super::node::{Entry, Node, Value};
use super::scalar;

/// Reads `sdk.toml` into a tree whose nodes have spans.
pub fn read_toml(text: &str) -> Result<Node, Fault> {
    let table = DeTable::parse(text).map_err(|error| {
        let span = error.span().map_or(Span::default(), |range| Span {
            start: range.start,
            end: range.end,
        });
        let message = format!("this is not valid TOML: {}", error.message());
        Fault::new(
            Input::Config,
            Pointer::root(),
            message,
            "see https://toml.io for the syntax",
        )
        .at(span)
    })?;
    let value = map(table.get_ref(), &Pointer::root(), 1)?;
    Ok(Node {
        value,
        span: Span {
            start: 0,
            end: text.len(),
        },
        input: Input::Config,
    })
}

fn map(table: &DeTable<'_>, pointer: &Pointer, depth: usize) -> Result<Value, Fault> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table.iter() {
        entries.push(entry(key, value, pointer, depth)?);
    }
    entries.sort_by_key(|entry: &Entry| entry.key_span);
    Ok(Value::Map(entries.into()))
}

fn entry(
    key: &Spanned<DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
    pointer: &Pointer,
    depth: usize,
) -> Result<Entry, Fault> {
    let name = key.get_ref();
    let key_span = span_of(key);
    let mut node = node(value, &pointer.push(name), depth)?;
    if node.span.start == node.span.end {
        node.span = key_span;
    }
    Ok(Entry {
        key: name.to_string(),
        key_span,
        node,
    })
}

fn node(value: &Spanned<DeValue<'_>>, pointer: &Pointer, depth: usize) -> Result<Node, Fault> {
    let span = span_of(value);
    if depth > MAX_DEPTH {
        let message = format!("more than {MAX_DEPTH} tables and lists are nested here");
        return Err(Fault::new(
            Input::Config,
            pointer.clone(),
            message,
            "nothing in `sdk.toml` nests that deep",
        )
        .at(span));
    }
    let value = match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => integer(number.as_str(), number.radix(), pointer, span)?,
        DeValue::Float(number) => float(number.as_str(), pointer, span)?,
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(members) => {
            let members = members.iter().enumerate();
            let nodes =
                members.map(|(index, member)| node(member, &pointer.push_index(index), depth + 1));
            Value::List(nodes.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => map(table, pointer, depth + 1)?,
    };
    Ok(Node {
        value,
        span,
        input: Input::Config,
    })
}

fn integer(digits: &str, radix: u32, pointer: &Pointer, span: Span) -> Result<Value, Fault> {
    match i64::from_str_radix(digits, radix) {
        Ok(number) => Ok(Value::Number(number.to_string())),
        Err(_) => Err(Fault::new(
            Input::Config,
            pointer.clone(),
            format!("`{digits}` is too large for an integer"),
            "",
        )
        .at(span)),
    }
}

fn float(text: &str, pointer: &Pointer, span: Span) -> Result<Value, Fault> {
    match scalar::number(text) {
        Some(number) if number.parse::<f64>().is_ok_and(f64::is_finite) => {
            Ok(Value::Number(number))
        }
        _ => Err(Fault::new(
            Input::Config,
            pointer.clone(),
            format!("`{text}` is not a finite number"),
            "",
        )
        .at(span)),
    }
}

fn span_of<T>(spanned: &Spanned<T>) -> Span {
    let range = spanned.span();
    Span {
        start: range.start,
        end: range.end,
    }
}
