//! Tokens as one line of text, spaced as people write Rust, and imports as names. In comes a part of a syntax tree; out comes its text.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::UseTree;

/// The text of a part of a tree.
pub(super) fn spell(part: &impl ToTokens) -> String {
    let mut text = String::new();
    write(part.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut glued = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                space_before(open, text);
                text.push_str(open);
                write(group.stream(), text);
                // A trailing comma is layout only.
                if text.ends_with(',') {
                    text.pop();
                }
                text.push_str(close);
                glued = false;
            }
            TokenTree::Punct(punct) => {
                let mark = punct.as_char().to_string();
                if !glued {
                    space_before(&mark, text);
                }
                text.push_str(&mark);
                glued = punct.spacing() == Spacing::Joint;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                let word = token.to_string();
                if !glued {
                    space_before(&word, text);
                }
                text.push_str(&word);
                glued = false;
            }
        }
    }
}

/// A space, where one is needed between the text so far and what follows.
fn space_before(next: &str, text: &mut String) {
    let tight_after = ["(", "[", "<", "&", "::", "#", "'", "{ ", " "];
    let tight_before = [",", ";", ":", ">", "?"];
    let after_mark = text.ends_with([',', '=', '+', ':', '>']) && !text.ends_with("::");
    let wants = match next {
        "(" | "<" => after_mark && !text.ends_with('>'),
        _ => !tight_before.contains(&next),
    };
    let open = text.is_empty() || tight_after.iter().any(|mark| text.ends_with(mark));
    // No spaces around the `::` of a path.
    let path = next == ":" || text.ends_with("::");
    if wants && !open && !path {
        text.push(' ');
    }
}

/// The names that a `use` brings.
pub(super) fn leaves(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => leaves(&path.tree),
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
        UseTree::Name(name) => vec![name.ident.to_string()],
        UseTree::Rename(_) | UseTree::Glob(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::spell;

    #[test]
    fn signatures_read_as_people_write_them() {
        for (tokens, wanted) in [
            (quote!(pub name: Option<String>), "pub name: Option<String>"),
            (
                quote!(pub fn new(a: impl Into<Id>, b: [u8; 2]) -> Self),
                "pub fn new(a: impl Into<Id>, b: [u8; 2]) -> Self",
            ),
            (
                quote!(pub fn list(&self) -> Option<&[Vec<a::B>]>),
                "pub fn list(&self) -> Option<&[Vec<a::B>]>",
            ),
            (
                quote!(struct B<T1 = (), T2 = ()>),
                "struct B<T1 = (), T2 = ()>",
            ),
            (
                quote!(pub fn x(self, i: impl IntoIterator<Item = impl Into<A>>) -> B<T1, ()>),
                "pub fn x(self, i: impl IntoIterator<Item = impl Into<A>>) -> B<T1, ()>",
            ),
            (
                quote!(pub const ALL: &'static [Self]),
                "pub const ALL: &'static [Self]",
            ),
            (quote!(impl From<&str> for A), "impl From<&str> for A"),
            (
                quote!(#[non_exhaustive] pub enum A),
                "#[non_exhaustive] pub enum A",
            ),
            (quote!(Simple(Box<A>)), "Simple(Box<A>)"),
        ] {
            assert_eq!(spell(&tokens), wanted);
        }
    }
}
