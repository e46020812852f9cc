//! Every item of the SDK that comes from the document, with its node.

use std::collections::BTreeMap;
use std::iter::once;

use crate::emit::{Spelling, layout};
use crate::model::{Operation, Passing, Resource, Type, TypeKind};
use crate::pointer::Pointer;
use crate::surface::surface;
use crate::understand::Model;

use super::why;

/// One item.
pub(super) struct Item {
    pub(super) pointer: Pointer,
    /// `struct`, `field`, `method` and the like.
    pub(super) kind: &'static str,
    /// Its path below the crate.
    pub(super) path: String,
    /// What follows the path: a type or arguments.
    pub(super) signature: String,
    /// The path of its module below the generated code.
    pub(super) file: String,
    /// Why it has this form.
    pub(super) why: Vec<String>,
}

/// All items, types first.
pub(super) fn index(model: &Model<'_>) -> Vec<Item> {
    let layout = layout(&model.api, &model.names);
    let spelling = Spelling::new(&model.api, &model.names);
    let mut indexer = Indexer {
        model,
        spelling,
        items: Vec::new(),
    };
    for (pointer, ty) in &model.api.types {
        let file = layout.types.get(pointer).cloned().unwrap_or_default();
        indexer.ty(pointer, ty, &file);
    }
    for (name, id) in &model.api.ids {
        let file = layout.ids.get(name).cloned().unwrap_or_default();
        for pointer in &id.pointers {
            indexer.push(
                pointer,
                "id",
                model.names.id_path(name),
                String::new(),
                &file,
                vec![why::id()],
            );
        }
    }
    for resource in model.api.root.walk() {
        indexer.resource(resource);
    }
    indexer.surface();
    indexer.items
}

struct Indexer<'a> {
    model: &'a Model<'a>,
    spelling: Spelling<'a>,
    items: Vec<Item>,
}

impl Indexer<'_> {
    fn push(
        &mut self,
        pointer: &Pointer,
        kind: &'static str,
        path: String,
        signature: String,
        file: &str,
        why: Vec<String>,
    ) {
        self.items.push(Item {
            pointer: pointer.clone(),
            kind,
            path,
            signature,
            file: file.to_owned(),
            why,
        });
    }

    fn ty(&mut self, pointer: &Pointer, ty: &Type, file: &str) {
        let name = self.model.names.type_path(pointer).unwrap_or_default();
        let variant = |pointer: &Pointer| {
            let variant = self
                .model
                .names
                .variants
                .get(pointer)
                .cloned()
                .unwrap_or_default();
            format!("{name}::{variant}")
        };
        let first = self.model.names.same.get(pointer);
        let first = first.and_then(|first| self.model.names.type_path(first));
        let same = first.as_deref().map(why::same);
        match &ty.kind {
            TypeKind::Struct(object) => {
                for field in &object.fields {
                    let path = format!(
                        "{name}::{}",
                        self.model
                            .names
                            .fields
                            .get(&field.pointer)
                            .cloned()
                            .unwrap_or_default()
                    );
                    let signature = format!(": {}", self.spelling.field(field));
                    self.push(
                        &field.pointer,
                        "field",
                        path,
                        signature,
                        file,
                        why::field(ty.usage, field),
                    );
                }
                self.push(
                    pointer,
                    "struct",
                    name,
                    String::new(),
                    file,
                    once(why::structure(object)).chain(same).collect(),
                );
            }
            TypeKind::Enum(list) => {
                let values: Vec<(Pointer, String)> = list
                    .values
                    .iter()
                    .map(|value| (value.pointer.clone(), variant(&value.pointer)))
                    .collect();
                for (pointer, path) in values {
                    self.push(&pointer, "variant", path, String::new(), file, Vec::new());
                }
                self.push(
                    pointer,
                    "enum",
                    name,
                    String::new(),
                    file,
                    once(why::enumeration(list)).chain(same).collect(),
                );
            }
            TypeKind::Union(union) => {
                let variants: Vec<(Pointer, String, String)> = union
                    .variants
                    .iter()
                    .map(|member| {
                        (
                            member.pointer.clone(),
                            variant(&member.pointer),
                            self.spelling.ty(&member.ty),
                        )
                    })
                    .collect();
                for (pointer, path, ty) in variants {
                    self.push(
                        &pointer,
                        "variant",
                        path,
                        format!("({ty})"),
                        file,
                        Vec::new(),
                    );
                }
                self.push(
                    pointer,
                    "enum",
                    name,
                    String::new(),
                    file,
                    once(why::union(union)).chain(same).collect(),
                );
            }
        }
    }

    /// What users name beside these, under its path in reports: handles, constructors, accessors, setters of calls.
    fn surface(&mut self) {
        let surface = surface(&self.model.api, &self.model.names).unwrap_or_default();
        let names = &self.model.names;
        let homes = names.homes.handles.iter();
        let homes: BTreeMap<String, &String> = homes
            .filter_map(|(key, home)| Some((names.handle_path(key)?, home)))
            .collect();
        let mut by_path: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_pointer: BTreeMap<Pointer, usize> = BTreeMap::new();
        for (index, item) in self.items.iter().enumerate() {
            by_path.entry(item.path.clone()).or_insert(index);
            by_pointer.entry(item.pointer.clone()).or_insert(index);
        }
        for (path, entry) in surface.entries {
            if by_path.contains_key(&path) {
                continue;
            }
            let kind = entry.kind.noun();
            let Some(pointer) = entry.pointers.first() else {
                continue;
            };
            let owner = entry.owner.as_deref().unwrap_or_default();
            let of_owner = [by_path.get(owner), by_pointer.get(pointer)];
            let of_owner = of_owner.into_iter().flatten().min();
            let of_owner = of_owner.and_then(|index| self.items.get(*index));
            let file = match (homes.get(&path), of_owner) {
                (Some(home), _) => (*home).clone(),
                (None, Some(item)) => item.file.clone(),
                (None, None) => String::new(),
            };
            let lines = entry.lines.iter().filter(|line| line.text.contains("fn "));
            let why = lines.map(|line| format!("users write `{}`", line.text));
            let why = why.collect();
            let index = self.items.len();
            by_path.entry(path.clone()).or_insert(index);
            by_pointer.entry(pointer.clone()).or_insert(index);
            self.push(pointer, kind, path, String::new(), &file, why);
        }
    }

    fn resource(&mut self, resource: &Resource) {
        let names = &self.model.names;
        let (Some(handle), Some(home)) = (
            names.handle_path(&resource.key),
            names.homes.handles.get(&resource.key).cloned(),
        ) else {
            return;
        };
        for operation in &resource.operations {
            self.operation(operation, &handle, &home);
        }
    }

    fn operation(&mut self, operation: &Operation, handle: &str, file: &str) {
        let Some(names) = self.model.names.methods.get(&operation.pointer).cloned() else {
            return;
        };
        let path = format!("{handle}::{}", names.method);
        let signature = format!(" -> Call<{}>", names.endpoint);
        let endpoint = self.model.names.endpoint_path(handle, &names.endpoint);
        self.push(
            &operation.pointer,
            "method",
            path,
            signature,
            file,
            why::operation(operation),
        );
        for waiter in &operation.waiters {
            let path = format!("{handle}::{}", waiter.method);
            let signature = " -> Waiter".to_owned();
            let why = vec![why::waiter(waiter)];
            self.push(&operation.pointer, "method", path, signature, file, why);
        }
        for parameter in &operation.parameters {
            let name = self
                .model
                .names
                .parameters
                .get(&parameter.pointer)
                .cloned()
                .unwrap_or_default();
            let ty = self.spelling.ty(&parameter.ty);
            let (kind, path, signature) = match parameter.passed {
                Passing::Handle | Passing::Argument => (
                    "argument",
                    format!("{handle}::{}::{name}", names.method),
                    format!(": {ty}"),
                ),
                Passing::Setter => ("setter", format!("{endpoint}::{name}"), format!("({ty})")),
            };
            self.push(
                &parameter.pointer,
                kind,
                path,
                signature,
                file,
                why::ty(&parameter.ty),
            );
        }
    }
}
