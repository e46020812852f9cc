//! The names that the generator leaves to the runtime are those that the runtime has.
//!
//! In: `sdk/src/lib.rs` and every `impl Call` and `impl Client` written by hand, the generator's lists. Out: nothing.

use std::collections::BTreeSet;

use codegen::naming::{CALL, CLIENT, CRATE};
use syn::{ImplItem, Item, Visibility};
use tests::document;

use crate::by_hand;
use crate::rust::{self, names};

fn items(path: &str) -> Vec<Item> {
    syn::parse_file(&document::read(path)).unwrap().items
}

/// What a list of names lacks.
fn missing(names: &BTreeSet<String>, list: &[&str]) -> Vec<String> {
    let missing = names.iter().filter(|name| !list.contains(&name.as_str()));
    missing.cloned().collect()
}

/// A generated type cannot be called like an item of the runtime.
#[test]
fn what_the_crate_exports_is_reserved() {
    let mut exported = BTreeSet::new();
    for item in items("sdk/src/lib.rs") {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                names(&item.tree, "", &mut exported);
            }
            Item::Type(item) => exported.extend([item.ident.to_string()]),
            _ => {}
        }
    }
    // Modules have names of another kind.
    exported.retain(|name| name.starts_with(char::is_uppercase));
    assert!(
        exported.contains("Client") && exported.contains("Response"),
        "{exported:?}"
    );
    assert_eq!(missing(&exported, CRATE), [""; 0]);
}

/// Nor like anything that generated files import from the runtime, serde or the standard library.
#[test]
fn what_generated_files_import_is_reserved() {
    let imports = rust::read().imports;
    // Macros are in a separate room.
    let types = imports
        .into_iter()
        .filter(|name| name.starts_with(char::is_uppercase));
    let types: BTreeSet<_> = types.collect();
    assert!(
        types.contains("Scope") && types.contains("BTreeMap"),
        "{types:?}"
    );
    assert_eq!(missing(&types, CRATE), [""; 0]);
}

/// A parameter's setter is a method of the call, besides the methods that every call has.
#[test]
fn the_methods_of_every_call_are_reserved() {
    let mut methods = methods_by_hand(|ty| ty.starts_with("Call<"));
    // `fmt` is a trait's: an inherent method of that name is another.
    methods.remove("fmt");
    assert!(methods.contains("send"), "{methods:?}");
    assert_eq!(missing(&methods, CALL), [""; 0]);
}

/// The method of a handle at the top of the tree is a method of the client, besides its own methods.
#[test]
fn the_methods_of_the_client_are_reserved() {
    let mut methods = methods_by_hand(|ty| ty == "Client");
    methods.remove("fmt");
    assert!(
        methods.contains("builder") && methods.contains("request"),
        "{methods:?}"
    );
    assert_eq!(missing(&methods, CLIENT), [""; 0]);
}

/// The methods of a type that are written by hand, those of its traits among them.
fn methods_by_hand(is_meant: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let mut methods = BTreeSet::new();
    by_hand::items(&mut |item| {
        let Item::Impl(item) = item else { return };
        if !is_meant(&rust::text(&item.self_ty)) {
            return;
        }
        for item in &item.items {
            if let ImplItem::Fn(function) = item {
                methods.insert(function.sig.ident.to_string());
            }
        }
    });
    methods
}
