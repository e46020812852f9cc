//! The conditions that an expectation has on a request.
//!
//! In: a request. Out: how it differs from the expectation; no differences if it matches. As in the service, an operation is
//! identified by its method and its path: which method of the SDK sent the request does not matter.

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

/// A condition besides the method and the path.
#[derive(Clone)]
pub(super) enum Condition {
    /// A part of the request has this value.
    Is(Part, String),
    Body(Value, Extent),
    /// A custom check of the test, with its description.
    Passes(String, Arc<dyn Fn(&SentRequest) -> bool + Send + Sync>),
}

/// A part of a request that is compared as text.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Path(String),
    Query(String),
    /// The number of a page.
    Page,
    Header(HeaderName),
}

/// The result of comparing a request to an expectation.
#[derive(Debug)]
pub(super) struct Comparison {
    /// Whether the request is one of the expected operation.
    pub(super) is_operation: bool,
    /// The number of differences; for another operation, the distance of the paths.
    pub(super) distance: usize,
    pub(super) differences: Vec<Difference>,
}

/// Compares a request to an expectation.
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
    /// The values of the path parameters, by name. `None` if it is another operation. The path is read from its end, since the path
    /// of a custom base URL may precede it.
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

    /// Whether a value of a parameter is a segment of another operation's path.
    fn is_reserved(&self, name: &str, value: &str) -> bool {
        let mut reserved = self.reserved.iter();
        reserved.any(|it| it.parameter == name && it.segments.contains(&value))
    }

    /// The names of the path parameters.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.template.split('/').filter_map(parameter)
    }

    /// In how many segments the paths differ. It is 0 for the same path with another method.
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

/// The name of the parameter, if a segment of a template is one.
fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

impl Condition {
    fn check(&self, request: &SentRequest, values: &[(&str, &str)], found: &mut Vec<Difference>) {
        match self {
            Self::Is(part, expected) => {
                let sent = part.read(request, values, expected);
                if sent != Some(expected) {
                    found.push(Difference::text(part.to_string(), expected, sent));
                }
            }
            Self::Body(expected, extent) => match request.value() {
                Some(sent) => of_json("body", expected, &sent, *extent, found),
                None => found.push(Difference {
                    place: "body".to_owned(),
                    expected: secrets::line(expected),
                    sent: not_json(request).to_owned(),
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

/// Printed in place of a body that is not JSON.
fn not_json(request: &SentRequest) -> &'static str {
    if request.body().is_empty() {
        NOTHING
    } else {
        "a body that is not JSON"
    }
}

impl Part {
    /// The value of this part. If a query parameter has several values, the expected one if it is among them, else the first.
    fn read<'a>(
        &self,
        request: &'a SentRequest,
        values: &[(&str, &'a str)],
        expected: &str,
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
                values.find(|value| *value == expected).or(first)
            }
            // A request without a page number is for the first page.
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
