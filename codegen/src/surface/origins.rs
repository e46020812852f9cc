//! The origins of the entries. In: a surface and its model. Out: each entry with its nodes, and its identity in the
//! document.

use std::collections::BTreeMap;

use crate::model::{
    Api, Body, Construction, Location, Media, Operation, Parameter, Passing, Resource, Scalar,
    Struct, TypeKind, Union,
};
use crate::naming::Names;
use crate::pointer::Pointer;

use super::Surface;

/// Links each entry to its nodes; an entry without nodes of its own has those of its owner.
pub(super) fn bind(surface: &mut Surface, api: &Api, names: &Names) {
    let mut origins = Origins {
        api,
        names,
        found: BTreeMap::new(),
    };
    origins.types();
    origins.ids();
    for resource in api.root.walk() {
        origins.resource(resource);
    }
    let found = origins.found;
    for (path, entry) in &mut surface.entries {
        let own = found
            .get(path)
            .or_else(|| found.get(entry.owner.as_deref()?));
        let Some(origin) = own else { continue };
        entry.pointers = origin.pointers.clone();
        if found.contains_key(path) {
            entry.identity = Some(origin.identity.clone());
        }
        for argument in entry.lines.iter_mut().flat_map(|line| &mut line.arguments) {
            if let Some(sent) = origin.arguments.get(&argument.name) {
                argument.sent_as.clone_from(sent);
            }
        }
    }
}

/// The origin of one entry.
#[derive(Default)]
struct Origin {
    identity: String,
    pointers: Vec<Pointer>,
    /// Where the values of arguments are sent, by name.
    arguments: BTreeMap<String, String>,
}

struct Origins<'a> {
    api: &'a Api,
    names: &'a Names,
    found: BTreeMap<String, Origin>,
}

impl Origins<'_> {
    fn add(&mut self, path: String, identity: String, pointer: &Pointer) -> &mut Origin {
        let origin = Origin {
            identity,
            pointers: vec![pointer.clone()],
            arguments: BTreeMap::new(),
        };
        self.found.entry(path).or_insert(origin)
    }

    fn types(&mut self) {
        let (api, names) = (self.api, self.names);
        for (pointer, ty) in &api.types {
            let Some(name) = &names.type_path(pointer) else {
                continue;
            };
            self.add(name.clone(), format!("type {pointer}"), pointer);
            match &ty.kind {
                TypeKind::Struct(object) => self.structure(name, pointer, object),
                TypeKind::Enum(list) => {
                    for value in &list.values {
                        let path = variant(names, name, &value.pointer);
                        let identity = format!("value {pointer} {}", text(&value.value));
                        self.add(path, identity, &value.pointer);
                    }
                }
                TypeKind::Union(union) => self.union(name, pointer, union),
            }
        }
    }

    fn structure(&mut self, name: &str, pointer: &Pointer, object: &Struct) {
        let names = self.names;
        let mut arguments = BTreeMap::new();
        for field in &object.fields {
            let Some(called) = names.fields.get(&field.pointer) else {
                continue;
            };
            let identity = format!("property {pointer} {}", field.wire);
            arguments.insert(called.clone(), format!("property {}", field.wire));
            self.add(format!("{name}::{called}"), identity, &field.pointer);
        }
        if object.additional.is_some() {
            let path = format!("{name}::additional_properties");
            let place = pointer.push("additionalProperties");
            self.add(path, format!("other properties {pointer}"), &place);
        }
        let start = match object.made {
            Construction::None => return,
            Construction::Empty | Construction::New => "new",
            Construction::Builder => "builder",
        };
        let identity = format!("constructor {pointer}");
        let origin = self.add(format!("{name}::{start}"), identity, pointer);
        origin.arguments.clone_from(&arguments);
    }

    fn union(&mut self, name: &str, pointer: &Pointer, union: &Union) {
        let names = self.names;
        for member in &union.variants {
            let path = variant(names, name, &member.pointer);
            let of = member
                .ty
                .named()
                .map_or_else(|| member.tags.join(" "), ToString::to_string);
            self.add(path, format!("shape {pointer} {of}"), &member.pointer);
        }
        let first = union.variants.first().and_then(|member| member.ty.named());
        let Some(TypeKind::Struct(object)) = first
            .and_then(|first| self.api.types.get(first))
            .map(|ty| &ty.kind)
        else {
            return;
        };
        for (wire, _) in &union.common {
            let field = object.fields.iter().find(|field| field.wire == *wire);
            let Some(field) = field else { continue };
            if let Some(called) = names.fields.get(&field.pointer) {
                let identity = format!("shared property {pointer} {wire}");
                self.add(format!("{name}::{called}"), identity, &field.pointer);
            }
        }
    }

    fn ids(&mut self) {
        for (name, id) in &self.api.ids {
            let origin = Origin {
                identity: format!("id {name}"),
                pointers: id.pointers.clone(),
                arguments: BTreeMap::new(),
            };
            let path = self.names.id_path(name);
            self.found.entry(path).or_insert(origin);
        }
    }

    fn resource(&mut self, resource: &Resource) {
        let names = self.names;
        let Some(path) = names.handle_path(&resource.key) else {
            return;
        };
        let operations = resource.operations.iter();
        let places = operations.map(|operation| &operation.pointer);
        let place = places
            .chain(
                resource
                    .parameters
                    .iter()
                    .map(|parameter| &parameter.pointer),
            )
            .next();
        let place = place
            .cloned()
            .unwrap_or_else(|| Pointer::root().push("paths"));
        let origin = self.add(path.clone(), format!("handle {}", resource.key), &place);
        for parameter in &resource.parameters {
            let called = names.parameters.get(&parameter.pointer).cloned();
            origin
                .arguments
                .insert(called.unwrap_or_default(), "path".to_owned());
        }
        for operation in &resource.operations {
            self.operation(&path, operation);
        }
    }

    fn operation(&mut self, handle: &str, operation: &Operation) {
        let names = self.names;
        let Some(called) = names.methods.get(&operation.pointer) else {
            return;
        };
        let (method, id) = (format!("{handle}::{}", called.method), &operation.id);
        let endpoint = names.endpoint_path(handle, &called.endpoint);
        let mut arguments = BTreeMap::from([("body".to_owned(), "body".to_owned())]);
        for parameter in &operation.parameters {
            let Some(name) = names.parameters.get(&parameter.pointer) else {
                continue;
            };
            let sent = sent_as(parameter);
            match parameter.passed {
                Passing::Handle | Passing::Argument => {
                    arguments.insert(name.clone(), sent);
                }
                Passing::Setter => {
                    let path = format!("Call<{endpoint}>::{name}");
                    self.add(path, format!("parameter {id} {sent}"), &parameter.pointer);
                }
            }
        }
        if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
            let path = format!("Call<{endpoint}>::body");
            self.add(path, format!("body {id}"), &body.pointer);
            for (media, name) in self.further(body) {
                let path = format!("Call<api::{}>::{name}", called.endpoint);
                self.add(
                    path,
                    format!("body {id} {}", media.media_type),
                    &media.pointer,
                );
            }
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            for (media, name) in self.further(body) {
                let path = format!("{handle}::{name}");
                let identity = format!("operation {id} {}", media.media_type);
                let origin = self.add(path, identity, &media.pointer);
                origin.arguments.clone_from(&arguments);
            }
        }
        for waiter in &operation.waiters {
            let path = format!("{handle}::{}", waiter.method);
            let origin = self.add(path, format!("waiter {}", waiter.key), &operation.pointer);
            origin.arguments.clone_from(&arguments);
        }
        if let Some(outcome) = names.outcomes.get(&operation.pointer) {
            let place = operation.pointer.push("responses");
            self.add(outcome.path.clone(), format!("outcome {id}"), &place);
            for (kind, variant) in operation.several_kinds().iter().zip(&outcome.variants) {
                let media = kind.media.join(" ");
                let identity = format!("success {id} {} {media}", kind.status);
                self.add(
                    format!("{}::{variant}", outcome.path),
                    identity,
                    kind.pointer,
                );
            }
        }
        let origin = self.add(method, format!("operation {id}"), &operation.pointer);
        origin.arguments = arguments;
    }
}

impl<'a> Origins<'a> {
    /// The further media types of a body, with their names.
    fn further(&self, body: &'a Body) -> Vec<(&'a Media, &'a String)> {
        let media = body.media.iter();
        let named = media.filter_map(|media| Some((media, self.names.bodies.get(&media.pointer)?)));
        named.collect()
    }
}

fn variant(names: &Names, ty: &str, pointer: &Pointer) -> String {
    let variant = names.variants.get(pointer).map_or("", String::as_str);
    format!("{ty}::{variant}")
}

/// Where the value of a parameter is sent. In the path the position counts, not the name.
pub(crate) fn sent_as(parameter: &Parameter) -> String {
    match parameter.location {
        Location::Path => "path".to_owned(),
        Location::Query => format!("query {}", parameter.name),
        Location::Header => format!("header {}", parameter.name.to_ascii_lowercase()),
        Location::Cookie => format!("cookie {}", parameter.name),
    }
}

/// A value of an enum as text.
pub(crate) fn text(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Bool(value) => value.to_string(),
    }
}
