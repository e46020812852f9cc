//! The tree of resources: from paths to handles.
//!
//! A literal segment is a handle when it has children or more than one method; else it is a verb of the handle above. At the root, where
//! no handle is above, it is one in any case: `GET /ips` is `ips().get()`. Literals
//! without a method and with one child join that child in flat layout: `magic/cloud` is one handle. `verb` under `[handles]` keeps an operation of a
//! literal as a verb of the handle above, beside the handle with all others; `below` keeps literals joined that are not alone any more.
//! A parameter belongs to the handle
//! above it, unless that handle has nothing else: `accounts/{account_id}` is one handle, which takes the id.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::config::{Config, Layout, quoted};
use crate::model::{Location, Operation, Parameter, Passing, Resource, Segment, keyed};
use crate::report::{Code, Entry, Fault, Input};

use super::operation::Found;
use super::places::blank;
use super::resolver::Resolver;
use super::words::stated;

mod below;

/// A node of the tree of all paths.
#[derive(Default)]
struct PathNode {
    operations: Vec<Found>,
    below: IndexMap<Segment, PathNode>,
}

/// Sorts the operations into resources.
pub(super) fn grow(operations: Vec<Found>, resolver: &mut Resolver<'_>) -> Resource {
    let reserved = Siblings::of(&operations);
    let mut root = PathNode::default();
    for mut found in operations {
        found.operation.reserved = reserved.reserved(&found.operation);
        let segments = found.operation.path.segments.clone();
        root.at(&segments).operations.push(found);
    }
    let tags = resolver
        .document
        .openapi()
        .tags
        .iter()
        .filter_map(|tag| Some((tag.name.clone(), stated(tag.description.clone())?)))
        .collect();
    let planter = Planter {
        tags,
        config: resolver.config,
        joined: RefCell::default(),
    };
    let mut resource = Resource::default();
    planter.fill(&mut resource, root, &[]);
    pass_to_handles(&mut resource, &[]);
    check_verbs(&resource, resolver);
    let joined = planter.joined.into_inner();
    below::check(&resource, &joined, resolver);
    for operation in &resource.operations {
        resolver.fault_of(
            Code::NoHandle,
            &operation.pointer,
            "no literal segment begins this path, so that there is no handle for the operation: unsupported by the runtime",
            format!(
                "`Client::request` can send it; skip it under [skip] in spec/sdk.toml: {} = \"<reason>\"",
                quoted(&operation.id)
            ),
        );
        resolver.helped(Entry::skip(&operation.id).about(&operation.pointer));
    }
    resource
}

impl PathNode {
    fn at(&mut self, segments: &[Segment]) -> &mut PathNode {
        let Some((first, rest)) = segments.split_first() else {
            return self;
        };
        self.below.entry(first.clone()).or_default().at(rest)
    }

    /// A path parameter as an operation at or below this node declares it.
    fn declared(&self, name: &str) -> Option<&Parameter> {
        let parameters = self
            .operations
            .iter()
            .flat_map(|found| &found.operation.parameters);
        let mut here = parameters.filter(|parameter| parameter.location == Location::Path);
        here.find(|parameter| parameter.name == name)
            .or_else(|| self.below.values().find_map(|inner| inner.declared(name)))
    }

    fn is_verb(&self) -> bool {
        self.below.is_empty() && self.operations.len() == 1
    }
}

struct Planter<'a> {
    tags: BTreeMap<String, String>,
    config: &'a Config,
    /// The handles that `below` keeps together.
    joined: RefCell<BTreeSet<String>>,
}

impl Planter<'_> {
    /// Adds the operations and children at and below `place` to `resource`; `since` are the segments passed since the handle's own.
    fn fill(&self, resource: &mut Resource, place: PathNode, since: &[Segment]) {
        let PathNode { operations, below } = place;
        if let Some(description) = self.description(&operations) {
            resource.description.get_or_insert(description);
        }
        resource
            .operations
            .extend(operations.into_iter().map(|found| found.operation));
        for (segment, mut inner) in below {
            let is_literal = matches!(segment, Segment::Literal(_));
            let mut passed = since.to_vec();
            passed.push(segment);
            let verb = self.verb(&key_below(&resource.key, &passed), &mut inner);
            let above = (resource.key.as_str(), resource.path.as_str());
            let mut children = Vec::new();
            if is_literal {
                let kept = self.kept(above.0, &passed, &mut inner).into_iter();
                children
                    .extend(kept.map(|(passed, inner)| self.handle(above, inner, passed, false)));
            }
            let is_beside = verb.is_some() || !children.is_empty();
            let has_no_other = above == ("", "") && since.is_empty();
            if is_literal && (is_beside || has_no_other || !inner.is_verb()) {
                children.push(self.handle(above, inner, passed, is_beside));
                resource.operations.extend(verb);
                resource.children.extend(children);
            } else {
                resource.operations.extend(verb);
                self.fill(resource, inner, &passed);
            }
        }
    }

    /// Takes out the operation that `[handles]` keeps as a verb of the handle above. An operation alone is one without that.
    fn verb(&self, key: &str, place: &mut PathNode) -> Option<Operation> {
        let wanted = self.config.handles.get(key)?.value.verb.as_deref()?;
        let mut operations = place.operations.iter();
        let at = operations.position(|found| found.operation.id == wanted)?;
        (!place.is_verb()).then(|| place.operations.remove(at).operation)
    }

    /// The handle at `place`, joined with what follows it while there is nothing else; a handle beside a verb of its segment, or beside
    /// one that `below` keeps together, is never joined.
    fn handle(
        &self,
        above: (&str, &str),
        mut place: PathNode,
        mut segments: Vec<Segment>,
        is_beside: bool,
    ) -> Resource {
        while !is_beside && place.operations.is_empty() && place.below.len() == 1 {
            let Some((segment, inner)) = place.below.pop() else {
                break;
            };
            let joins = match segment {
                // In nested layout its module would have another name as soon as there is another one beside it.
                Segment::Literal(_) => self.config.layout == Layout::Flat && !inner.is_verb(),
                Segment::Parameter(_) | Segment::Mixed(_) => inner.operations.is_empty(),
            };
            if !joins {
                place.below.insert(segment, inner);
                break;
            }
            let is_parameter = !matches!(segment, Segment::Literal(_));
            segments.push(segment);
            place = inner;
            if is_parameter {
                break;
            }
        }
        let key = key_below(above.0, &segments);
        let mut path = above.1.to_owned();
        let mut parameters = Vec::new();
        for segment in &segments {
            path.push_str(&format!("/{}", segment.text()));
            let names = segment.parameters().into_iter();
            parameters.extend(names.filter_map(|name| place.declared(name).cloned()));
        }
        let rule = self.config.handles.get(&key);
        let mut resource = Resource {
            description: rule.and_then(|rule| rule.value.description.clone()),
            search_names: rule.map_or_else(Vec::new, |rule| rule.value.search_names.clone()),
            errors: rule.map_or_else(Vec::new, |rule| rule.value.errors.clone()),
            key,
            path,
            segments,
            parameters,
            ..Resource::default()
        };
        self.fill(&mut resource, place, &[]);
        resource
    }

    /// The description of the one tag that all operations of a node share.
    fn description(&self, operations: &[Found]) -> Option<String> {
        let mut tags = operations.iter().flat_map(|found| &found.tags);
        let first = tags.next()?;
        tags.all(|tag| tag == first)
            .then(|| self.tags.get(first).cloned())
            .flatten()
    }
}

/// The key of the handle that these segments lead to: its literals, and the parameters between them. `lists/{list_id}/items` is not
/// `lists/items`.
fn key_below(above: &str, segments: &[Segment]) -> String {
    let mut key = above.to_owned();
    for segment in keyed(segments) {
        if !key.is_empty() {
            key.push('/');
        }
        key.push_str(&segment.text());
    }
    key
}

/// A `verb` must keep an operation that would be of the handle otherwise.
fn check_verbs(root: &Resource, resolver: &mut Resolver<'_>) {
    for (key, rule) in &resolver.config.handles {
        let Some(verb) = &rule.value.verb else {
            continue;
        };
        let above = |resource: &&Resource| resource.children.iter().any(|child| child.key == *key);
        let above = root.walk().into_iter().find(above);
        let mut kept = above.into_iter().flat_map(|above| &above.operations);
        if !kept.any(|operation| operation.id == *verb) {
            let message = format!(
                "this entry changes nothing: `{verb}` is no operation of this segment, or the only one there and below"
            );
            let help = "remove `verb`, or name an operation whose path ends with this segment";
            let place = rule.place.clone();
            let fault = Fault::new(Input::Config, place, message, help);
            resolver.faults.push(fault.on_key().stale());
        }
    }
}

/// Marks the path parameters that a handle takes, so that no operation at or below it takes them again; `above` are those of
/// the handles above.
fn pass_to_handles(resource: &mut Resource, above: &[String]) {
    let own = resource.parameters.iter().map(|own| own.name.clone());
    let taken: Vec<String> = above.iter().cloned().chain(own).collect();
    let operations = resource.operations.iter_mut();
    let parameters = operations.flat_map(|operation| &mut operation.parameters);
    for parameter in parameters.chain(&mut resource.parameters) {
        if parameter.location == Location::Path && taken.contains(&parameter.name) {
            parameter.passed = Passing::Handle;
        }
    }
    for child in &mut resource.children {
        pass_to_handles(child, &taken);
    }
}

/// The literals that other paths have in the place of a parameter.
struct Siblings(BTreeMap<Vec<Segment>, BTreeSet<String>>);

impl Siblings {
    fn of(operations: &[Found]) -> Self {
        let mut literals: BTreeMap<Vec<Segment>, BTreeSet<String>> = BTreeMap::new();
        for found in operations {
            let segments = &found.operation.path.segments;
            for (index, segment) in segments.iter().enumerate() {
                if let Segment::Literal(text) = segment {
                    literals
                        .entry(blank(segments, index))
                        .or_default()
                        .insert(text.clone());
                }
            }
        }
        Self(literals)
    }

    fn reserved(&self, operation: &Operation) -> Vec<(String, Vec<String>)> {
        let segments = &operation.path.segments;
        let mut reserved = Vec::new();
        for (index, segment) in segments.iter().enumerate() {
            if let Segment::Parameter(name) = segment
                && let Some(literals) = self.0.get(&blank(segments, index))
            {
                reserved.push((name.clone(), literals.iter().cloned().collect()));
            }
        }
        reserved
    }
}
