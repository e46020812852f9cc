//! The Schema Object, its discriminator and its XML, with hints for similar keys: JSON Schema as in OpenAPI 3.1.

use super::keys;
use super::root::EXTERNAL_DOCS;
use super::schema_rules::{enumeration, exclusive, kind_of_value, mapping, required, schema};
use super::table::{Object, ValueKind, may, must};

pub(crate) static SCHEMA: Object = Object::new(
    "a Schema Object",
    &[
        may("title", ValueKind::Text),
        may("description", ValueKind::Text),
        may("deprecated", ValueKind::Bool),
        may("type", ValueKind::Custom(kind_of_value)),
        may("format", ValueKind::Text),
        may("enum", ValueKind::Custom(enumeration)),
        may("nullable", ValueKind::Bool),
        may("readOnly", ValueKind::Bool),
        may("writeOnly", ValueKind::Bool),
        may("default", ValueKind::Any),
        may("multipleOf", ValueKind::Number),
        may("minimum", ValueKind::Number),
        may("exclusiveMinimum", ValueKind::Custom(exclusive)),
        may("maximum", ValueKind::Number),
        may("exclusiveMaximum", ValueKind::Custom(exclusive)),
        may("minLength", ValueKind::Count),
        may("maxLength", ValueKind::Count),
        may("pattern", ValueKind::Text),
        may("minItems", ValueKind::Count),
        may("maxItems", ValueKind::Count),
        may("uniqueItems", ValueKind::Bool),
        may("minProperties", ValueKind::Count),
        may("maxProperties", ValueKind::Count),
        may("required", ValueKind::Custom(required)),
        may("discriminator", ValueKind::Object(&DISCRIMINATOR)),
        may("allOf", ValueKind::List(&ValueKind::Ref(&SCHEMA))),
        may("oneOf", ValueKind::List(&ValueKind::Ref(&SCHEMA))),
        may("anyOf", ValueKind::List(&ValueKind::Ref(&SCHEMA))),
        may("not", ValueKind::Ref(&SCHEMA)),
        may(
            "properties",
            ValueKind::Map(&keys::ANY, &ValueKind::Ref(&SCHEMA)),
        ),
        may(
            "additionalProperties",
            ValueKind::BoolOr(&ValueKind::Ref(&SCHEMA)),
        ),
        may("items", ValueKind::Ref(&SCHEMA)),
        may("xml", ValueKind::Object(&XML)),
        may("externalDocs", ValueKind::Object(&EXTERNAL_DOCS)),
        may("example", ValueKind::Any),
    ],
)
.hints(&[
    (
        "const",
        "OpenAPI 3.1 has it, 3.0 does not: write `enum: [value]`",
    ),
    (
        "examples",
        "OpenAPI 3.1 has it, 3.0 does not: write `example:` with one value",
    ),
    (
        "$defs",
        "OpenAPI 3.1 has it, 3.0 does not: move the schemas to `components/schemas`",
    ),
    ("definitions", "move the schemas to `components/schemas`"),
    (
        "if",
        "OpenAPI 3.1 has it, 3.0 does not: write `oneOf` with the two cases",
    ),
    (
        "then",
        "OpenAPI 3.1 has it, 3.0 does not: write `oneOf` with the two cases",
    ),
    (
        "else",
        "OpenAPI 3.1 has it, 3.0 does not: write `oneOf` with the two cases",
    ),
    (
        "prefixItems",
        "OpenAPI 3.1 has it, 3.0 does not: write `items` with one schema for all members",
    ),
    (
        "additionalItems",
        "OpenAPI 3.0 does not have it: write `items` with one schema for all members",
    ),
    (
        "contains",
        "OpenAPI 3.1 has it, 3.0 does not: write it in `description`",
    ),
    (
        "minContains",
        "OpenAPI 3.1 has it, 3.0 does not: write it in `description`",
    ),
    (
        "maxContains",
        "OpenAPI 3.1 has it, 3.0 does not: write it in `description`",
    ),
    (
        "patternProperties",
        "OpenAPI 3.1 has it, 3.0 does not: write `additionalProperties`",
    ),
    (
        "propertyNames",
        "OpenAPI 3.1 has it, 3.0 does not: write it in `description`",
    ),
    (
        "unevaluatedProperties",
        "OpenAPI 3.1 has it, 3.0 does not: write `additionalProperties`",
    ),
    (
        "unevaluatedItems",
        "OpenAPI 3.1 has it, 3.0 does not: write `items`",
    ),
    (
        "dependencies",
        "OpenAPI 3.0 does not have it: write it in `description`",
    ),
    (
        "dependentRequired",
        "OpenAPI 3.1 has it, 3.0 does not: write it in `description`",
    ),
    (
        "dependentSchemas",
        "OpenAPI 3.1 has it, 3.0 does not: write it in `description`",
    ),
    (
        "contentMediaType",
        "OpenAPI 3.1 has it, 3.0 does not: write `format: binary`",
    ),
    (
        "contentEncoding",
        "OpenAPI 3.1 has it, 3.0 does not: write `format: byte`",
    ),
    ("$schema", "OpenAPI 3.1 has it, 3.0 does not: remove it"),
    (
        "$id",
        "OpenAPI 3.1 has it, 3.0 does not: remove it, and point with `#/components/schemas/…`",
    ),
    (
        "id",
        "JSON Schema's `id` is not part of OpenAPI 3.0: remove it, or move it under `properties`",
    ),
    (
        "$anchor",
        "OpenAPI 3.1 has it, 3.0 does not: remove it, and point with `#/components/schemas/…`",
    ),
    (
        "$comment",
        "OpenAPI 3.1 has it, 3.0 does not: write a YAML comment",
    ),
])
.rule(schema)
.loose();

pub(crate) static DISCRIMINATOR: Object = Object::new(
    "a Discriminator Object",
    &[
        must("propertyName", ValueKind::Text),
        may(
            "mapping",
            ValueKind::Map(&keys::ANY, &ValueKind::Custom(mapping)),
        ),
    ],
)
.loose();

static XML: Object = Object::new(
    "an XML Object",
    &[
        may("name", ValueKind::Text),
        may("namespace", ValueKind::Text),
        may("prefix", ValueKind::Text),
        may("attribute", ValueKind::Bool),
        may("wrapped", ValueKind::Bool),
    ],
)
.loose();
