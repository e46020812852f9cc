//! Readers: how structs and unions are made from the JSON of a response.
//!
//! In come the fields or variants of a type; out comes its `FromJson`, with one line for each of them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Dispatch, Field, Holding, Struct, Union, Usage, Variant};

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

    /// The reader of a union.
    pub(super) fn union_reader(&self, file: &mut File, name: &Ident, union: &Union) {
        let body = match &union.dispatch {
            Dispatch::Tag(property) | Dispatch::Constant(property) => {
                self.by_tag(name, union, property)
            }
            Dispatch::Keys | Dispatch::JsonKind => self.by_keys(name, union),
        };
        reader(file, name, &body);
    }

    fn by_tag(&self, name: &Ident, union: &Union, property: &str) -> TokenStream {
        let unknown = unknown(name);
        let arms = union.variants.iter().map(|variant| {
            let (tags, read) = (&variant.tags, self.read(variant));
            quote!(Some(#(#tags)|*) => #read,)
        });
        quote! {
            match json.object()?.tag(#property).as_deref() {
                #(#arms)*
                _ => #unknown,
            }
        }
    }

    fn by_keys(&self, name: &Ident, union: &Union) -> TokenStream {
        let unknown = unknown(name);
        let ordered = union
            .order
            .iter()
            .filter_map(|&index| union.variants.get(index));
        let checks = ordered.map(|variant| {
            let (keys, read) = (&variant.keys, self.read(variant));
            quote! {
                if fields.has(&[#(#keys),*]) {
                    return #read;
                }
            }
        });
        quote! {
            let mut fields = json.object()?;
            #(#checks)*
            #unknown
        }
    }

    fn read(&self, variant: &Variant) -> TokenStream {
        let name = self.variant_ident(variant);
        quote!(json.read().map(Self::#name))
    }
}

/// The implementation of `FromJson`, and with it that of `Deserialize`. It is compiled where it is used, and not at all for types that
/// a program does not read.
fn reader(file: &mut File, name: &Ident, body: &TokenStream) {
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

/// A shape that no variant has. It is reported to an observer under the union's name.
fn unknown(name: &Ident) -> TokenStream {
    let name = name.to_string();
    quote!(Ok(Self::Unknown(UnknownVariant::new(#name, json))))
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
