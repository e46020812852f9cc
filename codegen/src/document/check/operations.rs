//! The objects that describe a call: paths, operations, parameters, bodies, responses, callbacks, links.

use super::keys;
use super::root::{EXTERNAL_DOCS, SERVER};
use super::rules::{example, link, one_kind_of_example, operation, parameter, schema_or_content};
use super::schema::SCHEMA;
use super::security::SECURITY_REQUIREMENT;
use super::table::{Kind, Object, may, must};

pub(crate) static PATH_ITEM: Object = Object::new(
    "a Path Item Object",
    &[
        may("summary", Kind::Text),
        may("description", Kind::Text),
        may("servers", Kind::List(&Kind::Object(&SERVER))),
        may("parameters", Kind::List(&Kind::Ref(&PARAMETER))),
        may("get", Kind::Object(&OPERATION)),
        may("put", Kind::Object(&OPERATION)),
        may("post", Kind::Object(&OPERATION)),
        may("delete", Kind::Object(&OPERATION)),
        may("options", Kind::Object(&OPERATION)),
        may("head", Kind::Object(&OPERATION)),
        may("patch", Kind::Object(&OPERATION)),
        may("trace", Kind::Object(&OPERATION)),
    ],
)
.hints(&[
    (
        "query",
        "OpenAPI 3.0 has get, put, post, delete, options, head, patch and trace",
    ),
    (
        "connect",
        "OpenAPI 3.0 has get, put, post, delete, options, head, patch and trace",
    ),
]);

pub(crate) static OPERATION: Object = Object::new(
    "an Operation Object",
    &[
        may("tags", Kind::List(&Kind::Text)),
        may("summary", Kind::Text),
        may("description", Kind::Text),
        may("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        may("deprecated", Kind::Bool),
        may("operationId", Kind::Text),
        may("parameters", Kind::List(&Kind::Ref(&PARAMETER))),
        may("requestBody", Kind::Ref(&REQUEST_BODY)),
        must("responses", Kind::Map(&keys::STATUS, &Kind::Ref(&RESPONSE))),
        may("callbacks", Kind::Map(&keys::ANY, &Kind::Object(&CALLBACK))),
        may("security", Kind::List(&SECURITY_REQUIREMENT)),
        may("servers", Kind::List(&Kind::Object(&SERVER))),
    ],
)
.hints(&[
    (
        "consumes",
        "write the media types under `requestBody/content`",
    ),
    (
        "produces",
        "write the media types under `responses/…/content`",
    ),
    ("schemes", "write `servers: [{url: https://…}]`"),
    ("body", "write `requestBody: {content: …}`"),
])
.rule(operation);

pub(super) static STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

pub(crate) static PARAMETER: Object = Object::new(
    "a Parameter Object",
    &[
        must("name", Kind::Text),
        must("in", Kind::Choice(&["query", "header", "path", "cookie"])),
        may("description", Kind::Text),
        may("deprecated", Kind::Bool),
        may("required", Kind::Bool),
        may("allowEmptyValue", Kind::Bool),
        may("style", Kind::Choice(STYLES)),
        may("explode", Kind::Bool),
        may("allowReserved", Kind::Bool),
        may("schema", Kind::Ref(&SCHEMA)),
        may(
            "content",
            Kind::Map(&keys::MEDIA_TYPE, &Kind::Object(&MEDIA_TYPE)),
        ),
        may("example", Kind::Any),
        may("examples", Kind::Map(&keys::ANY, &Kind::Ref(&EXAMPLE))),
    ],
)
.hints(BARE_SCHEMA)
.rule(parameter);

/// Keys that Swagger 2.0 has beside the name of a parameter or header.
const BARE_SCHEMA: &[(&str, &str)] = &[
    ("type", "move it under `schema:`"),
    ("format", "move it under `schema:`"),
    ("enum", "move it under `schema:`"),
    ("items", "move it under `schema:`"),
    ("default", "move it under `schema:`"),
    ("minimum", "move it under `schema:`"),
    ("maximum", "move it under `schema:`"),
    ("minLength", "move it under `schema:`"),
    ("maxLength", "move it under `schema:`"),
    ("pattern", "move it under `schema:`"),
    ("collectionFormat", "write `style` and `explode`"),
];

pub(super) static HEADER: Object = Object::new(
    "a Header Object",
    &[
        may("description", Kind::Text),
        may("deprecated", Kind::Bool),
        may("required", Kind::Bool),
        may("allowEmptyValue", Kind::Bool),
        may("style", Kind::Choice(&["simple"])),
        may("explode", Kind::Bool),
        may("allowReserved", Kind::Bool),
        may("schema", Kind::Ref(&SCHEMA)),
        may(
            "content",
            Kind::Map(&keys::MEDIA_TYPE, &Kind::Object(&MEDIA_TYPE)),
        ),
        may("example", Kind::Any),
        may("examples", Kind::Map(&keys::ANY, &Kind::Ref(&EXAMPLE))),
    ],
)
.hints(BARE_SCHEMA)
.rule(schema_or_content);

pub(super) static REQUEST_BODY: Object = Object::new(
    "a Request Body Object",
    &[
        may("description", Kind::Text),
        may("required", Kind::Bool),
        must(
            "content",
            Kind::Map(&keys::MEDIA_TYPE, &Kind::Object(&MEDIA_TYPE)),
        ),
    ],
)
.hints(&[("schema", "write `content: {application/json: {schema: …}}`")]);

static MEDIA_TYPE: Object = Object::new(
    "a Media Type Object",
    &[
        may("schema", Kind::Ref(&SCHEMA)),
        may("example", Kind::Any),
        may("examples", Kind::Map(&keys::ANY, &Kind::Ref(&EXAMPLE))),
        may("encoding", Kind::Map(&keys::ANY, &Kind::Object(&ENCODING))),
    ],
)
.hints(&[("$ref", "write `schema: {$ref: …}`")])
.rule(one_kind_of_example);

static ENCODING: Object = Object::new(
    "an Encoding Object",
    &[
        may("contentType", Kind::Text),
        may("headers", Kind::Map(&keys::ANY, &Kind::Ref(&HEADER))),
        may(
            "style",
            Kind::Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        may("explode", Kind::Bool),
        may("allowReserved", Kind::Bool),
    ],
);

pub(crate) static RESPONSE: Object = Object::new(
    "a Response Object",
    &[
        must("description", Kind::Text),
        may("headers", Kind::Map(&keys::ANY, &Kind::Ref(&HEADER))),
        may(
            "content",
            Kind::Map(&keys::MEDIA_TYPE, &Kind::Object(&MEDIA_TYPE)),
        ),
        may("links", Kind::Map(&keys::COMPONENT, &Kind::Ref(&LINK))),
    ],
)
.hints(&[
    ("schema", "write `content: {application/json: {schema: …}}`"),
    ("examples", "write them under `content/…/examples`"),
]);

pub(super) static CALLBACK: Object =
    Object::new("a Callback Object", &[]).others(&keys::EXPRESSION, &Kind::Object(&PATH_ITEM));

pub(super) static EXAMPLE: Object = Object::new(
    "an Example Object",
    &[
        may("summary", Kind::Text),
        may("description", Kind::Text),
        may("value", Kind::Any),
        may("externalValue", Kind::Text),
    ],
)
.rule(example);

pub(crate) static LINK: Object = Object::new(
    "a Link Object",
    &[
        may("description", Kind::Text),
        may("operationRef", Kind::Text),
        may("operationId", Kind::Text),
        may("parameters", Kind::Map(&keys::ANY, &Kind::Any)),
        may("requestBody", Kind::Any),
        may("server", Kind::Object(&SERVER)),
    ],
)
.rule(link);
