//! How the tables describe the objects of OpenAPI 3.0.
//!
//! A table lists the keys that an object may have and the kinds of their values; the traversal reads it. What a table
//! cannot express is in a [`CheckRule`] beside it.

use crate::report::ReadAs;

use super::walk::{NodeEntry, Walk};

/// One kind of object of the specification.
pub(crate) struct Object {
    /// Its name with its article, as messages use it.
    pub(super) name: &'static str,
    /// The keys that it may have.
    pub(super) fields: &'static [Field],
    /// Which other keys are allowed, and the kind of their values. Keys that start with `x-` are always allowed.
    pub(super) others: Option<(&'static Keys, &'static ValueKind)>,
    /// Wrong keys that people often write there, and what to write instead.
    pub(super) hints: &'static [(&'static str, &'static str)],
    /// Whether keys that it does not have can be ignored: they change no request and no response, but for what types allow.
    pub(super) loose: bool,
    /// Checks that the fields cannot express.
    pub(super) rule: Option<CheckRule>,
}

impl Object {
    /// An object with fields only.
    pub(super) const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            fields,
            others: None,
            hints: &[],
            loose: false,
            rule: None,
        }
    }

    pub(super) const fn loose(mut self) -> Self {
        self.loose = true;
        self
    }

    pub(super) const fn hints(mut self, hints: &'static [(&'static str, &'static str)]) -> Self {
        self.hints = hints;
        self
    }

    pub(super) const fn rule(mut self, rule: CheckRule) -> Self {
        self.rule = Some(rule);
        self
    }

    pub(super) const fn others(mut self, keys: &'static Keys, kind: &'static ValueKind) -> Self {
        self.others = Some((keys, kind));
        self
    }

    pub(super) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// A check of an object that is known to be a map; its fields have been checked already.
pub(super) type CheckRule = for<'d> fn(&mut Walk<'d>, NodeEntry<'d>);

/// A key of an object.
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) kind: ValueKind,
    pub(super) required: bool,
}

/// A required key.
pub(super) const fn must(key: &'static str, kind: ValueKind) -> Field {
    Field {
        key,
        kind,
        required: true,
    }
}

/// An optional key.
pub(super) const fn may(key: &'static str, kind: ValueKind) -> Field {
    Field {
        key,
        kind,
        required: false,
    }
}

/// The kind that a value must have.
#[derive(Clone, Copy)]
pub(super) enum ValueKind {
    /// Anything.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Bool,
    /// A number.
    Number,
    /// A non-negative integer.
    Count,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// An object of this kind.
    Object(&'static Object),
    /// An object of this kind or a reference to one.
    Ref(&'static Object),
    /// A list of these.
    List(&'static ValueKind),
    /// A map whose keys follow a rule.
    Map(&'static Keys, &'static ValueKind),
    /// A boolean or this.
    BoolOr(&'static ValueKind),
    /// Any value that the rule accepts.
    Custom(CheckRule),
}

/// The rule that the keys of a map follow.
pub(super) struct Keys {
    /// Why a key is not allowed, and what to write.
    pub(super) refuse: fn(&str) -> Option<(String, String)>,
    /// Whether keys that start with `x-` are extensions, which may hold anything.
    pub(super) extensions: bool,
    /// A check of the whole map.
    pub(super) rule: Option<CheckRule>,
    /// How a key that is not allowed can be read all the same.
    pub(super) read_as: Option<ReadAs>,
}

impl Keys {
    /// Whether `key` is a regular key of the map, not an extension.
    pub(super) fn is_regular(&self, key: &str) -> bool {
        !self.extensions || !key.starts_with("x-")
    }
}

/// The kind of the value at a pointer into the document.
pub(super) fn kind_at(root: &'static Object, tokens: &[String]) -> Option<ValueKind> {
    tokens
        .iter()
        .try_fold(ValueKind::Object(root), |kind, token| below(kind, token))
}

pub(super) fn below(kind: ValueKind, token: &str) -> Option<ValueKind> {
    match kind {
        ValueKind::Object(object) | ValueKind::Ref(object) => {
            match (object.field(token), object.others) {
                (Some(field), _) => Some(field.kind),
                (None, Some((keys, value))) => keys.is_regular(token).then_some(*value),
                (None, None) => None,
            }
        }
        ValueKind::List(member) => Some(*member),
        ValueKind::Map(keys, value) => keys.is_regular(token).then_some(*value),
        ValueKind::BoolOr(inner) => below(*inner, token),
        ValueKind::Any
        | ValueKind::Text
        | ValueKind::Bool
        | ValueKind::Number
        | ValueKind::Count
        | ValueKind::Choice(_)
        | ValueKind::Custom(_) => None,
    }
}
