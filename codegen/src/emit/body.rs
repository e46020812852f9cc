//! Bodies of requests: the argument of each kind, and the call that takes it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{BodyKind, Media, PropertyEncoding, Style, Ty, TypeKind};

use super::file::File;
use super::{Emitter, ident};

impl Emitter<'_> {
    /// The type of the argument `body`, and the call that takes it. A further media type is named in the call.
    pub(super) fn body_argument(
        &self,
        file: &mut File,
        media: &Media,
    ) -> Option<(TokenStream, TokenStream)> {
        let (ty, call) = match media.kind {
            BodyKind::Json => {
                let ty = self.ty(&mut file.imports, media.ty.as_ref()?);
                (quote!(impl Into<#ty>), quote!(.set_json::<#ty>(body)))
            }
            BodyKind::Text => {
                let ty = match &media.ty {
                    Some(ty) if self.is_enum(Some(ty)) => self.ty(&mut file.imports, ty),
                    _ => quote!(String),
                };
                (quote!(impl Into<#ty>), quote!(.set_text::<#ty>(body)))
            }
            BodyKind::Binary => {
                let ty = self.ty(&mut file.imports, &Ty::File);
                (quote!(impl Into<#ty>), quote!(.set_file(body)))
            }
            BodyKind::Form => {
                let ty = self.ty(&mut file.imports, media.ty.as_ref()?);
                let encodings = media.encodings.iter();
                let encodings = encodings.filter_map(|encoding| form_encoding(file, encoding));
                let encodings: Vec<TokenStream> = encodings.collect();
                (
                    quote!(impl Into<#ty>),
                    quote!(.set_form::<#ty>(&[#(#encodings),*], body)),
                )
            }
            BodyKind::Multipart => {
                let ty = self.ty(&mut file.imports, media.ty.as_ref()?);
                let types = media.encodings.iter().filter_map(|encoding| {
                    let (name, media_type) = (&encoding.name, encoding.media_type.as_ref()?);
                    Some(quote!((#name, #media_type)))
                });
                (
                    quote!(impl Into<#ty>),
                    quote!(.set_multipart::<#ty>(&[#(#types),*], body)),
                )
            }
        };
        let sends = media.suffix.as_ref().map(|_| {
            let media_type = media.sent_as();
            quote!(.sends(#media_type))
        });
        // Without the feature `bodies` there are JSON bodies alone, of one media type.
        Some((ty, quote!(#sends #call)))
    }

    pub(super) fn is_enum(&self, ty: Option<&Ty>) -> bool {
        let pointer = ty.and_then(Ty::own);
        let kind = pointer.and_then(|pointer| self.api.types.get(pointer));
        kind.is_some_and(|ty| matches!(ty.kind, TypeKind::Enum(_)))
    }
}

/// How a property of a form is written, as the runtime's type.
fn form_encoding(file: &mut File, encoding: &PropertyEncoding) -> Option<TokenStream> {
    let is_json = encoding
        .media_type
        .as_ref()
        .is_some_and(|media_type| media_type.ends_with("json"));
    let style = match encoding.style {
        Some(Style::SpaceDelimited) => "SpaceDelimited",
        Some(Style::PipeDelimited) => "PipeDelimited",
        Some(Style::DeepObject) => "DeepObject",
        Some(Style::Form | Style::Simple | Style::Label | Style::Matrix) => "Form",
        None if is_json => "Json",
        None => return None,
    };
    file.imports.runtime("Style");
    file.imports.runtime("Styled");
    let (name, style) = (&encoding.name, ident(style));
    let exploded = encoding.explode.then(|| quote!(.exploded()));
    let reserved = encoding.allow_reserved.then(|| quote!(.reserved()));
    Some(quote!(Styled::form(#name, Style::#style) #exploded #reserved))
}

/// What the documentation says of a body that is not JSON, or is in a further media type.
pub(super) fn sent(media: &Media) -> Option<String> {
    let media_type = media.sent_as();
    (media.kind != BodyKind::Json || media.suffix.is_some()).then(|| match media.kind {
        BodyKind::Binary => format!(
            "Sends a file of type `{media_type}`, unless [`media_type`](crate::FileUpload::media_type) sets another type."
        ),
        _ => format!("Sends the body as `{media_type}`."),
    })
}
