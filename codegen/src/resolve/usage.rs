//! Where types occur: in requests or responses, and in the operations of which resources.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Fold, Operation, Passing, Resource, Ty, Type, TypeKind, Usage};
use crate::pointer::Pointer;

/// Fills in `usage` and `users` of all types and the users of ids.
pub(super) fn mark(api: &mut Api) {
    let mut marks = Marks::default();
    for resource in api.root.walk() {
        marks.resource(api, resource);
    }
    for (pointer, ty) in &mut api.types {
        ty.usage.request = marks.request.contains(pointer);
        ty.usage.response = marks.response.contains(pointer);
        ty.users = marks.owners.remove(pointer).unwrap_or_default();
    }
    for (name, id) in &mut api.ids {
        id.users = marks.ids.remove(name).unwrap_or_default();
    }
}

/// Leaves out those of these types that nothing uses, and says what they are part of.
pub(super) fn leave_out(api: &mut Api, unused: &BTreeSet<Pointer>, fold: Fold) {
    let Api { types, ledger, .. } = api;
    types.retain(|pointer, ty| {
        let is_left_out = ty.usage == Usage::default() && unused.contains(pointer);
        if is_left_out {
            ledger.absorbed(pointer, fold);
            if let TypeKind::Enum(list) = &ty.kind {
                for value in &list.values {
                    ledger.absorbed(&value.pointer, fold);
                }
            }
        }
        !is_left_out
    });
}

#[derive(Default)]
struct Marks {
    request: BTreeSet<Pointer>,
    response: BTreeSet<Pointer>,
    owners: BTreeMap<Pointer, BTreeSet<String>>,
    ids: BTreeMap<String, BTreeSet<String>>,
}

impl Marks {
    fn resource(&mut self, api: &Api, resource: &Resource) {
        for parameter in &resource.parameters {
            self.ty(api, &parameter.ty, resource, true);
        }
        for operation in &resource.operations {
            self.operation(api, operation, resource);
        }
    }

    fn operation(&mut self, api: &Api, operation: &Operation, resource: &Resource) {
        for parameter in &operation.parameters {
            // The arguments of a handle are in the file of the handle.
            if parameter.passed != Passing::Handle {
                self.ty(api, &parameter.ty, resource, true);
            }
        }
        let media = operation.body.iter().flat_map(|body| &body.media);
        for ty in media.filter_map(|media| media.ty.as_ref()) {
            self.ty(api, ty, resource, true);
        }
        for ty in operation.responds_with() {
            self.ty(api, ty, resource, false);
        }
    }

    /// Marks a type with all types inside it.
    fn ty(&mut self, api: &Api, ty: &Ty, resource: &Resource, request: bool) {
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            if let Some(pointer) = self.one(ty, resource, request) {
                open.extend(api.types.get(pointer).into_iter().flat_map(Type::uses));
            }
        }
    }

    /// Marks one type. Returns its pointer where it was not marked so before.
    fn one<'a>(&mut self, ty: &'a Ty, resource: &Resource, request: bool) -> Option<&'a Pointer> {
        if let Some(id) = ty.id() {
            self.ids
                .entry(id.to_owned())
                .or_default()
                .insert(resource.key.clone());
        }
        let pointer = ty.named()?;
        let direction = match request {
            true => &mut self.request,
            false => &mut self.response,
        };
        let new_direction = direction.insert(pointer.clone());
        let new_owner = self
            .owners
            .entry(pointer.clone())
            .or_default()
            .insert(resource.key.clone());
        (new_direction || new_owner).then_some(pointer)
    }
}
