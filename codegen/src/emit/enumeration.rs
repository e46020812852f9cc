//! Open enums: of strings and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Enum, EnumValue, Scalar, Type};

use super::file::File;
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
        file.imports.runtime("UnknownValue");
        file.imports.runtime("open_enum");
        let deprecated = file.imports.deprecated(ty.deprecated);
        let (name, head) = (ident(name), head(name, ty, deprecated.as_ref()));
        let variants: Vec<_> = list
            .values
            .iter()
            .filter_map(|value| self.variant(value))
            .collect();
        let texts = list.values.iter().map(|value| match &value.value {
            Scalar::Text(text) => Literal::string(text),
            Scalar::Integer(_) | Scalar::Number(_) | Scalar::Bool(_) => Literal::string(""),
        });
        let declared = declared(list, &variants);
        file.push(quote! {
            #head
            pub enum #name {
                #declared
                /// A value that this version does not know.
                Unknown(UnknownValue),
            }

            impl #name {
                /// The values that this version knows, in the document's order.
                pub const ALL: &'static [Self] = &[#(Self::#variants),*];

                /// The value as it stands on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #texts,)*
                        Self::Unknown(value) => value.as_str(),
                    }
                }
            }

            open_enum!(#name);
        });
    }

    fn codes(&self, file: &mut File, name: &str, ty: &Type, list: &Enum) {
        file.imports.runtime("UnknownCode");
        file.imports.runtime("open_code");
        let deprecated = file.imports.deprecated(ty.deprecated);
        let (name, head) = (ident(name), head(name, ty, deprecated.as_ref()));
        let variants: Vec<_> = list
            .values
            .iter()
            .filter_map(|value| self.variant(value))
            .collect();
        let codes = list.values.iter().map(|value| match &value.value {
            Scalar::Integer(code) => Literal::i64_unsuffixed(*code),
            Scalar::Text(_) | Scalar::Number(_) | Scalar::Bool(_) => Literal::i64_unsuffixed(0),
        });
        let declared = declared(list, &variants);
        file.push(quote! {
            #head
            pub enum #name {
                #declared
                /// A code that this version does not know.
                Unknown(UnknownCode),
            }

            impl #name {
                /// The codes that this version knows, in the document's order.
                pub const ALL: &'static [Self] = &[#(Self::#variants),*];

                /// The code as it stands on the wire.
                pub fn code(&self) -> i64 {
                    match self {
                        #(Self::#variants => #codes,)*
                        Self::Unknown(code) => code.get(),
                    }
                }
            }

            open_code!(#name);
        });
    }

    fn variant(&self, value: &EnumValue) -> Option<proc_macro2::Ident> {
        self.names
            .variants
            .get(&value.pointer)
            .map(|name| ident(name))
    }
}

/// The documentation and attributes above an enum.
fn head(name: &str, ty: &Type, deprecated: Option<&TokenStream>) -> TokenStream {
    let fallback = format!("The values of `{name}`.");
    let described = docs::sentence(ty.description.as_deref().unwrap_or(&fallback));
    let open = "The service may add values: match with a `_` arm.";
    let docs = docs::outer(&[described.as_str(), open]);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
    }
}

/// Each variant under the value that it stands for.
fn declared(list: &Enum, variants: &[proc_macro2::Ident]) -> TokenStream {
    let docs = list.values.iter().map(|value| match &value.value {
        Scalar::Text(text) | Scalar::Number(text) => format!(" `{}`.", docs::visible(text)),
        Scalar::Integer(code) => format!(" `{code}`."),
        Scalar::Bool(value) => format!(" `{value}`."),
    });
    quote! { #(#[doc = #docs] #variants,)* }
}
