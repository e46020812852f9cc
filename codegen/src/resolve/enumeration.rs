//! Enums: the values that a schema lists.

use serde_json::Value;

use crate::model::{Enum, EnumValue, Fold, Scalar, Ty, TypeKind};
use crate::pointer::Pointer;
use crate::report::ReadAs;

use super::facets::{Facets, Primitive};
use super::resolved::Resolved;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// A schema with `enum`.
    pub(super) fn enumeration(
        &mut self,
        pointer: &Pointer,
        mut facets: Facets,
    ) -> Option<Resolved> {
        let alone = Facets {
            primitive: facets.primitive,
            values: facets.values.take(),
            ..Facets::default()
        };
        let (values, with_null) = self.enum_values(pointer, alone)?;
        facets.nullable |= with_null;
        self.enum_of(pointer, facets, values)
    }

    /// The values that the `enum` of the schema at `pointer` lists, and whether `null` is among them.
    pub(super) fn enum_values(
        &mut self,
        pointer: &Pointer,
        mut facets: Facets,
    ) -> Option<(Vec<EnumValue>, bool)> {
        let listed = facets.values.take().unwrap_or_default();
        let place = pointer.push("enum");
        let mut values = Vec::new();
        let mut unfit = false;
        // Where none is a text, it may be `type` that is wrong.
        let is_text = listed.iter().any(Value::is_string);
        for (index, mut value) in listed.into_iter().enumerate() {
            let pointer = place.push_index(index);
            if value.is_null() && self.is_null_by_chance(&pointer) {
                unfit = true;
                continue;
            }
            if !fits(facets.primitive, &value) {
                let kind = if facets.primitive == Some(Primitive::String) {
                    "string"
                } else {
                    "value"
                };
                let written = self.document.written(&pointer).map(str::to_owned);
                let written = written.unwrap_or_else(|| value.to_string());
                let help = match facets.primitive {
                    Some(Primitive::String) => format!("put quotes around it: `\"{written}\"`"),
                    _ => "correct the value or `type` in spec/overlay.yaml".to_owned(),
                };
                let message = format!("`{written}` is not a {kind}, as `type` requires");
                self.fault(&pointer, message, help);
                match (facets.primitive, &value) {
                    // In YAML a word such as `off` is no text without quotes.
                    (Some(Primitive::String), Value::Bool(_) | Value::Number(_)) if is_text => {
                        self.read_as(ReadAs::Text);
                        value = Value::String(written);
                    }
                    _ => {
                        unfit = true;
                        continue;
                    }
                }
            }
            let value = match value {
                Value::Null => {
                    facets.nullable = true;
                    self.ledger.folded(&pointer, Fold::Constant);
                    continue;
                }
                Value::String(text) => Scalar::Text(text),
                Value::Bool(value) => Scalar::Bool(value),
                Value::Number(number) => match number.as_i64() {
                    Some(integer) if facets.primitive != Some(Primitive::Number) => {
                        Scalar::Integer(integer)
                    }
                    _ => Scalar::number(&number),
                },
                Value::Array(_) | Value::Object(_) => {
                    self.fault(
                        &pointer,
                        "a value of an enum that is a list or an object",
                        "remove it in spec/overlay.yaml, or skip what uses it under [skip] in spec/sdk.toml",
                    );
                    return None;
                }
            };
            // One that is listed twice is a fault already.
            if values.iter().any(|known: &EnumValue| known.value == value) {
                self.ledger.folded(&pointer, Fold::Constant);
                continue;
            }
            values.push(EnumValue { pointer, value });
        }
        (!unfit).then_some((values, facets.nullable))
    }

    /// The enum with these values. Where they are booleans, or none but `null`, it is no type of its own.
    pub(super) fn enum_of(
        &mut self,
        pointer: &Pointer,
        facets: Facets,
        values: Vec<EnumValue>,
    ) -> Option<Resolved> {
        if values
            .iter()
            .all(|value| matches!(value.value, Scalar::Bool(_)))
        {
            return self.constant(&values, facets, pointer);
        }
        self.define(pointer, &facets, TypeKind::Enum(Enum { values }))
    }

    /// Among the values of an enum, `Null` is a text that lacks its quotes rather than the `null` of YAML.
    fn is_null_by_chance(&mut self, pointer: &Pointer) -> bool {
        let written = self.document.written(pointer);
        let Some(written @ ("Null" | "NULL")) = written else {
            return false;
        };
        self.fault(
            pointer,
            format!("`{written}` is read as `null`, not as a string"),
            format!("put quotes around it: `\"{written}\"`; or write `null`"),
        );
        true
    }

    /// `enum: [true]` is a boolean, `enum: [null]` an object or another type, as `type` says.
    fn constant(
        &mut self,
        values: &[EnumValue],
        facets: Facets,
        pointer: &Pointer,
    ) -> Option<Resolved> {
        for value in values {
            self.ledger.folded(&value.pointer, Fold::Constant);
        }
        if values.is_empty() {
            return self.inline(pointer, facets);
        }
        Some(Resolved::new(Ty::Bool, &facets))
    }
}

/// Whether a value of an enum has the type that the schema states.
fn fits(primitive: Option<Primitive>, value: &Value) -> bool {
    match (primitive, value) {
        (_, Value::Null) | (None, _) => true,
        (Some(Primitive::String), value) => value.is_string(),
        (Some(Primitive::Boolean), value) => value.is_boolean(),
        (Some(Primitive::Integer | Primitive::Number), value) => value.is_number(),
        (Some(Primitive::Object | Primitive::Array), _) => true,
    }
}
