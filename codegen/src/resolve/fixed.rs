//! Properties with one fixed value: they must occur in requests only, and the value must be one that the property can have.

use crate::config::Config;
use crate::model::{Api, Field, Scalar, Ty, Type, TypeKind};
use crate::report::{Fault, Input};

/// Marks the entries of `[fixed]` that apply, and reports what is wrong with the others.
pub(super) fn check(api: &Api, config: &Config) -> Vec<Fault> {
    let mut faults = Vec::new();
    for ty in api.types.values() {
        let TypeKind::Struct(object) = &ty.kind else {
            continue;
        };
        for field in object.fields.iter().filter(|field| field.fixed.is_some()) {
            if !ty.usage.request {
                // Left unmarked: an entry that changes nothing.
                continue;
            }
            if let Some(rule) = config.fixed.get(&field.pointer) {
                let wrong = wrong(api, ty, field, &rule.value);
                faults.extend(wrong.map(|(message, help)| {
                    Fault::new(Input::Config, rule.place.clone(), message, help)
                }));
            }
        }
    }
    faults
}

fn wrong(api: &Api, ty: &Type, field: &Field, value: &str) -> Option<(String, String)> {
    if ty.usage.response {
        let message =
            "a property that occurs in responses too cannot be fixed: the service decides its value"
                .to_owned();
        return Some((message, "remove the entry".to_owned()));
    }
    let kind = field
        .ty
        .named()
        .and_then(|pointer| api.types.get(pointer))
        .map(|ty| &ty.kind);
    match (kind, &field.ty) {
        (Some(TypeKind::Enum(list)), _) => {
            let texts: Vec<&str> = list
                .values
                .iter()
                .filter_map(|listed| match &listed.value {
                    Scalar::Text(text) => Some(text.as_str()),
                    Scalar::Integer(_) | Scalar::Number(_) | Scalar::Bool(_) => None,
                })
                .collect();
            let message = format!("`{value}` is not a value of `{}`", field.wire);
            (!texts.contains(&value))
                .then(|| (message, format!("it can be `{}`", texts.join("`, `"))))
        }
        (None, Ty::Text) => None,
        _ => {
            let message = format!("`{}` is not a string, so it cannot be fixed", field.wire);
            Some((message, "remove the entry".to_owned()))
        }
    }
}
