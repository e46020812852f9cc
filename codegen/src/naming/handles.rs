//! Names of handles: of the methods that return them, of their types and modules. In: the tree. Out: those names, and with `methods` the
//! names of what each handle has.

use std::collections::BTreeSet;

use crate::config::{Layout, quoted};
use crate::model::{Resource, Segment};
use crate::pointer::Pointer;

use super::case::{Case, plain, raw, snake, upper_camel};
use super::fit::{self, Fit};
use super::lock::NameKind;
use super::methods::below;
use super::reserved::{CLIENT, MODULES};
use super::scope::{Name, Scope};
use super::types::changes_nothing;
use super::{Handle, Namer};

/// The parent of a handle.
#[derive(Clone, Copy)]
pub(super) struct Above<'a> {
    /// The module of the handle above.
    pub(super) module: &'a str,
    /// The names of the handles above, joined by dots, as errors print them.
    pub(super) path: &'a str,
    /// How many segments the handles above have.
    pub(super) depth: usize,
    /// The type that has the method that returns the handle.
    pub(super) ty: &'a str,
    /// The names of the runtime's methods of that type.
    pub(super) reserved: &'static [&'static str],
}

/// The client, which has the methods that return the handles at the top.
const TOP: Above<'_> = Above {
    module: "",
    path: "",
    depth: 0,
    ty: "Client",
    reserved: CLIENT,
};

/// The names of the runtime's methods of every handle, and of methods of traits that take any value: `handle.into()` would be that of the trait.
pub(super) const HANDLE: &[&str] = &["clone", "into", "new", "try_into"];

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
            let (method, ty) = self.handle_names(child, above.reserved);
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
                    let module = self.handle_module(child, above);
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
            let (method, _) = self.handle_names(child, HANDLE);
            // A fault of this name, if any, is reported with the child.
            let _ = scope.take(&method, &self::place(child), &"");
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
    fn handle_module(&self, resource: &Resource, above: Above<'_>) -> Name {
        let rule = self.config.handles.get(&resource.key);
        match rule.and_then(|rule| Some((rule.value.method.as_ref()?, &rule.place))) {
            Some((given, place)) => Name::given(given, &place.push("method")),
            None => {
                let made = literals(resource);
                let reserved = match above.module {
                    "" => MODULES,
                    _ => &[],
                };
                let made = handle_word(&made, raw(snake(&made)), &[reserved]);
                self.settled_module(&handle_node(resource), made)
            }
        }
    }

    /// The method that returns a handle, and its type: from `sdk.toml`, or from the path.
    /// `reserved` has the names of the runtime's methods beside that method.
    fn handle_names(
        &mut self,
        resource: &Resource,
        reserved: &'static [&'static str],
    ) -> (Name, Name) {
        let made = base_name(resource);
        // In nested layout the schema of the item, such as `Zone`, is in the same module.
        let of_type = match self.config.layout {
            Layout::Flat => made.clone(),
            Layout::Nested => literals(resource),
        };
        let reserved: &[_] = match self.config.layout {
            Layout::Flat => &[reserved, super::files(self.config)],
            Layout::Nested => &[reserved],
        };
        let of_method = handle_word(&made, raw(snake(&made)), reserved);
        let of_type = fit::item(&of_type, upper_camel(&of_type), "Handle");
        let node = handle_node(resource);
        let method = self.settled(NameKind::HandleMethod, &node, of_method);
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
            && !given.divided
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
}

/// The line to write in `sdk.toml` to rename a handle.
fn handle_line(resource: &Resource) -> String {
    format!(
        "{} = {{ method = \"<name>\", type = \"<Name>\" }} under [handles] in spec/sdk.toml",
        quoted(&resource.key)
    )
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

/// The name of a handle's method or module.
fn handle_word(text: &str, made: String, reserved: &[&[&str]]) -> String {
    let fit = Fit {
        case: Case::Snake,
        text,
        reserved,
        before: "handle",
        after: "handle",
    };
    fit.name(made)
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
