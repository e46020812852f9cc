//! Names of handles, methods, endpoints, arguments and setters.

use std::collections::BTreeSet;

use crate::config::{Layout, key_of, quoted};
use crate::model::{Method, Operation, Passing, Resource, ResponseKind, Segment, Ty};
use crate::pointer::Pointer;

use super::case::{Case, plain, raw, snake, upper_camel};
use super::lock::NameKind;
use super::reserved::{CALL, CLIENT, MODULES};
use super::scope::{Name, Scope};
use super::types::changes_nothing;
use super::{Handle, MethodNames, Namer};

/// The parent of a handle.
#[derive(Clone, Copy)]
struct Above<'a> {
    /// The module of the handle above.
    module: &'a str,
    /// The names of the handles above, joined by dots, as errors print them.
    path: &'a str,
    /// How many segments the handles above have.
    depth: usize,
    /// The type that has the method that returns the handle.
    ty: &'a str,
    /// The names of the runtime's methods of that type.
    reserved: &'static [&'static str],
}

/// The client, which has the methods that return the handles at the top.
const TOP: Above<'_> = Above {
    module: "",
    path: "",
    depth: 0,
    ty: "Client",
    reserved: CLIENT,
};

/// The names of the runtime's methods of every handle.
const HANDLE: &[&str] = &["clone", "new"];

impl Namer<'_> {
    /// Names the handles from the root down, and the methods of each.
    pub(super) fn handles(&mut self) {
        let api = self.api;
        let mut scope = Scope::new("`Client`", Case::Snake, CLIENT);
        self.children(&api.root.children, TOP, &mut scope);
    }

    /// Names the handles below a handle, or below the client; `scope` has the methods of the one above.
    fn children(&mut self, children: &[Resource], above: Above<'_>, scope: &mut Scope) {
        let mut modules = match above.module {
            "" => Scope::new("the crate", Case::Snake, MODULES),
            module => Scope::new(&format!("`{module}`"), Case::Snake, &[]),
        };
        for child in children {
            let (method, ty) = self.handle_names(child);
            let (place, line) = (place(child), handle_line(child));
            let module = match self.config.layout {
                Layout::Flat => {
                    let clash = self.modules.take(&method, &place, &line).or_else(|| {
                        let name = format!("`{}`", above.ty);
                        let mut beside = Scope::new(&name, Case::Snake, above.reserved);
                        beside.take(&method, &place, &line)
                    });
                    self.faults.extend(clash);
                    method.text.clone()
                }
                Layout::Nested => {
                    let module = self.handle_module(child);
                    let clash = scope.take(&method, &place, &line);
                    // A handle below another has a module of its own name; one clash is reported once.
                    let clash = clash.or_else(|| modules.take(&module, &place, &line));
                    let is_free = clash.is_none();
                    self.faults.extend(clash);
                    match above.module {
                        // What is in the two would clash too.
                        _ if !is_free => child.key.clone(),
                        "" => module.text,
                        above => format!("{above}::{}", module.text),
                    }
                }
            };
            self.handle(child, above, method, ty, &module);
        }
    }

    fn handle(
        &mut self,
        resource: &Resource,
        above: Above<'_>,
        method: Name,
        ty: Name,
        module: &str,
    ) {
        let (place, line) = (place(resource), handle_line(resource));
        let modules = BTreeSet::from([module.to_owned()]);
        let clash = self.items.take(&modules, &ty, &place, &line);
        self.faults.extend(clash);
        let path = match self.config.layout {
            Layout::Flat => path(resource, &method.text, above.path),
            Layout::Nested => plain_path(module),
        };
        let handle = Handle {
            path,
            method: method.text,
            ty: ty.text,
        };
        let inside = Above {
            module,
            path: &handle.path,
            depth: above.depth + resource.segments.len(),
            ty: &handle.ty,
            reserved: HANDLE,
        };
        let mut scope = Scope::new(&format!("`{}`", handle.ty), Case::Snake, HANDLE);
        for child in &resource.children {
            let (method, _) = self.handle_names(child);
            // A fault of this name, if any, is reported with the child.
            let _ = scope.take(&method, &self::place(child), "");
        }
        for operation in &resource.operations {
            self.method(operation, inside, &mut scope);
        }
        for operation in &resource.operations {
            self.waiters(operation, &handle.path, &mut scope);
        }
        let homes = &mut self.names.homes.handles;
        homes.insert(resource.key.clone(), module.to_owned());
        let mut scope = Scope::new(&format!("`{}`", handle.ty), Case::Snake, HANDLE);
        self.children(&resource.children, inside, &mut scope);
        self.names.handles.insert(resource.key.clone(), handle);
    }

    /// The module of a handle in nested layout: as `sdk.toml` calls the handle, else its literals.
    fn handle_module(&self, resource: &Resource) -> Name {
        let rule = self.config.handles.get(&resource.key);
        match rule.and_then(|rule| Some((rule.value.method.as_ref()?, &rule.place))) {
            Some((given, place)) => Name::given(given, &place.push("method")),
            None => {
                let made = raw(snake(&literals(resource)));
                self.settled_module(&handle_node(resource), made)
            }
        }
    }

    /// The method that returns a handle, and its type: from `sdk.toml`, or from the path.
    fn handle_names(&mut self, resource: &Resource) -> (Name, Name) {
        let made = base_name(resource);
        // In nested layout the schema of the item, such as `Zone`, is in the same module.
        let of_type = match self.config.layout {
            Layout::Flat => upper_camel(&made),
            Layout::Nested => upper_camel(&literals(resource)),
        };
        let node = handle_node(resource);
        let method = self.settled(NameKind::HandleMethod, &node, raw(snake(&made)));
        let ty = self.settled(NameKind::HandleType, &node, of_type);
        let Some(rule) = self.config.handles.get(&resource.key) else {
            return (method, ty);
        };
        let given = &rule.value;
        let repeats = |given: &Option<String>, made: &Name| {
            given.as_ref().is_none_or(|given| *given == made.text)
        };
        let says_nothing = given.description.is_none()
            && given.verb.is_none()
            && given.below.is_none()
            && given.search_names.is_empty()
            && given.errors.is_empty()
            && repeats(&given.method, &method)
            && repeats(&given.ty, &ty);
        if says_nothing && !rule.is_used() {
            self.faults.push(changes_nothing(&rule.place, &made));
        }
        rule.mark();
        let own = given.ty.as_ref().unwrap_or(&ty.text).clone();
        let list = rule.place.push("search_names");
        self.check_search_names(&given.search_names, &own, &list);
        let choose = |given: &Option<String>, key: &str, made: Name| match given {
            Some(text) => Name::given(text, &rule.place.push(key)),
            None => made,
        };
        (
            choose(&given.method, "method", method),
            choose(&given.ty, "type", ty),
        )
    }

    fn method(&mut self, operation: &Operation, above: Above<'_>, scope: &mut Scope) {
        let made = method_name(operation, above.depth);
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

    /// Arguments share a scope with the body, setters share one with the methods of every call.
    fn parameters(&mut self, operation: &Operation) {
        let mut arguments = Scope::new(
            &format!("the arguments of `{}`", operation.id),
            Case::Snake,
            &["body", "self"],
        );
        let mut setters = Scope::new(
            &format!("the call of `{}`", operation.id),
            Case::Snake,
            CALL,
        );
        if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
            let _ = setters.take(&Name::made("body".to_owned()), &body.pointer, "");
            for media in &body.media {
                if let Some(suffix) = &media.suffix {
                    let name = Name::made(format!("body_as_{suffix}"));
                    let _ = setters.take(&name, &media.pointer, "");
                    self.names.bodies.insert(media.pointer.clone(), name.text);
                }
            }
        }
        for parameter in &operation.parameters {
            let made = self.word(&parameter.name);
            let name = match self.config.fields.get(&parameter.pointer) {
                Some(rule) => self.given(rule, Some(&made)),
                None => self.settled(NameKind::Parameter, &parameter.pointer, made),
            };
            let line = format!(
                "{} = \"<name>\" under [names.fields] in spec/sdk.toml",
                key_of(&parameter.pointer)
            );
            let scope = match parameter.passed {
                Passing::Handle | Passing::Argument => &mut arguments,
                Passing::Setter => &mut setters,
            };
            let mut clash = scope.take(&name, &parameter.pointer, &line);
            if parameter.has_maybe() {
                let maybe = name.derived(format!("maybe_{}", plain(&name.text)));
                // A clash of two parameters is a clash of their second setters too, and reported once.
                clash = clash.or_else(|| scope.take(&maybe, &parameter.pointer, &line));
            }
            self.faults.extend(clash);
            self.names
                .parameters
                .insert(parameter.pointer.clone(), name.text);
        }
    }
}

/// The line to write in `sdk.toml` to rename a handle.
fn handle_line(resource: &Resource) -> String {
    format!(
        "{} = {{ method = \"<name>\", type = \"<Name>\" }} under [handles] in spec/sdk.toml",
        quoted(&resource.key)
    )
}

/// The name of a method in errors.
pub(super) fn below(path: &str, method: &str) -> String {
    let method = plain(method);
    match path {
        "" => method.to_owned(),
        path => format!("{path}.{method}"),
    }
}

/// The node that faults about a handle point to: its first operation or parameter, or those of a handle below.
fn place(resource: &Resource) -> Pointer {
    let operation = resource
        .operations
        .first()
        .map(|operation| &operation.pointer);
    let parameter = resource
        .parameters
        .first()
        .map(|parameter| &parameter.pointer);
    match operation.or(parameter) {
        Some(pointer) => pointer.clone(),
        None => resource.children.first().map(place).unwrap_or_default(),
    }
}

/// The name of a handle in errors. A handle at the top that takes an id, such as the account, is left out.
fn path(resource: &Resource, method: &str, above: &str) -> String {
    let is_root = above.is_empty() && !resource.parameters.is_empty();
    match is_root {
        true => String::new(),
        false => below(above, method),
    }
}

/// The name of a handle from the path: its literals, or the parameter that it takes, without `_id`.
pub(super) fn base_name(resource: &Resource) -> String {
    if let Some(last @ (Segment::Parameter(_) | Segment::Mixed(_))) = resource.segments.last() {
        let names = last.parameters().into_iter();
        let names = names.map(|name| name.strip_suffix("_id").unwrap_or(name));
        return names.collect::<Vec<_>>().join("_");
    }
    literals(resource)
}

/// The key of a handle as a node, which is the place of its names in `names.lock`.
pub(super) fn handle_node(resource: &Resource) -> Pointer {
    Pointer::root().push(&resource.key)
}

/// The literals between the handle above and this one.
pub(super) fn literals(resource: &Resource) -> String {
    let literals = resource
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Literal(text) => Some(text.as_str()),
            Segment::Parameter(_) | Segment::Mixed(_) => None,
        });
    literals.collect::<Vec<_>>().join("_")
}

/// The path of a module as errors print it: `zones.dns_records`.
fn plain_path(module: &str) -> String {
    let parts: Vec<&str> = module.split("::").map(plain).collect();
    parts.join(".")
}

/// The rule: a literal below the handle is a verb; else the HTTP method decides.
pub(super) fn method_name(operation: &Operation, depth: usize) -> String {
    let below = operation.path.segments.len() > depth;
    match (operation.path.segments.last(), operation.method) {
        (Some(Segment::Literal(verb)), _) if below => raw(snake(verb)),
        (Some(Segment::Literal(_)), Method::Get) if returns_list(operation) => "list".to_owned(),
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
