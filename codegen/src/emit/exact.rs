//! Values of exactly a type, for examples: where nothing converts a literal, as inside a map, an `Option` or a list in a list.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Ty;

use super::minimal::Room;
use super::{Emitter, ident};

impl Emitter<'_> {
    /// A value that has this type whatever is around it; `None` where there is no room for one.
    pub(super) fn exact(
        &self,
        ty: &Ty,
        name: &str,
        room: &mut Room,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        match ty {
            Ty::List(item) => {
                let item = room.deeper(|room| self.exact(item, name, room, types))?;
                Some(quote!(vec![#item]))
            }
            Ty::Map(value) => {
                let value = room.deeper(|room| self.exact(value, name, room, types))?;
                Some(quote!(std::collections::BTreeMap::from([("key".to_owned(), #value)])))
            }
            Ty::Nullable(inner) => {
                let inner = room.deeper(|room| self.exact(inner, name, room, types))?;
                Some(quote!(Some(#inner)))
            }
            Ty::Boxed(pointer) => {
                let inner = self.exact(&Ty::Named(pointer.clone()), name, room, types)?;
                Some(quote!(Box::new(#inner)))
            }
            _ => {
                let value = self.minimal(ty, name, room, types)?;
                self.typed(ty, value, types)
            }
        }
    }

    /// A value that converts into a type, as one of that type.
    fn typed(
        &self,
        ty: &Ty,
        value: TokenStream,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        let mut from = |name: &str| {
            types.insert(name.to_owned());
            let name = ident(name);
            quote!(#name::from(#value))
        };
        Some(match ty {
            Ty::Text | Ty::Binary => quote!(#value.to_owned()),
            Ty::Secret => from("SecretText"),
            Ty::Timestamp => from("Timestamp"),
            Ty::Id(name) => from(name),
            Ty::Named(pointer) if self.is_union(ty) => from(self.names.types.get(pointer)?),
            // A struct or an enum; the others are of their type already.
            Ty::Named(_)
            | Ty::Boxed(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Nullable(_)
            | Ty::Bool
            | Ty::Integer(_)
            | Ty::Float(_)
            | Ty::Object
            | Ty::Any
            | Ty::File => value,
        })
    }
}
