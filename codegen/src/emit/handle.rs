//! Handles: a struct with a scope, its methods, and the endpoint behind each.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::config::Layout;
use crate::model::{BodyKind, Media, Operation, Parameter, Resource, Ty, Written};

use super::condition::Condition;
use super::file::File;
use super::imports::generated;
use super::method_docs::search_names;
use super::reserved::SharedLists;
use super::styled::styled;
use super::{Emitter, docs, ident, last};

impl Emitter<'_> {
    /// The handle of a resource with its operations. Those of an owner have a condition of their own.
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
            .flat_map(|operation| {
                let methods = self.methods(file, resource, operation);
                methods.into_iter().chain(self.old_method(file, operation))
            })
            .collect();
        let waiters: Vec<TokenStream> = resource
            .operations
            .iter()
            .flat_map(|operation| self.waiters(file, operation))
            .collect();
        let entry = self.entry(file, resource);
        let searched = search_names(&resource.search_names);
        let own = self.condition_of_owner(resource);
        let methods = quote!(#(#methods)* #(#waiters)*);
        let (methods, apart) = match &own {
            None => (methods, None),
            Some(_) => (TokenStream::new(), Some(quote!(impl #name { #methods }))),
        };
        file.push(quote! {
            #entry

            #about
            #searched
            #[derive(Clone, Debug)]
            pub struct #name {
                scope: Scope,
            }

            impl #name {
                pub(crate) fn new(scope: Scope) -> Self {
                    Self { scope }
                }

                #(#children)*
                #methods
            }
        });
        file.under(own);
        file.push(apart.unwrap_or_default());
        let reserved = SharedLists::of(resource);
        reserved.constants(file);
        for operation in &resource.operations {
            self.endpoint(file, &names.ty, operation, &reserved);
            self.outcome_type(file, &names.ty, operation);
            self.waits(file, &names.ty, operation);
        }
        for (_, alias) in self.old_endpoints(resource) {
            file.push(alias);
        }
        file.under(None);
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
        let ty = ident(&self.names.handles.get(&resource.key)?.ty);
        let scope = quote!(Scope::new(self));
        let method = self.handle_method(file, resource, None, (&quote!(#ty), &scope))?;
        Some(quote! {
            impl Client {
                #method
            }
        })
    }

    /// The method that returns a handle below.
    fn child(&self, file: &mut File, child: &Resource) -> Option<TokenStream> {
        let names = self.names.handles.get(&child.key)?;
        let home = self.names.homes.handles.get(&child.key)?;
        let ty = ident(&names.ty);
        let ty = match self.names.layout {
            Layout::Flat => {
                file.imports.add(&generated(home), &names.ty);
                quote!(#ty)
            }
            Layout::Nested => {
                let module = ident(last(home));
                quote!(#module::#ty)
            }
        };
        // `path` makes a scope of its own; without an id this one is cloned.
        let scope = match child.parameters.as_slice() {
            [] => quote!(self.scope.clone()),
            _ => quote!(self.scope),
        };
        self.handle_method(file, child, self.condition(home).as_ref(), (&ty, &scope))
    }

    fn handle_method(
        &self,
        file: &mut File,
        resource: &Resource,
        condition: Option<&Condition>,
        (ty, scope): (&TokenStream, &TokenStream),
    ) -> Option<TokenStream> {
        let method = ident(&self.names.handles.get(&resource.key)?.method);
        let described = described(resource);
        let about = docs::outer(&[described.split("\n\n").next().unwrap_or_default()]);
        let (arguments, paths) = self.path_arguments(file, &resource.parameters);
        Some(quote! {
            #about
            #condition
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
            let (ty, value) = self.argument(&mut file.imports, &parameter.ty, &name.to_string());
            let target = self.ty(&mut file.imports, &parameter.ty);
            arguments.push(quote!(#name: #ty));
            calls.push(match self.api.written(parameter) {
                Ok(Written::Styled) => {
                    let styled = styled(file, parameter);
                    quote!(.path_styled::<#target>(&#styled, #value))
                }
                _ => {
                    let wire = &parameter.name;
                    quote!(.path::<#target>(#wire, #name))
                }
            });
        }
        (arguments, calls)
    }

    /// The methods of an operation: one, and one for each further media type of its body.
    fn methods(
        &self,
        file: &mut File,
        resource: &Resource,
        operation: &Operation,
    ) -> Vec<TokenStream> {
        let Some(names) = self.names.methods.get(&operation.pointer) else {
            return Vec::new();
        };
        file.imports.runtime("Call");
        let body = operation.body.as_ref().filter(|body| body.required);
        let Some(body) = body else {
            return vec![self.method(file, resource, operation, (&names.method, None))];
        };
        let mut methods = Vec::new();
        for media in &body.media {
            let name = self.names.bodies.get(&media.pointer);
            let name = name.unwrap_or(&names.method);
            methods.push(self.method(file, resource, operation, (name, Some(media))));
        }
        methods
    }

    fn method(
        &self,
        file: &mut File,
        resource: &Resource,
        operation: &Operation,
        (name, media): (&str, Option<&Media>),
    ) -> TokenStream {
        let endpoint = self.names.methods.get(&operation.pointer);
        let endpoint = ident(endpoint.map_or("", |names| &names.endpoint));
        let name = ident(name);
        let mut arguments = Vec::new();
        let mut calls = Vec::new();
        for parameter in operation.arguments() {
            arguments.push(self.required_argument(file, parameter));
            calls.push(self.set(file, parameter));
        }
        if let Some((ty, call)) = media.and_then(|media| self.body_argument(file, media)) {
            arguments.push(quote!(body: #ty));
            calls.push(call);
        }
        let docs = self.method_docs(resource, operation, media);
        let deprecated = file.imports.deprecated(operation.deprecated);
        quote! {
            #docs
            #deprecated
            pub fn #name(&self, #(#arguments),*) -> Call<#endpoint> {
                self.scope.call() #(#calls)*
            }
        }
    }

    pub(super) fn required_argument(&self, file: &mut File, parameter: &Parameter) -> TokenStream {
        let name = self.parameter_name(parameter);
        let (ty, _) = self.argument(&mut file.imports, &parameter.ty, &name.to_string());
        quote!(#name: #ty)
    }

    /// The body that the operation's own method takes.
    pub(super) fn required_body(
        &self,
        file: &mut File,
        operation: &Operation,
    ) -> Option<(TokenStream, TokenStream)> {
        let body = operation.body.as_ref().filter(|body| body.required)?;
        self.body_argument(file, body.media.first()?)
    }

    /// The JSON type of a body.
    pub(super) fn json<'b>(&self, body: &'b crate::model::Body) -> Option<&'b Ty> {
        let media = body
            .media
            .iter()
            .find(|media| media.kind == BodyKind::Json)?;
        media.ty.as_ref()
    }

    pub(super) fn parameter_name(&self, parameter: &Parameter) -> Ident {
        ident(
            self.names
                .parameters
                .get(&parameter.pointer)
                .map_or("", String::as_str),
        )
    }
}

/// The description of a handle.
fn described(resource: &Resource) -> String {
    match &resource.description {
        Some(description) => docs::sentence(description),
        None => format!("Operations under `{}`.", resource.path),
    }
}
