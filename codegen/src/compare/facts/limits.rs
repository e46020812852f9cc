//! The limits of a value, and its default. In: bounds of the model and nodes of the document. Out: facts.

use crate::document::{Document, Node};
use crate::model::Bounds;
use crate::pointer::Pointer;

use super::{Class, FactCollector};

/// Keywords that the model leaves to the document: they never reach Rust.
const OWN: [&str; 4] = ["default", "uniqueItems", "minProperties", "maxProperties"];

/// Keywords of the members of a list or map.
const OF_MEMBERS: [&str; 15] = [
    "default",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// The most references that are followed in a row; the reader refuses longer chains.
const MOST_STEPS: usize = 32;

impl FactCollector<'_> {
    /// The bounds of a value with the schema at `schema`.
    pub(super) fn limits(&mut self, about: &str, bounds: &Bounds, schema: &Pointer) {
        let schema = &resolved(&self.model.document, schema);
        let Bounds {
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of,
            min_length,
            max_length,
            min_items,
            max_items,
            pattern,
            format,
        } = bounds;
        let size = |size: &Option<usize>| size.map(|size| size.to_string());
        for (aspect, value) in [
            ("minimum", minimum.clone()),
            ("maximum", maximum.clone()),
            (
                "exclusiveMinimum",
                exclusive_minimum.then(|| "true".to_owned()),
            ),
            (
                "exclusiveMaximum",
                exclusive_maximum.then(|| "true".to_owned()),
            ),
            ("multipleOf", multiple_of.clone()),
            ("minLength", size(min_length)),
            ("maxLength", size(max_length)),
            ("minItems", size(min_items)),
            ("maxItems", size(max_items)),
            ("pattern", pattern.clone()),
            ("format", format.clone()),
        ] {
            self.wire(about, aspect, value.unwrap_or_default(), schema);
        }
        let document = &self.model.document;
        let mut said = Vec::new();
        for keyword in OWN {
            said.push((keyword.to_owned(), keyword_of(document, schema, keyword)));
        }
        members(document, schema, &mut said);
        for (aspect, value) in said {
            self.add(Class::Wire, about, &aspect, value, schema);
        }
    }
}

/// The keywords of the members of a list or map, at any depth.
fn members(document: &Document, schema: &Pointer, said: &mut Vec<(String, String)>) {
    let mut at = resolved(document, schema);
    let mut of = String::new();
    for _ in 0..MOST_STEPS {
        let step = ["items", "additionalProperties"]
            .into_iter()
            .find(|step| document.node(&at.push(step)).is_some_and(Node::is_map));
        let Some(step) = step else { return };
        at = resolved(document, &at.push(step));
        of.push_str(if step == "items" {
            " of items"
        } else {
            " of values"
        });
        for keyword in OF_MEMBERS {
            said.push((format!("{keyword}{of}"), keyword_of(document, &at, keyword)));
        }
    }
}

/// The value of a keyword in a schema: its own, that of its reference, or that of the last `allOf` member that has it.
fn keyword_of(document: &Document, schema: &Pointer, keyword: &str) -> String {
    said(document, schema, keyword, MOST_STEPS).unwrap_or_default()
}

fn said(document: &Document, schema: &Pointer, keyword: &str, steps: usize) -> Option<String> {
    let at = resolved(document, schema);
    let node = document.node(&at)?;
    if let Some(value) = node.get(keyword) {
        return Some(value.line());
    }
    let members = node.get("allOf")?.members().len();
    let rest = steps.checked_sub(1)?;
    let all = at.push("allOf");
    (0..members)
        .rev()
        .find_map(|index| said(document, &all.push_index(index), keyword, rest))
}

/// Where the references of a schema end.
pub(super) fn resolved(document: &Document, schema: &Pointer) -> Pointer {
    let mut at = schema.clone();
    for _ in 0..MOST_STEPS {
        let reference = document
            .node(&at)
            .and_then(|node| node.get("$ref")?.as_str());
        match reference.and_then(Pointer::parse) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}
