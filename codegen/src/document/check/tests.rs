//! One small document per refusal: what is written, on which line the fault stands, and what it says.

use crate::document::node::Node;
use crate::document::parse::parse;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

/// A document with room for more: `paths` and `components` are the parts that a test is about.
fn document(paths: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo:\n  title: t\n  version: '1'\npaths:\n{}components:\n{}",
        indented(paths, "  {}\n"),
        indented(components, "  {}\n"),
    )
}

fn indented(text: &str, empty: &str) -> String {
    match text.trim() {
        "" => empty.to_owned(),
        _ => text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("  {line}\n")).collect(),
    }
}

fn tree(text: &str) -> Node {
    let parsed = parse(text, Input::Spec);
    assert_eq!(parsed.faults, [], "{text}");
    parsed.node.expect("a tree")
}

/// `line: message | help` of each fault, in the order of the text.
fn faults(text: &str) -> Vec<String> {
    let root = tree(text);
    let found: Vec<Fault> = super::version(&root).map_or_else(|| super::check(&root), |fault| vec![fault]);
    let mut lines: Vec<(usize, String)> = found.iter().map(|fault| (line(text, fault), shown(fault))).collect();
    lines.sort();
    lines.into_iter().map(|(line, shown)| format!("{line}: {shown}")).collect()
}

fn line(text: &str, fault: &Fault) -> usize {
    let start = fault.span.expect("every fault of the check has its place").start;
    text[..start].matches('\n').count() + 1
}

fn shown(fault: &Fault) -> String {
    format!("{} | {}", fault.message, fault.help)
}

/// The line of the first mark `<-` in a document, and the document without it.
fn marked(text: &str) -> (String, usize) {
    let line = text.lines().position(|line| line.contains("<-")).map_or(0, |line| line + 1);
    (text.replace("<-", ""), line)
}

/// Asserts that the document has exactly one fault, on the marked line, with these words.
fn refuse(text: &str, words: &[&str]) {
    let (text, line) = marked(text);
    let found = faults(&text);
    assert_eq!(found.len(), 1, "{found:#?}\n{text}");
    let start = if line == 0 { String::new() } else { format!("{line}: ") };
    assert!(found[0].starts_with(&start), "expected line {line}: {}\n{text}", found[0]);
    for word in words {
        assert!(found[0].contains(word), "`{word}` is not in: {}\n{text}", found[0]);
    }
}

fn accept(text: &str) {
    let found = faults(text);
    assert_eq!(found, Vec::<String>::new(), "{text}");
}

fn refuse_schema(schema: &str, words: &[&str]) {
    refuse(&document("", &format!("schemas:\n  s:\n{}", nested(schema))), words);
}

fn accept_schema(schema: &str) {
    accept(&document("", &format!("schemas:\n  s:\n{}", nested(schema))));
}

fn nested(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

const OK: &str = "responses: {'200': {description: d}}";

#[test]
fn versions() {
    refuse("info: {}<-\npaths: {}", &["`openapi` is missing", "`openapi: 3.0.3`"]);
    refuse("openapi: 3.1.0<-\ninfo: {}", &["OpenAPI 3.1.0", "only 3.0", "convert"]);
    refuse("openapi: 3.0<-\ninfo: {}", &["must be a string", "`openapi: 3.0.3`"]);
    refuse("openapi: '4'<-", &["no version of OpenAPI 3.0"]);
    refuse("openapi: 3.0.x<-", &["no version of OpenAPI 3.0"]);
    refuse("swagger: '2.0'<-\ninfo: {}", &["Swagger 2.0", "convert"]);
    refuse("- a<-", &["must be an OpenAPI Object, and is a list"]);
    refuse("just text<-", &["must be an OpenAPI Object, and is a string"]);
}

#[test]
fn kinds_and_keys() {
    accept(&document("", ""));
    refuse("openapi: 3.0.3<-\ninfo: {title: t, version: '1'}\n", &["`paths` is missing in an OpenAPI Object"]);
    refuse("openapi: 3.0.3\ninfo: {title: t, version: 1.0}<-\npaths: {}", &["`version` must be a string, and is `1.0`", "`\"1.0\"`"]);
    refuse("openapi: 3.0.3\ninfo:<-\n  title: t\npaths: {}", &["`version` is missing in an Info Object"]);
    refuse("openapi: 3.0.3\ninfo: {title: t, version: '1', sumary: x}<-\npaths: {}", &["An Info Object has no key `sumary`"]);
    refuse(&format!("{}servrs: []<-\n", document("", "")), &["no key `servrs`", "did you mean `servers`?"]);
    refuse(&format!("{}webhooks: {{}}<-\n", document("", "")), &["3.1", "remove it"]);
    refuse(&format!("{}tags: {{}}<-\n", document("", "")), &["`tags` must be a list, and is an object"]);
    refuse(&format!("{}tags: [x]<-\n", document("", "")), &["a member of `tags` must be a Tag Object"]);
    refuse("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:<-\n", &["`paths` must be an object, and is null", "remove the key"]);
    accept(&format!("{}x-anything: [1]\n", document("", "x-more: 1\nschemas: {}")));
    refuse(&document("", "schemas:\n  a b: {}<-"), &["`a b` cannot be the name of a component"]);
    refuse(&document("", "schema: {}<-"), &["did you mean `schemas`?"]);
}

#[test]
fn schemas() {
    refuse_schema("type: strin<-", &["`type` cannot be `strin`", "did you mean `string`?", "`integer`"]);
    refuse_schema("type: [string, 'null']<-", &["list of types", "write `type: string` with `nullable: true`"]);
    refuse_schema("type: [string, integer]<-", &["list of types", "write `oneOf`"]);
    refuse_schema("type: 'null'<-", &["the type `null`", "`nullable: true`"]);
    refuse_schema("type: 3<-", &["`type` must be one of"]);
    refuse_schema("typ: string<-", &["no key `typ`", "did you mean `type`?"]);
    refuse_schema("const: 1<-", &["`const`", "write `enum: [value]`"]);
    refuse_schema("examples: [1]<-", &["`examples`", "write `example:`"]);
    refuse_schema("$defs: {}<-", &["`$defs`", "`components/schemas`"]);
    refuse_schema("if: {}<-", &["`if`", "`oneOf`"]);
    refuse_schema("then: {}<-", &["`then`", "`oneOf`"]);
    refuse_schema("exclusiveMinimum: 5<-", &["a number as `exclusiveMinimum`", "write `minimum: 5` and `exclusiveMinimum: true`"]);
    refuse_schema("exclusiveMaximum: 5<-", &["write `maximum: 5`"]);
    refuse_schema("exclusiveMaximum: x<-", &["`exclusiveMaximum` must be `true` or `false`"]);
    refuse_schema("minLength: 1.5<-", &["`minLength` must be an integer from 0 on, and is `1.5`"]);
    refuse_schema("minLength: -1<-", &["must be an integer from 0 on"]);
    refuse_schema("minLength: '1'<-", &["write `1` without quotes"]);
    refuse_schema("minimum: 5<-\nmaximum: 1", &["`minimum` is 5, more than `maximum`, which is 1"]);
    refuse_schema("minLength: 5<-\nmaxLength: 1", &["`minLength` is 5"]);
    refuse_schema("minItems: 5<-\nmaxItems: 1", &["`minItems` is 5"]);
    refuse_schema("minProperties: 5<-\nmaxProperties: 1", &["`minProperties` is 5"]);
    refuse_schema("enum: a<-", &["`enum` must be a list of values"]);
    refuse_schema("enum: []<-", &["`enum` needs one value"]);
    refuse_schema("enum:\n- a\n- b\n- a<-", &["`\"a\"` stands in `enum` twice"]);
    refuse_schema("required:\n- a\n- a<-", &["`a` stands in `required` twice"]);
    refuse_schema("required: [1]<-", &["a member of `required` must be a string", "`\"1\"`"]);
    refuse_schema("properties:\n  a:\n    required: true<-", &["must be a list of property names", "add its name to the list `required` of the object"]);
    refuse_schema("nullable: 'true'<-", &["`nullable` must be `true` or `false`", "write `true` without quotes"]);
    refuse_schema("properties: [a]<-", &["`properties` must be an object, and is a list"]);
    refuse_schema("properties:\n  a: string<-", &["`a` must be a Schema Object or a `$ref`, and is the string `\"string\"`"]);
    refuse_schema("items: [{}]<-\ntype: array", &["`items` must be a Schema Object"]);
    refuse_schema("additionalProperties: 1<-", &["`additionalProperties` must be `true`, `false`, or a Schema Object"]);
    refuse_schema("allOf: []<-", &["`allOf` needs one schema"]);
    refuse_schema("oneOf: {}<-", &["`oneOf` must be a list"]);
    refuse(&document("", "schemas:\n  s:<-\n    type: array"), &["an array needs `items`"]);
    refuse(&document("", "schemas:\n  s:<-\n    readOnly: true\n    writeOnly: true"), &["`readOnly` and `writeOnly` at once"]);
    refuse_schema("oneOf: [{}]\ndiscriminator: kind<-", &["must be a Discriminator Object"]);
    refuse_schema("oneOf: [{}]\ndiscriminator: {propertyName: k, mapping: {a: t}}<-", &["`t` is no schema of the document"]);
    refuse_schema(
        "oneOf: [{}]\ndiscriminator: {propertyName: k, mapping: {a: '#/components/schemas/S'}}<-",
        &["is no schema of the document", "did you mean `#/components/schemas/s`?"],
    );
}

#[test]
fn schemas_as_they_occur() {
    accept_schema("type: object\nallOf: [{type: object}]");
    accept_schema("type: object\noneOf: [{$ref: '#/components/schemas/s'}]\ndiscriminator: {propertyName: a, mapping: {x: s}}");
    accept_schema("type: object\nenum: [null]\nnullable: true");
    accept_schema("enum: [1, '1', 1.5, true, null]");
    accept_schema("type: array\nitems: {}\nminLength: 1");
    accept_schema("type: string\nminimum: 1\nx-foo: 1\nrequired: []");
    accept_schema("properties:\n  $ref: {type: string}\n  x-y: {type: string}\n  s: {$ref: '#/components/schemas/s'}");
    accept_schema("additionalProperties: {$ref: '#/components/schemas/s'}\nexample: {$ref: nowhere}\ndefault: null");
    accept_schema("items: {$ref: '#/components/schemas/s', description: d, x-z: 1}\ntype: array");
    accept_schema("items: {$ref: '#/components/schemas/s/additionalProperties'}\nadditionalProperties: {type: string}");
}

#[test]
fn references() {
    refuse_schema("items: {$ref: '#/components/schemas/S2'}<-", &["`#/components/schemas/S2` leads to nothing", "did you mean `#/components/schemas/s`?"]);
    refuse_schema("items: {$ref: '#/components/zzz/s'}<-", &["leads to nothing", "add `zzz` under `#/components`"]);
    refuse_schema("items: {$ref: other.yaml#/a}<-", &["leads out of the document", "copy what it points to"]);
    refuse_schema("items: {$ref: '#components'}<-", &["is no pointer"]);
    refuse_schema("items: {$ref: 3}<-", &["`$ref` must be a string"]);
    refuse_schema("items: {$ref: '#/components/parameters/p'}<-\n", &["leads to nothing"]);
    refuse_schema("items: {$ref: '#/info'}<-\n", &["should lead to a Schema Object, and leads to an Info Object"]);
    refuse_schema("items: {$ref: '#/info/title'}<-\n", &["leads to none of the specification's objects"]);
    refuse_schema("example: {a: 1}\nitems: {$ref: '#/components/schemas/s/example'}<-\n", &["none of the specification's objects"]);
    refuse_schema(
        "items:\n  $ref: '#/components/schemas/s'\n  nullable: true<-",
        &["`nullable` stands beside `$ref`, where OpenAPI 3.0 ignores it", "allOf"],
    );
    let parameters = "parameters:\n  p: {name: p, in: query, schema: {}}\nschemas:\n  s:\n    items: {$ref: '#/components/parameters/p'}<-";
    refuse(&document("", parameters), &["should lead to a Schema Object, and leads to a Parameter Object"]);
}

#[test]
fn rings() {
    let ring = "schemas:\n  a: {$ref: '#/components/schemas/b'}<-\n  b: {$ref: '#/components/schemas/a'}";
    refuse(&document("", ring), &["leads back to itself: `a` → `b` → `a`"]);
    refuse(&document("", "schemas:\n  a: {$ref: '#/components/schemas/a'}<-"), &["`a` → `a`"]);
    let own = "schemas:\n  a:\n    allOf:\n    - {$ref: '#/components/schemas/a'}<-";
    refuse(&document("", own), &["a member of its own `allOf`: `a` → `a`"]);
    let far = "schemas:\n  a:\n    allOf:\n    - {$ref: '#/components/schemas/b'}<-\n  b:\n    allOf:\n    - {allOf: [{$ref: '#/components/schemas/a'}]}";
    refuse(&document("", far), &["`a` → `b` → `a`"]);
    let held = "schemas:\n  a:\n    allOf:\n    - properties:\n        a: {$ref: '#/components/schemas/a'}\n  b: {$ref: '#/components/schemas/a'}\n  c: {oneOf: [{$ref: '#/components/schemas/c'}]}";
    accept(&document("", held));
}

#[test]
fn paths() {
    let one = |key: &str, item: &str| document(&format!("{key}\n  get:\n    {OK}\n{}", nested(item)), "");
    accept(&one("/a:", ""));
    refuse(&one("a:<-", ""), &["the path `a` does not start with `/`", "write `/a`"]);
    refuse(&document(&format!("/a:\n  gett: {{{OK}}}<-"), ""), &["no key `gett`", "did you mean `get`?"]);
    refuse(&document(&format!("/a:\n  GET: {{{OK}}}<-"), ""), &["did you mean `get`?"]);
    refuse(&document(&format!("/a:\n  query: {{{OK}}}<-"), ""), &["OpenAPI 3.0 knows get, put"]);
    refuse(&document("/a:\n  get: {}<-", ""), &["`responses` is missing in an Operation Object"]);
    refuse(&document("/a:\n  get:\n    responses: {}<-", ""), &["one response at least"]);
    refuse(&document("/a:\n  get:\n    responses:\n      20: {description: d}<-", ""), &["`20` is no response code"]);
    refuse(&document("/a:\n  get:\n    responses:\n      4xx: {description: d}<-", ""), &["did you mean `4XX`?"]);
    refuse(&document("/a:\n  get:\n    responses:\n      '200': {}<-", ""), &["`description` is missing in a Response Object"]);
    accept(&document("/a:\n  get:\n    responses:\n      200: {description: d}\n      4XX: {description: d}\n      default: {description: d, content: {}}\n      x-y: 1", ""));
    refuse(&document("/a:\n  get:\n    responses:\n      '200': {description: d, content: {json: {}}}<-", ""), &["`json` is no media type"]);
    refuse(&document("/a:\n  get:\n    responses:\n      '200': {description: d, schema: {}}<-", ""), &["write `content:"]);
    let twice = format!("/a/{{x}}:\n  x-a: 1\n/a/{{y}}:<-\n  x-a: {OK:?}");
    refuse(&document(&twice, ""), &["the path `/a/{y}` means the same as `/a/{x}`"]);
    let ids = format!("/a:\n  get: {{operationId: o, {OK}}}\n  put:\n    operationId: o<-\n    {OK}");
    refuse(&document(&ids, ""), &["the operation id `o` is taken by `/paths/~1a/get`"]);
    refuse(&document("/a/{x:<-\n  summary: s", ""), &["braces"]);
    refuse(&document("/a/{}:<-\n  summary: s", ""), &["is no parameter"]);
    refuse(&document("/a/{x}/{x}:<-\n  summary: s", ""), &["twice"]);
}

#[test]
fn parameters() {
    let path = "{name: id, in: path, required: true, schema: {type: string}}";
    let with = |template: &str, shared: &str, own: &str| {
        document(&format!("{template}:\n  parameters:\n{shared}\n  get:\n    {OK}\n    parameters:\n{own}"), "")
    };
    accept(&with("/a/{id}", &format!("  - {path}"), "      []"));
    accept(&with("/a/{id}", "      []", &format!("    - {path}")));
    accept(&with("/a/{id}", &format!("  - {path}"), &format!("    - {path}")));
    refuse(&document(&format!("/a/{{id}}:\n  get:<-\n    {OK}"), ""), &["`{id}` of the path `/a/{id}` is not declared", "name: id"]);
    refuse(&with("/a", "      []", &format!("    - {path}<-")), &["the path has no `{id}`"]);
    let misspelt = format!("{path}<-").replace("name: id", "name: accountid");
    let found = faults(&marked(&with("/a/{account_id}", "      []", &format!("    - {misspelt}"))).0);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|fault| fault.contains("did you mean `account_id`?")), "{found:#?}");
    refuse(&with("/a", "      []", "    - {name: q, in: query, schema: {}}\n    - {name: q, in: query, schema: {}}<-"), &["`q` is declared twice"]);
    refuse(&with("/a", "      []", "    - {name: Q, in: header, schema: {}}\n    - {name: q, in: header, schema: {}}<-"), &["declared twice"]);
    accept(&with("/a", "      []", "    - {name: q, in: header, schema: {}}\n    - {name: q, in: query, schema: {}}"));
    refuse(&with("/a/{id}", "      []", "    - {name: id, in: path, schema: {}}<-"), &["`id` is not required", "`required: true`"]);
    refuse(&with("/a/{id}", "      []", "    - {name: id, in: path, required: false, schema: {}}<-"), &["is not required"]);
    refuse(&with("/a", "      []", "    - {name: q, in: body, schema: {}}<-"), &["`in` cannot be `body`", "`query`"]);
    refuse(&with("/a", "      []", "    - {name: q, in: query}<-"), &["neither `schema` nor `content`"]);
    refuse(&with("/a", "      []", "    - {name: q, in: query, schema: {}, content: {a/b: {}}}<-"), &["`content` stands beside `schema`"]);
    refuse(&with("/a", "      []", "    - {name: q, in: query, content: {}}<-"), &["one media type"]);
    refuse(&with("/a", "      []", "    - {name: q, in: query, style: matrix, schema: {}}<-"), &["`matrix` does not go with `in: query`", "`form`"]);
    refuse(&with("/a", "      []", "    - {name: q, in: query, style: froms, schema: {}}<-"), &["`style` cannot be `froms`"]);
    refuse(&with("/a", "      []", "    - {name: q, in: query, schema: {}, type: string}<-"), &["move it under `schema:`"]);
    refuse(&with("/a", "      []", "    - {name: q, in: query, schema: {}, example: 1, examples: {}}<-"), &["`examples` stands beside `example`"]);
}

#[test]
fn security() {
    let schemes = |scheme: &str| document("", &format!("securitySchemes:\n  k: {scheme}"));
    accept(&schemes("{type: apiKey, in: header, name: X-Key}"));
    accept(&schemes("{type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {}}}}"));
    refuse(&schemes("{type: apikey, in: header, name: X}<-"), &["`type` cannot be `apikey`", "did you mean `apiKey`?"]);
    refuse(&schemes("{type: apiKey, name: X}<-"), &["type `apiKey` needs `in`"]);
    refuse(&schemes("{type: http}<-"), &["needs `scheme`"]);
    refuse(&schemes("{type: oauth2}<-"), &["needs `flows`"]);
    refuse(&schemes("{type: oauth2, flows: {accessCode: {}}}<-"), &["`authorizationCode`"]);
    refuse(&schemes("{type: oauth2, flows: {password: {scopes: {}}}}<-"), &["`tokenUrl` is missing"]);
    refuse(&schemes("{type: openIdConnect}<-"), &["needs `openIdConnectUrl`"]);
    let named = format!("{}security: [{{kk: []}}]<-\n", schemes("{type: http, scheme: bearer}"));
    refuse(&named, &["no security scheme is called `kk`"]);
    refuse(&named.replace("kk: []", "k: a"), &["`k` must be a list"]);
    accept(&named.replace("kk", "k").replace("<-", ""));
}

#[test]
fn links_callbacks_and_bodies() {
    let operation = |extra: &str| document(&format!("/a:\n  get:\n    operationId: o\n    {OK}\n{}", nested(extra)), "");
    accept(&operation("callbacks: {c: {'{$request.body#/u}': {post: {responses: {'200': {description: d}}}}}}"));
    refuse(&operation("callbacks: {c: {$ref: '#/components/callbacks/c'}}<-"), &["cannot be a `$ref`"]);
    refuse(&operation("callbacks: {c: {x: {$ref: '#/paths/~1a'}}}<-"), &["a `$ref` cannot stand in a Path Item Object"]);
    refuse(&operation("requestBody: {schema: {}, content: {}}<-"), &["no key `schema`", "write `content:"]);
    refuse(&operation("requestBody: {}<-"), &["`content` is missing in a Request Body Object"]);
    let link = |link: &str| document("", &format!("links:\n  l: {link}"));
    refuse(&link("{operationId: nope}<-"), &["no operation has the id `nope`"]);
    refuse(&link("{}<-"), &["a link must name an operation"]);
    refuse(&link("{operationId: a, operationRef: b}<-"), &["`operationRef` stands beside `operationId`"]);
    refuse(&document("", "examples:\n  e: {value: 1, externalValue: u}<-"), &["`externalValue` stands beside `value`"]);
    refuse(&document("", "headers:\n  h: {name: h, schema: {}}<-"), &["A Header Object has no key `name`"]);
}

#[test]
fn all_faults_come_at_once() {
    let found = faults(&document("/a/{id}:\n  get:\n    responses: {'2': {}}", "schemas:\n  s: {type: strin, foo: 1}"));
    assert_eq!(found.len(), 5, "{found:#?}");
}

#[test]
fn faults_have_pointers() {
    let root = tree(&document("", "schemas:\n  s:\n    properties:\n      a/b: {type: strin}"));
    let pointers: Vec<Pointer> = super::check(&root).into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, [Pointer::parse("/components/schemas/s/properties/a~1b/type").expect("a pointer")]);
}
