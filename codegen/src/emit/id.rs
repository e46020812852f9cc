//! Id newtypes.

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
        let fallback = format!("An identifier: `{name}`.");
        let docs = docs::outer(&[docs::sentence(described.unwrap_or(&fallback))]);
        file.imports.add("serde", "Deserialize");
        file.imports.add("serde", "Serialize");
        file.imports.add("crate::id", "id");
        let name = ident(name);
        file.push(quote! {
            #docs
            #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
            #[serde(transparent)]
            pub struct #name(String);

            id!(#name);
        });
    }
}
