//! Reads the functions of the generated types: each is added to the entry that it belongs to for a user.

use syn::{FnArg, ImplItem, ImplItemFn, ItemImpl, Pat, Signature};

use super::attributes::{is_deprecated, is_old_name};
use super::read::{Reader, is_public, named, output, unknown};
use super::spell::spell;
use super::{Argument, EntryKind, Role, SurfaceLine};

impl Reader {
    /// A member of an `impl` of the type called `name`.
    pub(super) fn member(
        &mut self,
        block: &ItemImpl,
        name: &str,
        member: &ImplItem,
    ) -> Result<(), String> {
        match member {
            ImplItem::Fn(function) if is_old_name(&function.attrs) => Ok(()),
            ImplItem::Fn(function) if is_public(&function.vis) => {
                self.function(block, name, function)
            }
            ImplItem::Fn(_) => Ok(()),
            ImplItem::Const(constant) if is_public(&constant.vis) => {
                let returns = spell(&constant.ty);
                let line = SurfaceLine {
                    role: Role::Constant,
                    on: name.to_owned(),
                    name: constant.ident.to_string(),
                    text: format!("pub const {}: {returns}", constant.ident),
                    arguments: Vec::new(),
                    returns,
                };
                let path = self.path(name)?;
                self.push(&path, line)
            }
            other => Err(unknown("member", &spell(other))),
        }
    }

    fn function(
        &mut self,
        block: &ItemImpl,
        name: &str,
        function: &ImplItemFn,
    ) -> Result<(), String> {
        let line = line(block, &function.sig);
        let spelled = output(&function.sig.output).map(spell).unwrap_or_default();
        let returns = output(&function.sig.output).and_then(named);
        let (returns, inner) = returns.unwrap_or_default();
        let inner = inner.unwrap_or_default();
        let own = &line.name;
        let deprecated = is_deprecated(&function.attrs);
        let (path, kind, owner) = if name == "Client" {
            (self.path(&returns)?, EntryKind::Handle, None)
        } else if name == "Call" {
            let endpoint = argument_of(block).unwrap_or_default();
            let method = self.method_of(&endpoint).cloned();
            let path = format!("Call<{}>", self.path(&endpoint)?);
            let path = self.setter_of(&path, "maybe_", own);
            (path, EntryKind::Parameter, method)
        } else if let Some(constructor) = self.constructor_of(name).cloned() {
            // A setter of an optional value belongs to its field.
            match constructor
                .strip_suffix("::builder")
                .filter(|_| returns == "Self")
            {
                Some(ty) => (self.setter_of(ty, "clear_", own), EntryKind::Field, None),
                None => (constructor, EntryKind::Constructor, None),
            }
        } else {
            let ty = self.path(name)?;
            let here = format!("{ty}::{own}");
            match (returns.as_str(), line.text.contains("self")) {
                ("Call", _) => {
                    self.endpoint_of(&inner, &here);
                    (here, EntryKind::Method, Some(ty))
                }
                ("Waiter", _) => (here, EntryKind::Waiter, Some(ty)),
                (child, _) if self.is_handle(&ty) => {
                    let path = self.scope.handle(&spelled);
                    let path = path.ok_or_else(|| format!("`{child}` is not exported"))?;
                    (path, EntryKind::Handle, None)
                }
                (builder, false) => {
                    if own == "builder" {
                        self.builder_of(builder, &here);
                    }
                    (here, EntryKind::Constructor, Some(ty))
                }
                ("Self", true) => (
                    self.setter_of(&ty, "clear_", own),
                    EntryKind::Field,
                    Some(ty),
                ),
                (_, true) => (here, EntryKind::Accessor, Some(ty)),
            }
        };
        let entry = self.entry(&path, kind, owner.as_deref());
        entry.deprecated |= deprecated;
        entry.lines.push(line);
        Ok(())
    }

    fn is_handle(&self, path: &str) -> bool {
        let entry = self.surface.entries.get(path);
        entry.is_some_and(|entry| entry.kind == EntryKind::Handle)
    }

    /// The entry of a setter: the one of its name, or the one that a second setter with a prefix belongs to.
    fn setter_of(&self, owner: &str, prefix: &str, setter: &str) -> String {
        let own = format!("{owner}::{setter}");
        let entries = &self.surface.entries;
        if entries.contains_key(&own) {
            return own;
        }
        let name = setter.strip_prefix(prefix).unwrap_or(setter);
        let names = [format!("{owner}::{name}"), format!("{owner}::r#{name}")];
        let mut first = names.into_iter();
        first
            .find(|first| entries.contains_key(first))
            .unwrap_or(own)
    }
}

/// The type argument of the self type of an `impl`.
fn argument_of(block: &ItemImpl) -> Option<String> {
    named(&block.self_ty)?.1
}

fn line(block: &ItemImpl, signature: &Signature) -> SurfaceLine {
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(Argument {
            name: match &*typed.pat {
                Pat::Ident(ident) => ident.ident.to_string(),
                other => spell(other),
            },
            ty: spell(&typed.ty),
            sent_as: String::new(),
        }),
        FnArg::Receiver(_) => None,
    });
    // `mut self` is not part of the signature for callers.
    let text = format!("pub {}", spell(signature)).replace("(mut self", "(self");
    SurfaceLine {
        role: Role::Function,
        on: spell(&block.self_ty),
        name: signature.ident.to_string(),
        text,
        arguments: arguments.collect(),
        returns: output(&signature.output).map(spell).unwrap_or_default(),
    }
}
