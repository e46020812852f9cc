//! Unions: an enum with a catch-all.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Dispatch, Field, Ty, Type, TypeKind, Union, Variant};

use super::file::File;
use super::method_docs::search_names;
use super::{Emitter, docs, ident};

/// How an accessor gets at a value.
#[derive(Clone, Copy)]
enum View {
    /// By copy.
    Copy,
    /// By reference.
    Reference,
    /// By reference to what it derefs to.
    Inner,
}

impl Emitter<'_> {
    /// A union.
    pub(super) fn union(&self, file: &mut File, name: &str, ty: &Type, union: &Union) {
        for name in ["Serialize", "Serializer"] {
            file.imports.add("serde", name);
        }
        file.imports.runtime("UnknownVariant");
        let fallback = format!("One of the shapes of `{name}`.");
        let described = docs::sentence(ty.description.as_deref().unwrap_or(&fallback));
        let mut paragraphs = vec![
            described.as_str(),
            "The service may add shapes: match with a `_` arm.",
        ];
        let mut variants = union.variants.iter();
        if union.any_of && variants.any(|variant| !variant.foreign.is_empty()) {
            paragraphs.push("A value with keys that no one of these shapes has together is read as `Unknown`, so that nothing of it is lost.");
        }
        let docs = docs::outer(&paragraphs);
        let deprecated = file.imports.deprecated(ty.deprecated);
        let name = ident(name);
        let variants: Vec<Ident> = union
            .variants
            .iter()
            .map(|variant| self.variant_ident(variant))
            .collect();
        let types: Vec<TokenStream> = union
            .variants
            .iter()
            .map(|variant| self.ty(&mut file.imports, &variant.ty))
            .collect();
        let about: Vec<TokenStream> = union
            .variants
            .iter()
            .map(|variant| self.variant_docs(union, variant))
            .collect();
        let searched = search_names(&ty.search_names);
        file.push(quote! {
            #docs
            #searched
            #deprecated
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#about #variants(#types),)*
                /// A shape that this version does not know, as it came.
                Unknown(UnknownVariant),
            }
        });
        self.union_reader(file, &name, union);
        file.push(quote! {
            impl Serialize for #name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        #(Self::#variants(value) => value.serialize(serializer),)*
                        Self::Unknown(value) => value.serialize(serializer),
                    }
                }
            }
        });
        if ty.usage.response {
            let accessors = self.accessors(&name, file, union, &variants);
            file.push(accessors);
        }
        if ty.usage.request {
            let conversions = self.conversions(file, &name, union);
            file.push(conversions);
        }
    }

    pub(super) fn variant_ident(&self, variant: &Variant) -> Ident {
        ident(
            self.names
                .variants
                .get(&variant.pointer)
                .map_or("", String::as_str),
        )
    }

    fn variant_docs(&self, union: &Union, variant: &Variant) -> TokenStream {
        let mut text = self.variant_sentence(union, variant);
        if !variant.is_read {
            text.push_str(" Nothing distinguishes it from another shape: it is read as `Unknown`.");
        }
        docs::outer(&[text])
    }

    fn variant_sentence(&self, union: &Union, variant: &Variant) -> String {
        let kinds: Vec<&str> = variant.kinds.iter().map(|kind| kind.singular()).collect();
        if !variant.is_object() {
            return docs::sentence(&docs::capitalized(&kinds.join(" or ")));
        }
        if let Dispatch::Tag(property) | Dispatch::Constant(property) = &union.dispatch
            && !variant.tags.is_empty()
        {
            return tagged(property, &variant.tags);
        }
        let described = variant
            .ty
            .own()
            .and_then(|pointer| self.api.types.get(pointer));
        let described = described
            .and_then(|ty| ty.description.as_deref())
            .unwrap_or_default();
        let first = described.split("\n\n").next().unwrap_or_default();
        match (first.is_empty(), variant.keys.is_empty(), &variant.tag) {
            (false, ..) => docs::sentence(first),
            (true, _, Some(tag)) => tagged(tag, &variant.tags),
            (true, is_keyless, None) => {
                let mut said = Vec::new();
                if let Some(guard) = &variant.guard {
                    let is = tagged(&guard.property, &guard.values);
                    said.push(match guard.is_optional {
                        true => format!("{}, or absent.", is.trim_end_matches('.')),
                        false => is,
                    });
                }
                if !is_keyless {
                    said.push(format!("Has the keys `{}`.", variant.keys.join("`, `")));
                } else if said.is_empty() {
                    said.push(docs::sentence(&docs::capitalized(&kinds.join(" or "))));
                }
                said.join(" ")
            }
        }
    }

    /// Methods for the properties that all variants share.
    fn accessors(
        &self,
        name: &Ident,
        file: &mut File,
        union: &Union,
        variants: &[Ident],
    ) -> TokenStream {
        let methods: Vec<TokenStream> = union
            .common
            .iter()
            .filter_map(|(wire, _)| self.accessor(file, union, variants, wire))
            .collect();
        if methods.is_empty() {
            return TokenStream::new();
        }
        quote! {
            impl #name {
                #(#methods)*
            }
        }
    }

    fn accessor(
        &self,
        file: &mut File,
        union: &Union,
        variants: &[Ident],
        wire: &str,
    ) -> Option<TokenStream> {
        let first = self.field_of(union.variants.first()?, wire)?;
        let name = ident(&self.field_name(first));
        let (borrowed, view) = self.borrowed(file, &first.ty);
        // Variants may call and hold the property each in another way.
        let fields = union.variants.iter();
        let values: Option<Vec<TokenStream>> = fields
            .map(|variant| Some(self.lent(self.field_of(variant, wire)?, view)))
            .collect();
        let values = values?;
        let docs = docs::outer(&self.shared_docs(union, wire));
        Some(quote! {
            #docs
            pub fn #name(&self) -> Option<#borrowed> {
                match self {
                    #(Self::#variants(value) => #values,)*
                    Self::Unknown(_) => None,
                }
            }
        })
    }

    /// What an accessor returns of one variant.
    fn lent(&self, field: &Field, view: View) -> TokenStream {
        let name = ident(&self.field_name(field));
        match (field.held.is_option(), view) {
            (true, View::Copy) => quote!(value.#name),
            (true, View::Reference) => quote!(value.#name.as_ref()),
            (true, View::Inner) => quote!(value.#name.as_deref()),
            (false, View::Copy) => quote!(Some(value.#name)),
            (false, View::Reference | View::Inner) => quote!(Some(&value.#name)),
        }
    }

    /// A type as an accessor lends it, and how.
    fn borrowed(&self, file: &mut File, ty: &Ty) -> (TokenStream, View) {
        match ty {
            Ty::Text => (quote!(&str), View::Inner),
            Ty::List(item) => {
                let item = self.ty(&mut file.imports, item);
                (quote!(&[#item]), View::Inner)
            }
            Ty::Boxed(pointer) => {
                let inner = self.named(&mut file.imports, pointer);
                (quote!(&#inner), View::Inner)
            }
            Ty::Bool | Ty::Integer(_) | Ty::Float(_) => {
                (self.ty(&mut file.imports, ty), View::Copy)
            }
            ty => {
                let plain = self.ty(&mut file.imports, ty);
                (quote!(&#plain), View::Reference)
            }
        }
    }

    /// What the variants say of a property, if they say one thing.
    fn shared_docs(&self, union: &Union, wire: &str) -> Vec<String> {
        let mut said = union.variants.iter().filter_map(|variant| {
            let field = self.field_of(variant, wire)?;
            Some(self.field_docs(field))
        });
        let first = said.next().unwrap_or_default();
        match said.all(|other| other == first) {
            true => first,
            false => vec![format!("`{wire}`, whatever the shape.")],
        }
    }

    pub(super) fn field_of(&self, variant: &Variant, wire: &str) -> Option<&Field> {
        let ty = self.api.types.get(variant.ty.own()?)?;
        let TypeKind::Struct(object) = &ty.kind else {
            return None;
        };
        object.fields.iter().find(|field| field.wire == wire)
    }

    /// `From` for each variant, so that a request takes `impl Into` of the union.
    fn conversions(&self, file: &mut File, name: &Ident, union: &Union) -> TokenStream {
        let mut seen = Vec::new();
        let mut found = TokenStream::new();
        for variant in &union.variants {
            let ident = self.variant_ident(variant);
            let (ty, value) = match &variant.ty {
                Ty::Boxed(pointer) => (
                    self.named(&mut file.imports, pointer),
                    quote!(Box::new(value)),
                ),
                ty => (self.ty(&mut file.imports, ty), quote!(value)),
            };
            let spelled = ty.to_string();
            if seen.contains(&spelled) {
                continue;
            }
            seen.push(spelled);
            found.extend(from(name, &ty, &quote!(Self::#ident(#value))));
        }
        // A literal converts into the variant of texts, or else into that of a text with a type of its own.
        let is_text = |variant: &&Variant| matches!(variant.ty, Ty::Text | Ty::Binary);
        let other =
            |variant: &&Variant| matches!(variant.ty, Ty::Secret | Ty::Timestamp | Ty::Id(_));
        let mut variants = union.variants.iter();
        let text = variants
            .clone()
            .find(is_text)
            .or_else(|| variants.find(other));
        if let Some(text) = text {
            let ident = self.variant_ident(text);
            found.extend(from(
                name,
                &quote!(&str),
                &quote!(Self::#ident(value.into())),
            ));
            if !is_text(&text) {
                found.extend(from(
                    name,
                    &quote!(String),
                    &quote!(Self::#ident(value.into())),
                ));
            }
        }
        found
    }
}

fn from(name: &Ident, ty: &TokenStream, value: &TokenStream) -> TokenStream {
    quote! {
        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                #value
            }
        }
    }
}

/// `kind` is `a` or `b`.
fn tagged(property: &str, tags: &[String]) -> String {
    let tags: Vec<String> = tags.iter().map(|tag| docs::code(tag)).collect();
    format!("{} is {}.", docs::code(property), tags.join(" or "))
}
