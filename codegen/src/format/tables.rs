//! Macros around items, such as `open_enum! { pub enum .. }`. The printer lays out no tokens of macros, so such a macro is
//! read and printed as a module with a unique name, which is then rewritten as the macro.

use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Item, ItemMod, Token, Visibility, braced, token};

use super::docs;

/// The prefix of the name of such a module.
const MARK: &str = "__items_of_";

/// Reads an item. A macro in braces that holds items becomes a module.
pub(super) fn item(input: ParseStream<'_>) -> syn::Result<Item> {
    let is_macro = |input: ParseStream<'_>| {
        input.peek(Ident) && input.peek2(Token![!]) && input.peek3(token::Brace)
    };
    if is_macro(input) || input.peek(Token![#]) {
        let ahead = input.fork();
        let attributes = ahead.call(Attribute::parse_outer)?;
        if is_macro(&ahead)
            && let Ok(module) = module(attributes, &ahead)
        {
            input.advance_to(&ahead);
            return Ok(Item::Mod(module));
        }
    }
    Item::parse(input)
}

/// Such a macro. Its tokens are read where they are: to copy them takes as long as to read them.
fn module(attrs: Vec<Attribute>, input: ParseStream<'_>) -> syn::Result<ItemMod> {
    let called: Ident = input.parse()?;
    input.parse::<Token![!]>()?;
    let held;
    let braces = braced!(held in input);
    let mut items = Vec::new();
    while !held.is_empty() {
        items.push(Item::parse(&held)?);
    }
    Ok(ItemMod {
        attrs,
        vis: Visibility::Inherited,
        unsafety: None,
        mod_token: <Token![mod]>::default(),
        ident: Ident::new(&format!("{MARK}{called}"), called.span()),
        content: Some((braces, items)),
        semi: None,
    })
}

/// Writes these modules as macros, and documentation on lines.
pub(super) fn close(text: &str) -> String {
    let mut closed = String::with_capacity(text.len());
    for line in text.lines() {
        let called = line
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_prefix(MARK));
        match called.and_then(|called| called.strip_suffix(" {")) {
            Some(called) => {
                closed.push_str(called);
                closed.push_str("! {");
            }
            None => docs::push(&mut closed, line),
        }
        closed.push('\n');
    }
    closed
}
