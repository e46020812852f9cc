//! Builders of types with many required fields: `build` compiles once all of them are set.
//!
//! The builder has one type parameter for each required field: `Missing` until its setter was called, then the field's type. The
//! parameter is named after the field, so that the compiler's message names what is missing. Optional fields can be set at any time.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Struct};
use crate::naming::plain;

use super::file::File;
use super::structure::held;
use super::{Emitter, docs, ident};

/// The names in the code of one builder.
struct Builder<'a> {
    ty: Ident,
    builder: Ident,
    /// The private struct with the optional fields; `None` where there are none.
    fields: Option<Ident>,
    /// The field of the builder that holds it.
    optional: Ident,
    required: Vec<&'a Field>,
    /// The name of each required field.
    names: Vec<Ident>,
    /// The type parameter of each, named after it.
    parameters: Vec<Ident>,
    /// The same, short: for the signatures of the setters.
    short: Vec<Ident>,
}

impl Emitter<'_> {
    /// The function that starts a builder.
    pub(super) fn builder(&self, file: &mut File, name: &str, object: &Struct) -> TokenStream {
        file.imports.runtime("Missing");
        let Builder {
            builder,
            fields,
            optional,
            names,
            ..
        } = self.builder_names(name, object);
        let rest = fields.map(|fields| quote!(#optional: #fields::default(),));
        quote! {
            /// Starts with nothing set. `build` compiles once all required values are set.
            pub fn builder() -> #builder {
                #builder { #(#names: Missing,)* #rest }
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
        let names = self.builder_names(name, object);
        let Builder {
            builder,
            optional,
            parameters,
            short,
            ..
        } = &names;
        let rest = names.fields.as_ref();
        let rest = rest.map(|fields| quote!(#optional: #fields,));
        let required = &names.names;
        let about = docs::outer(&[format!(
            "Collects the values of a [`{name}`]: [`{name}::builder`]."
        )]);
        let setters: Vec<TokenStream> = (0..required.len())
            .filter_map(|index| self.builder_setter(file, &names, index))
            .collect();
        let optional_setters: Vec<TokenStream> = object
            .optional()
            .map(|field| self.setter(&mut file.imports, Some(optional), field))
            .collect();
        let build = self.build(file, &names, object, initial);
        file.push(quote! {
            #about
            #[derive(Clone, Debug)]
            #[must_use = "a builder does nothing until `build` is called"]
            pub struct #builder<#(#parameters = Missing),*> {
                #(#required: #parameters,)*
                #rest
            }

            impl<#(#short),*> #builder<#(#short),*> {
                #(#setters)*
                #(#optional_setters)*
            }

            impl<#(#parameters),*> #builder<#(#parameters),*> {
                #build
            }
        });
        if let Some(fields) = &names.fields {
            self.builder_fields(file, name, fields, object);
        }
    }

    /// The private struct that holds the optional fields.
    fn builder_fields(&self, file: &mut File, name: &str, fields: &Ident, object: &Struct) {
        let about = docs::outer(&[format!("The optional fields of [`{name}`].")]);
        let held: Vec<TokenStream> = object
            .optional()
            .map(|field| {
                let ty = self.field_type(&mut file.imports, field);
                let name = ident(&self.field_name(field));
                quote!(#name: #ty,)
            })
            .collect();
        file.push(quote! {
            #about
            #[derive(Clone, Debug, Default)]
            struct #fields {
                #(#held)*
            }
        });
    }

    fn build(
        &self,
        file: &mut File,
        builder: &Builder<'_>,
        object: &Struct,
        initial: &[TokenStream],
    ) -> TokenStream {
        file.imports.runtime("Given");
        let Builder {
            ty,
            optional,
            names,
            parameters,
            ..
        } = builder;
        let required = &builder.required;
        let types = required
            .iter()
            .map(|field| self.ty(&mut file.imports, &field.ty));
        let types: Vec<TokenStream> = types.collect();
        let values = required
            .iter()
            .zip(names)
            .map(|(field, name)| held(field, quote!(self.#name.given())));
        let rest = object
            .optional()
            .map(|field| ident(&self.field_name(field)));
        quote! {
            /// The value, with everything that is required.
            pub fn build(self) -> #ty
            where
                #(#parameters: Given<#types>,)*
            {
                #ty { #(#names: #values,)* #(#rest: self.#optional.#rest,)* #(#initial,)* }
            }
        }
    }

    fn builder_setter(
        &self,
        file: &mut File,
        names: &Builder<'_>,
        index: usize,
    ) -> Option<TokenStream> {
        let field = names.required.get(index)?;
        let builder = &names.builder;
        let docs = docs::outer(&self.field_docs(field));
        let name = names.names.get(index)?;
        let (argument, value) = self.field_argument(&mut file.imports, field);
        let ty = self.ty(&mut file.imports, &field.ty);
        let result =
            names
                .short
                .iter()
                .enumerate()
                .map(|(place, parameter)| match place == index {
                    true => ty.clone(),
                    false => quote!(#parameter),
                });
        let values = names
            .names
            .iter()
            .enumerate()
            .map(|(place, other)| match place == index {
                true if *name == value.to_string() => quote!(#other),
                true => quote!(#other: #value),
                false => quote!(#other: self.#other),
            });
        let optional = &names.optional;
        let rest = names.fields.as_ref();
        let rest = rest.map(|_| quote!(#optional: self.#optional,));
        Some(quote! {
            #docs
            pub fn #name(self, #name: #argument) -> #builder<#(#result),*> {
                #builder { #(#values,)* #rest }
            }
        })
    }

    fn builder_names<'a>(&self, name: &str, object: &'a Struct) -> Builder<'a> {
        let required: Vec<&Field> = object.arguments().collect();
        let names: Vec<String> = required
            .iter()
            .map(|field| self.field_name(field))
            .collect();
        let mut optional = "optional".to_owned();
        while names.contains(&optional) {
            optional.push_str("_fields");
        }
        let has_optional = object.optional().next().is_some();
        Builder {
            ty: ident(name),
            builder: ident(&format!("{name}Builder")),
            fields: has_optional.then(|| ident(&format!("{name}BuilderFields"))),
            optional: ident(&optional),
            parameters: self.parameters_of(&names),
            short: numbered(names.len()),
            names: names.iter().map(|name| ident(name)).collect(),
            required,
        }
    }

    /// The type parameters of required fields: `HasName` for `name`. Numbers, where such a name would hide a type.
    fn parameters_of(&self, fields: &[String]) -> Vec<Ident> {
        let named: Vec<String> = fields
            .iter()
            .map(|field| format!("Has{}", plain(field).to_upper_camel_case()))
            .collect();
        let distinct: BTreeSet<&String> = named.iter().collect();
        let is_type = |name: &String| {
            self.api.ids.contains_key(name) || self.names.types.values().any(|ty| ty == name)
        };
        if distinct.len() < named.len() || named.iter().any(is_type) {
            return numbered(named.len());
        }
        named.iter().map(|name| ident(name)).collect()
    }
}

/// As many type parameters: `T1`, `T2`.
fn numbered(count: usize) -> Vec<Ident> {
    let numbers = 1..=count;
    numbers.map(|number| ident(&format!("T{number}"))).collect()
}
