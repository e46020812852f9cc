//! Macros around an item, such as `open_enum! { pub enum .. }`. The printer lays out no tokens of macros, so such a macro is
//! printed as a module with a unique name, which is then rewritten as the macro.

use syn::{File, Ident, Item, ItemMacro, ItemMod, MacroDelimiter, parse_quote};

/// The prefix of the name of such a module.
const MARK: &str = "__items_of_";

/// Turns macros in braces that hold items into modules.
pub(super) fn open(items: &mut [Item]) {
    for item in items {
        let Item::Macro(ItemMacro { mac, .. }) = item else {
            continue;
        };
        let (Some(called), MacroDelimiter::Brace(_)) = (mac.path.get_ident(), &mac.delimiter)
        else {
            continue;
        };
        if let Ok(File { items: held, .. }) = syn::parse2(mac.tokens.clone()) {
            let name = Ident::new(&format!("{MARK}{called}"), called.span());
            let module: ItemMod = parse_quote!(mod #name { #(#held)* });
            *item = Item::Mod(module);
        }
    }
}

/// Writes these modules as macros.
pub(super) fn close(text: &str) -> String {
    let mut closed = String::with_capacity(text.len());
    for line in text.lines() {
        let called = line
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_prefix(MARK));
        match called.and_then(|called| called.strip_suffix(" {")) {
            Some(called) => closed.push_str(&format!("{called}! {{")),
            None => closed.push_str(line),
        }
        closed.push('\n');
    }
    closed
}
