//! Structs: fields, and for requests a constructor and setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{
    Construction, Field, Holding, RequiredChoice, Scalar, Setting, Struct, Ty, Type, TypeKind,
};
use crate::naming::plain;

use super::file::File;
use super::imports::Imports;
use super::method_docs::search_names;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// A struct.
    pub(super) fn structure(&self, file: &mut File, name: &str, ty: &Type, object: &Struct) {
        let fallback = format!("The fields of `{name}`.");
        let mut paragraphs = vec![docs::sentence(
            ty.description.as_deref().unwrap_or(&fallback),
        )];
        let tags = object.tags.iter();
        paragraphs.extend(tags.map(|tag| {
            format!(
                "Its {} is {}.",
                docs::code(&tag.wire),
                docs::code(&tag.value)
            )
        }));
        let choices = object.choices.iter();
        paragraphs.extend(choices.map(|choice| self.choice_docs(object, choice)));
        let docs = docs::outer(&paragraphs);
        let deprecated = file.imports.deprecated(ty.deprecated);
        let fields: Vec<TokenStream> = object
            .fields
            .iter()
            .map(|field| self.field(&mut file.imports, field))
            .collect();
        let additional = self.additional(&mut file.imports, object);
        let ident = ident(name);
        let default = is_empty_by_default(object).then(|| quote!(#[derive(Default)]));
        let searched = search_names(&ty.search_names);
        file.push(quote! {
            #docs
            #searched
            #deprecated
            #default
            #[non_exhaustive]
            pub struct #ident {
                #(#fields)*
                #additional
            }
        });
        self.struct_table(file, name, ty.usage, object);
        self.constructor(file, name, object);
    }

    /// Which of the properties are required, by the names of their fields.
    fn choice_docs(&self, object: &Struct, choice: &RequiredChoice) -> String {
        choice.sentence(|wire| {
            let mut fields = object.fields.iter();
            let field = fields.find(|field| field.wire == wire);
            let name = field.map(|field| self.field_name(field));
            format!("`{}`", name.as_deref().unwrap_or(wire))
        })
    }

    fn field(&self, imports: &mut Imports, field: &Field) -> TokenStream {
        let ty = self.field_type(imports, field);
        let name = self.field_name(field);
        let deprecated = imports.deprecated(field.deprecated);
        let name = ident(&name);
        if field.set == Setting::Fixed {
            return quote! { #name: #ty, };
        }
        let docs = docs::outer(&self.field_docs(field));
        quote! { #docs #deprecated pub #name: #ty, }
    }

    /// The type of a field, with what holds it.
    pub(super) fn field_type(&self, imports: &mut Imports, field: &Field) -> TokenStream {
        let plain = self.ty(imports, &field.ty);
        match field.held {
            Holding::Plain | Holding::Collection | Holding::RequiredCollection => plain,
            Holding::Optional | Holding::Nullable => quote!(Option<#plain>),
            Holding::TriState => {
                imports.runtime("Clearable");
                quote!(Clearable<#plain>)
            }
        }
    }

    /// The properties that the document does not list, where it states their type.
    fn additional(&self, imports: &mut Imports, object: &Struct) -> Option<TokenStream> {
        let ty = object.additional.as_ref()?;
        imports.add("std::collections", "BTreeMap");
        let ty = self.ty(imports, ty);
        Some(quote! {
            /// All other properties, by name.
            pub additional_properties: BTreeMap<String, #ty>,
        })
    }

    /// `new` or `builder`, and the setters; nothing where users make none.
    fn constructor(&self, file: &mut File, name: &str, object: &Struct) {
        let is_built = object.made == Construction::Builder;
        let mut initial: Vec<TokenStream> = object
            .rest()
            .filter(|field| !is_built || !field.set.is_setter())
            .map(|field| self.initial(&mut file.imports, field))
            .collect();
        if object.additional.is_some() {
            initial.push(quote!(additional_properties: BTreeMap::new()));
        }
        let setters: Vec<TokenStream> = object
            .optional()
            .map(|field| self.setter(&mut file.imports, None, field))
            .collect();
        let start = match object.made {
            Construction::None => return,
            Construction::Empty => empty(),
            Construction::New => self.new_function(&mut file.imports, object, &initial),
            Construction::Builder => self.builder(file, name, object),
        };
        let ident = ident(name);
        let is_written = object.made == Construction::Empty && !is_empty_by_default(object);
        let default = is_written.then(|| {
            quote! {
                impl Default for #ident {
                    fn default() -> Self {
                        Self { #(#initial,)* }
                    }
                }
            }
        });
        file.push(quote! {
            #default

            impl #ident {
                #start
                #(#setters)*
            }
        });
        if is_built {
            self.builder_type(file, name, object, &initial);
        }
    }

    fn new_function(
        &self,
        imports: &mut Imports,
        object: &Struct,
        initial: &[TokenStream],
    ) -> TokenStream {
        let mut arguments = Vec::new();
        let mut values = Vec::new();
        for field in object.arguments() {
            let name = self.field_name(field);
            let (ty, value) = self.field_argument(imports, field);
            let value = held(field, value);
            let ident = ident(&name);
            arguments.push(quote!(#ident: #ty));
            values.push(if value.to_string() == name {
                quote!(#ident)
            } else {
                quote!(#ident: #value)
            });
        }
        quote! {
            /// With what is required; everything else is absent until it is set.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #(#initial,)* }
            }
        }
    }

    /// What a field holds before its setter is called.
    fn initial(&self, imports: &mut Imports, field: &Field) -> TokenStream {
        let name = ident(&self.field_name(field));
        if let (Setting::Fixed, Some(fixed)) = (field.set, &field.fixed) {
            let value = self.fixed(imports, &field.ty, fixed);
            return quote!(#name: #value);
        }
        match field.held {
            Holding::TriState => {
                imports.runtime("Clearable");
                quote!(#name: Clearable::Keep)
            }
            Holding::Optional | Holding::Nullable => quote!(#name: None),
            Holding::Plain | Holding::Collection | Holding::RequiredCollection => {
                quote!(#name: Default::default())
            }
        }
    }

    /// The one value of a fixed field: a variant, or the text itself.
    fn fixed(&self, imports: &mut Imports, ty: &Ty, fixed: &str) -> TokenStream {
        let listed = ty
            .named()
            .and_then(|pointer| Some((pointer, self.api.types.get(pointer)?)));
        if let Some((pointer, TypeKind::Enum(list))) =
            listed.map(|(pointer, ty)| (pointer, &ty.kind))
        {
            let wanted = Scalar::Text(fixed.to_owned());
            let value = list.values.iter().find(|value| value.value == wanted);
            if let Some(variant) = value.and_then(|value| self.names.variants.get(&value.pointer)) {
                let (name, variant) = (self.named(imports, pointer), ident(variant));
                return quote!(#name::#variant);
            }
        }
        match ty {
            Ty::Text => quote!(#fixed.to_owned()),
            _ => quote!(#fixed.into()),
        }
    }

    /// The setter of an optional field, and the method that clears it. `within`: the field of a builder that has the field.
    pub(super) fn setter(
        &self,
        imports: &mut Imports,
        within: Option<&Ident>,
        field: &Field,
    ) -> TokenStream {
        let name = self.field_name(field);
        let (ty, value) = self.field_argument(imports, field);
        let docs = docs::outer(&self.field_docs(field));
        let deprecated = imports.deprecated(field.deprecated);
        let clear = ident(&format!("clear_{}", plain(&name)));
        let name = ident(&name);
        let place = within.map_or_else(|| quote!(self), |within| quote!(self.#within));
        // A builder as a whole must be used.
        let must_use = within.is_none().then(|| quote!(#[must_use]));
        let is_clearable = field.set == Setting::SetterAndClear;
        let value = match is_clearable {
            true => quote!(Clearable::Set(#value)),
            false => quote!(Some(#value)),
        };
        let clearing = docs::outer(&[format!("Clears `{name}`: sends `null`.")]);
        let clear = is_clearable.then(|| {
            quote! {
                #clearing
                #deprecated
                #must_use
                pub fn #clear(mut self) -> Self {
                    #place.#name = Clearable::Clear;
                    self
                }
            }
        });
        quote! {
            #docs
            #deprecated
            #must_use
            pub fn #name(mut self, #name: #ty) -> Self {
                #place.#name = #value;
                self
            }

            #clear
        }
    }

    /// The document's sentence and the bounds. What the field's type says at length is not said again.
    pub(super) fn field_docs(&self, field: &Field) -> Vec<String> {
        let of_type = field
            .ty
            .named()
            .and_then(|pointer| self.api.types.get(pointer));
        let of_type = of_type.and_then(|ty| ty.description.as_deref());
        let described = match field.description.as_deref() {
            Some(said) if Some(said) == of_type => said.split("\n\n").next(),
            said => said,
        };
        let mut paragraphs = vec![
            described.map_or_else(|| format!("The property `{}`.", field.wire), docs::sentence),
        ];
        paragraphs.extend(docs::bounds(&field.bounds));
        paragraphs
    }

    pub(super) fn field_name(&self, field: &Field) -> String {
        self.names
            .fields
            .get(&field.pointer)
            .cloned()
            .unwrap_or_default()
    }
}

/// Whether every field starts empty, so that `Default` can be derived.
fn is_empty_by_default(object: &Struct) -> bool {
    let is_fixed = |field: &Field| field.set == Setting::Fixed;
    object.made == Construction::Empty && !object.fields.iter().any(is_fixed)
}

/// `new` of a struct that needs nothing.
fn empty() -> TokenStream {
    quote! {
        /// With nothing set yet.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }
    }
}

/// A value as its field holds it.
pub(super) fn held(field: &Field, value: TokenStream) -> TokenStream {
    match field.held.is_option() {
        true => quote!(Some(#value)),
        false => value,
    }
}
