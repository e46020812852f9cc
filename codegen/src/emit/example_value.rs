//! Values of the document's own examples, as expressions that create them.
//!
//! In: a type and an example of it. Out: the expression; `None` where the example is no value of the type.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::model::{Enum, Field, JsonKind, Scalar, Struct, Ty, TypeKind, Union};
use crate::pointer::Pointer;

use super::example::constructed;
use super::{Emitter, ident};

impl Emitter<'_> {
    /// An expression that creates a value of this type, as a user would write it.
    pub(super) fn value(
        &self,
        ty: &Ty,
        value: &Value,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        match (ty, value) {
            (Ty::Bool, Value::Bool(value)) => Some(quote!(#value)),
            (Ty::Integer(_), Value::Number(number)) => {
                let literal = Literal::i64_unsuffixed(number.as_i64()?);
                Some(quote!(#literal))
            }
            (Ty::Float(_), Value::Number(number)) => {
                let literal = Literal::f64_unsuffixed(number.as_f64()?);
                Some(quote!(#literal))
            }
            (Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Id(_), Value::String(text)) => {
                Some(quote!(#text))
            }
            // The items of an array are of one type, which the variants of a union are not.
            (Ty::List(item), Value::Array(values)) if values.len() > 1 && self.is_union(item) => {
                None
            }
            // Nothing converts the arrays in an array.
            (Ty::List(item), Value::Array(_)) if matches!(**item, Ty::List(_)) => None,
            (Ty::List(item), Value::Array(values)) => {
                let values: Option<Vec<TokenStream>> = values
                    .iter()
                    .map(|value| self.value(item, value, types))
                    .collect();
                let values = values?;
                Some(quote!([#(#values),*]))
            }
            (Ty::Named(pointer), value) => self.named_value(pointer, value, types),
            _ => None,
        }
    }

    fn named_value(
        &self,
        pointer: &Pointer,
        value: &Value,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        let ty = self.api.types.get(pointer)?;
        let name = self.names.types.get(pointer)?;
        match &ty.kind {
            TypeKind::Enum(list) => self.enum_value(name, list, value, types),
            TypeKind::Struct(object) => self.struct_value(name, object, value, types),
            TypeKind::Union(union) => self.union_value(union, value, types),
        }
    }

    fn enum_value(
        &self,
        name: &str,
        list: &Enum,
        value: &Value,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        let wanted = match value {
            Value::String(text) => Scalar::Text(text.clone()),
            Value::Bool(value) => Scalar::Bool(*value),
            Value::Number(number) if list.is_integer() => Scalar::Integer(number.as_i64()?),
            Value::Number(number) => Scalar::number(number),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        let found = list.values.iter().find(|listed| listed.value == wanted)?;
        let variant = ident(self.names.variants.get(&found.pointer)?);
        types.insert(name.to_owned());
        let name = ident(name);
        Some(quote!(#name::#variant))
    }

    fn struct_value(
        &self,
        name: &str,
        object: &Struct,
        value: &Value,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        types.insert(name.to_owned());
        let name = ident(name);
        let example = |field: &Field| value.get(&field.wire);
        let has = |wire: &str| value.get(wire).is_some();
        if !object.choices.iter().all(|choice| choice.allows(has)) {
            return None;
        }
        let mut arguments = Vec::new();
        for field in object.arguments() {
            let value = self.value(&field.ty, example(field)?, types)?;
            arguments.push((ident(&self.field_name(field)), value));
        }
        let mut optional = Vec::new();
        for field in object.optional() {
            if let Some(value) = example(field) {
                let value = self.value(&field.ty, value, types)?;
                optional.push((ident(&self.field_name(field)), value));
            }
        }
        constructed(object, &name, &arguments, &optional)
    }

    /// Whether a type is a union itself.
    pub(super) fn is_union(&self, ty: &Ty) -> bool {
        let named = ty.own().and_then(|pointer| self.api.types.get(pointer));
        named.is_some_and(|ty| matches!(ty.kind, TypeKind::Union(_)))
    }

    fn union_value(
        &self,
        union: &Union,
        value: &Value,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        if union.is_mixed() {
            let kind = kind_of(value)?;
            let mut fits = union
                .variants
                .iter()
                .filter(|variant| variant.kinds == [kind]);
            let ty = &fits.next()?.ty;
            let value = self.value(ty, value, types)?;
            return self.variant_value(ty, value, types);
        }
        let tag = match value.get(union.dispatch.tag()?)? {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let variant = union
            .variants
            .iter()
            .find(|variant| variant.tags.contains(&tag))?;
        let value = self.value(&variant.ty, value, types)?;
        self.variant_value(&variant.ty, value, types)
    }

    /// The value of a variant, which converts into its union. One that is a union of its own is converted into that first.
    pub(super) fn variant_value(
        &self,
        ty: &Ty,
        value: TokenStream,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        if !self.is_union(ty) {
            return Some(value);
        }
        let own = self.names.types.get(ty.own()?)?;
        types.insert(own.clone());
        let own = ident(own);
        Some(quote!(#own::from(#value)))
    }
}

/// The kind of a value that a literal can be.
fn kind_of(value: &Value) -> Option<JsonKind> {
    match value {
        Value::Bool(_) => Some(JsonKind::Bool),
        Value::Number(number) if number.is_i64() => Some(JsonKind::Integer),
        Value::Number(_) => Some(JsonKind::Number),
        Value::String(_) => Some(JsonKind::Text),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
