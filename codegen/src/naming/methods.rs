//! Names of methods and endpoints. In: an operation and its handle. Out: the names, with those of its arguments and setters.

use std::collections::BTreeSet;

use crate::config::{key_of, quoted};
use crate::model::{Method, Operation, ResponseKind, Segment, Ty};

use super::case::{Case, plain, raw, snake, upper_camel};
use super::fit::Fit;
use super::handles::{Above, HANDLE};
use super::lock::NameKind;
use super::scope::{Name, Scope};
use super::{MethodNames, Namer};

impl Namer<'_> {
    pub(super) fn method(&mut self, operation: &Operation, above: Above<'_>, scope: &mut Scope) {
        let made = method_made(operation, above.depth);
        let method = match self.config.methods.get(&operation.pointer) {
            Some(rule) => self.given(rule, Some(&made)),
            None => self.settled(NameKind::Method, &operation.pointer, made),
        };
        let line = format!(
            "{} = \"<name>\" under [names.methods] in spec/sdk.toml",
            quoted(&operation.id)
        );
        let clash = scope.take(&method, &operation.pointer, &line);
        let endpoint = method.derived(format!("{}{}", above.ty, upper_camel(plain(&method.text))));
        // A clash of two methods is a clash of their endpoints too, and reported once.
        let clash = clash.or_else(|| {
            let modules = BTreeSet::from([above.module.to_owned()]);
            self.items
                .take(&modules, &endpoint, &operation.pointer, &line)
        });
        self.faults.extend(clash);
        self.searched(&operation.pointer, &method.text);
        self.bodies(operation, &method.text, scope);
        self.parameters(operation);
        let names = MethodNames {
            operation: below(above.path, &method.text),
            method: method.text,
            endpoint: endpoint.text,
        };
        self.names.methods.insert(operation.pointer.clone(), names);
    }

    /// The methods that send a required body in a further media type.
    fn bodies(&mut self, operation: &Operation, method: &str, scope: &mut Scope) {
        let body = operation.body.as_ref().filter(|body| body.required);
        for media in body.iter().flat_map(|body| &body.media) {
            let Some(suffix) = &media.suffix else {
                continue;
            };
            let name = Name::made(format!("{method}_as_{suffix}"));
            let line = format!(
                "{} = \"<reason>\" under [skip] in spec/sdk.toml",
                key_of(&media.pointer)
            );
            self.faults.extend(scope.take(&name, &media.pointer, &line));
            self.names.bodies.insert(media.pointer.clone(), name.text);
        }
    }
}

/// The name of a method in errors.
pub(super) fn below(path: &str, method: &str) -> String {
    let method = plain(method);
    match path {
        "" => method.to_owned(),
        path => format!("{path}.{method}"),
    }
}

/// The name that an operation makes, where the handles up to its own have so many segments.
pub(super) fn method_made(operation: &Operation, depth: usize) -> String {
    let verb = match operation.path.segments.last() {
        Some(Segment::Literal(verb)) => verb.as_str(),
        Some(Segment::Parameter(_) | Segment::Mixed(_)) | None => "",
    };
    let made = method_name(operation, depth);
    let http = operation.method.as_str().to_ascii_lowercase();
    let fit = Fit {
        case: Case::Snake,
        text: verb,
        reserved: &[HANDLE],
        before: &http,
        after: "call",
    };
    fit.name(made)
}

/// The rule: a literal below the handle is a verb; else the HTTP method decides.
fn method_name(operation: &Operation, depth: usize) -> String {
    let below = operation.path.segments.len() > depth;
    match (operation.path.segments.last(), operation.method) {
        (Some(Segment::Literal(verb)), _) if below => raw(snake(verb)),
        (Some(Segment::Literal(_)), Method::Get) if returns_list(operation) => "list".to_owned(),
        (_, method) => verb(method).to_owned(),
    }
}

/// What a method does, where its path says no more.
pub(super) fn verb(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "create",
        Method::Put => "update",
        Method::Patch => "patch",
        Method::Delete => "delete",
        Method::Head => "head",
        Method::Options => "options",
        Method::Trace => "trace",
    }
}

fn returns_list(operation: &Operation) -> bool {
    operation.response_kinds().any(|kind| {
        matches!(
            kind,
            ResponseKind::Result {
                ty: Ty::List(_),
                ..
            } | ResponseKind::Json(Ty::List(_))
        )
    })
}
