//! A document as large as upstream's, made up: 3,200 operations, 6,500 schemas, some 16 MB.
//!
//! In comes nothing; out go the same content as YAML and as JSON. The same on every machine and run. One product of sixteen
//! operations is under `/accounts/{account_id}/pcaps`, in the middle of all others.

use serde_yaml::{Mapping, Value};

const PRODUCTS: usize = 200;
const OPERATIONS: usize = 16;
const SCHEMAS: usize = 6_500;

/// The document's tree.
pub(crate) fn document() -> Value {
    let paths = (0..PRODUCTS).flat_map(|product| {
        (0..OPERATIONS / 4).map(move |path| (template(product, path), path_item(product, path)))
    });
    let schemas = (0..SCHEMAS).map(|number| (schema_name(number), schema(number)));
    map([
        ("openapi", "3.0.3".into()),
        (
            "info",
            map([("title", "Synthetic".into()), ("version", "4.0.0".into())]),
        ),
        (
            "servers",
            Value::Sequence(vec![map([(
                "url",
                "https://api.example.com/client/v4".into(),
            )])]),
        ),
        (
            "security",
            Value::Sequence(vec![map([("api_token", Value::Sequence(Vec::new()))])]),
        ),
        ("paths", named(paths)),
        (
            "components",
            map([
                ("schemas", named(schemas)),
                (
                    "securitySchemes",
                    map([(
                        "api_token",
                        map([("type", "http".into()), ("scheme", "bearer".into())]),
                    )]),
                ),
            ]),
        ),
    ])
}

/// The document as YAML.
pub(crate) fn yaml(document: &Value) -> String {
    serde_yaml::to_string(document).unwrap_or_default()
}

/// The document as JSON.
pub(crate) fn json(document: &Value) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default()
}

/// `sdk.toml` that selects one product of the document.
pub(crate) const CONFIG: &str = "[import]\npaths = [\"/accounts/{account_id}/pcaps/**\"]\n";

fn template(product: usize, path: usize) -> String {
    let product = if product == PRODUCTS / 2 {
        "pcaps".to_owned()
    } else {
        format!("product-{product}")
    };
    match path {
        0 => format!("/accounts/{{account_id}}/{product}"),
        1 => format!("/accounts/{{account_id}}/{product}/{{item_id}}"),
        2 => format!("/accounts/{{account_id}}/{product}/{{item_id}}/rules"),
        _ => format!("/accounts/{{account_id}}/{product}/{{item_id}}/rules/{{rule_id}}"),
    }
}

fn path_item(product: usize, path: usize) -> Value {
    let methods = ["delete", "get", "patch", "put"];
    named(methods.iter().enumerate().map(|(index, method)| {
        let number = (product * OPERATIONS + path * 4 + index) * 2;
        ((*method).to_owned(), operation(product, number, path))
    }))
}

fn operation(product: usize, number: usize, path: usize) -> Value {
    let parameters = ["account_id", "item_id", "rule_id"]
        .iter()
        .take(path.clamp(1, 3))
        .map(|name| {
            map([
                ("name", (*name).into()),
                ("in", "path".into()),
                ("required", true.into()),
                ("schema", reference(number)),
            ])
        });
    let responses = ["200", "403", "4XX"]
        .iter()
        .enumerate()
        .map(|(index, status)| {
            let schema = map([
                ("schema", reference(number + index % 3)),
                ("example", example(number + index)),
            ]);
            let content = map([("application/json", schema)]);
            (
                (*status).to_owned(),
                map([
                    ("description", sentence(number + index).into()),
                    ("content", content),
                ]),
            )
        });
    map([
        (
            "tags",
            Value::Sequence(vec![format!("Product {product}").into()]),
        ),
        ("summary", sentence(number).into()),
        ("description", paragraph(number, 3).into()),
        ("operationId", format!("operation-{number}").into()),
        ("parameters", Value::Sequence(parameters.collect())),
        ("responses", named(responses)),
        (
            "security",
            Value::Sequence(vec![map([("api_token", Value::Sequence(Vec::new()))])]),
        ),
        (
            "x-api-token-group",
            Value::Sequence(vec![format!("Product {product} Write").into()]),
        ),
    ])
}

fn schema_name(number: usize) -> String {
    format!("product-{}_schema_{number}", number / (SCHEMAS / PRODUCTS))
}

/// Schemas refer to their neighbours, in circles of thirty.
fn schema(number: usize) -> Value {
    let neighbour = |step: usize| reference(number / 30 * 30 + (number + step) % 30);
    let properties = (0..6).map(|property| {
        let value = match property {
            0 => neighbour(1),
            1 => map([("type", "array".into()), ("items", neighbour(7))]),
            2 => map([
                ("type", "string".into()),
                (
                    "enum",
                    Value::Sequence(
                        (0..5)
                            .map(|value| format!("value_{value}").into())
                            .collect(),
                    ),
                ),
                ("description", sentence(number).into()),
            ]),
            3 => map([
                ("type", "integer".into()),
                ("minimum", 0.into()),
                ("maximum", 65535.into()),
                ("description", paragraph(number, 1).into()),
            ]),
            _ => map([
                ("type", "string".into()),
                ("example", sentence(number + property).into()),
                ("description", paragraph(number + property, 1).into()),
            ]),
        };
        (format!("property_{property}"), value)
    });
    map([
        ("description", sentence(number).into()),
        ("type", "object".into()),
        ("required", Value::Sequence(vec!["property_2".into()])),
        ("properties", named(properties)),
    ])
}

fn example(number: usize) -> Value {
    map([
        ("success", true.into()),
        ("errors", Value::Sequence(Vec::new())),
        (
            "result",
            map([
                ("id", format!("{:032x}", number * 7_919).into()),
                ("name", sentence(number).into()),
                ("count", number.into()),
            ]),
        ),
    ])
}

fn reference(number: usize) -> Value {
    map([(
        "$ref",
        format!("#/components/schemas/{}", schema_name(number % SCHEMAS)).into(),
    )])
}

/// A few words; every seventh time with one that is not ASCII.
fn sentence(number: usize) -> String {
    const WORDS: [&str; 7] = [
        "account",
        "resource",
        "naïve",
        "policy",
        "network",
        "identifier",
        "version",
    ];
    let word = |step: usize| {
        WORDS
            .get((number + step) % WORDS.len())
            .copied()
            .unwrap_or_default()
    };
    format!(
        "The {} of the {} that the {} number {number} holds: {}",
        word(0),
        word(3),
        word(5),
        word(1)
    )
}

fn paragraph(number: usize, sentences: usize) -> String {
    (0..sentences)
        .map(|step| sentence(number + step))
        .collect::<Vec<_>>()
        .join(".\n")
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    named(
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value)),
    )
}

fn named(entries: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Mapping(
        entries
            .map(|(key, value)| (Value::String(key), value))
            .collect::<Mapping>(),
    )
}
