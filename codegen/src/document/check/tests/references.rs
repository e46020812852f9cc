//! References: valid and invalid targets, and cycles.

use super::{accept, document, refuse, refuse_schema};

#[test]
fn references() {
    refuse_schema(
        "items: {$ref: '#/components/schemas/S2'}<-",
        &[
            "`#/components/schemas/S2` leads to nothing",
            "did you mean `#/components/schemas/s`?",
        ],
    );
    refuse_schema(
        "items: {$ref: '#/components/zzz/s'}<-",
        &["leads to nothing", "add `zzz` under `#/components`"],
    );
    refuse_schema(
        "items: {$ref: other.yaml#/a}<-",
        &["leads out of the document", "copy what it points to"],
    );
    refuse_schema("items: {$ref: '#components'}<-", &["is not a pointer"]);
    refuse_schema("items: {$ref: 3}<-", &["`$ref` must be a string"]);
    refuse_schema(
        "items: {$ref: '#/components/parameters/p'}<-\n",
        &["leads to nothing"],
    );
    refuse_schema(
        "items: {$ref: '#/info'}<-\n",
        &["should lead to a Schema Object, and leads to an Info Object"],
    );
    refuse_schema(
        "items: {$ref: '#/info/title'}<-\n",
        &["leads to none of the specification's objects"],
    );
    refuse_schema(
        "example: {a: 1}\nitems: {$ref: '#/components/schemas/s/example'}<-\n",
        &["none of the specification's objects"],
    );
    refuse_schema(
        "items:\n  $ref: '#/components/schemas/s'\n  nullable: true<-",
        &[
            "`nullable` is beside `$ref`, where OpenAPI 3.0 ignores it",
            "allOf",
        ],
    );
    let parameters = "parameters:\n  p: {name: p, in: query, schema: {}}\nschemas:\n  s:\n    items: {$ref: '#/components/parameters/p'}<-";
    refuse(
        &document("", parameters),
        &["should lead to a Schema Object, and leads to a Parameter Object"],
    );
}

#[test]
fn cycles() {
    let cycle =
        "schemas:\n  a: {$ref: '#/components/schemas/b'}<-\n  b: {$ref: '#/components/schemas/a'}";
    refuse(
        &document("", cycle),
        &["leads back to itself: `a` → `b` → `a`"],
    );
    refuse(
        &document("", "schemas:\n  a: {$ref: '#/components/schemas/a'}<-"),
        &["`a` → `a`"],
    );
    let own = "schemas:\n  a:\n    allOf:\n    - {$ref: '#/components/schemas/a'}<-";
    refuse(
        &document("", own),
        &["a member of its own `allOf`: `a` → `a`"],
    );
    let far = "schemas:\n  a:\n    allOf:\n    - {$ref: '#/components/schemas/b'}<-\n  b:\n    allOf:\n    - {allOf: [{$ref: '#/components/schemas/a'}]}";
    refuse(&document("", far), &["`a` → `b` → `a`"]);
    let held = "schemas:\n  a:\n    allOf:\n    - properties:\n        a: {$ref: '#/components/schemas/a'}\n  b: {$ref: '#/components/schemas/a'}\n  c: {oneOf: [{$ref: '#/components/schemas/c'}]}";
    accept(&document("", held));
}
