//! Deprecated names of renamed items: an alias for a type, a method that calls the new one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Operation, Resource};
use crate::naming::{OldName, plain};

use super::file::File;
use super::{Emitter, ident};

impl Emitter<'_> {
    /// The old names of the type with this path.
    fn old_names_of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a OldName> {
        let old = self.names.old.iter();
        old.filter(move |old| old.operation.is_none() && old.now == path)
    }

    /// The exported names that are kept of the type `name`.
    pub(super) fn old_types(&self, name: &str) -> Vec<String> {
        let old = self.old_names_of(name);
        old.map(|old| old.own().to_owned()).collect()
    }

    /// The aliases of the type `name`; the old name of its builder is another name of the same item.
    pub(super) fn old_aliases(&self, file: &mut File, name: &str, path: &str, has_builder: bool) {
        for old in self.old_names_of(path) {
            let (alias, now) = (ident(old.own()), ident(name));
            let deprecated = deprecated(old);
            let about = format!(" The old name of [`{name}`].");
            file.push(quote! {
                #[doc = #about]
                #deprecated
                pub type #alias = #now;
            });
            if has_builder {
                let (alias, now) = (
                    ident(&format!("{}Builder", old.own())),
                    ident(&format!("{name}Builder")),
                );
                file.push(quote!(pub use self::#now as #alias;));
            }
        }
    }

    /// The old name of the operation's method, if it keeps one.
    pub(super) fn old_name(&self, operation: &Operation) -> Option<&OldName> {
        let mut old = self.names.old.iter();
        old.find(|old| old.operation.as_ref() == Some(&operation.pointer))
    }

    /// The method under its old name.
    pub(super) fn old_method(&self, file: &mut File, operation: &Operation) -> Option<TokenStream> {
        let old = self.old_name(operation)?;
        let names = self.names.methods.get(&operation.pointer)?;
        let (name, now) = (ident(old.own()), ident(&names.method));
        let endpoint = ident(&names.endpoint);
        let mut arguments = Vec::new();
        let mut passed = Vec::new();
        for parameter in operation.arguments() {
            arguments.push(self.required_argument(file, parameter));
            passed.push(self.parameter_name(parameter));
        }
        if let Some((ty, _)) = self.required_body(file, operation) {
            arguments.push(quote!(body: #ty));
            passed.push(ident("body"));
        }
        let deprecated = deprecated(old);
        let about = format!(" The old name of [`{0}`](Self::{0}).", plain(&names.method));
        file.imports.deprecated(operation.deprecated);
        Some(quote! {
            #[doc = #about]
            #deprecated
            pub fn #name(&self, #(#arguments),*) -> Call<#endpoint> {
                self.#now(#(#passed),*)
            }
        })
    }

    /// The old name of the operation's endpoint: as its method is called, after the handle of type `handle`.
    pub(super) fn old_endpoint(
        &self,
        handle: &str,
        operation: &Operation,
    ) -> Option<(String, TokenStream)> {
        let old = self.old_name(operation)?;
        let names = self.names.methods.get(&operation.pointer)?;
        let alias = format!("{handle}{}", heck::AsUpperCamelCase(old.own()));
        let (name, now) = (ident(&alias), ident(&names.endpoint));
        let deprecated = deprecated(old);
        let about = format!(" The old name of [`{}`].", names.endpoint);
        let tokens = quote! {
            #[doc = #about]
            #deprecated
            pub type #name = #now;
        };
        Some((alias, tokens))
    }

    /// The old names of the endpoints of a resource.
    pub(super) fn old_endpoints(&self, resource: &Resource) -> Vec<(String, TokenStream)> {
        let Some(handle) = self.names.handles.get(&resource.key) else {
            return Vec::new();
        };
        let operations = resource.operations.iter();
        operations
            .filter_map(|operation| self.old_endpoint(&handle.ty, operation))
            .collect()
    }
}

fn deprecated(old: &OldName) -> TokenStream {
    let since = &old.since;
    let now = old.now.strip_prefix("api::").unwrap_or(&old.now);
    let note = format!("renamed to `{now}`");
    quote!(#[deprecated(since = #since, note = #note)])
}
