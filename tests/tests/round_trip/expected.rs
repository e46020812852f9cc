//! The JSON that a type must write for a value that it has read.
//!
//! In: a type of the model and a value. Out: the value without what the SDK drops on purpose: keys that the document does not
//! have, `null` and empty timestamps of optional properties, empty collections in responses.

use codegen::model::{Dispatch, Field, Struct, Ty, Type, TypeKind, Union};
use codegen::pointer::Pointer;
use serde_json::{Map, Value, json};
use tests::document::model;

/// The value without what the type drops.
pub(crate) fn of(pointer: &Pointer, value: &Value) -> Value {
    let ty = &model().api.types[pointer];
    match &ty.kind {
        TypeKind::Struct(object) => structure(ty, object, value),
        TypeKind::Union(union) => {
            chosen(union, value).map_or_else(|| value.clone(), |ty| part(ty, value))
        }
        TypeKind::Enum(_) => value.clone(),
    }
}

fn structure(ty: &Type, object: &Struct, value: &Value) -> Value {
    let mut kept = Map::new();
    for field in &object.fields {
        let misspelt = field
            .aliases
            .iter()
            .filter(|_| ty.usage.response)
            .find_map(|alias| value.get(alias));
        if let Some(inner) = property(ty, field, value.get(&field.wire).or(misspelt)) {
            kept.insert(field.wire.clone(), inner);
        }
    }
    for tag in &object.tags {
        kept.insert(tag.wire.clone(), json!(tag.value));
    }
    Value::Object(kept)
}

fn property(ty: &Type, field: &Field, value: Option<&Value>) -> Option<Value> {
    let value = value.unwrap_or(&Value::Null);
    let empty = match field.ty {
        Ty::List(_) => json!([]),
        Ty::Map(_) | Ty::Object => json!({}),
        Ty::Timestamp => json!(""),
        _ => Value::Null,
    };
    let collection = matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Object);
    if field.required {
        return Some(if value.is_null() {
            empty
        } else {
            part(&field.ty, value)
        });
    }
    let only_responses = !ty.usage.request;
    let clears = field.nullable && ty.usage.request;
    let dropped = match value {
        Value::Null => !clears,
        value if *value == empty => !collection || only_responses,
        _ => false,
    };
    (!dropped).then(|| part(&field.ty, value))
}

fn part(ty: &Ty, value: &Value) -> Value {
    match (ty, value) {
        (_, Value::Null) => Value::Null,
        (Ty::Named(pointer) | Ty::Boxed(pointer), value) => of(pointer, value),
        (Ty::Nullable(inner), value) => part(inner, value),
        (Ty::List(inner), Value::Array(items)) => {
            items.iter().map(|item| part(inner, item)).collect()
        }
        (Ty::Map(inner), Value::Object(object)) => object
            .iter()
            .map(|(key, value)| (key.clone(), part(inner, value)))
            .collect(),
        (_, value) => value.clone(),
    }
}

/// The variant of a value: by its tag, or the one of which it has the most required keys.
fn chosen<'a>(union: &'a Union, value: &Value) -> Option<&'a Ty> {
    let mut fitting: Vec<_> = union
        .variants
        .iter()
        .filter(|variant| match &union.dispatch {
            Dispatch::Tag(name) | Dispatch::Constant(name) => value[name]
                .as_str()
                .is_some_and(|tag| variant.tags.iter().any(|known| known == tag)),
            Dispatch::Keys => variant.keys.iter().all(|key| value.get(key).is_some()),
            Dispatch::JsonKind => {
                panic!("no union of the document is distinguished by the kind of JSON")
            }
        })
        .collect();
    fitting.sort_by_key(|variant| variant.keys.len());
    fitting.last().map(|variant| &variant.ty)
}
