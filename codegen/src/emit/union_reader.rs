//! Readers of unions: how the variant of a value is chosen.
//!
//! In come the variants of a union, and how they are distinguished; out comes its `FromJson`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Dispatch, Guard, JsonKind, Union, Variant};

use super::Emitter;
use super::file::File;
use super::reader::reader;

impl Emitter<'_> {
    /// The reader of a union.
    pub(super) fn union_reader(&self, file: &mut File, name: &Ident, union: &Union) {
        let body = match union.is_mixed() {
            true => self.by_kind(file, name, union),
            false => self.among_objects(union, &unknown(name)),
        };
        reader(file, name, &body);
    }

    /// By the kind of value first.
    fn by_kind(&self, file: &mut File, name: &Ident, union: &Union) -> TokenStream {
        let unknown = unknown(name);
        let any = union
            .variants
            .iter()
            .find(|one| one.is_read && one.kinds.contains(&JsonKind::Any));
        let rest = any.map_or_else(|| unknown.clone(), |any| self.read(any));
        let scalars = union.variants.iter().flat_map(|variant| {
            let kinds = variant.kinds.iter();
            kinds.map(move |kind| (*kind, variant))
        });
        let mut scalars: Vec<(JsonKind, &Variant)> = scalars
            .filter(|(kind, _)| *kind != JsonKind::Object)
            .collect();
        // An integer is tried before a number, a point in time before a text, any value last.
        scalars.sort_by_key(|(kind, _)| *kind);
        let mut seen = Vec::new();
        let mut arms = TokenStream::new();
        for (kind, variant) in scalars {
            if seen.contains(&kind) {
                // Another variant that nothing distinguishes from the first one.
                continue;
            }
            seen.push(kind);
            let read = match (variant.is_read, any) {
                (true, _) => self.read(variant),
                (false, Some(_)) => unknown.clone(),
                (false, None) => continue,
            };
            let has = |other| union.variants.iter().any(|one| one.kinds.contains(&other));
            arms.extend(match kind {
                JsonKind::Bool => quote!(JsonShape::Bool => #read,),
                JsonKind::Integer if has(JsonKind::Number) => quote!(JsonShape::Integer => #read,),
                JsonKind::Integer => quote!(JsonShape::Integer | JsonShape::Whole => #read,),
                JsonKind::Number if seen.contains(&JsonKind::Integer) => {
                    quote!(JsonShape::Whole | JsonShape::Fraction => #read,)
                }
                JsonKind::Number => {
                    quote!(JsonShape::Integer | JsonShape::Whole | JsonShape::Fraction => #read,)
                }
                JsonKind::DateTime if has(JsonKind::Text) => {
                    file.imports.runtime("Timestamp");
                    quote!(JsonShape::Text if Timestamp::fits(json) => #read,)
                }
                JsonKind::DateTime | JsonKind::Text => quote!(JsonShape::Text => #read,),
                JsonKind::List => quote!(JsonShape::List => #read,),
                // They come below.
                JsonKind::Object | JsonKind::Any => TokenStream::new(),
            });
        }
        let object = union.variants.iter().find(|one| one.is_object());
        arms.extend(object.map(|only| {
            if !union.has_choice_of_objects() {
                let read = self.read(only);
                return quote!(JsonShape::Object => #read,);
            }
            let chosen = self.among_objects(union, &rest);
            quote!(JsonShape::Object => { #chosen })
        }));
        if arms.is_empty() {
            // Nothing distinguishes any of the variants.
            return rest;
        }
        file.imports.runtime("JsonShape");
        quote! {
            match json.shape() {
                #arms
                _ => #rest,
            }
        }
    }

    /// The variant of an object; `rest` reads one that no variant is.
    fn among_objects(&self, union: &Union, rest: &TokenStream) -> TokenStream {
        match &union.dispatch {
            Dispatch::Tag(property) | Dispatch::Constant(property) => {
                self.by_tag(union, property, rest)
            }
            Dispatch::Keys | Dispatch::JsonKind => self.by_keys(union, rest),
        }
    }

    fn by_tag(&self, union: &Union, property: &str, rest: &TokenStream) -> TokenStream {
        let objects = union.variants.iter().filter(|variant| variant.is_object());
        let arms = objects.filter(|variant| variant.is_read).map(|variant| {
            let (tags, read) = (&variant.tags, self.read(variant));
            quote!(Some(#(#tags)|*) => #read,)
        });
        let arms: Vec<TokenStream> = arms.collect();
        if arms.is_empty() {
            return rest.clone();
        }
        quote! {
            match json.object()?.tag(#property).as_deref() {
                #(#arms)*
                _ => #rest,
            }
        }
    }

    fn by_keys(&self, union: &Union, rest: &TokenStream) -> TokenStream {
        let ordered = union
            .order
            .iter()
            .filter_map(|&index| union.variants.get(index))
            .filter(|variant| variant.is_object());
        let mut kept: Vec<(&[String], Option<&Guard>)> = Vec::new();
        let checks = ordered.filter_map(|variant| {
            let keys = &variant.keys;
            let key = (keys.as_slice(), variant.guard.as_ref());
            if !variant.is_read && kept.contains(&key) {
                return None;
            }
            let read = match variant.is_read {
                true => self.read(variant),
                false => {
                    kept.push(key);
                    rest.clone()
                }
            };
            let tagged = tagged(variant);
            let foreign = &variant.foreign;
            let alone = (variant.is_read && !foreign.is_empty())
                .then(|| quote!(&& !fields.has_any(&[#(#foreign),*])));
            Some(quote! {
                if fields.has(&[#(#keys),*]) #tagged #alone {
                    return #read;
                }
            })
        });
        let checks: Vec<TokenStream> = checks.collect();
        let second = self.second_turn(union);
        quote! {
            let mut fields = json.object()?;
            #(#checks)*
            #(#second)*
            #rest
        }
    }

    /// Of a `oneOf`, the variants that gave way to a later one that did not fit: what only that one lists is no key of theirs.
    fn second_turn(&self, union: &Union) -> Vec<TokenStream> {
        let ordered = union
            .order
            .iter()
            .filter_map(|&index| union.variants.get(index));
        let gave_way = ordered
            .filter(|variant| !union.any_of && variant.is_read && !variant.foreign.is_empty());
        let checks = gave_way.map(|variant| {
            let (keys, tagged, read) = (&variant.keys, tagged(variant), self.read(variant));
            quote! {
                if fields.has(&[#(#keys),*]) #tagged {
                    return #read;
                }
            }
        });
        checks.collect()
    }

    fn read(&self, variant: &Variant) -> TokenStream {
        let name = self.variant_ident(variant);
        quote!(json.read().map(Self::#name))
    }
}

/// The conditions on the property that rules the variant out, and on the one that decides among variants with the same keys.
fn tagged(variant: &Variant) -> TokenStream {
    let guard = variant.guard.as_ref().map(|guard| {
        let Guard {
            property, values, ..
        } = guard;
        let absent = guard.is_optional.then(|| quote!(None | ));
        quote!(&&matches!(fields.tag(#property).as_deref(), #absent Some(#(#values)|*)))
    });
    let tag = variant.tag.as_ref().map(|tag| {
        let tags = &variant.tags;
        quote!(&&matches!(fields.tag(#tag).as_deref(), Some(#(#tags)|*)))
    });
    quote!(#guard #tag)
}

/// A shape that no variant has. It is reported to an observer under the union's name.
fn unknown(name: &Ident) -> TokenStream {
    let name = name.to_string();
    quote!(Ok(Self::Unknown(UnknownVariant::new(#name, json))))
}
