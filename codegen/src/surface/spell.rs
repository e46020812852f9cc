//! Tokens as one line of text, spaced as people write Rust, its words, and imports as names. In comes a part of a syntax tree; out comes its
//! text.

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

/// A text with some words replaced. A path is one word.
pub(crate) fn with_words<'a>(text: &str, other: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(word_end(rest));
        written.push_str(other(word).unwrap_or(word));
        let start = after.find(is_part).unwrap_or(after.len());
        let (between, next) = after.split_at(start);
        written.push_str(between);
        rest = next;
    }
    written
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (word, after) = rest[start..].split_at(word_end(&rest[start..]));
        found.push(word.to_owned());
        rest = after;
    }
    found
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The end of the word, or the path, at the start of a text.
fn word_end(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let raw = rest.strip_prefix("r#").map_or(0, |_| 2);
        let word = rest.get(raw..).unwrap_or_default();
        end += raw + word.find(|letter| !is_part(letter)).unwrap_or(word.len());
        let more = text.get(end..).and_then(|rest| rest.strip_prefix("::"));
        match more {
            Some(more) if end > 0 && more.starts_with(is_part) => end += 2,
            _ => return end,
        }
    }
}

/// The names that a `use` brings.
pub(super) fn leaves(tree: &UseTree) -> Vec<String> {
    let paths = paths(tree).into_iter();
    paths.map(|(_, name)| name).collect()
}

/// The names that a `use` brings, each with the path before it.
pub(super) fn paths(tree: &UseTree) -> Vec<(String, String)> {
    match tree {
        UseTree::Path(path) => {
            let inner = paths(&path.tree).into_iter();
            let join = |(rest, name): (String, String)| match rest.as_str() {
                "" => (path.ident.to_string(), name),
                rest => (format!("{}::{rest}", path.ident), name),
            };
            inner.map(join).collect()
        }
        UseTree::Group(group) => group.items.iter().flat_map(paths).collect(),
        UseTree::Name(name) => vec![(String::new(), name.ident.to_string())],
        UseTree::Rename(_) | UseTree::Glob(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{spell, with_words, words};

    #[test]
    fn a_path_is_one_word() {
        let text = "pub fn r#type(a: Vec<one::Two>) -> Two";
        assert_eq!(
            words(text),
            ["pub", "fn", "r#type", "a", "Vec", "one::Two", "Two"]
        );
        let renamed = with_words(text, |word| (word == "Two").then_some("three::Four"));
        assert_eq!(renamed, "pub fn r#type(a: Vec<one::Two>) -> three::Four");
    }

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
