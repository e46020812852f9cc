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
        let mut names: Vec<&str> = named.iter().flat_map(Segment::parameters).collect();
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
    let texts = segments
        .iter()
        .map(|segment| format!("/{}", segment.text()));
    texts.collect()
}

/// The segments of a template. A slash at its end leads to no further one.
fn segments(path: &str) -> Vec<Segment> {
    let path = path.strip_suffix('/').unwrap_or(path);
    path.split('/').skip(1).map(Segment::of).collect()
}

/// The first `count` segments, with the parameters' names left out.
pub(super) fn blank(segments: &[Segment], count: usize) -> Vec<Segment> {
    segments.iter().take(count).map(Segment::blank).collect()
}
