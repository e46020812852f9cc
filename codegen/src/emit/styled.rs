//! Parameters that are written by their style.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Location, Parameter, Style, essence};

use super::file::File;
use super::ident;

/// How a parameter is written, as the runtime's type.
pub(super) fn styled(file: &mut File, parameter: &Parameter) -> TokenStream {
    file.imports.runtime("Style");
    file.imports.runtime("Styled");
    let wire = &parameter.name;
    let place = ident(match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    });
    let is_text = |media: &String| essence(media).starts_with("text/");
    let style = match (&parameter.content, parameter.style) {
        (Some(media), _) if !is_text(media) => "Json",
        (Some(_), _) => "Simple",
        (None, Style::Matrix) => "Matrix",
        (None, Style::Label) => "Label",
        (None, Style::Simple) => "Simple",
        (None, Style::Form) => "Form",
        (None, Style::SpaceDelimited) => "SpaceDelimited",
        (None, Style::PipeDelimited) => "PipeDelimited",
        (None, Style::DeepObject) => "DeepObject",
    };
    let style = ident(style);
    let exploded = (parameter.explode && parameter.content.is_none()).then(|| quote!(.exploded()));
    let reserved = parameter.allow_reserved.then(|| quote!(.reserved()));
    quote!(Styled::#place(#wire, Style::#style) #exploded #reserved)
}
