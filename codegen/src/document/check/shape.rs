//! The kind of a node by its position: the tables, for modules that traverse a document without checking it.

use crate::pointer::Pointer;

use super::root::OPENAPI;
use super::table::{Object, ValueKind, below, kind_at};

/// The kind of value that the specification has at a position.
#[derive(Clone, Copy)]
pub(crate) struct Shape(Option<ValueKind>);

impl Shape {
    /// The shape of the node at `pointer` in a document.
    pub(crate) fn at(pointer: &Pointer) -> Self {
        Self(kind_at(&OPENAPI, &pointer.tokens()))
    }

    /// The shape of the value of a key or of a list member.
    pub(crate) fn below(self, token: &str) -> Self {
        Self(self.0.and_then(|kind| below(kind, token)))
    }

    /// Whether the node is an object of this kind.
    pub(crate) fn is(self, object: &'static Object) -> bool {
        self.object().is_some_and(|mine| mine.name == object.name)
    }

    /// Whether the node is one of the specification's objects: its keys are words of the specification.
    pub(crate) fn is_object(self) -> bool {
        self.object().is_some()
    }

    /// Whether the keys of the node are names, whose meaning only the document defines.
    pub(crate) fn is_names(self) -> bool {
        matches!(self.0, Some(ValueKind::Map(..)))
    }

    /// Whether the node is a list of the specification's objects.
    pub(crate) fn is_list(self) -> bool {
        matches!(self.0, Some(ValueKind::List(_)))
    }

    /// Whether a key is none of the specification's but an extension.
    pub(crate) fn is_extension(self, key: &str) -> bool {
        match self.0 {
            Some(ValueKind::Map(keys, _)) => !keys.is_regular(key),
            _ => self.is_object() && key.starts_with("x-"),
        }
    }

    /// The position of a key of the specification among those of its object; `None` for any other key.
    pub(crate) fn rank(self, key: &str) -> Option<usize> {
        let fields = self.object()?.fields;
        fields.iter().position(|field| field.key == key)
    }

    fn object(self) -> Option<&'static Object> {
        let kind = match self.0? {
            ValueKind::BoolOr(kind) => *kind,
            kind => kind,
        };
        match kind {
            ValueKind::Object(object) | ValueKind::Ref(object) => Some(object),
            _ => None,
        }
    }
}
