//! JSON for a type, made from the model; the same on every run.
//!
//! In: a type, and which of its properties to include in which form. Out: values. This module does not decode them.

use codegen::model::{Bounds, Enum, Field, IntegerWidth, Scalar, Struct, Ty, TypeKind, Union};
use codegen::pointer::Pointer;
use serde_json::{Map, Value, json};
use tests::document::model;

/// Which properties a value has, and in which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// All of them.
    Full,
    /// The required ones.
    Required,
    /// All of them; the optional ones are `null`.
    Nulls,
    /// All of them; lists, maps and timestamps are empty.
    Empty,
    /// All of them, and one that no document has.
    Extra,
    /// All of them; enums have values that no document has.
    Unheard,
}

impl Form {
    /// All forms.
    pub(crate) const ALL: [Self; 6] = [
        Self::Full,
        Self::Required,
        Self::Nulls,
        Self::Empty,
        Self::Extra,
        Self::Unheard,
    ];
}

/// Values of a type: one of a struct, one for each variant of a union, one for each value of an enum.
pub(crate) fn values(pointer: &Pointer, form: Form) -> Vec<Value> {
    match &model().api.types[pointer].kind {
        TypeKind::Struct(object) => vec![structure(object, form)],
        TypeKind::Enum(list) if form == Form::Unheard => vec![unknown(list)],
        TypeKind::Enum(list) => list
            .values
            .iter()
            .map(|value| scalar(&value.value))
            .collect(),
        TypeKind::Union(union) => variants(union, form),
    }
}

fn structure(object: &Struct, form: Form) -> Value {
    let mut found = Map::new();
    for field in &object.fields {
        match form {
            Form::Required if !field.required => continue,
            Form::Nulls if !field.required => found.insert(field.wire.clone(), Value::Null),
            _ => found.insert(field.wire.clone(), property(field, form)),
        };
    }
    for tag in &object.tags {
        found.insert(tag.wire.clone(), json!(tag.value));
    }
    if form == Form::Extra {
        found.insert("x_unknown_of".to_owned(), json!({"a": [1, null]}));
    }
    Value::Object(found)
}

fn property(field: &Field, form: Form) -> Value {
    match &field.fixed {
        Some(fixed) => json!(fixed),
        None => value(&field.ty, &field.bounds, form),
    }
}

fn variants(union: &Union, form: Form) -> Vec<Value> {
    let variants = union.variants.iter().map(|variant| {
        let mut found = value(&variant.ty, &Bounds::default(), form);
        if let (Some(name), Some(tag)) = (union.dispatch.tag(), variant.tags.first()) {
            found[name] = json!(tag);
        }
        found
    });
    variants.collect()
}

fn value(ty: &Ty, bounds: &Bounds, form: Form) -> Value {
    match ty {
        Ty::Bool => json!(true),
        Ty::Integer(width) => integer(*width, bounds),
        Ty::Float(_) => json!(0.1),
        Ty::Text | Ty::Binary | Ty::Secret => json!(text("a \"b\" \\ \u{e9}\n", bounds)),
        Ty::Id(_) => json!(text("f38b2ffc-80a4-4f5a-91c9-bc701e7ea419", bounds)),
        Ty::Timestamp if form == Form::Empty => json!(""),
        Ty::Timestamp => json!("2022-04-22T18:54:13.397413Z"),
        Ty::Named(pointer) | Ty::Boxed(pointer) => values(pointer, form).remove(0),
        Ty::List(_) if form == Form::Empty => json!([]),
        Ty::List(inner) => json!([value(inner, bounds, form), value(inner, bounds, form)]),
        Ty::Map(_) | Ty::Object if form == Form::Empty => json!({}),
        Ty::Map(inner) => json!({"a": value(inner, bounds, form), "": value(inner, bounds, form)}),
        Ty::Nullable(inner) => value(inner, bounds, form),
        Ty::File => unreachable!("a file is no JSON"),
        Ty::Object | Ty::Any => json!({"a": [null, 1, 1.5, {"b": null}], "": "c"}),
    }
}

/// A number that a float cannot represent, if the type and its bounds allow one.
fn integer(width: IntegerWidth, bounds: &Bounds) -> Value {
    let most: i64 = match width {
        IntegerWidth::I8 => i8::MAX.into(),
        IntegerWidth::I16 => i16::MAX.into(),
        IntegerWidth::I32 => i32::MAX.into(),
        IntegerWidth::U8 => u8::MAX.into(),
        IntegerWidth::U16 => u16::MAX.into(),
        IntegerWidth::U32 => u32::MAX.into(),
        IntegerWidth::I64 | IntegerWidth::U64 => 9_007_199_254_740_993,
    };
    let maximum = bounds
        .maximum
        .as_ref()
        .map(|maximum| maximum.parse().unwrap());
    json!(maximum.map_or(most, |maximum: f64| most.min(maximum as i64)))
}

/// The text, changed to a length within the bounds.
fn text(text: &str, bounds: &Bounds) -> String {
    let shortest = bounds.min_length.unwrap_or(0);
    let longest = bounds.max_length.unwrap_or(usize::MAX);
    let cycle = text.chars().cycle();
    cycle
        .take(text.chars().count().clamp(shortest, longest))
        .collect()
}

fn scalar(value: &Scalar) -> Value {
    match value {
        Scalar::Text(text) => json!(text),
        Scalar::Integer(number) => json!(number),
        Scalar::Bool(value) => json!(value),
        Scalar::Number(text) => serde_json::from_str(text).unwrap(),
    }
}

fn unknown(list: &Enum) -> Value {
    if list.is_integer() {
        json!(-77)
    } else {
        json!("never \"heard\" of")
    }
}
