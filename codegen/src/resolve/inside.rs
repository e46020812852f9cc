//! Lists inside the result: `result` is an object, and one of its properties is the list.
//!
//! In: the responses of an operation, and its entry of `[lists]`. Out: responses with the list as their result. The object keeps its type,
//! in which users read the rest of it.

use crate::document::near::did_you_mean;
use crate::model::{Field, ListInside, Response, ResponseKind, Ty, TypeKind};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::resolver::Resolver;

/// Why an entry does not fit, and what to do about it.
type Unfit = (String, String);

impl Resolver<'_> {
    /// Makes the list that `sdk.toml` names the result of an operation. An entry that does not fit is a fault.
    pub(super) fn list_inside(
        &mut self,
        (id, operation): (&str, &Pointer),
        responses: &mut [Response],
    ) -> Option<ListInside> {
        let rule = self.config.lists.get(operation)?;
        let (list, inside) = match self.named_list(id, &rule.value, responses) {
            Ok(found) => found,
            Err((message, help)) => {
                let fault = Fault::new(Input::Config, rule.place.clone(), message, help);
                self.faults.push(fault.on_key().stale());
                return None;
            }
        };
        let contents = responses.iter_mut().flat_map(|known| &mut known.contents);
        for content in contents.filter(|content| result(&content.kind).is_some()) {
            content.kind = list.clone();
        }
        Some(inside)
    }

    fn named_list(
        &self,
        id: &str,
        key: &str,
        responses: &[Response],
    ) -> Result<(ResponseKind, ListInside), Unfit> {
        let Some((object, fields)) = self.only_object(responses) else {
            let message =
                format!("`{id}` does not return one object with properties in an envelope");
            return Err((message, "remove the entry".to_owned()));
        };
        let pick = "name the property that is the list";
        let Some(field) = fields.iter().find(|field| field.wire == key) else {
            let known = fields.iter().map(|field| field.wire.as_str());
            let message = format!("`result` has no property `{key}`");
            return Err((message, did_you_mean(key, known, pick)));
        };
        if !is_list(field) {
            return Err((format!("`{key}` of `result` is no list"), pick.to_owned()));
        }
        let list = ResponseKind::Result {
            ty: field.ty.clone(),
            nullable: field.nullable,
        };
        let inside = ListInside {
            key: key.to_owned(),
            required: field.required,
            object: object.clone(),
        };
        Ok((list, inside))
    }

    /// The property of a result that is its only list.
    pub(super) fn only_list(&self, responses: &[Response]) -> Option<&str> {
        let (_, fields) = self.only_object(responses)?;
        let mut lists = fields.iter().filter(|field| is_list(field));
        let list = lists.next()?;
        lists.next().is_none().then_some(list.wire.as_str())
    }

    /// The result of the responses that have one, if all have the same and it is an object, with its properties.
    fn only_object<'r>(&self, responses: &'r [Response]) -> Option<(&'r Ty, &[Field])> {
        let kinds = responses.iter().flat_map(Response::kinds);
        let mut results = kinds.filter_map(result);
        let object = results.next()?;
        let is_one = results.all(|other| other == object);
        Some((object, self.fields_of(object)?)).filter(|_| is_one)
    }

    /// The fields of a type that is a struct.
    pub(super) fn fields_of(&self, ty: &Ty) -> Option<&[Field]> {
        match &self.types.get(ty.own()?)?.kind {
            TypeKind::Struct(object) => Some(&object.fields),
            _ => None,
        }
    }
}

fn result(kind: &ResponseKind) -> Option<&Ty> {
    match kind {
        ResponseKind::Result { ty, .. } => Some(ty),
        _ => None,
    }
}

/// Whether responses have a list in this field.
fn is_list(field: &Field) -> bool {
    matches!(field.ty, Ty::List(_)) && !field.write_only
}
