//! Reserved segments: values of a path parameter that lead to other operations. Where several operations of a handle reserve the same, they
//! share a constant of its module.

use std::collections::BTreeMap;

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Operation, Resource};

use super::file::File;

/// Path parameters, each with the segments that it must not be.
type List = [(String, Vec<String>)];

/// The lists that are constants, each with its name.
pub(super) struct SharedLists<'a>(BTreeMap<&'a List, Ident>);

impl<'a> SharedLists<'a> {
    /// Those of a handle. Lists of the same parameters that differ have no names, nor have those of parameters that no name can be made of:
    /// they are written out.
    pub(super) fn of(resource: &'a Resource) -> Self {
        let mut uses: BTreeMap<&List, usize> = BTreeMap::new();
        for operation in &resource.operations {
            *uses.entry(operation.reserved.as_slice()).or_default() += 1;
        }
        let mut named: BTreeMap<String, Vec<&List>> = BTreeMap::new();
        for list in uses.keys().filter(|list| !list.is_empty()) {
            named.entry(name(list)).or_default().push(list);
        }
        let shared = named.into_iter().filter_map(|(name, lists)| match *lists {
            [only] if uses.get(only).is_some_and(|uses| *uses > 1) => {
                Some((only, syn::parse_str(&name).ok()?))
            }
            _ => None,
        });
        Self(shared.collect())
    }

    /// The constants.
    pub(super) fn constants(&self, file: &mut File) {
        for (list, name) in &self.0 {
            let value = written(file, list);
            file.push(quote!(const #name: &[Reserved] = #value;));
        }
    }

    /// What an operation reserves, if it does.
    pub(super) fn value(&self, file: &mut File, operation: &Operation) -> Option<TokenStream> {
        let list = operation.reserved.as_slice();
        match self.0.get(list) {
            Some(name) => Some(quote!(#name)),
            None => (!list.is_empty()).then(|| written(file, list)),
        }
    }
}

fn name(list: &List) -> String {
    let parameters: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
    format!("RESERVED_{}", parameters.join("_").to_shouty_snake_case())
}

fn written(file: &mut File, list: &List) -> TokenStream {
    file.imports.runtime("Reserved");
    let list = list.iter().map(|(parameter, segments)| {
        quote!(Reserved { parameter: #parameter, segments: &[#(#segments),*] })
    });
    quote!(&[#(#list),*])
}
