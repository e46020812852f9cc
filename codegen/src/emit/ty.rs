//! Types as tokens, and the conversion of arguments to their values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, FloatWidth, IntegerWidth, Ty, TypeKind};
use crate::pointer::Pointer;

use super::imports::{Imports, RUNTIME, generated};
use super::{Emitter, ident};

impl Emitter<'_> {
    /// The type in Rust.
    pub(super) fn ty(&self, imports: &mut Imports, ty: &Ty) -> TokenStream {
        match ty {
            Ty::Bool => quote!(bool),
            Ty::Integer(width) => integer(*width),
            Ty::Float(FloatWidth::F32) => quote!(f32),
            Ty::Float(FloatWidth::F64) => quote!(f64),
            // Binary properties are refused before this; a string would at least keep the value.
            Ty::Text | Ty::Binary => quote!(String),
            Ty::File => import(imports, RUNTIME, "FileUpload"),
            Ty::Secret => import(imports, RUNTIME, "SecretText"),
            Ty::Timestamp => import(imports, RUNTIME, "Timestamp"),
            Ty::Id(name) => self.id_type(imports, name),
            Ty::Named(pointer) => self.named(imports, pointer),
            Ty::Boxed(pointer) => {
                let inner = self.named(imports, pointer);
                quote!(Box<#inner>)
            }
            Ty::List(inner) => {
                let inner = self.ty(imports, inner);
                quote!(Vec<#inner>)
            }
            Ty::Map(inner) => {
                imports.add("std::collections", "BTreeMap");
                let inner = self.ty(imports, inner);
                quote!(BTreeMap<String, #inner>)
            }
            Ty::Nullable(inner) => {
                let inner = self.ty(imports, inner);
                quote!(Option<#inner>)
            }
            Ty::Object => {
                imports.add("serde_json", "Map");
                imports.add("serde_json", "Value");
                quote!(Map<String, Value>)
            }
            Ty::Any => import(imports, "serde_json", "Value"),
        }
    }

    /// The name of a generated type, imported from its file.
    pub(super) fn named(&self, imports: &mut Imports, pointer: &Pointer) -> TokenStream {
        let name = self.names.types.get(pointer).map_or("", String::as_str);
        imports.deprecated(self.api.types.get(pointer).is_some_and(|ty| ty.deprecated));
        if let Some(module) = self.layout.types.get(pointer) {
            imports.add(&generated(module), name);
        }
        let name = ident(name);
        quote!(#name)
    }

    fn id_type(&self, imports: &mut Imports, name: &str) -> TokenStream {
        if let Some(module) = self.layout.ids.get(name) {
            imports.add(&generated(module), name);
        }
        let name = ident(name);
        quote!(#name)
    }

    /// The type of the argument that sets a field, and the expression that converts it to the value.
    pub(super) fn field_argument(
        &self,
        imports: &mut Imports,
        field: &Field,
    ) -> (TokenStream, TokenStream) {
        let name = self.field_name(field);
        if field.ip_address {
            let address = import(imports, RUNTIME, "AddressText");
            let name = ident(&name);
            return (quote!(impl Into<#address>), quote!(#address::text(#name)));
        }
        self.argument(imports, &field.ty, &name)
    }

    /// The type of an argument, and the expression that converts it to the value.
    pub(super) fn argument(
        &self,
        imports: &mut Imports,
        ty: &Ty,
        name: &str,
    ) -> (TokenStream, TokenStream) {
        let plain = self.ty(imports, ty);
        let name = ident(name);
        match ty {
            Ty::Text | Ty::Binary | Ty::File | Ty::Secret | Ty::Timestamp | Ty::Id(_) => {
                (quote!(impl Into<#plain>), quote!(#name.into()))
            }
            Ty::Named(pointer) if self.converts(pointer) => {
                (quote!(impl Into<#plain>), quote!(#name.into()))
            }
            // A literal is an `i32` here, which does not fit into unsigned types.
            Ty::Integer(IntegerWidth::I32 | IntegerWidth::I64) => {
                (quote!(impl Into<#plain>), quote!(#name.into()))
            }
            Ty::Boxed(pointer) => {
                let inner = self.named(imports, pointer);
                match self.converts(pointer) {
                    true => (quote!(impl Into<#inner>), quote!(Box::new(#name.into()))),
                    false => (quote!(#inner), quote!(Box::new(#name))),
                }
            }
            Ty::List(inner) if self.has_into(inner) => {
                let inner = self.ty(imports, inner);
                (
                    quote!(impl IntoIterator<Item = impl Into<#inner>>),
                    quote!(#name.into_iter().map(Into::into).collect()),
                )
            }
            Ty::List(inner) => {
                let inner = self.ty(imports, inner);
                (
                    quote!(impl IntoIterator<Item = #inner>),
                    quote!(#name.into_iter().collect()),
                )
            }
            _ => (plain, quote!(#name)),
        }
    }

    /// Whether an argument of this type is taken as `impl Into<…>`.
    pub(super) fn has_into(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Text | Ty::File | Ty::Secret | Ty::Timestamp | Ty::Id(_) => true,
            Ty::Named(pointer) => self.converts(pointer),
            _ => false,
        }
    }

    /// Enums convert from strings or numbers, unions from their variants; a struct only from itself.
    fn converts(&self, pointer: &Pointer) -> bool {
        match self.api.types.get(pointer).map(|ty| &ty.kind) {
            Some(TypeKind::Enum(_) | TypeKind::Union(_)) => true,
            Some(TypeKind::Struct(_)) | None => false,
        }
    }
}

fn integer(width: IntegerWidth) -> TokenStream {
    match width {
        IntegerWidth::I8 => quote!(i8),
        IntegerWidth::I16 => quote!(i16),
        IntegerWidth::I32 => quote!(i32),
        IntegerWidth::I64 => quote!(i64),
        IntegerWidth::U8 => quote!(u8),
        IntegerWidth::U16 => quote!(u16),
        IntegerWidth::U32 => quote!(u32),
        IntegerWidth::U64 => quote!(u64),
    }
}

/// A type of the runtime or of another crate, imported.
fn import(imports: &mut Imports, module: &str, name: &str) -> TokenStream {
    imports.add(module, name);
    let name = ident(name);
    quote!(#name)
}
