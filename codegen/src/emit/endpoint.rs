//! Endpoints: the type behind a method, with its `Operation` constant and the setters of its optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Body, CursorPaging, ListInside, Location, Media, Method, Operation, Paging, Parameter,
    ResponseKind, Sent, SentPlace, Style, Ty, Written,
};
use crate::naming::plain;

use super::body::sent;
use super::file::File;
use super::reserved::SharedLists;
use super::styled::styled;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// The endpoint of an operation.
    pub(super) fn endpoint(
        &self,
        file: &mut File,
        handle: &str,
        operation: &Operation,
        reserved: &SharedLists<'_>,
    ) {
        let Some(names) = self.names.methods.get(&operation.pointer) else {
            return;
        };
        file.imports.runtime("Endpoint");
        file.imports.runtime("Operation");
        let name = ident(&names.endpoint);
        let about = format!("The endpoint of [`{handle}::{}`].", plain(&names.method));
        let about = docs::outer(&[about]);
        let response = self.response(file, operation);
        let constant = self.operation_constant(file, operation, &names.operation, reserved);
        let setters = self.setters(file, operation);
        let setters = (!setters.is_empty()).then(|| {
            quote! {
                impl Call<#name> {
                    #(#setters)*
                }
            }
        });
        file.push(quote! {
            #about
            #[derive(Debug)]
            pub enum #name {}

            impl Endpoint for #name {
                type Response = #response;

                const OPERATION: Operation = #constant;
            }

            #setters
        });
    }

    fn response(&self, file: &mut File, operation: &Operation) -> TokenStream {
        let kind = match operation.response_kind() {
            _ if operation.has_several_kinds() => None,
            Some(kind) => Some(kind),
            None => Some(&ResponseKind::Empty),
        };
        let outcome = self.names.outcomes.get(&operation.pointer);
        match (kind, outcome) {
            (None, Some(names)) => {
                file.imports.runtime("OneOf");
                let ty = ident(&names.ty);
                quote!(OneOf<#ty>)
            }
            (kind, _) => {
                let kind = kind.unwrap_or(&ResponseKind::Empty);
                self.kind(&mut file.imports, operation, kind)
            }
        }
    }

    /// The `Operation` constant: name, path, and the fields that differ from the defaults of its HTTP method.
    fn operation_constant(
        &self,
        file: &mut File,
        operation: &Operation,
        name: &str,
        reserved: &SharedLists<'_>,
    ) -> TokenStream {
        let constructor = ident(&operation.method.as_str().to_lowercase());
        let template = &operation.path.template;
        let base = quote!(Operation::#constructor(#name, #template));
        let mut fields = Vec::new();
        if let Some(reserved) = reserved.value(file, operation) {
            fields.push(quote!(reserved: #reserved));
        }
        let styled = operation.parameters.iter().filter(|parameter| {
            parameter.location == Location::Path
                && self.api.written(parameter) == Ok(Written::Styled)
        });
        let styled: Vec<&str> = styled.map(|parameter| parameter.name.as_str()).collect();
        if !styled.is_empty() {
            fields.push(quote!(styled: &[#(#styled),*]));
        }
        let repeatable = operation.repeatable;
        if operation.method.is_idempotent() != repeatable {
            fields.push(quote!(repeatable: #repeatable));
        }
        if let Some(media) = operation.accepts() {
            fields.push(quote!(accepts: #media));
        }
        if let Some(media) = operation.sends() {
            fields.push(quote!(sends: #media));
        }
        if operation.foreign_totals {
            fields.push(quote!(foreign_totals: true));
        }
        if let Some(ListInside { key, required, .. }) = &operation.list_inside {
            file.imports.runtime("ListKey");
            fields.push(quote!(list_key: Some(ListKey { name: #key, required: #required })));
        }
        if let Some(Paging::Cursor(CursorPaging { parameter, place })) = &operation.paging {
            file.imports.runtime("CursorPaging");
            fields.push(quote! {
                cursors: Some(CursorPaging { parameter: #parameter, place: &[#(#place),*] })
            });
        }
        let permissions = &operation.permission.token_groups;
        if !permissions.is_empty() {
            fields.push(quote!(permissions: &[#(#permissions),*]));
        }
        if !operation.security.sent.is_empty() {
            // An alternative may list none: then nothing is sent.
            if operation
                .security
                .sent
                .iter()
                .any(|parts| !parts.is_empty())
            {
                file.imports.runtime("SecurityScheme");
            }
            let security = security(&operation.security.sent);
            fields.push(quote!(security: #security));
        }
        match fields.is_empty() {
            true => base,
            false => quote!(Operation { #(#fields,)* ..#base }),
        }
    }

    fn setters(&self, file: &mut File, operation: &Operation) -> Vec<TokenStream> {
        let mut setters: Vec<TokenStream> = operation
            .setters()
            .flat_map(|parameter| {
                let setter = self.parameter_setter(file, parameter);
                [setter]
                    .into_iter()
                    .chain(self.maybe_setter(file, parameter))
            })
            .collect();
        let body = operation.body.as_ref().filter(|body| !body.required);
        let media = body.iter().flat_map(|body| &body.media);
        let pairs = media.filter_map(|media| Some((*body.as_ref()?, media)));
        for (body, media) in pairs {
            setters.extend(self.body_setter(file, body, media));
        }
        setters
    }

    fn body_setter(&self, file: &mut File, body: &Body, media: &Media) -> Option<TokenStream> {
        let (ty, call) = self.body_argument(file, media)?;
        let name = self.names.bodies.get(&media.pointer);
        let name = ident(name.map_or("body", String::as_str));
        let about = body
            .description
            .as_deref()
            .unwrap_or("The body of the request");
        let mut about = vec![docs::sentence(about)];
        about.extend(sent(media));
        let about = docs::outer(&about);
        Some(quote! {
            #about
            pub fn #name(self, body: #ty) -> Self {
                self #call
            }
        })
    }

    fn parameter_setter(&self, file: &mut File, parameter: &Parameter) -> TokenStream {
        let name = self.parameter_name(parameter);
        let (ty, _) = self.argument(&mut file.imports, &parameter.ty, &name.to_string());
        let call = self.set(file, parameter);
        let fallback = format!("The parameter `{}`.", parameter.name);
        let mut paragraphs = vec![
            parameter
                .description
                .as_deref()
                .map_or(fallback, docs::sentence),
        ];
        paragraphs.extend(docs::bounds(&parameter.bounds));
        let about = docs::outer(&paragraphs);
        let deprecated = file.imports.deprecated(parameter.deprecated);
        quote! {
            #about
            #deprecated
            pub fn #name(self, #name: #ty) -> Self {
                self #call
            }
        }
    }

    /// The setter that takes an `Option`. An array needs none: an empty one is not sent, and an `Option` is an iterator.
    fn maybe_setter(&self, file: &mut File, parameter: &Parameter) -> Option<TokenStream> {
        if !parameter.has_maybe() {
            return None;
        }
        let name = self.parameter_name(parameter);
        let maybe = ident(&format!(
            "maybe_{}",
            plain(self.names.parameters.get(&parameter.pointer)?)
        ));
        let ty = self.ty(&mut file.imports, &parameter.ty);
        let about = docs::outer(&[format!("Sets `{name}` if there is a value.")]);
        let deprecated = file.imports.deprecated(parameter.deprecated);
        Some(quote! {
            #about
            #deprecated
            pub fn #maybe(self, #name: Option<#ty>) -> Self {
                self.maybe(#name, Self::#name)
            }
        })
    }

    /// The method call that sets a parameter, from an argument of its name.
    pub(super) fn set(&self, file: &mut File, parameter: &Parameter) -> TokenStream {
        let name = self.parameter_name(parameter);
        let wire = &parameter.name;
        if self.api.written(parameter) == Ok(Written::Styled) {
            let text = name.to_string();
            let (_, value) = self.argument(&mut file.imports, &parameter.ty, &text);
            let ty = self.ty(&mut file.imports, &parameter.ty);
            let styled = styled(file, parameter);
            return quote!(.set_styled::<#ty>(&#styled, #value));
        }
        if let Ty::List(item) = &parameter.ty {
            let item = self.ty(&mut file.imports, item);
            let separator = match parameter.style {
                Style::SpaceDelimited => " ",
                Style::PipeDelimited => "|",
                _ => ",",
            };
            return match parameter.explode {
                true => quote!(.set_query_each::<#item>(#wire, #name)),
                false => quote!(.set_query_joined::<#item>(#wire, #separator, #name)),
            };
        }
        let ty = self.ty(&mut file.imports, &parameter.ty);
        match parameter.location {
            Location::Path => quote!(.set_path::<#ty>(#wire, #name)),
            Location::Query => quote!(.set_query::<#ty>(#wire, #name)),
            Location::Header | Location::Cookie => quote!(.set_header::<#ty>(#wire, #name)),
        }
    }
}

/// The alternatives of what an operation is sent.
fn security(alternatives: &[Vec<Sent>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|parts| {
        let parts = parts.iter().map(|part| match part {
            Sent::Token => quote!(SecurityScheme::API_TOKEN),
            Sent::Key => quote!(SecurityScheme::API_KEY),
            Sent::Named { scheme, place } => match place {
                SentPlace::Bearer => quote!(SecurityScheme::bearer(#scheme)),
                SentPlace::Basic => quote!(SecurityScheme::basic(#scheme)),
                SentPlace::Authorization => quote!(SecurityScheme::authorization(#scheme)),
                SentPlace::Header(name) => quote!(SecurityScheme::header(#scheme, #name)),
                SentPlace::Query(name) => quote!(SecurityScheme::query(#scheme, #name)),
                SentPlace::Cookie(name) => quote!(SecurityScheme::cookie(#scheme, #name)),
            },
        });
        quote!(&[#(#parts),*])
    });
    quote!(&[#(#alternatives),*])
}

/// The methods that the runtime's `Operation` has a constructor for.
pub(super) fn is_sent(method: Method) -> bool {
    match method {
        Method::Get
        | Method::Put
        | Method::Post
        | Method::Delete
        | Method::Patch
        | Method::Head
        | Method::Options => true,
        Method::Trace => false,
    }
}
