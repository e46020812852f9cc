//! Id newtypes.

use heck::ToSnakeCase;
use quote::quote;

use super::file::File;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// The newtype of an identifier.
    pub(super) fn id(&self, file: &mut File, name: &str) {
        let described = self
            .api
            .ids
            .get(name)
            .and_then(|id| id.description.as_deref());
        let words = name.to_snake_case().replace('_', " ");
        let fallback = format!("The id of the {}.", words.trim_end_matches(" id"));
        let docs = docs::outer(&[docs::sentence(described.unwrap_or(&fallback))]);
        file.imports.runtime("id");
        let name = ident(name);
        file.push(quote! {
            #docs
            pub struct #name(String);

            id!(#name);
        });
    }
}
