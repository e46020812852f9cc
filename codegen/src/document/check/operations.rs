//! The objects that describe a call: paths, operations, parameters, bodies, responses, callbacks, links.

use super::keys;
use super::root::{EXTERNAL_DOCS, SERVER};
use super::rules::{example, link, one_kind_of_example, operation, parameter, schema_or_content};
use super::schema::SCHEMA;
use super::security::SECURITY_REQUIREMENT;
use super::table::{Object, ValueKind, may, must};

pub(crate) static PATH_ITEM: Object = Object::new(
    "a Path Item Object",
    &[
        may("summary", ValueKind::Text),
        may("description", ValueKind::Text),
        may("servers", ValueKind::List(&ValueKind::Object(&SERVER))),
        may("parameters", ValueKind::List(&ValueKind::Ref(&PARAMETER))),
        may("get", ValueKind::Object(&OPERATION)),
        may("put", ValueKind::Object(&OPERATION)),
        may("post", ValueKind::Object(&OPERATION)),
        may("delete", ValueKind::Object(&OPERATION)),
        may("options", ValueKind::Object(&OPERATION)),
        may("head", ValueKind::Object(&OPERATION)),
        may("patch", ValueKind::Object(&OPERATION)),
        may("trace", ValueKind::Object(&OPERATION)),
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
        may("tags", ValueKind::List(&ValueKind::Text)),
        may("summary", ValueKind::Text),
        may("description", ValueKind::Text),
        may("externalDocs", ValueKind::Object(&EXTERNAL_DOCS)),
        may("deprecated", ValueKind::Bool),
        may("operationId", ValueKind::Text),
        may("parameters", ValueKind::List(&ValueKind::Ref(&PARAMETER))),
        may("requestBody", ValueKind::Ref(&REQUEST_BODY)),
        must(
            "responses",
            ValueKind::Map(&keys::STATUS, &ValueKind::Ref(&RESPONSE)),
        ),
        may(
            "callbacks",
            ValueKind::Map(&keys::ANY, &ValueKind::Object(&CALLBACK)),
        ),
        may("security", ValueKind::List(&SECURITY_REQUIREMENT)),
        may("servers", ValueKind::List(&ValueKind::Object(&SERVER))),
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
        must("name", ValueKind::Text),
        must(
            "in",
            ValueKind::Choice(&["query", "header", "path", "cookie"]),
        ),
        may("description", ValueKind::Text),
        may("deprecated", ValueKind::Bool),
        may("required", ValueKind::Bool),
        may("allowEmptyValue", ValueKind::Bool),
        may("style", ValueKind::Choice(STYLES)),
        may("explode", ValueKind::Bool),
        may("allowReserved", ValueKind::Bool),
        may("schema", ValueKind::Ref(&SCHEMA)),
        may(
            "content",
            ValueKind::Map(&keys::MEDIA_TYPE, &ValueKind::Object(&MEDIA_TYPE)),
        ),
        may("example", ValueKind::Any),
        may(
            "examples",
            ValueKind::Map(&keys::ANY, &ValueKind::Ref(&EXAMPLE)),
        ),
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
        may("description", ValueKind::Text),
        may("deprecated", ValueKind::Bool),
        may("required", ValueKind::Bool),
        may("allowEmptyValue", ValueKind::Bool),
        may("style", ValueKind::Choice(&["simple"])),
        may("explode", ValueKind::Bool),
        may("allowReserved", ValueKind::Bool),
        may("schema", ValueKind::Ref(&SCHEMA)),
        may(
            "content",
            ValueKind::Map(&keys::MEDIA_TYPE, &ValueKind::Object(&MEDIA_TYPE)),
        ),
        may("example", ValueKind::Any),
        may(
            "examples",
            ValueKind::Map(&keys::ANY, &ValueKind::Ref(&EXAMPLE)),
        ),
    ],
)
.hints(BARE_SCHEMA)
.rule(schema_or_content);

pub(super) static REQUEST_BODY: Object = Object::new(
    "a Request Body Object",
    &[
        may("description", ValueKind::Text),
        may("required", ValueKind::Bool),
        must(
            "content",
            ValueKind::Map(&keys::REQUEST_MEDIA_TYPE, &ValueKind::Object(&MEDIA_TYPE)),
        ),
    ],
)
.hints(&[("schema", "write `content: {application/json: {schema: …}}`")]);

static MEDIA_TYPE: Object = Object::new(
    "a Media Type Object",
    &[
        may("schema", ValueKind::Ref(&SCHEMA)),
        may("example", ValueKind::Any),
        may(
            "examples",
            ValueKind::Map(&keys::ANY, &ValueKind::Ref(&EXAMPLE)),
        ),
        may(
            "encoding",
            ValueKind::Map(&keys::ANY, &ValueKind::Object(&ENCODING)),
        ),
    ],
)
.hints(&[("$ref", "write `schema: {$ref: …}`")])
.rule(one_kind_of_example);

static ENCODING: Object = Object::new(
    "an Encoding Object",
    &[
        may("contentType", ValueKind::Text),
        may(
            "headers",
            ValueKind::Map(&keys::ANY, &ValueKind::Ref(&HEADER)),
        ),
        may(
            "style",
            ValueKind::Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        may("explode", ValueKind::Bool),
        may("allowReserved", ValueKind::Bool),
    ],
);

pub(crate) static RESPONSE: Object = Object::new(
    "a Response Object",
    &[
        must("description", ValueKind::Text),
        may(
            "headers",
            ValueKind::Map(&keys::ANY, &ValueKind::Ref(&HEADER)),
        ),
        may(
            "content",
            ValueKind::Map(&keys::RESPONSE_MEDIA_TYPE, &ValueKind::Object(&MEDIA_TYPE)),
        ),
        may(
            "links",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&LINK)),
        ),
    ],
)
.hints(&[
    ("schema", "write `content: {application/json: {schema: …}}`"),
    ("examples", "write them under `content/…/examples`"),
]);

pub(super) static CALLBACK: Object =
    Object::new("a Callback Object", &[]).others(&keys::EXPRESSION, &ValueKind::Object(&PATH_ITEM));

pub(super) static EXAMPLE: Object = Object::new(
    "an Example Object",
    &[
        may("summary", ValueKind::Text),
        may("description", ValueKind::Text),
        may("value", ValueKind::Any),
        may("externalValue", ValueKind::Text),
    ],
)
.rule(example)
.loose();

pub(crate) static LINK: Object = Object::new(
    "a Link Object",
    &[
        may("description", ValueKind::Text),
        may("operationRef", ValueKind::Text),
        may("operationId", ValueKind::Text),
        may("parameters", ValueKind::Map(&keys::ANY, &ValueKind::Any)),
        may("requestBody", ValueKind::Any),
        may("server", ValueKind::Object(&SERVER)),
    ],
)
.rule(link)
.loose();
