//! Finds what the runtime does not support, before anything is written. Each fault names the line to write to continue.

use crate::config::quoted;
use crate::model::{
    Api, BodyKind, Location, Media, Operation, Parameter, Passing, Style, Ty, TypeKind, essence,
};
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Fault, Input};

use super::credentials;
use super::endpoint::is_sent;

/// The notes for maintainers, or the faults.
pub(super) fn check(api: &Api) -> Result<Vec<Fault>, Vec<Fault>> {
    let mut support = Support {
        api,
        faults: Vec::new(),
        notes: Vec::new(),
    };
    for resource in api.root.walk() {
        for operation in &resource.operations {
            support.operation(operation);
        }
    }
    let (faults, notes) = credentials::check(api);
    support.faults.extend(faults);
    support.notes.extend(notes);
    match support.faults.as_slice() {
        [] => Ok(support.notes),
        _ => Err(support.faults),
    }
}

struct Support<'a> {
    api: &'a Api,
    faults: Vec<Fault>,
    notes: Vec<Fault>,
}

impl Support<'_> {
    fn unsupported(&mut self, pointer: &Pointer, what: &str, skip: &str) {
        let message = format!("unsupported by the runtime: {what}");
        let help = format!(
            "skip it under [skip] in spec/sdk.toml: {} = \"<reason>\"",
            quoted(skip)
        );
        let fault = Fault::new(Input::Spec, pointer.clone(), message, help).on_key();
        self.faults
            .push(fault.entry(Entry::skip(skip).about(pointer)));
    }

    fn operation(&mut self, operation: &Operation) {
        let id = operation.id.as_str();
        if !is_sent(operation.method) {
            let what = "TRACE: the service would send the credentials back";
            self.unsupported(&operation.pointer, what, id);
        }
        self.parameters(operation);
        self.body(operation);
        self.responses(operation);
    }

    fn parameters(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            self.note_nested(operation, parameter);
        }
        let unfit: Vec<(&Parameter, &str)> = operation
            .parameters
            .iter()
            .filter_map(|parameter| Some((parameter, self.api.written(parameter).err()?)))
            .collect();
        // A path cannot be filled without one of its parameters: then the whole operation must be skipped.
        let whole = unfit
            .iter()
            .any(|(parameter, _)| parameter.location == Location::Path);
        for (parameter, what) in unfit {
            let skip = match whole {
                true => operation.id.clone(),
                false => format!("{}?{}", operation.id, parameter.name),
            };
            self.unsupported(&parameter.pointer, what, &skip);
        }
    }

    /// The specification defines no form for lists and objects inside a parameter.
    fn note_nested(&mut self, operation: &Operation, parameter: &Parameter) {
        if parameter.passed == Passing::Handle || !self.api.is_nested(parameter) {
            return;
        }
        let written = match parameter.style {
            Style::DeepObject => "with the keys of each object in brackets",
            _ => "as JSON text",
        };
        self.notes.push(Fault::note(
            Input::Spec,
            parameter.pointer.clone(),
            format!(
                "OpenAPI does not say how lists and objects inside the parameter `{}` of `{}` are written; they are sent {written}",
                parameter.name, operation.id
            ),
            "nothing has to be done if the service reads that; else skip the parameter, or correct its style or `content` in spec/overlay.yaml",
        ));
    }

    fn body(&mut self, operation: &Operation) {
        let Some(body) = &operation.body else {
            return;
        };
        for media in &body.media {
            let Some(why) = self.unfit_body(media) else {
                continue;
            };
            let what = format!("a request body of type `{}`{why}", media.media_type);
            let skip = if body.media.len() > 1 {
                format!("#{}", media.pointer)
            } else {
                operation.id.clone()
            };
            self.unsupported(&media.pointer, &what, &skip);
        }
    }

    /// Why a body cannot be sent, as the end of a sentence.
    fn unfit_body(&self, media: &Media) -> Option<String> {
        let is_object = match &media.ty {
            None | Some(Ty::Map(_) | Ty::Object | Ty::Any) => true,
            Some(Ty::Named(pointer) | Ty::Boxed(pointer)) => {
                let kind = self.api.types.get(pointer).map(|ty| &ty.kind);
                matches!(kind, Some(TypeKind::Struct(_) | TypeKind::Union(_)))
            }
            Some(_) => false,
        };
        match media.kind {
            BodyKind::Json | BodyKind::Binary => None,
            BodyKind::Text => {
                let charset = media.foreign_charset();
                let charset = charset.map(|charset| format!(" in the charset `{charset}`"));
                let is_text = match &media.ty {
                    Some(Ty::List(_) | Ty::Nullable(_) | Ty::Map(_) | Ty::Object) => false,
                    Some(Ty::Named(_) | Ty::Boxed(_)) => !is_object,
                    _ => true,
                };
                charset.or((!is_text).then(|| " whose schema is no text".to_owned()))
            }
            BodyKind::Multipart if essence(&media.media_type) != "multipart/form-data" => {
                Some(String::new())
            }
            BodyKind::Form | BodyKind::Multipart if !is_object => {
                Some(" whose schema is no object".to_owned())
            }
            BodyKind::Form | BodyKind::Multipart => {
                let name = self.not_deep(media)?;
                Some(format!(
                    ", with the style `deepObject` for `{name}`, which is no object"
                ))
            }
        }
    }

    /// The property of a form that has the style of objects and is none.
    fn not_deep<'m>(&self, media: &'m Media) -> Option<&'m str> {
        let own = self.api.types.get(media.ty.as_ref()?.own()?);
        let TypeKind::Struct(object) = &own?.kind else {
            return None;
        };
        let deep = media
            .encodings
            .iter()
            .filter(|encoding| encoding.style == Some(Style::DeepObject));
        let mut names = deep.map(|encoding| encoding.name.as_str());
        names.find(|name| {
            let mut fields = object.fields.iter().filter(|field| field.wire == *name);
            fields.any(|field| !self.api.can_be_deep(&field.ty))
        })
    }

    fn responses(&mut self, operation: &Operation) {
        if operation.responses.is_empty() {
            let message = format!(
                "`{}` lists no 2xx response; it is assumed to return no result",
                operation.id
            );
            let help = "add its 2xx response in spec/overlay.yaml";
            let note = Fault::note(Input::Spec, operation.pointer.clone(), message, help);
            self.notes.push(note.code(Code::NoSuccess));
        }
    }
}
