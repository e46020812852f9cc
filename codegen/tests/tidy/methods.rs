//! The documentation of the generated methods that return a call: none lacks its options, errors, example or request.

use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, ReturnType, Type};

use crate::files::File;
use crate::{assert_holds, planted};

/// What the documentation of each method contains.
const PARTS: [(&str, &str); 4] = [
    ("Returns ", "what it returns"),
    ("ptions", "its options"),
    ("# Errors", "its errors"),
    ("```no_run", "an example that is compiled"),
];

/// Methods of handles are documented whole, and found by the request that they send.
fn documented(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("sdk/src/generated/"))
    {
        let Ok(tree) = syn::parse_file(&file.text) else {
            continue;
        };
        let members = tree.items.iter().filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => Some(&block.items),
            _ => None,
        });
        for member in members.flatten() {
            let ImplItem::Fn(method) = member else {
                continue;
            };
            if !returns_call(&method.sig.output) {
                continue;
            }
            let docs: Vec<String> = method.attrs.iter().filter_map(line).collect();
            let docs = docs.join("\n");
            let lacking = PARTS.iter().filter(|(part, _)| !docs.contains(part));
            let mut lacking: Vec<&str> = lacking.map(|(_, what)| *what).collect();
            if !method.attrs.iter().any(is_alias) {
                lacking.push("its request as `doc(alias)`");
            }
            let name = &method.sig.ident;
            found.extend(
                lacking
                    .into_iter()
                    .map(|what| format!("{}: `{name}` does not document {what}", file.path)),
            );
        }
    }
    found
}

#[test]
fn methods_are_documented() {
    assert_holds(documented);
    let found = planted(
        documented,
        "sdk/src/generated/lamps.rs",
        "impl Lamps {\n/// Returns nothing.\n/// # Errors\npub fn list(&self) -> Call<LampsList> {}\npub fn shelf(&self) -> Shelf {}\n}",
    );
    assert_eq!(
        found,
        [
            "sdk/src/generated/lamps.rs: `list` does not document its options",
            "sdk/src/generated/lamps.rs: `list` does not document an example that is compiled",
            "sdk/src/generated/lamps.rs: `list` does not document its request as `doc(alias)`",
        ]
    );
}

fn returns_call(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else {
        return false;
    };
    matches!(&**ty, Type::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident == "Call"))
}

/// One line of documentation.
fn line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(literal) if pair.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn is_alias(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::List(list)
        if list.path.is_ident("doc") && list.tokens.to_string().starts_with("alias"))
}
