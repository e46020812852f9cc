//! Open enums: of strings, of integers, and of other values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Enum, EnumValue, Scalar, Type};

use super::file::File;
use super::method_docs::search_names;
use super::{Emitter, docs, ident};

/// Of more values than these, one is found by binary search. The compiler spends as long on sorting a list as on the rest of a short enum.
const LONG: usize = 32;

impl Emitter<'_> {
    /// An enum with its known values and a catch-all.
    pub(super) fn enumeration(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        if list.is_integer() {
            self.codes(file, name, ty, list);
        } else if list.is_text() {
            self.texts(file, name, ty, list);
        } else {
            self.values(file, name, ty, list);
        }
    }

    fn texts(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        let values = list.values.iter().map(|value| match &value.value {
            Scalar::Text(text) => Literal::string(text),
            Scalar::Integer(_) | Scalar::Number(_) | Scalar::Bool(_) => Literal::string(""),
        });
        let values = values.map(|value| quote!(#value)).collect();
        let table = self.table(file, name, ty, list, values);
        push(file, ["open_enum", "long_enum"], list, &table);
    }

    fn codes(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        let values = list.values.iter().map(|value| match &value.value {
            Scalar::Integer(code) => Literal::i64_unsuffixed(*code),
            Scalar::Text(_) | Scalar::Number(_) | Scalar::Bool(_) => Literal::i64_unsuffixed(0),
        });
        let values = values.map(|value| quote!(#value)).collect();
        let table = self.table(file, name, ty, list, values);
        push(file, ["open_code", "long_code"], list, &table);
    }

    fn values(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        let values = list.values.iter().map(|value| known(&value.value));
        let table = self.table(file, name, ty, list, values.collect());
        file.imports.runtime("open_value");
        file.push(quote! { open_value! { #table } });
    }

    /// The enum as the runtime's macros take it: each variant with its value on the wire.
    fn table(
        &self,
        file: &mut File,
        name: &str,
        ty: &Type,
        list: &Enum,
        values: Vec<TokenStream>,
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

/// Writes a table as the runtime's macro for it, the second one where it is long.
fn push(file: &mut File, macros: [&str; 2], list: &Enum, table: &TokenStream) {
    let [short, long] = macros;
    let called = if list.values.len() > LONG {
        long
    } else {
        short
    };
    file.imports.runtime(called);
    let called = ident(called);
    file.push(quote! { #called! { #table } });
}

/// A value as the runtime's macro for values of any kind takes it.
fn known(value: &Scalar) -> TokenStream {
    match value {
        Scalar::Text(text) => quote!(Text(#text)),
        Scalar::Bool(value) => quote!(Bool(#value)),
        Scalar::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(Integer(#number))
        }
        Scalar::Number(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(number), _) => {
                let number = Literal::i64_unsuffixed(number);
                quote!(Integer(#number))
            }
            (Err(_), number) => {
                let number = Literal::f64_unsuffixed(number.unwrap_or_default());
                quote!(Number(#number))
            }
        },
    }
}
