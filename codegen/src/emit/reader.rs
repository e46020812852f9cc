//! Readers: how structs are made from the JSON of a response.
//!
//! In come the fields of a struct; out comes its `FromJson`, with one line for each of them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Holding, Struct, Usage};

use super::file::File;
use super::{Emitter, ident};

impl Emitter<'_> {
    /// The reader of a struct.
    pub(super) fn struct_reader(&self, file: &mut File, name: &str, usage: Usage, object: &Struct) {
        let fields = object.fields.iter().map(|field| {
            let (name, value) = (ident(&self.field_name(field)), field_value(usage, field));
            quote!(#name: #value,)
        });
        let additional = object.additional.as_ref().map(|_| {
            let known = known_names(usage, object);
            quote!(additional_properties: fields.others(&[#(#known),*])?,)
        });
        // An object whose properties are all unknown is an object all the same.
        let binding = match (object.fields.is_empty(), &additional) {
            (true, None) => quote!(json.object()?;),
            (true, Some(_)) => quote!(let fields = json.object()?;),
            (false, _) => quote!(let mut fields = json.object()?;),
        };
        let body = quote! {
            #binding
            Ok(Self { #(#fields)* #additional })
        };
        reader(file, &ident(name), &body);
    }
}

/// The implementation of `FromJson`, and with it that of `Deserialize`. It is compiled where it is used, and not at all for types that
/// a program does not read.
pub(super) fn reader(file: &mut File, name: &Ident, body: &TokenStream) {
    for name in ["Fault", "FromJson", "Json", "impl_deserialize"] {
        file.imports.runtime(name);
    }
    file.push(quote! {
        impl FromJson for #name {
            #[inline]
            fn from_json(json: Json<'_>) -> Result<Self, Fault> {
                #body
            }
        }

        impl_deserialize!(#name);
    });
}

/// The expression that reads a field.
fn field_value(usage: Usage, field: &Field) -> TokenStream {
    let wire = &field.wire;
    let aliases = Some(&field.aliases).filter(|aliases| usage.response && !aliases.is_empty());
    let fields = match aliases {
        Some(aliases) => quote!(fields.alias(&[#(#aliases),*])),
        None => quote!(fields),
    };
    match field.held {
        Holding::Plain => quote!(#fields.required(#wire)?),
        Holding::Optional | Holding::Nullable => quote!(#fields.optional(#wire)?),
        Holding::Collection => quote!(#fields.optional(#wire)?.unwrap_or_default()),
        Holding::RequiredCollection if usage.response => {
            quote!(#fields.required::<Option<_>>(#wire)?.unwrap_or_default())
        }
        Holding::RequiredCollection => quote!(#fields.required(#wire)?),
        Holding::TriState => quote!(#fields.or_default(#wire)?),
    }
}

/// The names that are no additional properties.
fn known_names(usage: Usage, object: &Struct) -> Vec<&str> {
    let names = object.fields.iter().flat_map(|field| {
        let aliases = field.aliases.iter().filter(|_| usage.response);
        std::iter::once(&field.wire).chain(aliases)
    });
    names.map(String::as_str).collect()
}
