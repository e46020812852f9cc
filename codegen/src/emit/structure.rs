//! Structs: fields with their serde attributes, and for requests a constructor and setters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Kind, Scalar, Struct, Ty, Type, Usage};

use super::builder::wants_builder;
use super::file::File;
use super::imports::Imports;
use super::{Emitter, docs, ident};

/// How a field is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holding {
    /// The value itself.
    Plain,
    /// `Option`, left out when there is nothing.
    Optional,
    /// `Option`, `null` when there is nothing: the key must be there.
    Nullable,
    /// A collection that reads absent and `null` as empty.
    Collection,
    /// A collection that must be there, and reads `null` as empty.
    RequiredCollection,
    /// Absent, `null` or a value.
    Clearable,
}

impl Emitter<'_> {
    /// A struct.
    pub(super) fn structure(&self, file: &mut File, name: &str, ty: &Type, object: &Struct) {
        file.imports.add("serde", "Deserialize");
        file.imports.add("serde", "Serialize");
        let fallback = format!("The fields of `{name}`.");
        let docs = docs::outer(&[docs::sentence(
            ty.description.as_deref().unwrap_or(&fallback),
        )]);
        let deprecated = file.imports.deprecated(ty.deprecated);
        let fields: Vec<TokenStream> = object
            .fields
            .iter()
            .map(|field| self.field(&mut file.imports, ty.usage, field))
            .collect();
        let additional = self.additional(&mut file.imports, object);
        let ident = ident(name);
        let default = has_default(ty, object).then(|| quote!(Default,));
        file.push(quote! {
            #docs
            #deprecated
            #[derive(Clone, Debug, #default PartialEq, Deserialize, Serialize)]
            #[non_exhaustive]
            pub struct #ident {
                #(#fields)*
                #additional
            }
        });
        if ty.usage.request {
            self.constructor(file, name, ty.usage, object);
        }
    }

    fn field(&self, imports: &mut Imports, usage: Usage, field: &Field) -> TokenStream {
        let holding = holding(usage, field);
        let ty = self.field_type(imports, usage, field);
        let name = self.field_name(field);
        let serde = self.serde(usage, field, &name, holding);
        let deprecated = imports.deprecated(field.deprecated);
        let name = ident(&name);
        if field.fixed.is_some() {
            return quote! { #serde #name: #ty, };
        }
        let docs = docs::outer(&self.field_docs(field));
        quote! { #docs #serde #deprecated pub #name: #ty, }
    }

    /// The type of a field, with what holds it.
    pub(super) fn field_type(
        &self,
        imports: &mut Imports,
        usage: Usage,
        field: &Field,
    ) -> TokenStream {
        let plain = self.ty(imports, &field.ty);
        match holding(usage, field) {
            Holding::Plain | Holding::Collection | Holding::RequiredCollection => plain,
            Holding::Optional | Holding::Nullable => quote!(Option<#plain>),
            Holding::Clearable => {
                imports.runtime("Clearable");
                quote!(Clearable<#plain>)
            }
        }
    }

    /// The serde attribute of a field, or none.
    fn serde(
        &self,
        usage: Usage,
        field: &Field,
        name: &str,
        holding: Holding,
    ) -> Option<TokenStream> {
        let mut parts = Vec::new();
        if name != field.wire {
            let wire = &field.wire;
            parts.push(quote!(rename = #wire));
        }
        for alias in field.aliases.iter().filter(|_| usage.response) {
            parts.push(quote!(alias = #alias));
        }
        let timestamp =
            field.ty == Ty::Timestamp && matches!(holding, Holding::Optional | Holding::Nullable);
        if matches!(holding, Holding::Collection | Holding::Clearable) || timestamp {
            parts.push(quote!(default));
        }
        let collection = matches!(holding, Holding::Collection | Holding::RequiredCollection);
        if collection && usage.response {
            parts.push(quote!(deserialize_with = "crate::runtime::null_as_empty"));
        }
        if timestamp {
            parts.push(quote!(
                deserialize_with = "crate::runtime::optional_timestamp"
            ));
        }
        let empty = match (holding, &field.ty) {
            (Holding::Optional, _) => Some("Option::is_none"),
            (Holding::Clearable, _) => Some("Clearable::is_keep"),
            (Holding::Collection, Ty::List(_)) => Some("Vec::is_empty"),
            (Holding::Collection, Ty::Map(_)) => Some("BTreeMap::is_empty"),
            (Holding::Collection, _) => Some("Map::is_empty"),
            (Holding::Plain | Holding::Nullable | Holding::RequiredCollection, _) => None,
        };
        if let Some(empty) = empty {
            parts.push(quote!(skip_serializing_if = #empty));
        }
        (!parts.is_empty()).then(|| quote!(#[serde(#(#parts),*)]))
    }

    /// The properties that the document does not list, where it gives their type.
    fn additional(&self, imports: &mut Imports, object: &Struct) -> Option<TokenStream> {
        let ty = object.additional.as_ref()?;
        imports.add("std::collections", "BTreeMap");
        let ty = self.ty(imports, ty);
        Some(quote! {
            /// All other properties, by name.
            #[serde(flatten)]
            pub additional_properties: BTreeMap<String, #ty>,
        })
    }

    /// `new` or `builder`, and one setter for each optional field.
    fn constructor(&self, file: &mut File, name: &str, usage: Usage, object: &Struct) {
        let required: Vec<&Field> = object
            .fields
            .iter()
            .filter(|field| is_argument(usage, field))
            .collect();
        let rest: Vec<&Field> = object
            .fields
            .iter()
            .filter(|field| !is_argument(usage, field))
            .collect();
        let mut initial: Vec<TokenStream> = rest
            .iter()
            .map(|field| self.initial(&mut file.imports, field))
            .collect();
        if object.additional.is_some() {
            initial.push(quote!(additional_properties: BTreeMap::new()));
        }
        let setters: Vec<TokenStream> = rest
            .iter()
            .filter(|field| field.fixed.is_none() && !field.read_only)
            .map(|field| self.setter(&mut file.imports, usage, field))
            .collect();
        let start = if wants_builder(&required) {
            self.builder(name, &required)
        } else {
            self.new_function(&mut file.imports, usage, &required, &initial)
        };
        let name = ident(name);
        let default = (required.is_empty()
            && object.fields.iter().any(|field| field.fixed.is_some()))
        .then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self {
                        Self { #(#initial,)* }
                    }
                }
            }
        });
        file.push(quote! {
            #default

            impl #name {
                #start
                #(#setters)*
            }
        });
        if wants_builder(&required) {
            self.builder_type(file, &name.to_string(), usage, &required, &initial);
        }
    }

    fn new_function(
        &self,
        imports: &mut Imports,
        usage: Usage,
        required: &[&Field],
        initial: &[TokenStream],
    ) -> TokenStream {
        let mut arguments = Vec::new();
        let mut values = Vec::new();
        for field in required {
            let name = self.field_name(field);
            let (ty, value) = self.argument(imports, &field.ty, &name);
            let value = held(usage, field, value);
            let ident = ident(&name);
            arguments.push(quote!(#ident: #ty));
            values.push(if value.to_string() == name {
                quote!(#ident)
            } else {
                quote!(#ident: #value)
            });
        }
        if required.is_empty() {
            return quote! {
                /// With nothing set yet.
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
            };
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
        if let Some(fixed) = &field.fixed {
            let value = self.fixed(imports, &field.ty, fixed);
            return quote!(#name: #value);
        }
        match holding(
            Usage {
                request: true,
                response: false,
            },
            field,
        ) {
            Holding::Clearable => {
                imports.runtime("Clearable");
                quote!(#name: Clearable::Keep)
            }
            _ => quote!(#name: None),
        }
    }

    /// The one value of a fixed field: a variant, or the text itself.
    fn fixed(&self, imports: &mut Imports, ty: &Ty, fixed: &str) -> TokenStream {
        let listed = ty
            .named()
            .and_then(|pointer| Some((pointer, self.api.types.get(pointer)?)));
        if let Some((pointer, Kind::Enum(list))) = listed.map(|(pointer, ty)| (pointer, &ty.kind)) {
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

    fn setter(&self, imports: &mut Imports, usage: Usage, field: &Field) -> TokenStream {
        let name = self.field_name(field);
        let (ty, value) = self.argument(imports, &field.ty, &name);
        let docs = docs::outer(&self.field_docs(field));
        let deprecated = imports.deprecated(field.deprecated);
        let clear = ident(&format!("clear_{name}"));
        let name = ident(&name);
        if holding(usage, field) == Holding::Clearable {
            let clearing = docs::outer(&[format!("Clears `{name}`: sends `null`.")]);
            return quote! {
                #docs
                #deprecated
                #[must_use]
                pub fn #name(mut self, #name: #ty) -> Self {
                    self.#name = Clearable::Set(#value);
                    self
                }

                #clearing
                #deprecated
                #[must_use]
                pub fn #clear(mut self) -> Self {
                    self.#name = Clearable::Clear;
                    self
                }
            };
        }
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = Some(#value);
                self
            }
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

/// Whether all fields can be left out, so that the struct starts empty.
fn has_default(ty: &Type, object: &Struct) -> bool {
    let empty = |field: &Field| !is_argument(ty.usage, field) && field.fixed.is_none();
    ty.usage.request && object.fields.iter().all(empty)
}

/// Whether a field is an argument of the constructor: requests must have it, and it is neither fixed nor can it be `null`.
pub(super) fn is_argument(usage: Usage, field: &Field) -> bool {
    let wanted = field.required && !field.nullable && field.fixed.is_none();
    wanted && !(field.read_only && usage.request)
}

/// A value as its field holds it.
pub(super) fn held(usage: Usage, field: &Field, value: TokenStream) -> TokenStream {
    match holding(usage, field) {
        Holding::Optional | Holding::Nullable => quote!(Some(#value)),
        Holding::Plain | Holding::Collection | Holding::RequiredCollection | Holding::Clearable => {
            value
        }
    }
}

/// How a field is held, from where its type occurs and what the document says.
pub(super) fn holding(usage: Usage, field: &Field) -> Holding {
    let needed = field.required
        && !(field.read_only && usage.request)
        && !(field.write_only && usage.response);
    let collection = matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Object);
    if field.fixed.is_some() {
        return Holding::Plain;
    }
    match (needed, field.nullable) {
        (true, false) if collection => Holding::RequiredCollection,
        (true, true) if collection && !usage.request => Holding::RequiredCollection,
        (false, _) if collection && !usage.request => Holding::Collection,
        (false, true) if usage.request && !field.read_only => Holding::Clearable,
        (true, false) => Holding::Plain,
        (true, true) => Holding::Nullable,
        (false, _) => Holding::Optional,
    }
}
