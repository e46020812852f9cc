//! Free JSON is used only where the document describes nothing: in these places, and no others.
//!
//! In: the generated Rust as text, the model, the document. Out: nothing.

use std::collections::BTreeMap;

use codegen::model::{Fate, Ty, TypeKind};
use serde_json::Value;
use tests::document::{model, node, resolve};

use crate::{census, rust};

/// The places, and the properties that the document leaves open.
const FREE: [(&str, &str); 3] = [
    (
        "ErrorMeta.template_data",
        "/components/schemas/mcn_error_meta/properties/template_data",
    ),
    (
        "Resource.config",
        "/components/schemas/mcn_resource_details/properties/config",
    ),
    (
        "Resource.state",
        "/components/schemas/mcn_resource_details/properties/state",
    ),
];

#[test]
fn the_code_names_free_json_in_these_places_only() {
    let code = rust::read();
    let fields = code.structs.iter().flat_map(|(name, fields)| {
        let free = fields
            .iter()
            .filter(|field| field.ty == "Map<String,Value>");
        free.map(move |field| format!("{name}.{}", field.name))
    });
    assert_eq!(fields.collect::<Vec<_>>(), FREE.map(|(place, _)| place));

    // No other item names it, in a signature or a body.
    let mut items: BTreeMap<_, _> = BTreeMap::new();
    for (place, _) in FREE {
        let (item, _) = place.split_once('.').unwrap();
        *items.entry(item.to_owned()).or_insert(0) += 1;
    }
    assert_eq!(code.free, items);
}

#[test]
fn the_model_has_free_json_in_these_places_only() {
    let types = model().api.types.values();
    let fields = types.flat_map(|ty| match &ty.kind {
        TypeKind::Struct(object) => object.fields.as_slice(),
        TypeKind::Enum(_) | TypeKind::Union(_) => &[],
    });
    let free = fields.filter(|field| is_free(&field.ty));
    let mut found: Vec<_> = free.map(|field| field.pointer.to_string()).collect();
    found.sort();
    assert_eq!(found, FREE.map(|(_, pointer)| pointer));
}

fn is_free(ty: &Ty) -> bool {
    match ty {
        Ty::Object | Ty::Any => true,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => is_free(inner),
        _ => false,
    }
}

/// The document describes nothing there, and leaves nothing else open that the SDK emits.
#[test]
fn the_document_leaves_these_places_open() {
    let properties = census::nodes().remove("property").unwrap();
    let emitted = properties
        .into_iter()
        .filter(|pointer| model().api.ledger.fate(pointer) == Some(&Fate::Emitted));
    let open = emitted.map(|pointer| pointer.to_string());
    let mut found: Vec<_> = open.filter(|pointer| is_open(node(pointer))).collect();
    found.sort();
    assert_eq!(found, FREE.map(|(_, pointer)| pointer));
}

fn is_open(schema: &'static Value) -> bool {
    let schema = resolve(schema);
    let kind = schema["type"].as_str().unwrap_or("object");
    let described = ["properties", "allOf", "oneOf", "anyOf", "enum"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some());
    kind == "object" && !described && !schema["additionalProperties"].is_object()
}
