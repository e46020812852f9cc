//! One file under construction: its description, its imports, its items.

use proc_macro2::TokenStream;
use quote::quote;

use crate::format::{FormatError, format, parse};

use super::condition::Condition;
use super::docs;
use super::imports::Imports;

/// A file under `generated`.
pub(super) struct File {
    description: String,
    pub(super) imports: Imports,
    attributes: TokenStream,
    items: TokenStream,
    /// Under which condition the items that are appended now are compiled.
    condition: Option<Condition>,
}

impl File {
    pub(super) fn new(description: &str) -> Self {
        Self {
            description: description.to_owned(),
            imports: Imports::default(),
            attributes: TokenStream::new(),
            items: TokenStream::new(),
            condition: None,
        }
    }

    /// Sets an attribute of the whole file.
    pub(super) fn attribute(&mut self, attribute: TokenStream) {
        self.attributes = attribute;
    }

    /// Sets the condition of the items that are appended from now on.
    pub(super) fn under(&mut self, condition: Option<Condition>) {
        self.condition = condition;
    }

    /// Appends items.
    pub(super) fn push(&mut self, items: TokenStream) {
        self.items.extend(match &self.condition {
            Some(condition) => condition.on_each(items),
            None => items,
        });
    }

    /// The text of the file.
    pub(super) fn text(&self) -> Result<String, FormatError> {
        format(self.tokens())
    }

    /// The tree of the file.
    pub(super) fn syntax(&self) -> Result<syn::File, FormatError> {
        parse(self.tokens())
    }

    fn tokens(&self) -> TokenStream {
        let description = docs::inner(&self.description);
        let allowance = self.imports.allowance();
        let imports = self.imports.tokens();
        let (attributes, items) = (&self.attributes, &self.items);
        quote! { #description #attributes #allowance #imports #items }
    }
}
