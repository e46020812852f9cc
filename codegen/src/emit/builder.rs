//! Builders of types with many required fields: `build` exists once all of them are set.
//!
//! The builder has one type parameter for each required field: `()` until its setter was called, then the field's type.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Struct};

use super::file::File;
use super::structure::held;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// The function that starts a builder.
    pub(super) fn builder(&self, name: &str, object: &Struct) -> TokenStream {
        let builder = ident(&format!("{name}Builder"));
        let fields = object
            .arguments()
            .map(|field| ident(&self.field_name(field)));
        quote! {
            /// Starts with nothing set. Once all setters were called, `build` is there.
            pub fn builder() -> #builder {
                #builder { #(#fields: (),)* }
            }
        }
    }

    /// The builder itself.
    pub(super) fn builder_type(
        &self,
        file: &mut File,
        name: &str,
        object: &Struct,
        initial: &[TokenStream],
    ) {
        let required: Vec<&Field> = object.arguments().collect();
        let parameters: Vec<Ident> = (1..=required.len())
            .map(|number| ident(&format!("T{number}")))
            .collect();
        let names: Vec<Ident> = required
            .iter()
            .map(|field| ident(&self.field_name(field)))
            .collect();
        let types: Vec<TokenStream> = required
            .iter()
            .map(|field| self.ty(&mut file.imports, &field.ty))
            .collect();
        let values: Vec<TokenStream> = required
            .iter()
            .zip(&names)
            .map(|(field, name)| held(field, quote!(self.#name)))
            .collect();
        let ty = ident(name);
        let builder = ident(&format!("{name}Builder"));
        let setters: Vec<TokenStream> = (0..required.len())
            .filter_map(|index| self.builder_setter(file, &builder, &required, &parameters, index))
            .collect();
        let about = docs::outer(&[format!(
            "Collects what a [`{name}`] must have: [`{name}::builder`]."
        )]);
        file.push(quote! {
            #about
            #[derive(Clone, Debug)]
            #[must_use = "a builder does nothing until `build` is called"]
            pub struct #builder<#(#parameters = ()),*> {
                #(#names: #parameters,)*
            }

            impl<#(#parameters),*> #builder<#(#parameters),*> {
                #(#setters)*
            }

            impl #builder<#(#types),*> {
                /// The request, with everything that is required.
                pub fn build(self) -> #ty {
                    #ty { #(#names: #values,)* #(#initial,)* }
                }
            }
        });
    }

    fn builder_setter(
        &self,
        file: &mut File,
        builder: &Ident,
        required: &[&Field],
        parameters: &[Ident],
        index: usize,
    ) -> Option<TokenStream> {
        let field = required.get(index)?;
        let name = self.field_name(field);
        let docs = docs::outer(&self.field_docs(field));
        let (argument, value) = self.argument(&mut file.imports, &field.ty, &name);
        let ty = self.ty(&mut file.imports, &field.ty);
        let result = parameters
            .iter()
            .enumerate()
            .map(|(place, parameter)| match place == index {
                true => ty.clone(),
                false => quote!(#parameter),
            });
        let values = required.iter().enumerate().map(|(place, field)| {
            let other = ident(&self.field_name(field));
            match place == index {
                true if value.to_string() == name => quote!(#other),
                true => quote!(#other: #value),
                false => quote!(#other: self.#other),
            }
        });
        let name = ident(&name);
        Some(quote! {
            #docs
            pub fn #name(self, #name: #argument) -> #builder<#(#result),*> {
                #builder { #(#values,)* }
            }
        })
    }
}
