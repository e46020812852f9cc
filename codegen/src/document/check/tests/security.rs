//! Security schemes, links, callbacks, bodies and examples.

use super::{OK, accept, document, nested, refuse};

#[test]
fn security() {
    let schemes = |scheme: &str| document("", &format!("securitySchemes:\n  k: {scheme}"));
    accept(&schemes("{type: apiKey, in: header, name: X-Key}"));
    accept(&schemes(
        "{type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {}}}}",
    ));
    refuse(
        &schemes("{type: apikey, in: header, name: X}<-"),
        &["`type` cannot be `apikey`", "did you mean `apiKey`?"],
    );
    refuse(
        &schemes("{type: apiKey, name: X}<-"),
        &["type `apiKey` needs `in`"],
    );
    refuse(&schemes("{type: http}<-"), &["needs `scheme`"]);
    refuse(&schemes("{type: oauth2}<-"), &["needs `flows`"]);
    refuse(
        &schemes("{type: oauth2, flows: {accessCode: {}}}<-"),
        &["`authorizationCode`"],
    );
    refuse(
        &schemes("{type: oauth2, flows: {password: {scopes: {}}}}<-"),
        &["`tokenUrl` is missing"],
    );
    refuse(
        &schemes("{type: openIdConnect}<-"),
        &["needs `openIdConnectUrl`"],
    );
    let named = format!(
        "{}security: [{{kk: []}}]<-\n",
        schemes("{type: http, scheme: bearer}")
    );
    refuse(&named, &["no security scheme is called `kk`"]);
    refuse(&named.replace("kk: []", "k: a"), &["`k` must be a list"]);
    accept(&named.replace("kk", "k").replace("<-", ""));
}

#[test]
fn links_callbacks_and_bodies() {
    let operation = |extra: &str| {
        document(
            &format!(
                "/a:\n  get:\n    operationId: o\n    {OK}\n{}",
                nested(extra)
            ),
            "",
        )
    };
    accept(&operation(
        "callbacks: {c: {'{$request.body#/u}': {post: {responses: {'200': {description: d}}}}}}",
    ));
    refuse(
        &operation("callbacks: {c: {$ref: '#/components/callbacks/c'}}<-"),
        &["cannot be a `$ref`"],
    );
    refuse(
        &operation("callbacks: {c: {x: {$ref: '#/paths/~1a'}}}<-"),
        &["a `$ref` is not allowed in a Path Item Object"],
    );
    refuse(
        &operation("requestBody: {schema: {}, content: {}}<-"),
        &["no key `schema`", "write `content:"],
    );
    refuse(
        &operation("requestBody: {}<-"),
        &["`content` is missing in a Request Body Object"],
    );
    let link = |link: &str| document("", &format!("links:\n  l: {link}"));
    refuse(
        &link("{operationId: nope}<-"),
        &["no operation has the id `nope`"],
    );
    refuse(&link("{}<-"), &["a link must name an operation"]);
    refuse(
        &link("{operationId: a, operationRef: b}<-"),
        &["`operationRef` is not allowed beside `operationId`"],
    );
    refuse(
        &document("", "examples:\n  e: {value: 1, externalValue: u}<-"),
        &["`externalValue` is not allowed beside `value`"],
    );
    refuse(
        &document("", "headers:\n  h: {name: h, schema: {}}<-"),
        &["A Header Object has no key `name`"],
    );
}
