//! The reasons for the Rust form of a schema.

use crate::model::{
    Dispatch, Enum, Field, FloatWidth, IntegerWidth, Operation, Struct, Ty, Union, Usage, Waiter,
};

pub(super) fn id() -> String {
    "[ids] in spec/sdk.toml lists it, or a path parameter has it: ids are newtypes over the text"
        .to_owned()
}

pub(super) fn structure(object: &Struct) -> String {
    format!(
        "it is an object with {} properties",
        object.fields.len() + object.tags.len()
    )
}

pub(super) fn enumeration(list: &Enum) -> String {
    format!(
        "it lists {} values, and stays open for others",
        list.values.len()
    )
}

/// Why a type is a further name of another one.
pub(super) fn same(path: &str) -> String {
    format!(
        "it is equal to `{path}`, and equal_inline in spec/sdk.toml says that the two are one type"
    )
}

pub(super) fn union(union: &Union) -> String {
    let how = match &union.dispatch {
        Dispatch::Tag(property) | Dispatch::Constant(property) => {
            format!("by the value of `{property}`")
        }
        Dispatch::Keys => "by the required keys, most of them first".to_owned(),
        Dispatch::JsonKind => "by the kind of JSON value".to_owned(),
    };
    format!(
        "it is one of {} shapes, told apart {how}",
        union.variants.len()
    )
}

pub(super) fn waiter(waiter: &Waiter) -> String {
    format!("[waiters.{}] in spec/sdk.toml asks for it", waiter.key)
}

pub(super) fn operation(operation: &Operation) -> Vec<String> {
    let repeated = match (operation.method.is_idempotent(), operation.repeatable) {
        (true, true) => format!("{} may be repeated", operation.method.as_str()),
        (false, false) => format!("{} must not be repeated", operation.method.as_str()),
        (_, true) => "[repeat] in spec/sdk.toml says that it may be repeated".to_owned(),
        (_, false) => "[repeat] in spec/sdk.toml says that it must not be repeated".to_owned(),
    };
    let mut reasons = vec![
        format!(
            "`{}` is {} {}",
            operation.id,
            operation.method.as_str(),
            operation.path.template
        ),
        repeated,
    ];
    if let Some(list) = &operation.list_inside {
        reasons.push(format!(
            "[lists] in spec/sdk.toml says that `{}` in its result is its list",
            list.key
        ));
    }
    if let Some(paging) = &operation.paging {
        reasons.push(format!("its pages are selected {}", paging.described()));
    }
    if operation.foreign_totals {
        reasons.push(
            "[foreign_totals] in spec/sdk.toml says that its totals do not count its list"
                .to_owned(),
        );
    }
    reasons
}

/// The reasons for a field's type, and for being optional.
pub(super) fn field(usage: Usage, field: &Field) -> Vec<String> {
    let mut reasons = ty(&field.ty);
    if let Some(fixed) = &field.fixed {
        reasons.push(format!(
            "[fixed] in spec/sdk.toml says that it is always `{fixed}`"
        ));
    }
    match (field.required, field.nullable) {
        (false, _) => reasons.push("it is not required".to_owned()),
        (true, true) => reasons.push("it is required and can be `null`".to_owned()),
        (true, false) => {}
    }
    if field.read_only && usage.request {
        reasons.push("it is `readOnly`, so that requests leave it out".to_owned());
    }
    if field.write_only && usage.response {
        reasons.push("it is `writeOnly`, so responses leave it out".to_owned());
    }
    if field.ip_address {
        reasons.push(
            "its format, or [ip_addresses] in spec/sdk.toml, says that it is an IP address; it stays a text"
                .to_owned(),
        );
    }
    for alias in &field.aliases {
        reasons.push(format!(
            "[aliases] in spec/sdk.toml says that `{alias}` is read as well"
        ));
    }
    reasons
}

/// Why a type has its Rust form.
pub(super) fn ty(ty: &Ty) -> Vec<String> {
    let reason = match ty {
        Ty::Bool => "it is `boolean`".to_owned(),
        Ty::Integer(IntegerWidth::I64) => "it is `integer`; bounds never choose a type".to_owned(),
        Ty::Integer(_) => "it is `integer`, and `format` names the width".to_owned(),
        Ty::Float(FloatWidth::F64) => {
            "it is `number`, and the overlay does not say `integer`".to_owned()
        }
        Ty::Float(FloatWidth::F32) => "it is `number` with format `float`".to_owned(),
        Ty::Text => "it is `string`".to_owned(),
        Ty::Secret => "[secret] in spec/sdk.toml lists it, or its format is `password`".to_owned(),
        Ty::Timestamp => "it is `string` with format `date-time`".to_owned(),
        Ty::Id(_) => id(),
        Ty::File => "it is `string` with format `binary` in a body of parts".to_owned(),
        Ty::Binary => "it is `string` with format `binary`".to_owned(),
        Ty::Named(pointer) => format!("it is the schema at {pointer}"),
        Ty::Boxed(pointer) => format!("it is the schema at {pointer}, which contains itself"),
        Ty::Nullable(inner) => {
            return [vec!["it can be `null`".to_owned()], self::ty(inner)].concat();
        }
        Ty::List(inner) => return [vec!["it is `array`".to_owned()], items(inner)].concat(),
        Ty::Map(inner) => {
            return [
                vec!["it has `additionalProperties` alone".to_owned()],
                items(inner),
            ]
            .concat();
        }
        Ty::Object => "it is an object without properties".to_owned(),
        Ty::Any => "it has no `type`".to_owned(),
    };
    vec![reason]
}

fn items(inner: &Ty) -> Vec<String> {
    ty(inner)
        .into_iter()
        .map(|reason| format!("of each member: {reason}"))
        .collect()
}
