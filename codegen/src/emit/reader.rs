//! Readers: how structs and unions are made from the JSON of a response, and how structs are written.
//!
//! In come the fields of a struct; out comes a table with one line for each of them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Holding, Struct, Ty, TypeKind, Usage};

use super::file::File;
use super::{Emitter, ident};

impl Emitter<'_> {
    /// The table of a struct's fields, which the runtime reads and writes it by.
    pub(super) fn struct_table(&self, file: &mut File, name: &str, usage: Usage, object: &Struct) {
        let fields = object.fields.iter().map(|field| {
            let (name, how, wire) = (
                ident(&self.field_name(field)),
                self.how(usage, field),
                &field.wire,
            );
            let aliases = Some(&field.aliases).filter(|list| usage.response && !list.is_empty());
            let also = aliases.map(|aliases| quote!(#[also(#(#aliases),*)]));
            quote!(#also #name: #how<#wire>,)
        });
        let others = object.additional.as_ref().map(|_| {
            quote! {
                #[others]
                additional_properties: others,
            }
        });
        let tags = object.tags.iter().map(|tag| {
            let (wire, value) = (&tag.wire, &tag.value);
            quote!(#[tag(#wire = #value)])
        });
        file.imports.runtime("object");
        let name = ident(name);
        file.push(quote! {
            object! {
                #(#tags)*
                struct #name {
                    #(#fields)*
                    #others
                }
            }
        });
    }

    /// The runtime's word for how a field is read and written.
    fn how(&self, usage: Usage, field: &Field) -> Ident {
        ident(match field.held {
            Holding::Plain if self.is_nested(&field.ty) => "nested",
            Holding::Plain => "required",
            Holding::Optional => "optional",
            Holding::Nullable => "nullable",
            Holding::Collection => "collection",
            Holding::RequiredCollection if usage.response => "list",
            Holding::RequiredCollection => "required",
            Holding::TriState => "clearable",
        })
    }

    /// Whether the type has no value that holds nothing.
    fn is_nested(&self, ty: &Ty) -> bool {
        let (Ty::Named(pointer) | Ty::Boxed(pointer)) = ty else {
            return false;
        };
        let named = self.api.types.get(pointer);
        !named.is_some_and(
            |ty| matches!(&ty.kind, TypeKind::Enum(list) if list.is_text() || list.is_integer()),
        )
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
