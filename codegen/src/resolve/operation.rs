//! Operations: every method of every path, in document order.

use std::collections::BTreeMap;

use openapiv3::{Operation as Said, Parameter, PathItem, ReferenceOr, Server};

use crate::config::{Repeat, imports, quoted};
use crate::model::{Fold, Method, Operation, Path, Segment};
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Fault, Input, ReadAs};

use super::paging::{Paged, has_list};
use super::places::{self, Places};
use super::resolver::Resolver;
use super::words::stated;

/// An operation with its tags.
pub(super) struct Found {
    pub(super) operation: Operation,
    pub(super) tags: Vec<String>,
}

impl Resolver<'_> {
    /// All operations that are neither skipped nor at fault.
    pub(super) fn operations(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        let place = Pointer::root().push("paths");
        let templates = self.document.keys(&place);
        let patterns = self.config.import.iter().map(|rule| rule.value.as_str());
        let places = Places::of(patterns.chain(templates.iter().map(String::as_str)));
        let document = self.document;
        for (template, item) in &document.openapi().paths.paths {
            let pointer = place.push(template);
            let item = match item {
                ReferenceOr::Item(item) => item.clone(),
                ReferenceOr::Reference { .. } => {
                    self.fault(
                        &pointer,
                        "a path that refers to another one",
                        "write the operations out, or remove the path in spec/overlay.yaml",
                    );
                    continue;
                }
            };
            let (segments, renamed) = places.named(template);
            let path = Path {
                template: format!(
                    "{}{}",
                    places::template(&segments),
                    if template.ends_with('/') { "/" } else { "" }
                ),
                segments,
            };
            let order = self.document.keys(&pointer);
            let (shared, servers, mut operations) = split(item);
            let known = found.len();
            // openapiv3 keeps no order among the methods of a path; the document does.
            operations
                .sort_by_key(|(method, _)| order.iter().position(|key| key == key_of(*method)));
            for (method, said) in operations {
                let pointer = pointer.push(key_of(method));
                let path = (path.clone(), &renamed);
                found.extend(self.operation(pointer, method, path, shared.clone(), said));
            }
            if found.len() > known {
                self.own_servers(&pointer, &servers);
            }
        }
        found
    }

    fn operation(
        &mut self,
        pointer: Pointer,
        method: Method,
        (path, renamed): (Path, &BTreeMap<String, String>),
        shared: Vec<ReferenceOr<Parameter>>,
        said: Said,
    ) -> Option<Found> {
        if self.skips(&pointer) || self.document.left_out().covers(&pointer) {
            return None;
        }
        let id = said
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{} {}", method.as_str(), path.template));
        if let Some(unfit) = path.segments.iter().find_map(unfit) {
            self.fault_of(
                Code::Path,
                &pointer,
                format!("{unfit} in the path of this operation: unsupported by the runtime"),
                format!(
                    "skip it under [skip] in spec/sdk.toml: {} = \"<reason>\"",
                    quoted(&id)
                ),
            );
            self.helped(Entry::skip(id).about(&pointer));
            return None;
        }
        if !self.config.import.is_empty() && !imports(&self.config.import, &path.template) {
            self.fault_of(
                Code::NotImported,
                &pointer,
                "no pattern of [import] in spec/sdk.toml selects this operation",
                format!(
                    "add {} to `paths` there, or remove the operation",
                    quoted(&path.template)
                ),
            );
        }
        let Said {
            tags,
            summary,
            description,
            external_docs: _,
            operation_id: _,
            parameters,
            request_body,
            responses,
            callbacks,
            deprecated,
            security,
            servers,
            extensions,
        } = said;
        self.own_servers(&pointer, &servers);
        if !callbacks.is_empty() {
            self.fault(
                &pointer.push("callbacks"),
                "callbacks: the service would call the application, which an SDK does not serve",
                "remove them in spec/overlay.yaml, with the reason",
            );
            self.read_as(ReadAs::LeftOut);
            self.fold_whole(&pointer.push("callbacks"), Fold::Ignored);
        }
        let lists = [
            (
                pointer.parent().unwrap_or_default().push("parameters"),
                shared,
            ),
            (pointer.push("parameters"), parameters),
        ];
        let parameters = self.parameters(&path, renamed, lists);
        let body = request_body.and_then(|body| self.body(&pointer.push("requestBody"), body));
        let (mut successful, failures) = self.responses(&pointer.push("responses"), responses);
        let list_inside = self.list_inside((&id, &pointer), &mut successful);
        self.ledger.emitted(&pointer);
        let paged = Paged {
            id: &id,
            parameters: &parameters,
            responses: &successful,
            around: list_inside.as_ref().map(|list| &list.object),
        };
        let paging = self.paging(&pointer, &paged);
        let operation = Operation {
            id,
            repeatable: self.repeatable(&pointer, method),
            foreign_totals: paging.is_none()
                && has_list(&successful)
                && self.config.foreign_totals.get(&pointer).is_some(),
            list_inside,
            paging,
            security: self.requirements(&pointer, security),
            permission: self.permission(&pointer, &extensions),
            search_names: self.search_names(&pointer),
            pointer,
            method,
            path,
            summary: stated(summary),
            description: stated(description),
            deprecated,
            parameters,
            body,
            responses: successful,
            failures,
            reserved: Vec::new(),
            waiters: Vec::new(),
        };
        Some(Found { operation, tags })
    }

    fn repeatable(&mut self, pointer: &Pointer, method: Method) -> bool {
        let default = method.is_idempotent();
        let Some(rule) = self.config.repeat.get(pointer) else {
            return default;
        };
        let said = rule.value == Repeat::Safe;
        if said == default {
            let place = rule.place.clone();
            let message = format!(
                "this entry changes nothing: {} has this meaning already",
                method.as_str()
            );
            let fault = Fault::new(Input::Config, place, message, "remove the entry");
            self.faults.push(fault.on_key().stale());
        }
        said
    }
}

/// Describes a segment that is neither a literal nor one parameter.
fn unfit(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Literal(text) if text.is_empty() => Some("an empty segment".to_owned()),
        Segment::Literal(text) if matches!(text.as_str(), "." | "..") => {
            Some(format!("`{text}`, which leads elsewhere,"))
        }
        Segment::Literal(text) => {
            let odd = text.chars().find(|letter| !is_of_path(*letter))?;
            Some(format!("{odd:?}, which a path cannot have,"))
        }
        Segment::Parameter(_) => None,
        Segment::Mixed(text) => {
            let odd = text
                .chars()
                .find(|letter| !is_of_path(*letter) && !matches!(letter, '{' | '}'))?;
            Some(format!("{odd:?}, which a path cannot have,"))
        }
    }
}

/// The characters of a path segment: RFC 3986, section 3.3.
fn is_of_path(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%".contains(letter)
}

fn key_of(method: Method) -> &'static str {
    Method::ALL
        .iter()
        .find(|(known, _)| *known == method)
        .map_or("", |(_, key)| key)
}

/// The parameters, the servers and the operations of a path.
type Parts = (
    Vec<ReferenceOr<Parameter>>,
    Vec<Server>,
    Vec<(Method, Said)>,
);

fn split(item: PathItem) -> Parts {
    let PathItem {
        summary: _,
        description: _,
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        servers,
        parameters,
        extensions: _,
    } = item;
    let methods = [
        (Method::Get, get),
        (Method::Put, put),
        (Method::Post, post),
        (Method::Delete, delete),
        (Method::Options, options),
        (Method::Head, head),
        (Method::Patch, patch),
        (Method::Trace, trace),
    ];
    let operations = methods
        .into_iter()
        .filter_map(|(method, said)| said.map(|said| (method, said)))
        .collect();
    (parameters, servers, operations)
}
