//! Blank lines: empty items put between the items of a file, a module, an `impl`
//! or a trait. Nothing else of the tree changes.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    AttrStyle, Attribute, File, ImplItem, Item, ItemUse, Path, TraitItem, UseTree, Visibility,
};

use super::FormatError;

/// Puts one blank line between the items of a file, and inside the items that hold others.
pub(super) fn space_file(file: &mut File) -> Result<(), FormatError> {
    space_items(&mut file.items, &file.attrs)
}

fn space_items(items: &mut Vec<Item>, attrs: &[Attribute]) -> Result<(), FormatError> {
    for item in items.iter_mut() {
        space_inside(item)?;
    }
    let opening = has_inner(attrs);
    space(items, opening, Item::Verbatim, same_run);
    Ok(())
}

/// Spaces the items that an item holds.
fn space_inside(item: &mut Item) -> Result<(), FormatError> {
    match item {
        Item::Mod(module) => match &mut module.content {
            Some((_, items)) => space_items(items, &module.attrs),
            None => Ok(()),
        },
        Item::Impl(block) => {
            for item in &block.items {
                if let ImplItem::Verbatim(tokens) = item {
                    return Err(unknown(tokens));
                }
            }
            let opening = has_inner(&block.attrs);
            space(&mut block.items, opening, ImplItem::Verbatim, same_impl_run);
            Ok(())
        }
        Item::Trait(block) => {
            for item in &block.items {
                if let TraitItem::Verbatim(tokens) = item {
                    return Err(unknown(tokens));
                }
            }
            let opening = has_inner(&block.attrs);
            space(
                &mut block.items,
                opening,
                TraitItem::Verbatim,
                same_trait_run,
            );
            Ok(())
        }
        Item::Verbatim(tokens) => Err(unknown(tokens)),
        _ => Ok(()),
    }
}

/// Puts `blank` before every item but the first, except within a run, and before the first one
/// too where there are inner attributes or docs above it.
fn space<T>(
    items: &mut Vec<T>,
    opening: bool,
    blank: fn(TokenStream) -> T,
    same_run: fn(&T, &T) -> bool,
) {
    let mut spaced: Vec<T> = Vec::with_capacity(items.len() * 2);
    for item in items.drain(..) {
        let apart = spaced
            .last()
            .map_or(opening, |previous| !same_run(previous, &item));
        if apart {
            spaced.push(blank(TokenStream::new()));
        }
        spaced.push(item);
    }
    *items = spaced;
}

/// Whether two neighbours are one-liners of one kind, which stay together.
fn same_run(left: &Item, right: &Item) -> bool {
    match (left, right) {
        (Item::Use(left), Item::Use(right)) => same_use_group(left, right),
        (Item::Mod(left), Item::Mod(right)) => {
            left.content.is_none()
                && right.content.is_none()
                && left.attrs.is_empty()
                && right.attrs.is_empty()
        }
        (Item::Static(left), Item::Static(right)) => {
            left.attrs.is_empty() && right.attrs.is_empty()
        }
        (Item::Const(left), Item::Const(right)) => left.attrs.is_empty() && right.attrs.is_empty(),
        (Item::Type(left), Item::Type(right)) => left.attrs.is_empty() && right.attrs.is_empty(),
        (Item::Macro(left), Item::Macro(right)) => {
            left.semi_token.is_some()
                && right.semi_token.is_some()
                && left.attrs.is_empty()
                && right.attrs.is_empty()
                && text(&left.mac.path) == text(&right.mac.path)
        }
        _ => false,
    }
}

/// Whether two neighbours of an `impl` are associated types or constants without docs.
fn same_impl_run(left: &ImplItem, right: &ImplItem) -> bool {
    let short = |item: &ImplItem| match item {
        ImplItem::Const(item) => item.attrs.is_empty(),
        ImplItem::Type(item) => item.attrs.is_empty(),
        _ => false,
    };
    short(left) && short(right)
}

/// Whether two neighbours of a trait are bodyless and without docs.
fn same_trait_run(left: &TraitItem, right: &TraitItem) -> bool {
    let short = |item: &TraitItem| match item {
        TraitItem::Const(item) => item.attrs.is_empty(),
        TraitItem::Type(item) => item.attrs.is_empty(),
        TraitItem::Fn(item) => item.attrs.is_empty() && item.default.is_none(),
        _ => false,
    };
    short(left) && short(right)
}

/// The groups of `use` lines: the standard library, other crates, this crate; private or not.
#[derive(PartialEq)]
enum Origin {
    Std,
    External,
    Crate,
}

fn same_use_group(left: &ItemUse, right: &ItemUse) -> bool {
    let private = |item: &ItemUse| matches!(item.vis, Visibility::Inherited);
    private(left) == private(right) && origin(left) == origin(right)
}

fn origin(item: &ItemUse) -> Origin {
    let first = match &item.tree {
        UseTree::Path(path) => path.ident.to_string(),
        UseTree::Name(name) => name.ident.to_string(),
        UseTree::Rename(rename) => rename.ident.to_string(),
        UseTree::Glob(_) | UseTree::Group(_) => return Origin::External,
    };
    match first.as_str() {
        "std" | "core" | "alloc" => Origin::Std,
        "crate" | "self" | "super" => Origin::Crate,
        _ => Origin::External,
    }
}

fn text(path: &Path) -> String {
    path.to_token_stream().to_string()
}

fn has_inner(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attr| matches!(attr.style, AttrStyle::Inner(_)))
}

/// An item that `syn` keeps as verbatim tokens cannot be printed.
fn unknown(tokens: &TokenStream) -> FormatError {
    FormatError(format!("syntax that the printer does not know: `{tokens}`"))
}
