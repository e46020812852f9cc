//! Handles: a struct with a scope, its methods, and the endpoint behind each.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{BodyKind, Operation, Parameter, Resource, ResponseKind, Ty};

use super::file::File;
use super::imports::generated;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// The handle of a resource with its operations.
    pub(super) fn handle(&self, file: &mut File, resource: &Resource) {
        let Some(names) = self.names.handles.get(&resource.key) else {
            return;
        };
        file.imports.runtime("Scope");
        let name = ident(&names.ty);
        let about = docs::outer(&[described(resource)]);
        let children: Vec<TokenStream> = resource
            .children
            .iter()
            .filter_map(|child| self.child(file, child))
            .collect();
        let methods: Vec<TokenStream> = resource
            .operations
            .iter()
            .filter_map(|operation| self.method(file, resource, operation))
            .collect();
        let waiters: Vec<TokenStream> = resource
            .operations
            .iter()
            .flat_map(|operation| self.waiters(file, operation))
            .collect();
        let entry = self.entry(file, resource);
        file.push(quote! {
            #entry

            #about
            #[derive(Clone, Debug)]
            pub struct #name {
                scope: Scope,
            }

            impl #name {
                pub(crate) fn new(scope: Scope) -> Self {
                    Self { scope }
                }

                #(#children)*
                #(#methods)*
                #(#waiters)*
            }
        });
        for operation in &resource.operations {
            self.endpoint(file, &names.ty, operation);
            self.waits(file, &names.ty, operation);
        }
    }

    /// The method of the client that returns a handle at the top of the tree.
    fn entry(&self, file: &mut File, resource: &Resource) -> Option<TokenStream> {
        let top = self
            .api
            .root
            .children
            .iter()
            .any(|child| child.key == resource.key);
        if !top {
            return None;
        }
        file.imports.runtime("Client");
        let method = self.handle_method(file, resource, &quote!(Scope::new(self)))?;
        Some(quote! {
            impl Client {
                #method
            }
        })
    }

    /// The method that returns a handle below.
    fn child(&self, file: &mut File, child: &Resource) -> Option<TokenStream> {
        let names = self.names.handles.get(&child.key)?;
        file.imports.add(&generated(&names.method), &names.ty);
        // `path` makes a scope of its own; without an id this one is cloned.
        let scope = match child.parameters.as_slice() {
            [] => quote!(self.scope.clone()),
            _ => quote!(self.scope),
        };
        self.handle_method(file, child, &scope)
    }

    fn handle_method(
        &self,
        file: &mut File,
        resource: &Resource,
        scope: &TokenStream,
    ) -> Option<TokenStream> {
        let names = self.names.handles.get(&resource.key)?;
        let method = ident(&names.method);
        let ty = ident(&names.ty);
        let described = described(resource);
        let about = docs::outer(&[described.split("\n\n").next().unwrap_or_default()]);
        let (arguments, paths) = self.path_arguments(file, &resource.parameters);
        Some(quote! {
            #about
            pub fn #method(&self, #(#arguments),*) -> #ty {
                #ty::new(#scope #(#paths)*)
            }
        })
    }

    /// The arguments of path parameters, and the calls that add them to a scope.
    fn path_arguments(
        &self,
        file: &mut File,
        parameters: &[Parameter],
    ) -> (Vec<TokenStream>, Vec<TokenStream>) {
        let mut arguments = Vec::new();
        let mut calls = Vec::new();
        for parameter in parameters {
            let name = self.parameter_name(parameter);
            let (ty, _) = self.argument(&mut file.imports, &parameter.ty, &name.to_string());
            let target = self.ty(&mut file.imports, &parameter.ty);
            let wire = &parameter.name;
            arguments.push(quote!(#name: #ty));
            calls.push(quote!(.path::<#target>(#wire, #name)));
        }
        (arguments, calls)
    }

    fn method(
        &self,
        file: &mut File,
        resource: &Resource,
        operation: &Operation,
    ) -> Option<TokenStream> {
        let names = self.names.methods.get(&operation.pointer)?;
        let (name, endpoint) = (ident(&names.method), ident(&names.endpoint));
        file.imports.runtime("Call");
        let mut arguments = Vec::new();
        let mut calls = Vec::new();
        for parameter in operation.arguments() {
            arguments.push(self.required_argument(file, parameter));
            calls.push(self.set(file, parameter));
        }
        if let Some((ty, call)) = self.required_body(file, operation) {
            arguments.push(quote!(body: #ty));
            calls.push(call);
        }
        let docs = self.method_docs(resource, operation);
        let deprecated = file.imports.deprecated(operation.deprecated);
        Some(quote! {
            #docs
            #deprecated
            pub fn #name(&self, #(#arguments),*) -> Call<#endpoint> {
                self.scope.call() #(#calls)*
            }
        })
    }

    pub(super) fn required_argument(&self, file: &mut File, parameter: &Parameter) -> TokenStream {
        let name = self.parameter_name(parameter);
        let (ty, _) = self.argument(&mut file.imports, &parameter.ty, &name.to_string());
        quote!(#name: #ty)
    }

    fn required_body(
        &self,
        file: &mut File,
        operation: &Operation,
    ) -> Option<(TokenStream, TokenStream)> {
        let body = operation.body.as_ref().filter(|body| body.required)?;
        let ty = self.json(body)?;
        Some(self.body_argument(file, ty))
    }

    /// The JSON type of a body.
    pub(super) fn json<'b>(&self, body: &'b crate::model::Body) -> Option<&'b Ty> {
        let media = body
            .media
            .iter()
            .find(|media| media.kind == BodyKind::Json)?;
        media.ty.as_ref()
    }

    /// The argument of a body and the call that takes it.
    pub(super) fn body_argument(&self, file: &mut File, ty: &Ty) -> (TokenStream, TokenStream) {
        let plain = self.ty(&mut file.imports, ty);
        (quote!(impl Into<#plain>), quote!(.set_json::<#plain>(body)))
    }

    pub(super) fn parameter_name(&self, parameter: &Parameter) -> Ident {
        ident(
            self.names
                .parameters
                .get(&parameter.pointer)
                .map_or("", String::as_str),
        )
    }

    /// The documentation of a method: the document's description, the request, what it returns, who may send it, whether it is repeated.
    fn method_docs(&self, resource: &Resource, operation: &Operation) -> TokenStream {
        let mut paragraphs = Vec::new();
        let request = format!(
            "`{} {}`",
            operation.method.as_str(),
            operation.path.template
        );
        let described = operation
            .description
            .as_deref()
            .or(operation.summary.as_deref());
        paragraphs.extend(described.map(docs::sentence));
        paragraphs.push(request);
        paragraphs.push(self.returns(operation));
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
        if !permission.plans.is_empty() {
            paragraphs.push(format!("Plans: {}.", permission.plans.join(", ")));
        }
        let repeated = match operation.repeatable {
            true => {
                "Safe to repeat: the same request may be sent again when its response was lost."
            }
            false => "Sent once: the service may have acted on a request whose response was lost.",
        };
        paragraphs.push(repeated.to_owned());
        paragraphs.extend(self.example(resource, operation));
        docs::outer(&paragraphs)
    }

    /// Whether the document names the permission of any operation.
    fn names_permissions(&self) -> bool {
        let resources = self.api.root.walk().into_iter();
        let mut operations = resources.flat_map(|resource| &resource.operations);
        operations.any(|operation| !operation.permission.token_groups.is_empty())
    }

    fn returns(&self, operation: &Operation) -> String {
        match operation.response_kind() {
            Some(ResponseKind::Result {
                ty: Ty::List(item), ..
            }) if operation.paged => {
                format!("Returns one page of {}.", self.many(item))
            }
            Some(ResponseKind::Result {
                ty: Ty::List(item), ..
            }) => format!("Returns a list of {}.", self.many(item)),
            Some(ResponseKind::Result { ty, .. } | ResponseKind::Json(ty)) => {
                format!("Returns {}.", self.spoken(ty))
            }
            Some(ResponseKind::Binary(media)) => format!("Returns a download of type `{media}`."),
            Some(ResponseKind::Text(media)) => format!("Returns text of type `{media}`."),
            Some(ResponseKind::Empty) | None => "Returns nothing on success.".to_owned(),
        }
    }

    /// A type as the documentation names it.
    pub(super) fn spoken(&self, ty: &Ty) -> String {
        match ty {
            Ty::Named(_) | Ty::Boxed(_) | Ty::Id(_) => self.many(ty),
            Ty::List(inner) => format!("a list of {}", self.many(inner)),
            Ty::Map(inner) => format!("a map of {}", self.many(inner)),
            Ty::Nullable(inner) => format!("{} or `None`", self.spoken(inner)),
            Ty::Text | Ty::Secret | Ty::Binary => "a string".to_owned(),
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
                format!("[`{name}`](crate::{name})")
            }
            Ty::Id(name) => format!("[`{name}`](crate::{name})"),
            Ty::List(inner) => format!("lists of {}", self.many(inner)),
            Ty::Map(inner) => format!("maps of {}", self.many(inner)),
            Ty::Nullable(inner) => format!("{}, each of which can be `None`", self.many(inner)),
            Ty::Text | Ty::Secret | Ty::Binary => "strings".to_owned(),
            Ty::Bool => "booleans".to_owned(),
            Ty::Integer(_) | Ty::Float(_) => "numbers".to_owned(),
            Ty::Timestamp => "timestamps".to_owned(),
            Ty::Object => "JSON objects".to_owned(),
            Ty::Any => "JSON values".to_owned(),
        }
    }
}

/// The description of a handle.
fn described(resource: &Resource) -> String {
    match &resource.description {
        Some(description) => docs::sentence(description),
        None => format!("Operations under `{}`.", resource.path),
    }
}
