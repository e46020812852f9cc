//! What the attributes of an item say about it.

use syn::Attribute;

pub(super) fn is_deprecated(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("deprecated"))
}

/// Whether an item is the old name of another one: only these say since when they are deprecated.
pub(super) fn is_old_name(attributes: &[Attribute]) -> bool {
    let is_since = |attribute: &Attribute| attribute.meta.require_list().is_ok();
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("deprecated") && is_since(attribute))
}

/// The attribute `#[non_exhaustive]`, where the type has it.
pub(super) fn openness(attributes: &[Attribute]) -> &'static str {
    let is_open = |attribute: &Attribute| attribute.path().is_ident("non_exhaustive");
    if attributes.iter().any(is_open) {
        "#[non_exhaustive] "
    } else {
        ""
    }
}
