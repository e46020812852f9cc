//! The forms of the table "Style Values" of OpenAPI 3.0.3.
//!
//! In: a value as JSON. Out: text, or pairs of a name and an encoded value. What the table leaves open: of a list in a list, or an object
//! in one, the JSON text is written; an object in a `deepObject` has its keys in brackets behind those of the outer one, and a list in
//! one repeats its key.

use super::encode::encode;
use super::{Style, Styled};
use crate::decode::Json;

/// A value, one level deep.
enum Value {
    /// Null: it is not sent.
    Absent,
    Text(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// Pairs of a name and an encoded value.
pub(super) type Pairs = Vec<(String, String)>;

impl Value {
    fn of(json: Json<'_>) -> Self {
        if let Ok(fields) = json.object() {
            let members = fields.entries().filter_map(|(key, value)| {
                let key = key.as_text()?.into_owned();
                Some((key, text(value)?))
            });
            return Self::Object(members.collect());
        }
        if let Ok(items) = json.items() {
            return Self::List(items.filter_map(text).collect());
        }
        text(json).map_or(Self::Absent, Self::Text)
    }
}

/// One word. A number is written as the SDK writes the numbers of other parameters: `1`, not `1.0`.
fn text(json: Json<'_>) -> Option<String> {
    if json.is_null() {
        return None;
    }
    if let Some(text) = json.as_text() {
        return Some(text.into_owned());
    }
    let raw = json.raw();
    let number = json.as_number().and_then(|raw| raw.strip_suffix(".0"));
    Some(number.unwrap_or(raw).to_owned())
}

/// The text of a parameter in the path.
pub(super) fn in_path(styled: &Styled<'_>, json: Json<'_>) -> String {
    match styled.style {
        Style::Matrix => matrix(styled, json),
        Style::Label => label(styled, json),
        _ => plain(styled, json).unwrap_or_default(),
    }
}

/// `;a=1`. Without `=` where the value is empty.
fn matrix(styled: &Styled<'_>, json: Json<'_>) -> String {
    let pair = |name: &str, value: &str| match value {
        "" => format!(";{name}"),
        value => format!(";{name}={value}"),
    };
    let name = encode(styled, styled.name);
    match (Value::of(json), styled.explode) {
        (Value::Absent, _) => String::new(),
        (Value::Text(text), _) => pair(&name, &encode(styled, &text)),
        (Value::List(items), _) if items.is_empty() => String::new(),
        (Value::Object(members), _) if members.is_empty() => String::new(),
        (Value::List(items), true) => {
            let items = items.iter().map(|item| pair(&name, &encode(styled, item)));
            items.collect()
        }
        (Value::Object(members), true) => {
            let members = members.iter();
            let members =
                members.map(|(key, value)| pair(&encode(styled, key), &encode(styled, value)));
            members.collect()
        }
        (Value::List(items), false) => pair(&name, &joined(styled, &items, ",")),
        (Value::Object(members), false) => pair(&name, &joined(styled, &flat(members), ",")),
    }
}

/// `.1.2`.
fn label(styled: &Styled<'_>, json: Json<'_>) -> String {
    match (Value::of(json), styled.explode) {
        (Value::Absent, _) => String::new(),
        (Value::Text(text), _) => format!(".{}", encode(styled, &text)),
        (Value::List(items), _) => {
            let items = items
                .iter()
                .map(|item| format!(".{}", encode(styled, item)));
            items.collect()
        }
        (Value::Object(members), false) => {
            let words = flat(members);
            let words = words
                .iter()
                .map(|word| format!(".{}", encode(styled, word)));
            words.collect()
        }
        (Value::Object(members), true) => {
            let members = members.iter();
            let members = members
                .map(|(key, value)| format!(".{}={}", encode(styled, key), encode(styled, value)));
            members.collect()
        }
    }
}

/// `1,2`, or JSON; `None` where nothing is sent.
pub(super) fn plain(styled: &Styled<'_>, json: Json<'_>) -> Option<String> {
    if styled.style == Style::Json {
        return (!json.is_null()).then(|| encode(styled, &ascii(json.raw())));
    }
    match Value::of(json) {
        Value::Absent => None,
        Value::Text(text) => Some(encode(styled, &text)),
        Value::List(items) => (!items.is_empty()).then(|| joined(styled, &items, ",")),
        Value::Object(members) if members.is_empty() => None,
        Value::Object(members) if styled.explode => {
            let members = members.iter();
            let members = members
                .map(|(key, value)| format!("{}={}", encode(styled, key), encode(styled, value)));
            Some(members.collect::<Vec<_>>().join(","))
        }
        Value::Object(members) => Some(joined(styled, &flat(members), ",")),
    }
}

/// `a=1` and `a=2`, `a=1,2`, `a=1%202`, `a=1%7C2`, or `a[b]=1`: the pairs of a query, a form or of cookies.
pub(super) fn pairs(styled: &Styled<'_>, json: Json<'_>) -> Pairs {
    let name = || styled.name.to_owned();
    let separator = match styled.style {
        Style::Json => {
            let value = plain(styled, json);
            return value.map(|value| (name(), value)).into_iter().collect();
        }
        Style::DeepObject => {
            let mut pairs = Pairs::new();
            deep(styled, &name(), json, &mut pairs);
            return pairs;
        }
        // Neither may be in a query as it is.
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::Form | Style::Simple | Style::Label | Style::Matrix => ",",
    };
    match (Value::of(json), styled.explode) {
        (Value::Absent, _) => Pairs::new(),
        (Value::Text(text), _) => vec![(name(), encode(styled, &text))],
        (Value::List(items), true) => {
            let items = items.iter().map(|item| (name(), encode(styled, item)));
            items.collect()
        }
        (Value::Object(members), true) => {
            let members = members.into_iter();
            let members = members.map(|(key, value)| (key, encode(styled, &value)));
            members.collect()
        }
        (Value::List(items), false) if items.is_empty() => Pairs::new(),
        (Value::Object(members), false) if members.is_empty() => Pairs::new(),
        (Value::List(items), false) => vec![(name(), joined(styled, &items, separator))],
        (Value::Object(members), false) => {
            vec![(name(), joined(styled, &flat(members), separator))]
        }
    }
}

fn deep(styled: &Styled<'_>, name: &str, json: Json<'_>, out: &mut Pairs) {
    if let Ok(fields) = json.object() {
        for (key, value) in fields.entries() {
            let key = key.as_text().unwrap_or_default();
            deep(styled, &format!("{name}[{key}]"), value, out);
        }
    } else if let Ok(items) = json.items() {
        for item in items {
            deep(styled, name, item, out);
        }
    } else if let Some(text) = text(json) {
        out.push((name.to_owned(), encode(styled, &text)));
    }
}

fn joined(styled: &Styled<'_>, words: &[String], separator: &str) -> String {
    let words = words.iter().map(|word| encode(styled, word));
    words.collect::<Vec<_>>().join(separator)
}

/// Keys and values in turn.
fn flat(members: Vec<(String, String)>) -> Vec<String> {
    let words = members.into_iter().flat_map(|(key, value)| [key, value]);
    words.collect()
}

/// JSON without characters that a header cannot have.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}
