//! The condition under which an item is compiled: that one of some products is, or a part of the runtime.
//!
//! In: their features. Out: the attribute, alone or on each of several items.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Item};

/// The conditions of items, by the module that an item is in and its name.
pub(super) type Conditions = BTreeMap<(String, String), Condition>;

/// The features of which one has to be on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition(Vec<String>);

impl Condition {
    /// Of these features; `None` if there are none.
    pub(super) fn any_of(features: &BTreeSet<&str>) -> Option<Self> {
        let features: Vec<String> = features.iter().map(|one| (*one).to_owned()).collect();
        (!features.is_empty()).then_some(Self(features))
    }

    /// Of one feature.
    pub(super) fn of(feature: &str) -> Self {
        Self(vec![feature.to_owned()])
    }

    /// The items, each with the attribute behind its documentation. What is no list of items stays as it is, for the layout to refuse.
    pub(super) fn on_each(&self, items: TokenStream) -> TokenStream {
        let Ok(file) = syn::parse2::<syn::File>(items.clone()) else {
            return items;
        };
        let items = file.items.into_iter().map(|mut item| {
            if let Some(attributes) = attributes(&mut item) {
                let documented = attributes
                    .iter()
                    .take_while(|attribute| attribute.path().is_ident("doc"))
                    .count();
                let own: Attribute = syn::parse_quote!(#self);
                attributes.insert(documented, own);
            }
            item.into_token_stream()
        });
        items.collect()
    }
}

impl ToTokens for Condition {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self.0.as_slice() {
            [only] => quote!(#[cfg(feature = #only)]),
            several => quote!(#[cfg(any(#(feature = #several),*))]),
        });
    }
}

/// The attributes of an item of a kind that the generator writes.
fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Use(item) => &mut item.attrs,
        _ => return None,
    })
}
