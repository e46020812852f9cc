//! What an example does with what a call returns: it prints the items of a list, writes a file, matches a union.

use std::collections::BTreeSet;

use heck::ToSnakeCase;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::model::{Field, Holding, Operation, ResponseKind, Struct, Ty, TypeKind, Union};

use super::{Emitter, ident};

/// The properties that tell one value from another.
const TELLING: [&str; 2] = ["id", "name"];

impl Emitter<'_> {
    /// The statements that send a call and use its value.
    pub(super) fn outcome(
        &self,
        operation: &Operation,
        method: &str,
        call: &TokenStream,
        types: &mut BTreeSet<String>,
    ) -> TokenStream {
        if let Some(names) = self.names.outcomes.get(&operation.pointer) {
            types.insert(names.ty.clone());
            return self.outcome_shown(operation, names, call);
        }
        match operation.response_kind() {
            Some(ResponseKind::Result {
                ty: Ty::List(item), ..
            }) => {
                let name = self.variable(item);
                let shown = self.shown(operation, item, &name, types);
                match operation.paging.is_some() {
                    true => quote! {
                        let mut items = #call.items();
                        while let Some(#name) = items.next().await {
                            let #name = #name?;
                            #shown
                        }
                    },
                    false => quote! { for #name in #call.await? { #shown } },
                }
            }
            Some(ResponseKind::Result { ty, nullable }) => {
                let name = self.variable(ty);
                let shown = self.shown(operation, ty, &name, types);
                match nullable {
                    true => quote! { if let Some(#name) = #call.await? { #shown } },
                    false => quote! { let #name = #call.await?; #shown },
                }
            }
            Some(ResponseKind::Json(Ty::List(item))) => {
                let name = self.variable(item);
                let shown = self.shown(operation, item, &name, types);
                quote! { for #name in #call.await? { #shown } }
            }
            Some(ResponseKind::Json(Ty::Nullable(ty))) => {
                let name = self.variable(ty);
                let shown = self.shown(operation, ty, &name, types);
                quote! { if let Some(#name) = #call.await? { #shown } }
            }
            Some(ResponseKind::Json(ty)) => {
                let name = self.variable(ty);
                let shown = self.shown(operation, ty, &name, types);
                quote! { let #name = #call.await?; #shown }
            }
            Some(ResponseKind::Text(_)) => quote! {
                let text = #call.await?;
                println!("{text}");
            },
            Some(ResponseKind::Binary(media)) => written(operation, method, media, call),
            Some(ResponseKind::Empty) | None => quote! { #call.await?; },
        }
    }

    /// A variable named after the type of its value.
    fn variable(&self, ty: &Ty) -> Ident {
        let name = match ty {
            Ty::Named(pointer) | Ty::Boxed(pointer) => self.names.types.get(pointer),
            Ty::Id(name) => Some(name),
            _ => None,
        };
        let name = name.map(|name| name.to_snake_case());
        let valid = name.filter(|name| syn::parse_str::<Ident>(name).is_ok());
        ident(valid.as_deref().unwrap_or("value"))
    }

    /// The statement that prints a value.
    fn shown(
        &self,
        operation: &Operation,
        ty: &Ty,
        name: &Ident,
        types: &mut BTreeSet<String>,
    ) -> TokenStream {
        let kind = match ty {
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                self.api.types.get(pointer).map(|ty| &ty.kind)
            }
            _ => None,
        };
        match kind {
            Some(TypeKind::Struct(object)) => self.struct_shown(operation, object, name),
            Some(TypeKind::Union(union)) => self.union_shown(operation, ty, union, name, types),
            Some(TypeKind::Enum(_)) | None => match self.is_displayed(ty) {
                true => print(&format!("{{{name}}}")),
                false => print(&format!("{{{name}:?}}")),
            },
        }
    }

    fn struct_shown(&self, operation: &Operation, object: &Struct, name: &Ident) -> TokenStream {
        let telling: Vec<Ident> = telling(operation)
            .filter_map(|wire| object.fields.iter().find(|field| field.wire == wire))
            .filter(|field| field.held == Holding::Plain && self.is_displayed(&field.ty))
            .map(|field| ident(&self.field_name(field)))
            .collect();
        match (telling.as_slice(), object.fields.as_slice()) {
            ([], [Field { held, .. }]) if held.is_option() => print(&format!("{{{name}:?}}")),
            ([], [only]) => {
                let field = ident(&self.field_name(only));
                quote!(println!("{:?}", #name.#field);)
            }
            ([], _) => print(&format!("{{{name}:?}}")),
            ([one], _) => quote!(println!("{}", #name.#one);),
            (all, _) => {
                let format = vec!["{}"; all.len()].join(" ");
                quote!(println!(#format, #(#name.#all),*);)
            }
        }
    }

    /// Prints a property that all shapes have, or each shape in its own arm.
    fn union_shown(
        &self,
        operation: &Operation,
        ty: &Ty,
        union: &Union,
        name: &Ident,
        types: &mut BTreeSet<String>,
    ) -> TokenStream {
        let common = telling(operation).find_map(|wire| {
            let (_, ty) = union.common.iter().find(|(common, _)| common == wire)?;
            self.is_displayed(ty).then_some(wire)
        });
        let accessor = common.and_then(|wire| {
            let field = self.field_of(union.variants.first()?, wire)?;
            Some(ident(&self.field_name(field)))
        });
        if let Some(accessor) = accessor {
            let shown = print(&format!("{{{accessor}}}"));
            return quote! { if let Some(#accessor) = #name.#accessor() { #shown } };
        }
        let Some(own) = ty.named().and_then(|pointer| self.names.types.get(pointer)) else {
            return print(&format!("{{{name}:?}}"));
        };
        types.insert(own.clone());
        let own = ident(own);
        let arms = union.variants.iter().map(|variant| {
            let variant = self.variant_ident(variant);
            let text = Literal::string(&format!("{variant}: {{value:?}}"));
            quote!(#own::#variant(value) => println!(#text))
        });
        quote! { match #name { #(#arms,)* other => println!("not known: {other:?}"), } }
    }

    /// Whether values of a type have a `Display`.
    fn is_displayed(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Bool | Ty::Integer(_) | Ty::Float(_) | Ty::Text | Ty::Id(_) => true,
            Ty::Named(pointer) => match self.api.types.get(pointer).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(list)) => list.is_text(),
                Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => false,
            },
            Ty::Secret
            | Ty::Timestamp
            | Ty::Binary
            | Ty::File
            | Ty::Boxed(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Nullable(_)
            | Ty::Object
            | Ty::Any => false,
        }
    }
}

/// The properties to print: the state, if one waits for it by this operation, else [`TELLING`].
fn telling(operation: &Operation) -> impl Iterator<Item = &str> {
    let states = operation.waiters.iter().filter_map(|waiter| {
        let [state] = waiter.state.as_slice() else {
            return None;
        };
        (waiter.with.is_empty() && waiter.item.is_none()).then_some(state.as_str())
    });
    states.chain(TELLING)
}

/// Writes a download to a file, under the name that the server suggests if the document says that it does.
fn written(operation: &Operation, method: &str, media: &str, call: &TokenStream) -> TokenStream {
    let mut headers = operation
        .responses
        .iter()
        .flat_map(|response| &response.headers);
    let named = headers.any(|header| header.name.eq_ignore_ascii_case("content-disposition"));
    if named {
        return quote! {
            let download = #call.await?;
            let name = download.file_name().unwrap_or_else(|| #method.to_owned());
            let length = download.to_file(&name).await?;
            println!("{name}: {length} bytes");
        };
    }
    // A range such as `*/*` names no kind of file.
    let kind = media
        .rsplit(['/', '.', '+'])
        .next()
        .filter(|kind| *kind != "*");
    let path = format!("{method}.{}", kind.unwrap_or("bin"));
    quote! {
        let length = #call.await?.to_file(#path).await?;
        println!("{length} bytes");
    }
}

/// `println!` of one text with its captured variables.
fn print(format: &str) -> TokenStream {
    quote!(println!(#format);)
}
