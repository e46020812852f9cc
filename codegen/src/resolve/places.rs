//! The names of path parameters, by their place.
//!
//! `/accounts/{account_id}` and `/accounts/{account_identifier}` are one place. In: the patterns of `[import]`, which name the parameters
//! that they pass, and all path templates, of which the first one counts. Out: each path under the names of its places. What is sent
//! does not depend on them.

use std::collections::BTreeMap;

use crate::model::Segment;

/// The name of the parameter behind these segments, whose own names are left out.
#[derive(Default)]
pub(super) struct Places(BTreeMap<Vec<Segment>, String>);

impl Places {
    /// The names in patterns and templates; the first one at a place counts.
    pub(super) fn of<'a>(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut places = BTreeMap::new();
        for path in paths {
            let segments = segments(path);
            for (index, segment) in segments.iter().enumerate() {
                if let Segment::Parameter(name) = segment {
                    places
                        .entry(blank(&segments, index))
                        .or_insert_with(|| name.clone());
                }
            }
        }
        Self(places)
    }

    /// The segments of a path under the names of their places, and the new names of its parameters by those in the document.
    pub(super) fn named(&self, template: &str) -> (Vec<Segment>, BTreeMap<String, String>) {
        let said = segments(template);
        let mut named = said.clone();
        let mut renamed = BTreeMap::new();
        for (index, segment) in named.iter_mut().enumerate() {
            if let Segment::Parameter(name) = segment
                && let Some(known) = self.0.get(&blank(&said, index))
            {
                renamed.insert(name.clone(), known.clone());
                name.clone_from(known);
            }
        }
        let parameters = named
            .iter()
            .filter(|segment| matches!(segment, Segment::Parameter(_)));
        let mut names: Vec<&Segment> = parameters.collect();
        let count = names.len();
        names.sort();
        names.dedup();
        match names.len() == count {
            true => (named, renamed),
            // Two parameters of a path cannot have one name.
            false => (said, BTreeMap::new()),
        }
    }
}

/// A path template of these segments.
pub(super) fn template(segments: &[Segment]) -> String {
    let texts = segments.iter().map(|segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Parameter(name) => format!("/{{{name}}}"),
    });
    texts.collect()
}

fn segments(path: &str) -> Vec<Segment> {
    path.split('/').skip(1).map(segment).collect()
}

fn segment(text: &str) -> Segment {
    let inner = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match inner {
        Some(name) => Segment::Parameter(name.to_owned()),
        None => Segment::Literal(text.to_owned()),
    }
}

/// The first `count` segments, with the parameters' names left out.
pub(super) fn blank(segments: &[Segment], count: usize) -> Vec<Segment> {
    let blank = |segment: &Segment| match segment {
        Segment::Literal(text) => Segment::Literal(text.clone()),
        Segment::Parameter(_) => Segment::Parameter(String::new()),
    };
    segments.iter().take(count).map(blank).collect()
}
