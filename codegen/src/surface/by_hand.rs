//! The public items of the whole crate, generated or by hand, read from its files as they are: one line for each item. In: the texts
//! by path. Out: the lines. Two sets of lines are compared without the inputs, so changes of the generator and of the runtime show.
//!
//! Visibility is that of the item: what is `pub` in a private module and exported nowhere is listed too.

use std::collections::BTreeSet;

use syn::{
    Attribute, Field, Fields, FnArg, ImplItem, Item, ItemEnum, ItemStruct, ItemTrait, Meta,
    Signature, TraitItem, Visibility,
};

use super::spell::spell;

/// The difference of two sets of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is gone, or was other.
    pub gone: Vec<String>,
    /// What came, or is other.
    pub came: Vec<String>,
}

impl Changes {
    /// From one set to the other.
    pub fn between(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Self {
        Self {
            gone: old.difference(new).cloned().collect(),
            came: new.difference(old).cloned().collect(),
        }
    }

    /// Whether code that uses the crate may no longer compile: something is gone, a trait requires more, or a type of which users may
    /// name all parts has one more.
    pub fn is_breaking(&self) -> bool {
        let breaks = |line: &String| line.starts_with(REQUIRED) || line.starts_with(CLOSED);
        !self.gone.is_empty() || self.came.iter().any(breaks)
    }

    /// `breaking`, `additive` or `none`.
    pub fn verdict(&self) -> &'static str {
        match (self.is_breaking(), self.came.is_empty()) {
            (true, _) => "breaking",
            (false, false) => "additive",
            (false, true) => "none",
        }
    }
}

/// A function of a trait without a body.
const REQUIRED: &str = "required ";
/// A part of a type that is not `#[non_exhaustive]`.
const CLOSED: &str = "closed ";

/// The lines of the public items, or the file that cannot be read and why.
pub fn crate_items(files: &[(String, String)]) -> Result<BTreeSet<String>, String> {
    let mut lines = BTreeSet::new();
    for (path, text) in files {
        let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        for item in &file.items {
            self::item(item, &mut lines);
        }
    }
    Ok(lines)
}

fn item(item: &Item, lines: &mut BTreeSet<String>) {
    match item {
        Item::Mod(module) if !is_test(&module.attrs) => {
            let items = module.content.iter().flat_map(|(_, items)| items);
            items.for_each(|inner| self::item(inner, lines));
        }
        Item::Struct(item) if is_public(&item.vis) => structure(item, lines),
        Item::Enum(item) if is_public(&item.vis) => enumeration(item, lines),
        Item::Trait(item) if is_public(&item.vis) => r#trait(item, lines),
        Item::Fn(item) if is_public(&item.vis) => {
            lines.insert(signature(&item.sig));
        }
        Item::Const(item) if is_public(&item.vis) => {
            lines.insert(format!("const {}: {}", item.ident, spell(&item.ty)));
        }
        Item::Type(item) if is_public(&item.vis) => {
            let generics = spell(&item.generics);
            lines.insert(format!(
                "type {}{generics} = {}",
                item.ident,
                spell(&item.ty)
            ));
        }
        Item::Use(item) if is_public(&item.vis) => {
            lines.insert(format!("use {}", spell(&item.tree)));
        }
        Item::Impl(item) if !is_test(&item.attrs) => {
            let on = spell(&item.self_ty);
            if let Some((path, _)) = &item.trait_ {
                lines.insert(format!("impl {} for {on}", spell(path)));
                return;
            }
            for inner in &item.items {
                match inner {
                    ImplItem::Fn(function) if is_public(&function.vis) => {
                        lines.insert(format!("{on}: {}", signature(&function.sig)));
                    }
                    ImplItem::Const(constant) if is_public(&constant.vis) => {
                        let ty = spell(&constant.ty);
                        lines.insert(format!("{on}: const {}: {ty}", constant.ident));
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn structure(item: &ItemStruct, lines: &mut BTreeSet<String>) {
    let name = &item.ident;
    derived(&item.attrs, &name.to_string(), lines);
    lines.insert(format!("struct {name}{}", spell(&item.generics)));
    let all_public = item.fields.iter().all(|field| is_public(&field.vis));
    let closed = match !is_open(&item.attrs) && all_public {
        true => CLOSED,
        false => "",
    };
    for (index, field) in item.fields.iter().enumerate() {
        if is_public(&field.vis) {
            let field = part(field, index);
            lines.insert(format!("{closed}{name}: {field}"));
        }
    }
}

fn enumeration(item: &ItemEnum, lines: &mut BTreeSet<String>) {
    let name = &item.ident;
    derived(&item.attrs, &name.to_string(), lines);
    lines.insert(format!("enum {name}{}", spell(&item.generics)));
    let closed = if is_open(&item.attrs) { "" } else { CLOSED };
    for variant in &item.variants {
        let fields = variant.fields.iter().enumerate();
        let fields: Vec<String> = fields.map(|(index, field)| part(field, index)).collect();
        let fields = match variant.fields {
            Fields::Unit => String::new(),
            Fields::Named(_) | Fields::Unnamed(_) => format!("({})", fields.join(", ")),
        };
        lines.insert(format!("{closed}{name}::{}{fields}", variant.ident));
    }
}

fn r#trait(item: &ItemTrait, lines: &mut BTreeSet<String>) {
    let name = &item.ident;
    lines.insert(format!(
        "trait {name}{}: {}",
        spell(&item.generics),
        spell(&item.supertraits)
    ));
    for inner in &item.items {
        match inner {
            TraitItem::Fn(function) => {
                let required = match function.default {
                    None => REQUIRED,
                    Some(_) => "",
                };
                lines.insert(format!("{required}{name}: {}", signature(&function.sig)));
            }
            TraitItem::Type(ty) => {
                lines.insert(format!(
                    "{REQUIRED}{name}: type {}: {}",
                    ty.ident,
                    spell(&ty.bounds)
                ));
            }
            _ => {}
        }
    }
}

/// The traits that a type derives.
fn derived(attributes: &[Attribute], name: &str, lines: &mut BTreeSet<String>) {
    for attribute in attributes
        .iter()
        .filter(|one| one.path().is_ident("derive"))
    {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        let traits = list.tokens.to_string();
        let traits = traits
            .split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty());
        lines.extend(traits.map(|one| format!("impl {one} for {name}")));
    }
}

fn part(field: &Field, index: usize) -> String {
    let ty = spell(&field.ty);
    match &field.ident {
        Some(name) => format!("{name}: {ty}"),
        None => format!("{index}: {ty}"),
    }
}

/// A function without the names of its arguments, which no caller sees.
fn signature(function: &Signature) -> String {
    let arguments = function.inputs.iter().map(|argument| match argument {
        FnArg::Receiver(receiver) => spell(receiver),
        FnArg::Typed(typed) => spell(&typed.ty),
    });
    let arguments: Vec<String> = arguments.collect();
    let word = match (&function.constness, &function.asyncness) {
        (Some(_), _) => "const fn",
        (None, Some(_)) => "async fn",
        (None, None) => "fn",
    };
    let clause = function.generics.where_clause.as_ref();
    let clause = clause.map_or_else(String::new, |clause| format!(" {}", spell(clause)));
    format!(
        "{word} {}{}({}){}{clause}",
        function.ident,
        spell(&function.generics),
        arguments.join(", "),
        match &function.output {
            syn::ReturnType::Default => String::new(),
            syn::ReturnType::Type(_, ty) => format!(" -> {}", spell(ty)),
        }
    )
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_open(attributes: &[Attribute]) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

fn is_test(attributes: &[Attribute]) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|one| one.path().is_ident("cfg") && spell(&one.meta).contains("test)"))
}

#[cfg(test)]
mod tests {
    use super::{Changes, crate_items};

    /// The verdict on a change of one file.
    fn verdict(old: &str, new: &str) -> &'static str {
        let lines = |text: &str| crate_items(&[("a.rs".to_owned(), text.to_owned())]).unwrap();
        Changes::between(&lines(old), &lines(new)).verdict()
    }

    #[test]
    fn changes_of_the_crate_have_their_verdicts() {
        for (old, new, forwards, backwards) in [
            (
                "pub fn a() {}",
                "pub fn a() { b() } fn b() {}",
                "none",
                "none",
            ),
            ("pub fn a(x: u8) {}", "pub fn a(y: u8) {}", "none", "none"),
            ("", "pub fn a() {}", "additive", "breaking"),
            (
                "pub fn a(x: u8) {}",
                "pub fn a(x: u16) {}",
                "breaking",
                "breaking",
            ),
            (
                "pub fn a() {}",
                "pub(crate) fn a() {}",
                "breaking",
                "additive",
            ),
            (
                "pub struct A;",
                "#[derive(Clone)] pub struct A;",
                "additive",
                "breaking",
            ),
            (
                "pub struct A { pub a: u8 }",
                "pub struct A { pub a: u8, pub b: u8 }",
                "breaking",
                "breaking",
            ),
            (
                "#[non_exhaustive] pub struct A { pub a: u8 }",
                "#[non_exhaustive] pub struct A { pub a: u8, pub b: u8 }",
                "additive",
                "breaking",
            ),
            (
                "pub enum A { B }",
                "pub enum A { B, C }",
                "breaking",
                "breaking",
            ),
            (
                "#[non_exhaustive] pub enum A { B }",
                "#[non_exhaustive] pub enum A { B, C(u8) }",
                "additive",
                "breaking",
            ),
            (
                "pub trait A {}",
                "pub trait A { fn a(&self); }",
                "breaking",
                "breaking",
            ),
            (
                "pub trait A {}",
                "pub trait A { fn a(&self) {} }",
                "additive",
                "breaking",
            ),
            (
                "pub struct A; impl A { fn a(&self) {} }",
                "pub struct A; impl A { pub fn a(&self) {} }",
                "additive",
                "breaking",
            ),
            ("pub use b::A;", "pub use b::C;", "breaking", "breaking"),
            (
                "",
                "#[cfg(test)] mod tests { pub fn a() {} }",
                "none",
                "none",
            ),
        ] {
            assert_eq!(verdict(old, new), forwards, "{old} -> {new}");
            assert_eq!(verdict(new, old), backwards, "{new} -> {old}");
        }
        assert!(crate_items(&[("a.rs".to_owned(), "pub fn".to_owned())]).is_err());
    }
}
