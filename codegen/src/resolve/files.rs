//! Files in bodies of parts: the binary strings of the types that such bodies have.
//!
//! In: the model with all its types. Out: the same, with `Ty::File` in their place, and a note for each type that occurs in JSON too, which
//! cannot have a file.

use crate::model::{Api, BodyKind, Media, Operation, Resource, Ty};
use crate::report::{Fault, Input};

/// Marks them, and returns the notes.
pub(super) fn mark(api: &mut Api) -> Vec<Fault> {
    let (mut parts, mut others) = (Vec::new(), Vec::new());
    for operation in operations(&api.root) {
        let media = operation.body.iter().flat_map(|body| &body.media);
        for ty in operation.uses() {
            let is_part = |media: &Media| {
                media.kind == BodyKind::Multipart
                    && media.ty.as_ref().is_some_and(|own| std::ptr::eq(own, ty))
            };
            match media.clone().any(is_part) {
                true => parts.push(ty.clone()),
                false => others.push(ty.clone()),
            }
        }
    }
    let of_parts = api.reached(&parts).into_iter();
    let of_parts = of_parts.zip(api.reached(&others));
    let mut notes = Vec::new();
    for ((pointer, ty), (is_of_parts, is_of_others)) in api.types.iter_mut().zip(of_parts) {
        if !is_of_parts {
            continue;
        }
        let before = ty.kind.clone();
        ty.uses_mut().into_iter().for_each(into_file);
        if ty.kind != before && is_of_others {
            let message = "a body of parts has this type, and JSON has it too, in which its file cannot be sent";
            let help = "nothing has to be done if it is not sent there; else write a schema of its own for one of them in spec/overlay.yaml";
            let note = Fault::note(Input::Spec, pointer.clone(), message, help);
            notes.push(note.on_key());
        }
    }
    mark_bodies(&mut api.root);
    notes
}

/// The types of the bodies themselves, such as a map of files.
fn mark_bodies(resource: &mut Resource) {
    let bodies = resource
        .operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut());
    for media in bodies.flat_map(|body| &mut body.media) {
        if media.kind == BodyKind::Multipart {
            media.ty.iter_mut().for_each(into_file);
        }
    }
    resource.children.iter_mut().for_each(mark_bodies);
}

fn operations(root: &Resource) -> Vec<&Operation> {
    let resources = root.walk().into_iter();
    resources
        .flat_map(|resource| &resource.operations)
        .collect()
}

fn into_file(ty: &mut Ty) {
    match ty {
        Ty::Binary => *ty = Ty::File,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => into_file(inner),
        _ => {}
    }
}
