//! `names.lock`: the names that `cargo xtask codegen --lock` gave to nodes whose own names clash. In: its text. Out: the names by address,
//! and the text again.
//!
//! A node has the name that is recorded for it, as long as the entry is there: so a name once given never changes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use crate::config::quoted;
use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input, Span};

/// The first lines of the file.
const HEAD: &str = "\
# Written by `cargo xtask codegen --lock`: names of nodes whose own names clash with others, by their address. A name once given never
# changes. Rename a thing in sdk.toml instead.
";

/// What a node is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameKind {
    /// A handle's type.
    HandleType,
    /// The method that returns a handle, and its module.
    HandleMethod,
    /// A method of a handle.
    Method,
    /// An argument or a setter of a call.
    Parameter,
    /// A type.
    Type,
    /// A field.
    Field,
    /// A variant of an enum or of a union.
    Variant,
}

impl NameKind {
    const ALL: [Self; 7] = [
        Self::HandleType,
        Self::HandleMethod,
        Self::Method,
        Self::Parameter,
        Self::Type,
        Self::Field,
        Self::Variant,
    ];

    /// The table of the file.
    fn table(self) -> &'static str {
        match self {
            Self::HandleType => "handle_types",
            Self::HandleMethod => "handles",
            Self::Method => "methods",
            Self::Parameter => "parameters",
            Self::Type => "types",
            Self::Field => "fields",
            Self::Variant => "variants",
        }
    }
}

/// A node that has a name of its own: its kind, and its pointer or the key of its handle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) kind: NameKind,
    pub(super) at: Pointer,
}

/// The kind of a name and the address of its node.
pub(super) type Key = (NameKind, String);

/// The recorded names.
#[derive(Debug, Default)]
pub struct Lock {
    names: BTreeMap<Key, (String, Span)>,
    /// The entries that named something.
    used: RefCell<BTreeSet<Key>>,
    /// Whether it is no file, but what `sdk.toml` may come to say.
    is_suggested: bool,
}

/// The shape of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    handle_types: Table,
    handles: Table,
    methods: Table,
    parameters: Table,
    types: Table,
    fields: Table,
    variants: Table,
}

type Table = BTreeMap<Spanned<String>, String>;

impl Lock {
    /// Names that count in any layout, as entries of `sdk.toml` would.
    pub(super) fn suggested() -> Self {
        Self {
            is_suggested: true,
            ..Self::default()
        }
    }

    /// Whether these are such names.
    pub(super) fn is_suggested(&self) -> bool {
        self.is_suggested
    }

    /// Reads the file.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let file: File = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            let help = "restore the file, or delete it and run `cargo xtask codegen --lock`";
            let fault = Fault::new(Input::Lock, Pointer::root(), error.message(), help);
            fault.at(Span {
                start: span.start,
                end: span.end,
            })
        })?;
        let tables = [
            file.handle_types,
            file.handles,
            file.methods,
            file.parameters,
            file.types,
            file.fields,
            file.variants,
        ];
        let mut lock = Self::default();
        for (kind, table) in NameKind::ALL.into_iter().zip(tables) {
            for (address, name) in table {
                let range = address.span();
                let span = Span {
                    start: range.start,
                    end: range.end,
                };
                lock.names
                    .insert((kind, address.into_inner()), (name, span));
            }
        }
        Ok(lock)
    }

    /// The text of the file; none where nothing is recorded.
    pub fn text(&self) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let mut text = HEAD.to_owned();
        for kind in NameKind::ALL {
            let of_kind = self.names.iter().filter(|((other, _), _)| *other == kind);
            let lines: Vec<String> = of_kind
                .map(|((_, address), (name, _))| {
                    format!("{} = {}\n", quoted(address), quoted(name))
                })
                .collect();
            if !lines.is_empty() {
                text.push_str(&format!("\n[{}]\n{}", kind.table(), lines.concat()));
            }
        }
        Some(text)
    }

    /// Whether nothing is recorded.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name that is recorded, which counts as used from now on.
    pub(super) fn get(&self, key: &Key) -> Option<&str> {
        let (name, _) = self.names.get(key)?;
        self.used.borrow_mut().insert(key.clone());
        Some(name)
    }

    /// Whether names are recorded for addresses of this kind that begin like this.
    pub(super) fn has_any(&self, kind: NameKind, begin: &str) -> bool {
        let mut from = self.names.range((kind, begin.to_owned())..);
        let first = from.next().map(|(key, _)| key);
        first.is_some_and(|(other, address)| *other == kind && address.starts_with(begin))
    }

    /// The addresses for which names are recorded.
    pub(super) fn keys(&self) -> BTreeSet<Key> {
        self.names.keys().cloned().collect()
    }

    /// Begins again to note which entries are used.
    pub(super) fn forget_uses(&mut self) {
        self.used.get_mut().clear();
    }

    pub(super) fn set(&mut self, key: Key, name: String) {
        self.names.insert(key, (name, Span::default()));
    }

    pub(super) fn remove(&mut self, key: &Key) {
        self.names.remove(key);
    }

    /// The entries that named nothing.
    pub(super) fn unused(&self) -> Vec<Key> {
        let used = self.used.borrow();
        let unused = self.names.keys().filter(|key| !used.contains(*key));
        unused.cloned().collect()
    }

    /// A fault of an entry that changes nothing.
    pub(super) fn stale(&self, (kind, address): &Key, why: &str) -> Fault {
        let place = Pointer::root().push(kind.table()).push(address);
        let message = format!("this entry changes nothing: {why}");
        let help = "`cargo xtask codegen --lock` removes it";
        let fault = Fault::new(Input::Lock, place, message, help).on_key();
        let span = self.names.get(&(*kind, address.clone()));
        fault
            .at(span.map(|(_, span)| *span).unwrap_or_default())
            .code(Code::Stale)
    }
}
