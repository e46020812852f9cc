//! Schemas: what is refused, and unusual forms that must be accepted because real documents have them.

use super::{accept_schema, document, refuse, refuse_schema};

#[test]
fn schemas() {
    refuse_schema(
        "type: strin<-",
        &[
            "`type` cannot be `strin`",
            "did you mean `string`?",
            "`integer`",
        ],
    );
    refuse_schema(
        "type: [string, 'null']<-",
        &[
            "list of types",
            "write `type: string` with `nullable: true`",
        ],
    );
    refuse_schema(
        "type: [string, integer]<-",
        &["list of types", "write `oneOf`"],
    );
    refuse_schema("type: 'null'<-", &["the type `null`", "`nullable: true`"]);
    refuse_schema("type: 3<-", &["`type` must be one of"]);
    refuse_schema("typ: string<-", &["no key `typ`", "did you mean `type`?"]);
    refuse_schema("const: 1<-", &["`const`", "write `enum: [value]`"]);
    refuse_schema("examples: [1]<-", &["`examples`", "write `example:`"]);
    refuse_schema("$defs: {}<-", &["`$defs`", "`components/schemas`"]);
    refuse_schema("if: {}<-", &["`if`", "`oneOf`"]);
    refuse_schema("then: {}<-", &["`then`", "`oneOf`"]);
    refuse_schema(
        "exclusiveMinimum: 5<-",
        &[
            "a number as `exclusiveMinimum`",
            "write `minimum: 5` and `exclusiveMinimum: true`",
        ],
    );
    refuse_schema("exclusiveMaximum: 5<-", &["write `maximum: 5`"]);
    refuse_schema(
        "exclusiveMaximum: x<-",
        &["`exclusiveMaximum` must be `true` or `false`"],
    );
    refuse_schema(
        "minLength: 1.5<-",
        &["`minLength` must be a non-negative integer, and is `1.5`"],
    );
    refuse_schema("minLength: -1<-", &["must be a non-negative integer"]);
    refuse_schema("minLength: '1'<-", &["write `1` without quotes"]);
    refuse_schema(
        "minimum: 5<-\nmaximum: 1",
        &["`minimum` is 5, more than `maximum`, which is 1"],
    );
    refuse_schema("minLength: 5<-\nmaxLength: 1", &["`minLength` is 5"]);
    refuse_schema("minItems: 5<-\nmaxItems: 1", &["`minItems` is 5"]);
    refuse_schema(
        "minProperties: 5<-\nmaxProperties: 1",
        &["`minProperties` is 5"],
    );
    refuse_schema("enum: a<-", &["`enum` must be a list of values"]);
    refuse_schema("enum: []<-", &["`enum` needs at least one value"]);
    refuse_schema("enum:\n- a\n- b\n- a<-", &["`\"a\"` is in `enum` twice"]);
    refuse_schema("required:\n- a\n- a<-", &["`a` is in `required` twice"]);
    refuse_schema(
        "required: [1]<-",
        &["a member of `required` must be a string", "`\"1\"`"],
    );
    refuse_schema(
        "properties:\n  a:\n    required: true<-",
        &[
            "must be a list of property names",
            "add its name to the list `required` of the object",
        ],
    );
    refuse_schema(
        "nullable: 'true'<-",
        &[
            "`nullable` must be `true` or `false`",
            "write `true` without quotes",
        ],
    );
    refuse_schema(
        "properties: [a]<-",
        &["`properties` must be an object, and is a list"],
    );
    refuse_schema(
        "properties:\n  a: string<-",
        &["`a` must be a Schema Object or a `$ref`, and is the string `\"string\"`"],
    );
    refuse_schema(
        "items: [{}]<-\ntype: array",
        &["`items` must be a Schema Object"],
    );
    refuse_schema(
        "additionalProperties: 1<-",
        &["`additionalProperties` must be `true`, `false`, or a Schema Object"],
    );
    refuse_schema("allOf: []<-", &["`allOf` needs at least one schema"]);
    refuse_schema("oneOf: {}<-", &["`oneOf` must be a list"]);
    refuse(
        &document("", "schemas:\n  s:<-\n    type: array"),
        &["an array needs `items`"],
    );
    refuse(
        &document(
            "",
            "schemas:\n  s:<-\n    readOnly: true\n    writeOnly: true",
        ),
        &["`readOnly` and `writeOnly` at once"],
    );
    refuse_schema(
        "oneOf: [{}]\ndiscriminator: kind<-",
        &["must be a Discriminator Object"],
    );
    refuse_schema(
        "oneOf: [{}]\ndiscriminator: {propertyName: k, mapping: {a: t}}<-",
        &["`t` is not a schema of the document"],
    );
    refuse_schema(
        "oneOf: [{}]\ndiscriminator: {propertyName: k, mapping: {a: '#/components/schemas/S'}}<-",
        &[
            "is not a schema of the document",
            "did you mean `#/components/schemas/s`?",
        ],
    );
}

#[test]
fn schemas_as_they_occur() {
    accept_schema("type: object\nallOf: [{type: object}]");
    accept_schema(
        "type: object\noneOf: [{$ref: '#/components/schemas/s'}]\ndiscriminator: {propertyName: a, mapping: {x: s}}",
    );
    accept_schema("type: object\nenum: [null]\nnullable: true");
    accept_schema("enum: [1, '1', 1.5, true, null]");
    accept_schema("type: array\nitems: {}\nminLength: 1");
    accept_schema("type: string\nminimum: 1\nx-foo: 1\nrequired: []");
    accept_schema(
        "properties:\n  $ref: {type: string}\n  x-y: {type: string}\n  s: {$ref: '#/components/schemas/s'}",
    );
    accept_schema(
        "additionalProperties: {$ref: '#/components/schemas/s'}\nexample: {$ref: nowhere}\ndefault: null",
    );
    accept_schema("items: {$ref: '#/components/schemas/s', description: d, x-z: 1}\ntype: array");
    accept_schema(
        "items: {$ref: '#/components/schemas/s/additionalProperties'}\nadditionalProperties: {type: string}",
    );
}
