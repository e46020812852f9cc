//! The parts of items: fields, literals, the facts of an operation, a tree of imports.
//!
//! In: syntax. Out: names and texts.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, Item, Lit, UseTree, Visibility};

/// The text of any syntax, without spaces.
pub(crate) fn text(syntax: &impl ToTokens) -> String {
    syntax.to_token_stream().to_string().replace(' ', "")
}

/// How often an identifier occurs in any syntax.
pub(super) fn count(syntax: &impl ToTokens, name: &str) -> usize {
    fn inside(tokens: TokenStream, name: &str) -> usize {
        let counts = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) => inside(group.stream(), name),
            TokenTree::Ident(ident) => usize::from(ident == name),
            TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
        });
        counts.sum()
    }
    inside(syntax.to_token_stream(), name)
}

/// The name of an item, or for an `impl` the name of its type.
pub(super) fn name(item: &Item) -> String {
    match item {
        Item::Struct(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Impl(item) => text(&item.self_ty),
        other => text(other),
    }
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name in Rust.
    pub(crate) name: String,
    /// Its name on the wire.
    pub(crate) wire: String,
    /// Its type, without spaces.
    pub(crate) ty: String,
    /// Whether users see it.
    pub(crate) public: bool,
    /// Misspelt names that are read too.
    pub(crate) aliases: Vec<String>,
    /// Whether it is in the table that its struct is read and written by.
    pub(crate) is_read: bool,
}

pub(super) fn field(field: &syn::Field) -> Field {
    let name = field
        .ident
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    Field {
        wire: String::new(),
        name,
        ty: text(&field.ty),
        public: matches!(field.vis, Visibility::Public(_)),
        aliases: Vec::new(),
        is_read: false,
    }
}

/// What the table of a struct says of a field.
pub(super) fn fill(field: &mut Field, row: &syn::Field) {
    let names = texts(row.ty.to_token_stream());
    let attributes = row.attrs.iter();
    let also = attributes.filter(|attribute| attribute.path().is_ident("also"));
    field.aliases = also
        .flat_map(|also| texts(also.to_token_stream()))
        .collect();
    field.is_read = !names.is_empty();
    // Of the properties that are not listed it has the names that are.
    field.wire = match names.as_slice() {
        [wire] => wire.clone(),
        _ => field.name.clone(),
    };
}

/// The string literals in any syntax, in their order.
fn texts(tokens: TokenStream) -> Vec<String> {
    let found = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) => texts(group.stream()),
        TokenTree::Literal(literal) => match Lit::new(literal) {
            Lit::Str(text) => vec![text.value()],
            _ => Vec::new(),
        },
        TokenTree::Punct(_) | TokenTree::Ident(_) => Vec::new(),
    });
    found.collect()
}

/// The content of a literal: of a text without its quotes, of a number without its suffix.
pub(super) fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            Lit::Int(number) => Some(number.base10_digits().to_owned()),
            _ => None,
        },
        Expr::Unary(negative) => Some(format!("-{}", literal(&negative.expr)?)),
        _ => None,
    }
}

/// `Operation { repeatable: true, ..Operation::get("name", "path") }`, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// `get`.
    pub(crate) function: String,
    /// `name`, `path`.
    pub(crate) arguments: Vec<String>,
    /// `repeatable`, where it is a field.
    pub(crate) repeatable: Option<bool>,
    /// `permissions`, empty where it is no field.
    pub(crate) permissions: Vec<String>,
}

pub(super) fn call(expression: &Expr) -> Option<Call> {
    match expression {
        Expr::Struct(operation) => {
            let mut call = call(operation.rest.as_deref()?)?;
            for field in &operation.fields {
                match text(&field.member).as_str() {
                    "repeatable" => call.repeatable = text(&field.expr).parse().ok(),
                    "permissions" => call.permissions = texts(field.expr.to_token_stream()),
                    _ => {}
                }
            }
            Some(call)
        }
        Expr::Call(first) => Some(Call {
            function: text(&first.func).split("::").last()?.to_owned(),
            arguments: first.args.iter().filter_map(literal).collect(),
            repeatable: None,
            permissions: Vec::new(),
        }),
        _ => None,
    }
}

/// The names that a `use` imports, except those that generated files import from each other.
pub(crate) fn names(tree: &UseTree, above: &str, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => self::names(&path.tree, &format!("{above}{}::", path.ident), names),
        UseTree::Group(group) => {
            for tree in &group.items {
                self::names(tree, above, names);
            }
        }
        UseTree::Name(name) if !above.starts_with("crate::generated::") => {
            names.insert(name.ident.to_string());
        }
        UseTree::Rename(_) | UseTree::Glob(_) | UseTree::Name(_) => {}
    }
}
