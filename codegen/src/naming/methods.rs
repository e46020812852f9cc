//! Names of handles, methods, endpoints, arguments and setters.

use crate::model::{Answer, Location, Method, Operation, Resource, Segment, Ty};
use crate::report::{Fault, Input};

use super::case::{is_valid, snake, upper_camel};
use super::reserved::CALL;
use super::scope::Scope;
use super::types::{address, changes_nothing};
use super::{Handle, MethodNames, Namer};

impl Namer<'_> {
    /// Names the handles from the root down, and the methods of each.
    pub(super) fn handles(&mut self) {
        let mut modules = Scope::new("`generated`", &["api", "error_code", "shared", "types"]);
        let api = self.api;
        for child in &api.root.children {
            self.handle(child, "", 0, true, &mut modules);
        }
    }

    fn handle(
        &mut self,
        resource: &Resource,
        parent: &str,
        depth: usize,
        top: bool,
        modules: &mut Scope,
    ) {
        let made = base_name(resource);
        let place = resource
            .operations
            .first()
            .map(|operation| operation.pointer.clone());
        let place = place
            .or_else(|| {
                resource
                    .parameters
                    .first()
                    .map(|parameter| parameter.pointer.clone())
            })
            .unwrap_or_default();
        let rule = self.config.handles.get(&resource.key);
        let (mut method, mut ty) = (snake(&made), upper_camel(&made));
        if let Some(rule) = rule {
            rule.mark();
            let given = (rule.value.method.clone(), rule.value.ty.clone());
            let says_nothing = rule.value.description.is_none();
            if says_nothing
                && given.0.as_ref().is_none_or(|given| *given == method)
                && given.1.as_ref().is_none_or(|given| *given == ty)
            {
                self.faults.push(changes_nothing(&rule.place, &made));
            }
            method = given.0.unwrap_or(method);
            ty = given.1.unwrap_or(ty);
        }
        let line = format!(
            "\"{}\" = {{ method = \"<name>\", type = \"<Name>\" }} under [handles] in spec/sdk.toml",
            resource.key
        );
        self.faults.extend(modules.take(&method, &place, &line));
        self.faults.extend(self.items.take(&ty, &place, &line));
        // The handle at the top, the account, goes without saying.
        let path = match (top, parent) {
            (true, _) => String::new(),
            (false, "") => method.clone(),
            (false, parent) => format!("{parent}.{method}"),
        };
        let depth = depth + resource.segments.len();
        let mut scope = Scope::new(&format!("`{ty}`"), &["clone", "new"]);
        for child in &resource.children {
            let name = snake(&base_name(child));
            let pointer = child
                .operations
                .first()
                .map(|operation| operation.pointer.clone())
                .unwrap_or_default();
            let _ = scope.take(&name, &pointer, "");
        }
        for operation in &resource.operations {
            self.method(operation, depth, &path, &ty, &mut scope);
        }
        let handle = Handle {
            method,
            ty,
            path: path.clone(),
        };
        self.names.handles.insert(resource.key.clone(), handle);
        for child in &resource.children {
            self.handle(child, &path, depth, false, modules);
        }
    }

    fn method(
        &mut self,
        operation: &Operation,
        depth: usize,
        path: &str,
        handle: &str,
        scope: &mut Scope,
    ) {
        let made = method_name(operation, depth);
        let method = match self.config.methods.get(&operation.pointer) {
            Some(rule) => {
                if rule.value == made {
                    self.faults.push(changes_nothing(&rule.place, &rule.value));
                }
                rule.value.clone()
            }
            None => made,
        };
        let line = format!(
            "\"{}\" = \"<name>\" under [names.methods] in spec/sdk.toml",
            operation.id
        );
        self.faults
            .extend(scope.take(&method, &operation.pointer, &line));
        let endpoint = format!("{handle}{}", upper_camel(&method));
        self.faults
            .extend(self.items.take(&endpoint, &operation.pointer, &line));
        self.parameters(operation);
        let names = MethodNames {
            operation: match path {
                "" => method.clone(),
                path => format!("{path}.{method}"),
            },
            method,
            endpoint,
        };
        self.names.methods.insert(operation.pointer.clone(), names);
    }

    /// Arguments stand in one scope with the body, setters in one with the methods of every call.
    fn parameters(&mut self, operation: &Operation) {
        let mut arguments = Scope::new(
            &format!("the arguments of `{}`", operation.id),
            &["body", "self"],
        );
        let mut setters = Scope::new(&format!("the call of `{}`", operation.id), CALL);
        for parameter in &operation.parameters {
            let made = self.word(&parameter.name);
            let name = match self.config.fields.get(&parameter.pointer) {
                Some(rule) => {
                    if rule.value == made {
                        self.faults.push(changes_nothing(&rule.place, &rule.value));
                    }
                    rule.value.clone()
                }
                None => made,
            };
            if parameter.location != Location::Path && !is_valid(&name) {
                let help = format!(
                    "\"{}?{}\" = \"<name>\" under [names.fields] in spec/sdk.toml",
                    operation.id, parameter.name
                );
                let message =
                    format!("this would be called `{name}` in Rust, which is no valid name");
                self.faults.push(Fault::new(
                    Input::Spec,
                    parameter.pointer.clone(),
                    message,
                    help,
                ));
            }
            let line = format!(
                "\"{}\" = \"<name>\" under [names.fields] in spec/sdk.toml",
                address(&parameter.pointer)
            );
            let scope = match parameter.required {
                true => &mut arguments,
                false => &mut setters,
            };
            self.faults
                .extend(scope.take(&name, &parameter.pointer, &line));
            self.names
                .parameters
                .insert(parameter.pointer.clone(), name);
        }
    }
}

/// What the path calls a handle: its literals, or the parameter that it takes, without `_id`.
fn base_name(resource: &Resource) -> String {
    if let Some(Segment::Parameter(name)) = resource.segments.last() {
        return name.strip_suffix("_id").unwrap_or(name).to_owned();
    }
    let literals = resource
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Literal(text) => Some(text.as_str()),
            Segment::Parameter(_) => None,
        });
    literals.collect::<Vec<_>>().join("_")
}

/// The rule: a literal below the handle is a verb; else the HTTP method says it.
fn method_name(operation: &Operation, depth: usize) -> String {
    let below = operation.path.segments.len() > depth;
    match (operation.path.segments.last(), operation.method) {
        (Some(Segment::Literal(verb)), _) if below => snake(verb),
        (Some(Segment::Literal(_)), Method::Get) if gives_list(operation) => "list".to_owned(),
        (_, Method::Get) => "get".to_owned(),
        (_, Method::Post) => "create".to_owned(),
        (_, Method::Put) => "update".to_owned(),
        (_, Method::Patch) => "patch".to_owned(),
        (_, Method::Delete) => "delete".to_owned(),
        (_, Method::Head) => "head".to_owned(),
        (_, Method::Options) => "options".to_owned(),
        (_, Method::Trace) => "trace".to_owned(),
    }
}

fn gives_list(operation: &Operation) -> bool {
    let mut answers = operation
        .successes
        .iter()
        .flat_map(|success| &success.answers);
    answers.any(|answer| {
        matches!(
            answer,
            Answer::Result {
                ty: Ty::List(_),
                ..
            } | Answer::Json(Ty::List(_))
        )
    })
}
