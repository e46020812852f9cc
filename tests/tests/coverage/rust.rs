//! The contents of the generated Rust, by name: read from its text, independently of the generator.
//!
//! In: the files of `sdk/src/generated`. Out: structs with their fields, enums with their variants, methods and endpoints, as
//! they are in the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use syn::{Fields, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct, Visibility};

mod parts;

pub(crate) use self::parts::{Call, Field, names, text};

/// The folder of generated files.
pub(crate) const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../sdk/src/generated");

/// The generated code.
#[derive(Default)]
pub(crate) struct Code {
    /// Public structs with braces: the fields.
    pub(crate) structs: BTreeMap<String, Vec<Field>>,
    /// Tuple structs: the ids.
    pub(crate) tuples: BTreeSet<String>,
    /// Enums: the variants in order.
    pub(crate) enums: BTreeMap<String, Vec<String>>,
    /// Public inherent methods of a type, such as `Providers` or `Call<ProvidersList>`.
    pub(crate) methods: BTreeMap<String, BTreeSet<String>>,
    /// The `Operation` of each endpoint.
    pub(crate) endpoints: BTreeMap<String, Call>,
    /// The value of each variant on the wire, by open enum.
    pub(crate) values: BTreeMap<String, BTreeMap<String, String>>,
    /// The exports of each inline module: `api`, `types`.
    pub(crate) exports: BTreeMap<String, BTreeSet<String>>,
    /// The imports of the files, except from each other.
    pub(crate) imports: BTreeSet<String>,
    /// How often an item names `serde_json::Value`.
    pub(crate) free: BTreeMap<String, usize>,
}

/// The generated table of what requests may contain. It has no item that users name.
pub(crate) const RULES: &str = "rules.rs";

/// Reads all generated files but the table of rules.
pub(crate) fn read() -> Code {
    let mut code = Code::default();
    for file in fs::read_dir(FOLDER).unwrap() {
        let file = file.unwrap();
        if file.file_name() == RULES {
            continue;
        }
        let text = fs::read_to_string(file.path()).unwrap();
        for item in syn::parse_file(&text).unwrap().items {
            code.item(&item);
        }
    }
    code
}

impl Code {
    /// The methods of a type.
    pub(crate) fn methods_of(&self, name: &str) -> BTreeSet<&str> {
        let methods = self.methods.get(name).into_iter().flatten();
        methods.map(String::as_str).collect()
    }

    fn item(&mut self, item: &Item) {
        let free = if matches!(item, Item::Use(_)) {
            0
        } else {
            parts::count(item, "Value")
        };
        if free > 0 {
            *self.free.entry(parts::name(item)).or_default() += free;
        }
        match item {
            Item::Struct(item) => self.structure(item),
            Item::Enum(item) => self.list(item),
            Item::Macro(item) => self.table(item),
            Item::Impl(item) => self.implementation(item),
            Item::Use(item) => names(&item.tree, "", &mut self.imports),
            Item::Mod(module) => {
                let items = module.content.iter().flat_map(|(_, items)| items);
                let exports = self.exports.entry(module.ident.to_string()).or_default();
                for item in items {
                    if let Item::Use(item) = item {
                        names(&item.tree, "", exports);
                    }
                }
            }
            _ => {}
        }
    }

    fn structure(&mut self, item: &ItemStruct) {
        let name = item.ident.to_string();
        match &item.fields {
            Fields::Unnamed(_) => {
                self.tuples.insert(name);
            }
            // The parts of a builder that users do not see.
            _ if !matches!(item.vis, Visibility::Public(_)) => {}
            fields => {
                self.structs
                    .insert(name, fields.iter().map(parts::field).collect());
            }
        }
    }

    fn list(&mut self, item: &ItemEnum) {
        let variants = item
            .variants
            .iter()
            .map(|variant| variant.ident.to_string());
        self.enums
            .insert(item.ident.to_string(), variants.collect());
    }

    /// `open_enum! { pub enum A { B = "b" } }`: the macro adds the catch-all. Other macros hold no table.
    fn table(&mut self, item: &ItemMacro) {
        if let Ok(table) = syn::parse2::<ItemStruct>(item.mac.tokens.clone()) {
            self.fields(&table);
        }
        let Ok(table) = syn::parse2::<ItemEnum>(item.mac.tokens.clone()) else {
            return;
        };
        let values = table.variants.iter().map(|variant| {
            let (_, value) = variant.discriminant.as_ref().unwrap();
            (variant.ident.to_string(), parts::literal(value).unwrap())
        });
        let name = table.ident.to_string();
        self.values.insert(name.clone(), values.collect());
        self.list(&table);
        self.enums
            .entry(name)
            .or_default()
            .push("Unknown".to_owned());
    }

    fn implementation(&mut self, item: &ItemImpl) {
        let name = text(&item.self_ty);
        match &item.trait_ {
            None => self.inherent(item, &name),
            Some((path, _)) if text(path) == "Endpoint" => {
                let call = item.items.iter().find_map(|item| match item {
                    ImplItem::Const(constant) => parts::call(&constant.expr),
                    _ => None,
                });
                self.endpoints.insert(name, call.unwrap());
            }
            Some(_) => {}
        }
    }

    /// What the table of a struct, which follows it, says of its fields: `#[also("color")] colour: optional<"colour">`.
    fn fields(&mut self, table: &ItemStruct) {
        let name = table.ident.to_string();
        for field in self.structs.get_mut(&name).into_iter().flatten() {
            let mut rows = table.fields.iter();
            let row = rows.find(|row| row.ident.as_ref().is_some_and(|ident| *ident == field.name));
            if let Some(row) = row {
                parts::fill(field, row);
            }
        }
    }

    fn inherent(&mut self, item: &ItemImpl, name: &str) {
        for item in &item.items {
            let ImplItem::Fn(function) = item else {
                continue;
            };
            let method = function.sig.ident.to_string();
            if matches!(function.vis, Visibility::Public(_)) {
                self.methods
                    .entry(name.to_owned())
                    .or_default()
                    .insert(method);
            }
        }
    }
}
