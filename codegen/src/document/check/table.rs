//! How the tables describe the objects of OpenAPI 3.0.
//!
//! A table lists the keys that an object may have and the kinds of their values; the traversal reads it. What a table
//! cannot express is in a [`Rule`] beside it.

use super::walk::{Place, Walk};

/// One kind of object of the specification.
pub(crate) struct Object {
    /// Its name with its article, as messages use it.
    pub(super) name: &'static str,
    /// The keys that it may have.
    pub(super) fields: &'static [Field],
    /// Which other keys are allowed, and the kind of their values. Keys that start with `x-` are always allowed.
    pub(super) others: Option<(&'static Keys, &'static Kind)>,
    /// Wrong keys that people often write there, and what to write instead.
    pub(super) hints: &'static [(&'static str, &'static str)],
    /// Checks that the fields cannot express.
    pub(super) rule: Option<Rule>,
}

impl Object {
    /// An object with fields only.
    pub(super) const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            fields,
            others: None,
            hints: &[],
            rule: None,
        }
    }

    pub(super) const fn hints(mut self, hints: &'static [(&'static str, &'static str)]) -> Self {
        self.hints = hints;
        self
    }

    pub(super) const fn rule(mut self, rule: Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    pub(super) const fn others(mut self, keys: &'static Keys, kind: &'static Kind) -> Self {
        self.others = Some((keys, kind));
        self
    }

    pub(super) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// A check of an object that is known to be a map; its fields have been checked already.
pub(super) type Rule = for<'d> fn(&mut Walk<'d>, Place<'d>);

/// A key of an object.
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// A required key.
pub(super) const fn must(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: true,
    }
}

/// An optional key.
pub(super) const fn may(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: false,
    }
}

/// The kind that a value must have.
#[derive(Clone, Copy)]
pub(super) enum Kind {
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
    List(&'static Kind),
    /// A map whose keys follow a rule.
    Map(&'static Keys, &'static Kind),
    /// A boolean or this.
    BoolOr(&'static Kind),
    /// Any value that the rule accepts.
    Custom(Rule),
}

/// The rule that the keys of a map follow.
pub(super) struct Keys {
    /// Why a key is not allowed, and what to write.
    pub(super) refuse: fn(&str) -> Option<(String, String)>,
    /// Whether keys that start with `x-` are extensions, which may hold anything.
    pub(super) extensions: bool,
    /// A check of the whole map.
    pub(super) rule: Option<Rule>,
}

impl Keys {
    /// Whether `key` is a regular key of the map, not an extension.
    pub(super) fn is_regular(&self, key: &str) -> bool {
        !self.extensions || !key.starts_with("x-")
    }
}

/// The kind of the value at a pointer into the document.
pub(super) fn kind_at(root: &'static Object, tokens: &[String]) -> Option<Kind> {
    tokens
        .iter()
        .try_fold(Kind::Object(root), |kind, token| below(kind, token))
}

pub(super) fn below(kind: Kind, token: &str) -> Option<Kind> {
    match kind {
        Kind::Object(object) | Kind::Ref(object) => match (object.field(token), object.others) {
            (Some(field), _) => Some(field.kind),
            (None, Some((keys, value))) => keys.is_regular(token).then_some(*value),
            (None, None) => None,
        },
        Kind::List(member) => Some(*member),
        Kind::Map(keys, value) => keys.is_regular(token).then_some(*value),
        Kind::BoolOr(inner) => below(*inner, token),
        Kind::Any
        | Kind::Text
        | Kind::Bool
        | Kind::Number
        | Kind::Count
        | Kind::Choice(_)
        | Kind::Custom(_) => None,
    }
}
