//! Reads the syntax trees of the generated files. In: the files. Out: the entries of their public items.
//!
//! An unknown item is an error, so that no public item is missed when the emitter writes new kinds of items.

use std::collections::BTreeMap;

use syn::parse::Parse;
use syn::{
    Attribute, Fields, File, GenericArgument, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro,
    ItemStruct, PathArguments, ReturnType, Type, Visibility,
};

use crate::config::Layout;

use super::attributes::{is_deprecated, is_old_name, openness};
use super::scope::{ModuleScope, is_handle};
use super::spell::spell;
use super::{Entry, EntryKind, Role, Runtime, Surface, SurfaceLine, known};

/// The state of the reader.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) surface: Surface,
    pub(super) scope: ModuleScope,
    /// How many lines of each entry have the paths of types, in nested layout: those of the modules before.
    spelled: BTreeMap<String, usize>,
    /// The entry that each endpoint belongs to.
    endpoints: BTreeMap<String, String>,
    /// The entry that each builder belongs to.
    builders: BTreeMap<String, String>,
    /// The entry of the variant that holds a type: union and type.
    payloads: BTreeMap<(String, String), String>,
}

impl Reader {
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            scope: ModuleScope::new(layout),
            ..Self::default()
        }
    }

    /// Adds the public items of the file of a module. The root, whose path is empty, comes first: it has the exports.
    pub(super) fn file(&mut self, path: &str, file: &File) -> Result<(), String> {
        if path.is_empty() {
            self.scope.root(file);
            return Ok(());
        }
        let exports = self.scope.enter(path, file);
        self.surface.exports.extend(exports);
        for item in &file.items {
            let unread = |what| format!("its surface cannot be read: {what}");
            self.item(item).map_err(unread)?;
        }
        self.leave();
        Ok(())
    }

    /// Forgets the names of a module, where others may have them too; in its lines types have their paths from now on.
    fn leave(&mut self) {
        if !self.scope.is_nested() {
            return;
        }
        self.endpoints.clear();
        self.builders.clear();
        self.payloads.clear();
        for path in self.scope.touched() {
            if let Some(entry) = self.surface.entries.get_mut(&path) {
                let done = self.spelled.entry(path).or_default();
                let lines = entry.lines.iter_mut().skip(*done);
                lines.for_each(|line| self.scope.qualify(line));
                *done = entry.lines.len();
            }
        }
    }

    fn item(&mut self, item: &Item) -> Result<(), String> {
        match item {
            Item::Use(_) => Ok(()),
            Item::Mod(module) if module.content.is_none() => Ok(()),
            // The present name has the entry.
            Item::Type(item) if is_old_name(&item.attrs) => Ok(()),
            Item::Const(constant) if !is_public(&constant.vis) => Ok(()),
            Item::Struct(item) => self.structure(item),
            Item::Enum(item) => self.enumeration(item),
            Item::Impl(item) => self.implementation(item),
            // Says which feature the code needs: no item of the surface.
            Item::Macro(item) if item.mac.path.is_ident("compile_error") => Ok(()),
            Item::Macro(item) => self.runtime(item),
            other => Err(unknown("item", &spell(other))),
        }
    }

    /// The path of a generated type.
    pub(super) fn path(&self, name: &str) -> Result<String, String> {
        let path = self.scope.path(name);
        path.ok_or_else(|| format!("`{name}` is public and not exported"))
    }

    fn structure(&mut self, item: &ItemStruct) -> Result<(), String> {
        if !is_public(&item.vis) {
            return Ok(());
        }
        let name = item.ident.to_string();
        let generics = spell(&item.generics);
        let head = format!("{}pub struct {name}{generics}", openness(&item.attrs));
        let path = match self.builders.get(&name) {
            Some(constructor) => constructor.clone(),
            None => {
                let path = self.path(&name)?;
                let kind = match is_handle(item) {
                    true => EntryKind::Handle,
                    false => EntryKind::Struct,
                };
                self.entry(&path, kind, None).deprecated |= is_deprecated(&item.attrs);
                path
            }
        };
        self.head(&path, &name, head, &item.attrs);
        for field in &item.fields {
            let Some(ident) = field.ident.as_ref().filter(|_| is_public(&field.vis)) else {
                continue;
            };
            let (field_path, ty) = (format!("{path}::{ident}"), spell(&field.ty));
            let line = SurfaceLine {
                role: Role::Field,
                on: name.clone(),
                name: ident.to_string(),
                text: format!("pub {ident}: {ty}"),
                arguments: Vec::new(),
                returns: ty,
            };
            let entry = self.entry(&field_path, EntryKind::Field, Some(&path));
            entry.deprecated = is_deprecated(&field.attrs);
            entry.lines.push(line);
        }
        Ok(())
    }

    fn enumeration(&mut self, item: &ItemEnum) -> Result<(), String> {
        if !is_public(&item.vis) {
            return Ok(());
        }
        let name = item.ident.to_string();
        let head = format!("{}pub enum {name}", openness(&item.attrs));
        if let Some(method) = self.endpoints.get(&name).cloned() {
            self.head(&method, &name, head, &item.attrs);
            return Ok(());
        }
        let path = self.path(&name)?;
        self.entry(&path, EntryKind::Union, None).deprecated = is_deprecated(&item.attrs);
        self.head(&path, &name, head, &item.attrs);
        for variant in &item.variants {
            let returns = match &variant.fields {
                Fields::Unit => String::new(),
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields
                    .unnamed
                    .iter()
                    .map(|field| spell(&field.ty))
                    .collect(),
                other => return Err(unknown("variant", &spell(other))),
            };
            let variant_path = self.variant(&name, &path, &variant.ident.to_string(), &returns);
            let held = returns
                .strip_prefix("Box<")
                .and_then(|inner| inner.strip_suffix('>'));
            let held = held.unwrap_or(&returns).to_owned();
            self.payloads
                .entry((name.clone(), held))
                .or_insert(variant_path);
        }
        Ok(())
    }

    /// A variant that holds `held`, or nothing where that is empty. Returns its path.
    fn variant(&mut self, on: &str, path: &str, name: &str, held: &str) -> String {
        let text = match held {
            "" => name.to_owned(),
            held => format!("{name}({held})"),
        };
        let line = SurfaceLine {
            role: Role::Variant,
            on: on.to_owned(),
            name: name.to_owned(),
            text,
            arguments: Vec::new(),
            returns: held.to_owned(),
        };
        let variant = format!("{path}::{name}");
        let entry = self.entry(&variant, EntryKind::Variant, Some(path));
        entry.lines.push(line);
        variant
    }

    /// The line of a type, and one for each trait that it derives.
    fn head(&mut self, path: &str, name: &str, text: String, attributes: &[Attribute]) {
        let mut lines = vec![SurfaceLine {
            role: Role::Type,
            on: String::new(),
            name: name.to_owned(),
            text,
            arguments: Vec::new(),
            returns: String::new(),
        }];
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
        {
            let _ = attribute.parse_nested_meta(|meta| {
                lines.push(known::trait_line(&spell(&meta.path), name));
                Ok(())
            });
        }
        self.scope.touch(path);
        if let Some(entry) = self.surface.entries.get_mut(path) {
            entry.lines.extend(lines);
        }
    }

    fn implementation(&mut self, item: &ItemImpl) -> Result<(), String> {
        let (name, _) =
            named(&item.self_ty).ok_or_else(|| unknown("type", &spell(&item.self_ty)))?;
        let Some((of, _)) = &item.trait_ else {
            for member in &item.items {
                self.member(item, &name, member)?;
            }
            return Ok(());
        };
        let of = spell(of);
        match of.as_str() {
            "Endpoint" => return self.response(item, &name),
            // Users see `Deserialize`, which the macro beside it adds.
            "FromJson" => return Ok(()),
            _ => {}
        }
        // The lifetime of the input is not part of the surface.
        let of = of.split_once("<'").map_or(of.as_str(), |(of, _)| of);
        let held = of
            .strip_prefix("From<")
            .and_then(|held| held.strip_suffix('>'));
        let variant = held.and_then(|held| self.payloads.get(&(name.clone(), held.to_owned())));
        let path = match variant {
            Some(variant) => variant.clone(),
            None => self.path(&name)?,
        };
        self.push(&path, known::trait_line(of, &name))
    }

    /// What the call of an endpoint returns.
    fn response(&mut self, item: &ItemImpl, endpoint: &str) -> Result<(), String> {
        let Some(method) = self.endpoints.get(endpoint).cloned() else {
            return Err(format!("no method calls the endpoint `{endpoint}`"));
        };
        for member in &item.items {
            match member {
                ImplItem::Type(response) => {
                    let returns = spell(&response.ty);
                    let line = SurfaceLine {
                        role: Role::Response,
                        on: endpoint.to_owned(),
                        name: response.ident.to_string(),
                        text: format!("type {} = {returns}", response.ident),
                        arguments: Vec::new(),
                        returns,
                    };
                    self.push(&method, line)?;
                }
                // The facts of the operation: the wire, which no user names.
                ImplItem::Const(_) => {}
                other => return Err(unknown("item of an endpoint", &spell(other))),
            }
        }
        Ok(())
    }

    /// What the runtime's macro adds, and the kind of the type.
    fn runtime(&mut self, item: &ItemMacro) -> Result<(), String> {
        let called = spell(&item.mac.path);
        let runtime = Runtime::named(&called).ok_or_else(|| unknown("macro", &called))?;
        let (name, kind) = match runtime {
            Runtime::Id => (item.mac.tokens.to_string(), Some(EntryKind::Id)),
            Runtime::Readable => (item.mac.tokens.to_string(), None),
            Runtime::Fields => (parsed::<ItemStruct>(item)?.ident.to_string(), None),
            Runtime::Successes => (parsed::<ItemEnum>(item)?.ident.to_string(), None),
            Runtime::Texts | Runtime::Codes | Runtime::Values => {
                let table = parsed(item)?;
                (self.table(&table, runtime)?, Some(EntryKind::Enum))
            }
        };
        let path = self.path(&name)?;
        self.scope.touch(&path);
        let Some(entry) = self.surface.entries.get_mut(&path) else {
            return Err(format!(
                "`{called}` is called for `{name}`, which is not there"
            ));
        };
        entry.kind = kind.unwrap_or(entry.kind);
        for line in known::lines(runtime, &name) {
            // Ids of older versions derive what the macro implements now.
            if !entry.lines.iter().any(|there| there.text == line.text) {
                entry.lines.push(line);
            }
        }
        Ok(())
    }

    /// The variants of an open enum, and the one that its macro adds. Returns its name.
    fn table(&mut self, table: &ItemEnum, runtime: Runtime) -> Result<String, String> {
        let name = table.ident.to_string();
        let path = self.path(&name)?;
        self.entry(&path, EntryKind::Enum, None).deprecated = is_deprecated(&table.attrs);
        for variant in &table.variants {
            self.variant(&name, &path, &variant.ident.to_string(), "");
        }
        self.variant(&name, &path, "Unknown", known::catch_all(runtime));
        Ok(name)
    }

    /// The entry at a path, created if it does not exist.
    pub(super) fn entry(&mut self, path: &str, kind: EntryKind, owner: Option<&str>) -> &mut Entry {
        self.scope.touch(path);
        self.surface
            .entries
            .entry(path.to_owned())
            .or_insert_with(|| Entry {
                kind,
                owner: owner.map(str::to_owned),
                lines: Vec::new(),
                deprecated: false,
                identity: None,
                pointers: Vec::new(),
            })
    }

    /// Adds a line to an existing entry.
    pub(super) fn push(&mut self, path: &str, line: SurfaceLine) -> Result<(), String> {
        self.scope.touch(path);
        match self.surface.entries.get_mut(path) {
            Some(entry) => entry.lines.push(line),
            None => return Err(format!("there is no `{path}` for `{}`", line.text)),
        }
        Ok(())
    }

    /// Records that an endpoint, or a builder, belongs to an entry.
    pub(super) fn endpoint_of(&mut self, name: &str, path: &str) {
        self.endpoints.insert(name.to_owned(), path.to_owned());
    }

    pub(super) fn builder_of(&mut self, name: &str, path: &str) {
        self.builders.insert(name.to_owned(), path.to_owned());
    }

    pub(super) fn method_of(&self, endpoint: &str) -> Option<&String> {
        self.endpoints.get(endpoint)
    }

    pub(super) fn constructor_of(&self, builder: &str) -> Option<&String> {
        self.builders.get(builder)
    }
}

/// The last name of a type's path, and its first type argument's.
pub(super) fn named(ty: &Type) -> Option<(String, Option<String>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let first = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => named(ty).map(|(name, _)| name),
                _ => None,
            })
        }
        _ => None,
    };
    Some((last.ident.to_string(), first))
}

/// What a function returns.
pub(super) fn output(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(ty),
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub(super) fn unknown(what: &str, text: &str) -> String {
    let words: String = text.chars().take(80).collect();
    format!("an unknown kind of {what}: `{words}`")
}

/// The table in a macro.
fn parsed<T: Parse>(item: &ItemMacro) -> Result<T, String> {
    let tokens = item.mac.tokens.clone();
    syn::parse2(tokens).map_err(|error| format!("no table: {error}"))
}
