//! The schemas of `rules.rs`: types of the model as values of the runtime's `Schema`.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToShoutySnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{
    Bounds, Dispatch, Enum, Field, IntegerWidth, Scalar, Struct, Tag, Ty, TypeKind, Union, Variant,
};
use crate::pointer::Pointer;

use super::file::File;
use super::rules::presence;
use super::{Emitter, ident};

impl Emitter<'_> {
    /// A `static` for each named type that these types lead to, by name.
    pub(super) fn schemas(&self, file: &mut File, used: Vec<&Ty>) -> Vec<TokenStream> {
        let mut waiting: Vec<&Pointer> = used.into_iter().filter_map(Ty::named).collect();
        let mut done = BTreeSet::new();
        let mut statics = BTreeMap::new();
        while let Some(pointer) = waiting.pop() {
            let Some(ty) = self.api.types.get(pointer) else {
                continue;
            };
            if !done.insert(pointer) {
                continue;
            }
            waiting.extend(ty.uses().into_iter().filter_map(Ty::named));
            let rule = match &ty.kind {
                TypeKind::Struct(object) => self.object_rule(file, object),
                TypeKind::Enum(list) => enum_rule(list),
                TypeKind::Union(union) => self.union_rule(file, union),
            };
            file.imports.runtime("Schema");
            let name = self.static_name(pointer);
            let item = ident(&name);
            statics.insert(name, quote!(static #item: Schema = #rule;));
        }
        statics.into_values().collect()
    }

    /// The name of a type's `static`: its path, since modules may have types of one name.
    fn static_name(&self, pointer: &Pointer) -> String {
        let path = self.names.type_path(pointer).unwrap_or_default();
        let parts = path
            .split("::")
            .map(ToShoutySnakeCase::to_shouty_snake_case);
        let parts: Vec<String> = parts.collect();
        parts.join("__")
    }

    /// The schema of a value.
    pub(super) fn schema(&self, file: &mut File, ty: &Ty, bounds: Option<&Bounds>) -> TokenStream {
        file.imports.runtime("Schema");
        // A member of a list or map has no bounds in the model; its id knows the format.
        let is_bounded = bounds.is_some();
        let none = Bounds::default();
        let bounds = bounds.unwrap_or(&none);
        match ty {
            Ty::Bool => quote!(Schema::Bool),
            Ty::Integer(width) => number_rule(file, "WHOLE", bounds, limits(*width)),
            Ty::Float(_) => number_rule(file, "ANY", bounds, None),
            Ty::Text | Ty::Secret | Ty::Binary | Ty::File => text_rule(file, bounds, None),
            Ty::Timestamp => text_rule(file, bounds, Some("date-time")),
            Ty::Id(name) => {
                let id = self.api.ids.get(name).filter(|_| !is_bounded);
                text_rule(file, bounds, id.and_then(|id| id.format.as_deref()))
            }
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                let name = ident(&self.static_name(pointer));
                quote!(Schema::Of(&#name))
            }
            Ty::List(item) => {
                file.imports.runtime("ListRule");
                let item = self.schema(file, item, None);
                let limits = optional([
                    ("min_items", bounds.min_items),
                    ("max_items", bounds.max_items),
                ]);
                let any = quote!(ListRule::of(#item));
                match limits.is_empty() {
                    true => quote!(Schema::List(&#any)),
                    false => quote!(Schema::List(&ListRule { #limits ..#any })),
                }
            }
            Ty::Map(value) => {
                let value = self.schema(file, value, None);
                quote!(Schema::Map(&#value))
            }
            Ty::Nullable(inner) => {
                let inner = self.schema(file, inner, None);
                quote!(Schema::Nullable(&#inner))
            }
            Ty::Object => quote!(Schema::Object(&[])),
            Ty::Any => quote!(Schema::Any),
        }
    }

    /// An object with what requests have of it.
    fn object_rule(&self, file: &mut File, object: &Struct) -> TokenStream {
        let fields = object.fields.iter().filter(|field| !field.read_only);
        let mut fields: Vec<TokenStream> = fields
            .map(|field| self.property_rule(file, field))
            .collect();
        fields.extend(object.tags.iter().map(|tag| tag_rule(file, tag)));
        quote!(Schema::Object(&[#(#fields),*]))
    }

    fn property_rule(&self, file: &mut File, field: &Field) -> TokenStream {
        file.imports.runtime("PropertyRule");
        let name = &field.wire;
        let schema = self.schema(file, &field.ty, Some(&field.bounds));
        let schema = match field.nullable {
            true => quote!(Schema::Nullable(&#schema)),
            false => schema,
        };
        let constructor = ident(presence(field.required));
        quote!(PropertyRule::#constructor(#name, #schema))
    }

    fn union_rule(&self, file: &mut File, union: &Union) -> TokenStream {
        let is_exact =
            |variant: &Variant| variant.is_read && variant.tag.is_none() && variant.guard.is_none();
        if union.is_mixed() || !union.variants.iter().all(is_exact) {
            return quote!(Schema::Any);
        }
        file.imports.runtime("UnionRule");
        file.imports.runtime("VariantRule");
        let tag = match &union.dispatch {
            Dispatch::Tag(tag) | Dispatch::Constant(tag) => quote!(Some(#tag)),
            Dispatch::Keys | Dispatch::JsonKind => quote!(None),
        };
        let variants = union.order.iter();
        let variants = variants.filter_map(|index| union.variants.get(*index));
        let variants: Vec<TokenStream> = variants
            .map(|variant| {
                let (tags, keys) = (&variant.tags, &variant.keys);
                let schema = self.schema(file, &variant.ty, None);
                quote!(VariantRule { tags: &[#(#tags),*], keys: &[#(#keys),*], schema: #schema })
            })
            .collect();
        quote!(Schema::Union(&UnionRule { tag: #tag, variants: &[#(#variants),*] }))
    }
}

fn tag_rule(file: &mut File, tag: &Tag) -> TokenStream {
    file.imports.runtime("PropertyRule");
    let (name, value) = (&tag.wire, &tag.value);
    quote!(PropertyRule::required(#name, Schema::Texts(&[#value])))
}

fn enum_rule(list: &Enum) -> TokenStream {
    let texts = list.values.iter().filter_map(|value| match &value.value {
        Scalar::Text(text) => Some(text),
        Scalar::Integer(_) | Scalar::Number(_) | Scalar::Bool(_) => None,
    });
    let codes = list.values.iter().filter_map(|value| match &value.value {
        Scalar::Integer(code) => Some(code_literal(*code)),
        Scalar::Text(_) | Scalar::Number(_) | Scalar::Bool(_) => None,
    });
    if list.is_integer() {
        quote!(Schema::Codes(&[#(#codes),*]))
    } else if list.is_text() {
        quote!(Schema::Texts(&[#(#texts),*]))
    } else {
        quote!(Schema::Any)
    }
}

/// A number, with bounds of its own and those of its width. What is not a finite number bounds nothing.
fn number_rule(
    file: &mut File,
    base: &str,
    bounds: &Bounds,
    width: Option<(f64, f64)>,
) -> TokenStream {
    file.imports.runtime("NumberRule");
    let read = |text: &Option<String>| -> Option<f64> {
        let number: f64 = text.as_deref()?.parse().ok()?;
        number.is_finite().then_some(number)
    };
    let minimum = read(&bounds.minimum).or(width.map(|(least, _)| least));
    let maximum = read(&bounds.maximum).or(width.map(|(_, most)| most));
    let numbers = [
        ("minimum", minimum),
        ("maximum", maximum),
        ("multiple_of", read(&bounds.multiple_of)),
    ];
    let numbers = numbers.map(|(name, value)| {
        let name = ident(name);
        let value = number_literal(value?);
        Some(quote!(#name: Some(#value),))
    });
    let numbers = numbers.into_iter().flatten();
    let flags = [
        ("exclusive_minimum", bounds.exclusive_minimum),
        ("exclusive_maximum", bounds.exclusive_maximum),
    ];
    let flags = flags.into_iter().filter(|(_, is)| *is).map(|(name, _)| {
        let name = ident(name);
        quote!(#name: true,)
    });
    let base = ident(base);
    let fields: TokenStream = numbers.chain(flags).collect();
    match fields.is_empty() {
        true => quote!(Schema::Number(NumberRule::#base)),
        false => quote!(Schema::Number(NumberRule { #fields ..NumberRule::#base })),
    }
}

/// A number as tokens: a literal has no sign.
fn number_literal(value: f64) -> TokenStream {
    let size = Literal::f64_unsuffixed(value.abs());
    match value < 0.0 {
        true => quote!(-#size),
        false => quote!(#size),
    }
}

fn code_literal(code: i64) -> TokenStream {
    let size = Literal::u64_unsuffixed(code.unsigned_abs());
    match code < 0 {
        true => quote!(-#size),
        false => quote!(#size),
    }
}

/// The limits of the widths that `format` states; without one there are none.
fn limits(width: IntegerWidth) -> Option<(f64, f64)> {
    let (least, most) = match width {
        IntegerWidth::I8 => (f64::from(i8::MIN), f64::from(i8::MAX)),
        IntegerWidth::I16 => (f64::from(i16::MIN), f64::from(i16::MAX)),
        IntegerWidth::I32 => (f64::from(i32::MIN), f64::from(i32::MAX)),
        IntegerWidth::U8 => (0.0, f64::from(u8::MAX)),
        IntegerWidth::U16 => (0.0, f64::from(u16::MAX)),
        IntegerWidth::U32 => (0.0, f64::from(u32::MAX)),
        IntegerWidth::I64 | IntegerWidth::U64 => return None,
    };
    Some((least, most))
}

/// A text, with the formats that the runtime checks.
fn text_rule(file: &mut File, bounds: &Bounds, format: Option<&str>) -> TokenStream {
    file.imports.runtime("TextRule");
    let limits = optional([
        ("min_length", bounds.min_length),
        ("max_length", bounds.max_length),
    ]);
    let base = match bounds.format.as_deref().or(format) {
        Some("uuid") => quote!(TextRule::UUID),
        Some("date-time") => quote!(TextRule::DATE_TIME),
        _ => quote!(TextRule::ANY),
    };
    match limits.is_empty() {
        true => quote!(Schema::Text(#base)),
        false => quote!(Schema::Text(TextRule { #limits ..#base })),
    }
}

fn optional<const N: usize>(limits: [(&str, Option<usize>); N]) -> TokenStream {
    let set = limits.into_iter().filter_map(|(name, limit)| {
        let name = ident(name);
        let limit = Literal::usize_unsuffixed(limit?);
        Some(quote!(#name: Some(#limit),))
    });
    set.collect()
}
