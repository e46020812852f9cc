//! Examples in the documentation of methods, with the values of the document's own example, else with values that fit the types.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::config::Layout;
use crate::format::format;
use crate::model::{
    BodyKind, Construction, Media, Operation, Parameter, Resource, Struct, Ty, TypeKind,
};
use crate::naming;

use super::minimal::{Room, lowest};
use super::{CRATE, Emitter, ident};

impl Emitter<'_> {
    /// A code block that calls a method and uses what it returns; `None` where no value of an argument can be written.
    pub(super) fn example(
        &self,
        resource: &Resource,
        operation: &Operation,
        media: Option<&Media>,
    ) -> Option<String> {
        let names = self.names.methods.get(&operation.pointer)?;
        let further = media.and_then(|media| self.names.bodies.get(&media.pointer));
        let called = further.unwrap_or(&names.method);
        let mut types = BTreeSet::new();
        let mut above = BTreeMap::new();
        let handle = self.chain(resource, &mut above)?;
        let method = ident(called);
        let mut arguments = self.example_arguments(operation, &mut types)?;
        if let Some(media) = media {
            arguments.push(self.body_value(media, &mut types)?);
        }
        let call = quote!(#handle.#method(#(#arguments),*));
        let statements = self.outcome(operation, &names.method, &call, &mut types);
        let statement = format(quote! { fn example() { #statements } });
        let statement = statement.ok()?;
        let lines = statement
            .lines()
            .skip(1)
            .map(|line| line.strip_prefix("    ").unwrap_or(line));
        let mut lines: Vec<&str> = lines.collect();
        lines.pop();
        let import = self.example_imports(resource, types, above);
        Some(format!(
            "```no_run\n# async fn example(client: {CRATE}::Client) -> Result<(), {CRATE}::Error> {{\n{import}{}\n# Ok(())\n# }}\n```",
            lines.join("\n")
        ))
    }

    /// The imports of an example, with an empty line behind them. `above` has the types that the handles at and above it take, with the
    /// keys of these handles.
    fn example_imports(
        &self,
        resource: &Resource,
        types: BTreeSet<String>,
        above: BTreeMap<String, &str>,
    ) -> String {
        let mut from: BTreeMap<String, &str> = above;
        from.extend(types.into_iter().map(|name| (name, resource.key.as_str())));
        let mut modules: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, key) in from {
            let module = self.module_of_types(&name, key);
            modules.entry(module).or_default().push(name);
        }
        let lines = modules
            .iter()
            .map(|(module, names)| match names.as_slice() {
                [only] => format!("use {module}::{only};\n"),
                names => format!("use {module}::{{{}}};\n", names.join(", ")),
            });
        let mut imports: String = lines.collect();
        if !imports.is_empty() {
            imports.push('\n');
        }
        imports
    }

    /// The module that an example imports a type from. In nested layout that of a handle has all types that the handle uses, and the crate
    /// those of the runtime.
    fn module_of_types(&self, name: &str, handle: &str) -> String {
        let home = self.names.homes.handles.get(handle);
        let is_own = !naming::CRATE.contains(&name);
        match (self.names.layout, home) {
            (Layout::Nested, Some(home)) if is_own => format!("{CRATE}::{home}"),
            (Layout::Nested, _) | (Layout::Flat, _) => CRATE.to_owned(),
        }
    }

    /// The method calls from the client to the handle. Adds the types that they need, each with the key of the handle that takes it.
    fn chain<'a>(
        &'a self,
        resource: &'a Resource,
        types: &mut BTreeMap<String, &'a str>,
    ) -> Option<TokenStream> {
        let mut chain = quote!(client);
        for other in self.line(resource) {
            let method = ident(&self.names.handles.get(&other.key)?.method);
            let mut used = BTreeSet::new();
            let arguments: Option<Vec<TokenStream>> = other
                .parameters
                .iter()
                .map(|parameter| self.argument_value(parameter, &mut used))
                .collect();
            let arguments = arguments?;
            types.extend(used.into_iter().map(|name| (name, other.key.as_str())));
            chain = quote!(#chain.#method(#(#arguments),*));
        }
        Some(chain)
    }

    fn example_arguments(
        &self,
        operation: &Operation,
        types: &mut BTreeSet<String>,
    ) -> Option<Vec<TokenStream>> {
        operation
            .arguments()
            .map(|parameter| self.argument_value(parameter, types))
            .collect()
    }

    fn argument_value(
        &self,
        parameter: &Parameter,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        let (ty, name) = (&parameter.ty, &parameter.name);
        lowest(ty, &parameter.bounds)
            .or_else(|| self.sample(ty, name, types))
            .or_else(|| self.least(ty, name, types))
    }

    /// The least value of a type that is deep enough.
    fn least(&self, ty: &Ty, name: &str, types: &mut BTreeSet<String>) -> Option<TokenStream> {
        Room::all().find_map(|mut room| {
            let mut used = types.clone();
            let value = self.minimal(ty, name, &mut room, &mut used)?;
            *types = used;
            Some(value)
        })
    }

    /// The body of the document's example; where there is none that fits, one with what is required.
    fn body_value(&self, media: &Media, types: &mut BTreeSet<String>) -> Option<TokenStream> {
        match media.kind {
            BodyKind::Binary => return Some(file(types)),
            BodyKind::Text if !self.is_enum(media.ty.as_ref()) => {
                let text = media.example.as_ref().and_then(Value::as_str);
                let text = text.unwrap_or("text");
                return Some(quote!(#text));
            }
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart | BodyKind::Text => {}
        }
        let ty = media.ty.as_ref()?;
        let mut used = types.clone();
        let example = media.example.as_ref();
        let value = match example.and_then(|example| self.value(ty, example, &mut used)) {
            Some(value) => value,
            None => {
                used.clone_from(types);
                self.least(ty, "body", &mut used)?
            }
        };
        *types = used;
        Some(match ty {
            Ty::List(item) => self.list_value(item, value),
            _ => value,
        })
    }

    /// A list that is the body. It is converted as a whole, and its items are not, as those of a setter are.
    fn list_value(&self, item: &Ty, list: TokenStream) -> TokenStream {
        match item {
            Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Id(_) => quote!(#list.map(Into::into)),
            item if self.is_union(item) => quote!(#list.map(Into::into)),
            _ => list,
        }
    }

    /// A sample value for a parameter.
    pub(super) fn sample(
        &self,
        ty: &Ty,
        name: &str,
        types: &mut BTreeSet<String>,
    ) -> Option<TokenStream> {
        match ty {
            Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Id(_) => Some(placeholder(name)),
            Ty::Bool => Some(quote!(true)),
            Ty::Integer(_) => Some(quote!(1)),
            Ty::Float(_) => Some(quote!(1.0)),
            // Nothing converts the lists in a list.
            Ty::List(item) if matches!(**item, Ty::List(_)) => None,
            Ty::List(item) => {
                let item = self.sample(item, name, types)?;
                Some(quote!([#item]))
            }
            Ty::Named(pointer) => {
                let TypeKind::Enum(list) = &self.api.types.get(pointer)?.kind else {
                    return None;
                };
                let variant = ident(self.names.variants.get(&list.values.first()?.pointer)?);
                let name = self.names.types.get(pointer)?;
                types.insert(name.clone());
                let name = ident(name);
                Some(quote!(#name::#variant))
            }
            Ty::File => Some(file(types)),
            Ty::Binary | Ty::Boxed(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Object | Ty::Any => None,
        }
    }
}

/// A struct from its required values, and optional ones.
pub(super) fn constructed(
    object: &Struct,
    name: &Ident,
    arguments: &[(Ident, TokenStream)],
    optional: &[(Ident, TokenStream)],
) -> Option<TokenStream> {
    let set = |values: &[(Ident, TokenStream)]| -> TokenStream {
        let setters = values.iter().map(|(name, value)| quote!(.#name(#value)));
        setters.collect()
    };
    let optional = set(optional);
    match object.made {
        Construction::None => None,
        Construction::Builder => {
            let required = set(arguments);
            Some(quote!(#name::builder() #required #optional .build()))
        }
        Construction::Empty | Construction::New => {
            let values = arguments.iter().map(|(_, value)| value);
            Some(quote!(#name::new(#(#values),*) #optional))
        }
    }
}

/// A file on the disk.
pub(super) fn file(types: &mut BTreeSet<String>) -> TokenStream {
    types.insert("FileUpload".to_owned());
    quote!(FileUpload::path("file"))
}

/// A string that names the parameter: `account-id`.
fn placeholder(parameter: &str) -> TokenStream {
    let text = parameter.replace('_', "-");
    quote!(#text)
}
