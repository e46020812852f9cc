//! The documentation of a method: what it does, what it sends and returns, who may call it, its options, its errors, an example.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Media, Operation, Resource, ResponseKind, Sent, Ty, essence};

use super::body::sent;
use super::{Emitter, docs};

impl Emitter<'_> {
    /// The documentation of a method: the document's description, the request, what it returns, who may send it, whether it is repeated.
    pub(super) fn method_docs(
        &self,
        resource: &Resource,
        operation: &Operation,
        media: Option<&Media>,
    ) -> TokenStream {
        let mut paragraphs = Vec::new();
        let described = operation
            .description
            .as_deref()
            .or(operation.summary.as_deref());
        paragraphs.extend(described.map(docs::sentence));
        paragraphs.push(format!("`{}`", request(operation)));
        paragraphs.extend(media.and_then(sent));
        paragraphs.push(self.returns(operation));
        paragraphs.extend(self.around_list(operation));
        paragraphs.extend(extras(operation));
        let permission = &operation.permission;
        if !permission.token_groups.is_empty() {
            paragraphs.push(format!(
                "API token permission: `{}`.",
                permission.token_groups.join("` or `")
            ));
        } else if self.names_permissions() {
            paragraphs.push(
                "API token permission: the API's document names none for this operation."
                    .to_owned(),
            );
        }
        paragraphs.extend(credentials(operation));
        if !permission.plans.is_empty() {
            paragraphs.push(format!("Plans: {}.", permission.plans.join(", ")));
        }
        let repeated = match operation.repeatable {
            true => {
                "Safe to repeat: the same request may be sent again when its response was lost."
            }
            false => {
                "Sent once: the service may have acted on a request whose response was lost; \
                 [`may_have_been_processed`](crate::Error::may_have_been_processed) tells."
            }
        };
        paragraphs.push(repeated.to_owned());
        paragraphs.extend(self.arguments(operation));
        paragraphs.extend(self.options(operation));
        paragraphs.extend(self.errors(resource, operation));
        if let Some(example) = self.example(resource, operation, media) {
            paragraphs.push("# Example".to_owned());
            paragraphs.push(example);
        }
        let docs = docs::outer(&paragraphs);
        // rustdoc accepts no quotes in a name.
        let request = request(operation).replace(['\'', '"'], "");
        let searched = search_names(&operation.search_names);
        quote!(#docs #[doc(alias = #request)] #searched)
    }

    /// Whether the document names the permission of any operation.
    fn names_permissions(&self) -> bool {
        let resources = self.api.root.walk().into_iter();
        let mut operations = resources.flat_map(|resource| &resource.operations);
        operations.any(|operation| !operation.permission.token_groups.is_empty())
    }

    fn returns(&self, operation: &Operation) -> String {
        if let Some(names) = self.names.outcomes.get(&operation.pointer) {
            return self.returns_one_of(operation, names);
        }
        match operation.response_kind() {
            Some(ResponseKind::Result {
                ty: Ty::List(item), ..
            }) if operation.paging.is_some() => {
                format!("Returns one page of {}.", self.many(item))
            }
            Some(ResponseKind::Result {
                ty: Ty::List(item), ..
            }) => format!("Returns a list of {}.", self.many(item)),
            Some(ResponseKind::Result { ty, .. } | ResponseKind::Json(ty)) => {
                format!("Returns {}.", self.spoken(ty))
            }
            Some(ResponseKind::Binary(media)) => format!("Returns a download of type `{media}`."),
            Some(ResponseKind::Text(media)) => {
                format!("Returns a text of type `{}`.", essence(media))
            }
            Some(ResponseKind::Empty) | None => "Returns nothing on success.".to_owned(),
        }
    }

    /// The object that a list is inside of.
    fn around_list(&self, operation: &Operation) -> Option<String> {
        let object = &operation.list_inside.as_ref()?.object;
        let object = self.spoken(object);
        Some(format!(
            "With the feature `responses`, `Response::extra(\"result\")` reads what is around it, as {object}."
        ))
    }

    /// A type as the documentation names it.
    pub(super) fn spoken(&self, ty: &Ty) -> String {
        match ty {
            Ty::Named(_) | Ty::Boxed(_) | Ty::Id(_) => self.many(ty),
            Ty::List(inner) => format!("a list of {}", self.many(inner)),
            Ty::Map(inner) => format!("a map of {}", self.many(inner)),
            Ty::Nullable(inner) => format!("{} or `None`", self.spoken(inner)),
            Ty::Text | Ty::Secret | Ty::Binary => "a string".to_owned(),
            Ty::File => "a file".to_owned(),
            Ty::Bool => "a boolean".to_owned(),
            Ty::Integer(_) | Ty::Float(_) => "a number".to_owned(),
            Ty::Timestamp => "a timestamp".to_owned(),
            Ty::Object => "a JSON object".to_owned(),
            Ty::Any => "any JSON value".to_owned(),
        }
    }

    /// The plural of a type.
    fn many(&self, ty: &Ty) -> String {
        match ty {
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                let name = self.names.types.get(pointer).map_or("", String::as_str);
                let path = self.names.type_path(pointer).unwrap_or_default();
                link(name, &path)
            }
            Ty::Id(name) => link(name, &self.names.id_path(name)),
            Ty::List(inner) => format!("lists of {}", self.many(inner)),
            Ty::Map(inner) => format!("maps of {}", self.many(inner)),
            Ty::Nullable(inner) => format!("{}, each of which can be `None`", self.many(inner)),
            Ty::Text | Ty::Secret | Ty::Binary => "strings".to_owned(),
            Ty::File => "files".to_owned(),
            Ty::Bool => "booleans".to_owned(),
            Ty::Integer(_) | Ty::Float(_) => "numbers".to_owned(),
            Ty::Timestamp => "timestamps".to_owned(),
            Ty::Object => "JSON objects".to_owned(),
            Ty::Any => "JSON values".to_owned(),
        }
    }
}

/// The credentials that an operation takes, where they are not the client's own, and the methods that set them.
fn credentials(operation: &Operation) -> Option<String> {
    let alternatives = operation.security.sent.iter().map(|parts| {
        let parts: Vec<String> = parts.iter().map(Sent::name).collect();
        match parts.as_slice() {
            [] => "nothing".to_owned(),
            parts => parts.join(" together with "),
        }
    });
    let alternatives: Vec<String> = alternatives.collect();
    let setters: BTreeSet<&str> = operation
        .security
        .sent
        .iter()
        .flatten()
        .filter_map(Sent::setter)
        .collect();
    let setters: Vec<String> = setters
        .into_iter()
        .map(|setter| format!("[`{setter}`](crate::ClientBuilder::{setter})"))
        .collect();
    match alternatives.as_slice() {
        [] => None,
        [none] if none == "nothing" => Some("Credentials: none.".to_owned()),
        all => Some(format!(
            "Credentials: {}. See {}.",
            all.join(", or "),
            setters.join(" and ")
        )),
    }
}

/// The keys that no type has.
fn extras(operation: &Operation) -> Option<String> {
    let keys = operation.unread_keys();
    (!keys.is_empty()).then(|| {
        format!(
            "The response has more than that: with the feature `responses`, `Response::extra` reads `{}`.",
            keys.join("`, `")
        )
    })
}

/// A link to a type. In links `#` is the mark of an anchor, not of a raw identifier.
fn link(name: &str, path: &str) -> String {
    format!("[`{name}`](crate::{})", path.replace("r#", ""))
}

/// The request as the document writes it: `GET /lamps`.
pub(super) fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path.template)
}

/// `#[doc(alias)]` for each of the other names of an item.
pub(super) fn search_names(names: &[String]) -> TokenStream {
    quote!(#(#[doc(alias = #names)])*)
}
