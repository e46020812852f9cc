//! Tokens in, the text of one Rust file out.
//!
//! `prettyplease` lays the code out, but sets no blank lines between items and prints the inside of
//! a macro as plain tokens. Both are prepared in the syntax tree before it is printed: an empty
//! verbatim item prints as an empty line, and a macro around an item prints as a module. Then the
//! few lines that `rustfmt` would break differently are laid out like it. The order of items and of
//! `use` lines is kept.

use std::error::Error;
use std::fmt;

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, File, Item};

pub(crate) use self::docs::NEXT_LINE;

mod docs;
mod reflow;
mod spacing;
mod tables;

/// Lays out the items of one file, with exactly one blank line between them.
///
/// The text ends with one newline, has no trailing spaces, and formats to itself.
pub(crate) fn format(tokens: TokenStream) -> Result<String, FormatError> {
    let mut file = parse_with(tokens, tables::item)?;
    spacing::space_file(&mut file)?;
    let text = reflow::reflow(&tables::close(&prettyplease::unparse(&file)));
    match text.find('\r') {
        // A line of a doc comment with a carriage return does not compile.
        Some(at) => {
            let line = text.get(..at).unwrap_or_default().lines().next_back();
            Err(FormatError(format!(
                "a carriage return is in `{}`",
                line.unwrap_or_default().trim()
            )))
        }
        None => Ok(text),
    }
}

/// The items of one file, as a tree.
pub(crate) fn parse(tokens: TokenStream) -> Result<File, FormatError> {
    parse_with(tokens, Item::parse)
}

fn parse_with(tokens: TokenStream, item: ParseItem) -> Result<File, FormatError> {
    let parse = |input: ParseStream<'_>| parse_file(input, item);
    parse
        .parse2(tokens)
        .map_err(|error| FormatError(error.to_string()))
}

/// Reads one item.
type ParseItem = fn(ParseStream<'_>) -> syn::Result<Item>;

/// The tokens are not a Rust file. Only a defect of the emitter can cause it, never an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormatError(String);

impl fmt::Display for FormatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the emitted tokens are no Rust file: {}", self.0)
    }
}

impl Error for FormatError {}

/// Parses as `syn::File` does, and adds to an error the item that it is in: tokens have no line numbers.
fn parse_file(input: ParseStream<'_>, item: ParseItem) -> syn::Result<File> {
    let attrs = input.call(Attribute::parse_inner)?;
    let mut items = Vec::new();
    while !input.is_empty() {
        let start = input.fork();
        items.push(item(input).map_err(|error| place(&error, &start))?);
    }
    Ok(File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    })
}

/// Adds the first words of the item to an error in it.
fn place(error: &syn::Error, start: ParseStream<'_>) -> syn::Error {
    const SHOWN: usize = 120;
    let item = start.cursor().token_stream().to_string();
    let words: String = item.chars().take(SHOWN).collect();
    syn::Error::new(
        error.span(),
        format!("{error}, in the item that starts `{words}`"),
    )
}

#[cfg(test)]
mod tests;
