//! What an expectation wants a request to be like.
//!
//! In: a request. Out: how it differs; not at all where it fits. An operation is known by its method and its path, as it is by
//! the service: how the request came about does not matter.

use std::fmt;
use std::sync::Arc;

use http::{HeaderName, Method};
use serde_json::Value;

use super::difference::{Difference, Extent, NOTHING, of_json};
use super::request::SentRequest;
use super::secrets;
use crate::request::operation::Reserved;

/// The method and the path that are expected.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) method: Method,
    /// Such as `/accounts/{account_id}/pcaps`.
    pub(super) template: String,
    pub(super) reserved: &'static [Reserved],
}

/// A further wish.
#[derive(Clone)]
pub(super) enum Condition {
    /// A part of the request has this value.
    Is(Part, String),
    Body(Value, Extent),
    /// A check of the test's own, and what it wants.
    Passes(String, Arc<dyn Fn(&SentRequest) -> bool + Send + Sync>),
}

/// A part of a request that is a text.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Path(String),
    Query(String),
    /// The number of a page.
    Page,
    Header(HeaderName),
}

/// How a request compares to what is expected.
#[derive(Debug)]
pub(super) struct Comparison {
    /// Whether it asks for the operation at all.
    pub(super) is_operation: bool,
    /// How far apart they are; of other operations, how far their paths are.
    pub(super) distance: usize,
    pub(super) differences: Vec<Difference>,
}

/// Compares a request to all that is expected of it.
pub(super) fn compare(
    target: &Target,
    conditions: &[Condition],
    request: &SentRequest,
) -> Comparison {
    let Some(values) = target.values(request) else {
        return Comparison {
            is_operation: false,
            distance: target.distance(request),
            differences: vec![Difference {
                place: "operation".to_owned(),
                expected: target.to_string(),
                sent: secrets::text(&format!("{} {}", request.method(), request.path())),
            }],
        };
    };
    let mut differences = Vec::new();
    for condition in conditions {
        condition.check(request, &values, &mut differences);
    }
    Comparison {
        is_operation: true,
        distance: differences.len(),
        differences,
    }
}

impl Target {
    /// The values of the path parameters, by name. `None` where it is another operation. The path of a base URL of the
    /// application's own stands in front, so it is read from the end.
    fn values<'a>(&'a self, request: &'a SentRequest) -> Option<Vec<(&'a str, &'a str)>> {
        if self.method != *request.method() {
            return None;
        }
        let mut sent = request.path().rsplit('/');
        let mut values = Vec::new();
        for segment in self
            .template
            .rsplit('/')
            .take_while(|segment| !segment.is_empty())
        {
            let value = sent.next()?;
            match parameter(segment) {
                Some(name) if !self.is_reserved(name, value) => values.push((name, value)),
                None if segment == value => {}
                _ => return None,
            }
        }
        let is_whole = sent.next() == Some("") && sent.next().is_none();
        (is_whole || !request.is_below_base()).then_some(values)
    }

    /// Whether a value names another operation.
    fn is_reserved(&self, name: &str, value: &str) -> bool {
        let mut reserved = self.reserved.iter();
        reserved.any(|it| it.parameter == name && it.segments.contains(&value))
    }

    /// The names of the path parameters.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.template.split('/').filter_map(parameter)
    }

    /// In how many segments a path differs. A request of another method to the same path is the next best.
    fn distance(&self, request: &SentRequest) -> usize {
        let (own, sent) = (self.template.split('/'), request.path().split('/'));
        let (length, other) = (own.clone().count(), sent.clone().count());
        let differ = |(own, sent): &(&str, &str)| parameter(own).is_none() && own != sent;
        let differing = own.zip(sent).filter(differ).count();
        differing + length.abs_diff(other)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

/// The name of a parameter, where a segment of a template is one.
fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

impl Condition {
    fn check(&self, request: &SentRequest, values: &[(&str, &str)], found: &mut Vec<Difference>) {
        match self {
            Self::Is(part, wanted) => {
                let sent = part.read(request, values, wanted);
                if sent != Some(wanted) {
                    found.push(Difference::text(part.to_string(), wanted, sent));
                }
            }
            Self::Body(expected, extent) => match request.value() {
                Some(sent) => of_json("body", expected, &sent, *extent, found),
                None => found.push(Difference {
                    place: "body".to_owned(),
                    expected: secrets::line(expected),
                    sent: no_json(request).to_owned(),
                }),
            },
            Self::Passes(what, check) => {
                if !check(request) {
                    found.push(Difference {
                        place: "request".to_owned(),
                        expected: what.clone(),
                        sent: "something else".to_owned(),
                    });
                }
            }
        }
    }
}

/// What a body is called that cannot be compared.
fn no_json(request: &SentRequest) -> &'static str {
    if request.body().is_empty() {
        NOTHING
    } else {
        "no JSON"
    }
}

impl Part {
    /// The value of this part. A query parameter can have several: the one that is wanted, if it is among them.
    fn read<'a>(
        &self,
        request: &'a SentRequest,
        values: &[(&str, &'a str)],
        wanted: &str,
    ) -> Option<&'a str> {
        match self {
            Self::Path(name) => {
                let value = values.iter().find(|(known, _)| known == name);
                value.map(|(_, value)| *value)
            }
            Self::Query(name) => {
                let values = request.query().iter().filter(|(known, _)| known == name);
                let mut values = values.map(|(_, value)| value.as_str());
                let first = values.clone().next();
                values.find(|value| *value == wanted).or(first)
            }
            // The first page is asked for also by naming none.
            Self::Page => request.query_value("page").or(Some("1")),
            Self::Header(name) => request.header(name.as_str()),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(name) => write!(f, "path `{name}`"),
            Self::Query(name) => write!(f, "query `{name}`"),
            Self::Page => f.write_str("query `page`"),
            Self::Header(name) => write!(f, "header `{name}`"),
        }
    }
}
