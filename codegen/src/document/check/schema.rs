//! The Schema Object, its discriminator and its XML, with hints for similar keys: JSON Schema as in OpenAPI 3.1.

use super::keys;
use super::root::EXTERNAL_DOCS;
use super::schema_rules::{enumeration, exclusive, kind_of_value, mapping, required, schema};
use super::table::{Kind, Object, may, must};

pub(crate) static SCHEMA: Object = Object::new(
    "a Schema Object",
    &[
        may("title", Kind::Text),
        may("description", Kind::Text),
        may("deprecated", Kind::Bool),
        may("type", Kind::Custom(kind_of_value)),
        may("format", Kind::Text),
        may("enum", Kind::Custom(enumeration)),
        may("nullable", Kind::Bool),
        may("readOnly", Kind::Bool),
        may("writeOnly", Kind::Bool),
        may("default", Kind::Any),
        may("multipleOf", Kind::Number),
        may("minimum", Kind::Number),
        may("exclusiveMinimum", Kind::Custom(exclusive)),
        may("maximum", Kind::Number),
        may("exclusiveMaximum", Kind::Custom(exclusive)),
        may("minLength", Kind::Count),
        may("maxLength", Kind::Count),
        may("pattern", Kind::Text),
        may("minItems", Kind::Count),
        may("maxItems", Kind::Count),
        may("uniqueItems", Kind::Bool),
        may("minProperties", Kind::Count),
        may("maxProperties", Kind::Count),
        may("required", Kind::Custom(required)),
        may("discriminator", Kind::Object(&DISCRIMINATOR)),
        may("allOf", Kind::List(&Kind::Ref(&SCHEMA))),
        may("oneOf", Kind::List(&Kind::Ref(&SCHEMA))),
        may("anyOf", Kind::List(&Kind::Ref(&SCHEMA))),
        may("not", Kind::Ref(&SCHEMA)),
        may("properties", Kind::Map(&keys::ANY, &Kind::Ref(&SCHEMA))),
        may("additionalProperties", Kind::BoolOr(&Kind::Ref(&SCHEMA))),
        may("items", Kind::Ref(&SCHEMA)),
        may("xml", Kind::Object(&XML)),
        may("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        may("example", Kind::Any),
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
.rule(schema);

pub(crate) static DISCRIMINATOR: Object = Object::new(
    "a Discriminator Object",
    &[
        must("propertyName", Kind::Text),
        may("mapping", Kind::Map(&keys::ANY, &Kind::Custom(mapping))),
    ],
);

static XML: Object = Object::new(
    "an XML Object",
    &[
        may("name", Kind::Text),
        may("namespace", Kind::Text),
        may("prefix", Kind::Text),
        may("attribute", Kind::Bool),
        may("wrapped", Kind::Bool),
    ],
);
