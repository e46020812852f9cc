//! The enum of an operation with several kinds of success.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Operation, ResponseKind, Success, Ty};
use crate::naming::{OutcomeNames, plain};

use super::file::File;
use super::imports::Imports;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// The enum, and the table by which the runtime chooses the variant.
    pub(super) fn outcome_type(&self, file: &mut File, handle: &str, operation: &Operation) {
        let (Some(names), Some(method)) = (
            self.names.outcomes.get(&operation.pointer),
            self.names.methods.get(&operation.pointer),
        ) else {
            return;
        };
        file.imports.runtime("OtherResponse");
        file.imports.runtime("successes");
        let name = ident(&names.ty);
        let about = docs::outer(&[format!(
            "What [`{handle}::{}`] returns.",
            plain(&method.method)
        )]);
        let mut variants = Vec::new();
        let mut table = Vec::new();
        for (kind, variant) in operation.several_kinds().iter().zip(&names.variants) {
            let variant = ident(variant);
            let about = docs::outer(&[described(kind)]);
            let (status, media) = (kind.status, &kind.media);
            match self.carried(&mut file.imports, operation, kind.kind) {
                Some(value) => {
                    let read = self.kind(&mut file.imports, operation, kind.kind);
                    variants.push(quote!(#about #variant(#value)));
                    table.push(quote!(#[success(#status #(, #media)*)] #variant(#read)));
                }
                None => {
                    variants.push(quote!(#about #variant));
                    table.push(quote!(#[success(#status #(, #media)*)] #variant));
                }
            }
        }
        file.push(quote! {
            #about
            #[allow(clippy::large_enum_variant, reason = "one is made for each call")]
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A status or a media type that this version does not know for this operation.
                Other(OtherResponse),
            }

            successes! {
                enum #name { #(#table,)* }
            }
        });
    }

    /// The kind of a response as the runtime calls it.
    pub(super) fn kind(
        &self,
        imports: &mut Imports,
        operation: &Operation,
        kind: &ResponseKind,
    ) -> TokenStream {
        match kind {
            ResponseKind::Binary(_) => of(imports, "Binary"),
            ResponseKind::Result {
                ty: Ty::List(item), ..
            } => {
                let list = of(
                    imports,
                    if operation.paging.is_some() {
                        "Paged"
                    } else {
                        "List"
                    },
                );
                let item = self.ty(imports, item);
                quote!(#list<#item>)
            }
            ResponseKind::Result { ty, nullable } => {
                let single = of(imports, "Single");
                let ty = self.ty(imports, ty);
                match nullable {
                    true => quote!(#single<Option<#ty>>),
                    false => quote!(#single<#ty>),
                }
            }
            ResponseKind::Json(ty) => {
                let json = of(imports, "PlainJson");
                let ty = self.ty(imports, ty);
                quote!(#json<#ty>)
            }
            ResponseKind::Text(_) => of(imports, "PlainText"),
            ResponseKind::Empty => of(imports, "Empty"),
        }
    }

    /// The type of the value that a response of this kind has.
    fn carried(
        &self,
        imports: &mut Imports,
        operation: &Operation,
        kind: &ResponseKind,
    ) -> Option<TokenStream> {
        let value = match kind {
            ResponseKind::Empty => return None,
            ResponseKind::Binary(_) => of(imports, "Download"),
            ResponseKind::Text(_) => quote!(String),
            ResponseKind::Result {
                ty: Ty::List(item), ..
            } if operation.paging.is_some() => {
                let page = of(imports, "Page");
                let item = self.ty(imports, item);
                quote!(#page<#item>)
            }
            // A list that is `null` is empty.
            ResponseKind::Result { ty, nullable: true } if !matches!(ty, Ty::List(_)) => {
                let ty = self.ty(imports, ty);
                quote!(Option<#ty>)
            }
            ResponseKind::Result { ty, .. } | ResponseKind::Json(ty) => self.ty(imports, ty),
        };
        Some(value)
    }

    /// What a call returns, for its documentation.
    pub(super) fn returns_one_of(&self, operation: &Operation, names: &OutcomeNames) -> String {
        let kinds = operation.several_kinds();
        let kinds: Vec<String> = kinds
            .iter()
            .zip(&names.variants)
            .map(|(kind, variant)| format!("- `{variant}`: {}", status_and_media(kind)))
            .collect();
        let ty = &names.ty;
        // Links have no raw identifiers.
        let path = names.path.replace("r#", "");
        format!(
            "Returns [`{ty}`](crate::{path}):\n\n{}\n- `Other`: any other successful response, as it came.",
            kinds.join("\n")
        )
    }

    /// The statements of an example that match on the result.
    pub(super) fn outcome_shown(
        &self,
        operation: &Operation,
        names: &OutcomeNames,
        call: &TokenStream,
    ) -> TokenStream {
        let name = ident(&names.ty);
        let kinds = operation.several_kinds();
        let arms = kinds.iter().zip(&names.variants).map(|(kind, variant)| {
            let variant_name = ident(variant);
            match kind.kind {
                ResponseKind::Empty => quote!(#name::#variant_name => println!(#variant)),
                _ => {
                    let text = format!("{variant}: {{value:?}}");
                    quote!(#name::#variant_name(value) => println!(#text))
                }
            }
        });
        quote! { match #call.await? { #(#arms,)* other => println!("{other:?}"), } }
    }
}

fn of(imports: &mut Imports, name: &str) -> TokenStream {
    imports.runtime(name);
    let name = ident(name);
    quote!(#name)
}

/// The status and the media types of a kind.
fn status_and_media(kind: &Success<'_>) -> String {
    let status = match kind.status {
        "default" => "any other status".to_owned(),
        status => format!("status {status}"),
    };
    match kind.media.as_slice() {
        [] => format!("{status}, without a body."),
        media => format!("{status}, as `{}`.", media.join("` or `")),
    }
}

fn described(kind: &Success<'_>) -> String {
    let origin = docs::capitalized(&status_and_media(kind));
    match kind.description.trim() {
        "" => origin,
        description => format!("{}\n\n{origin}", docs::sentence(description)),
    }
}
