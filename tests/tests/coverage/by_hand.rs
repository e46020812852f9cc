//! The methods that the runtime adds to generated handles by hand: these, and no others.
//!
//! In: the hand-written files of `sdk/src` as text, the model's names. Out: nothing. If a later document generates a name that is
//! also written by hand, the SDK does not compile; this list shows which method has to be renamed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use syn::{ImplItem, Item, Visibility};
use tests::document::model;

use crate::rust;

/// The methods, with their handles.
const BY_HAND: [&str; 1] = ["Ownership::prove"];

#[test]
fn handles_have_these_methods_by_hand() {
    let handles = model().names.handles.values();
    let handles: BTreeSet<_> = handles.map(|handle| handle.ty.clone()).collect();
    let mut found = BTreeSet::new();
    items(&mut |item| methods(item, &handles, &mut found));
    assert_eq!(found, BY_HAND.map(String::from).into());
}

/// Calls `show` with every item of the runtime's files, without those of the generator and of the fake, whose types are its own.
pub(crate) fn items(show: &mut dyn FnMut(&Item)) {
    read(Path::new(rust::FOLDER).parent().unwrap(), show);
}

fn read(folder: &Path, show: &mut dyn FnMut(&Item)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("generated") || path.ends_with("testing/fake") {
            continue;
        }
        if path.is_dir() {
            read(&path, show);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            syn::parse_file(&text)
                .unwrap()
                .items
                .iter()
                .for_each(&mut *show);
        }
    }
}

fn methods(item: &Item, handles: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    let Item::Impl(item) = item else { return };
    let handle = rust::text(&item.self_ty);
    if item.trait_.is_some() || !handles.contains(&handle) {
        return;
    }
    for item in &item.items {
        match item {
            ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
                found.insert(format!("{handle}::{}", function.sig.ident));
            }
            _ => {}
        }
    }
}
