//! Open enums: of strings and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Enum, EnumValue, Scalar, Type};

use super::file::File;
use super::method_docs::search_names;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// An enum with its known values and a catch-all.
    pub(super) fn enumeration(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        if list.is_integer() {
            self.codes(file, name, ty, list);
        } else {
            self.texts(file, name, ty, list);
        }
    }

    fn texts(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        let values = list.values.iter().map(|value| match &value.value {
            Scalar::Text(text) => Literal::string(text),
            Scalar::Integer(_) | Scalar::Number(_) | Scalar::Bool(_) => Literal::string(""),
        });
        let table = self.table(file, name, ty, list, values.collect());
        file.imports.runtime("open_enum");
        file.push(quote! { open_enum! { #table } });
    }

    fn codes(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        let values = list.values.iter().map(|value| match &value.value {
            Scalar::Integer(code) => Literal::i64_unsuffixed(*code),
            Scalar::Text(_) | Scalar::Number(_) | Scalar::Bool(_) => Literal::i64_unsuffixed(0),
        });
        let table = self.table(file, name, ty, list, values.collect());
        file.imports.runtime("open_code");
        file.push(quote! { open_code! { #table } });
    }

    /// The enum as the runtime's macros take it: each variant with its value on the wire.
    fn table(
        &self,
        file: &mut File,
        name: &str,
        ty: &Type,
        list: &Enum,
        values: Vec<Literal>,
    ) -> TokenStream {
        let deprecated = file.imports.deprecated(ty.deprecated);
        let described = ty.description.as_deref();
        let fallback = format!("The values of `{name}`.");
        let described = docs::sentence(described.unwrap_or(&fallback));
        let open = "The service may add values: match with a `_` arm.";
        let docs = docs::outer(&[described.as_str(), open]);
        let name = ident(name);
        let variants = list.values.iter().filter_map(|value| self.variant(value));
        let lines = variants
            .zip(values)
            .map(|(variant, value)| quote!(#variant = #value));
        let searched = search_names(&ty.search_names);
        quote! {
            #docs
            #searched
            #deprecated
            pub enum #name {
                #(#lines,)*
            }
        }
    }

    fn variant(&self, value: &EnumValue) -> Option<proc_macro2::Ident> {
        self.names
            .variants
            .get(&value.pointer)
            .map(|name| ident(name))
    }
}
