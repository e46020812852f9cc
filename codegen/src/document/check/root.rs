//! The objects at the top of a document: the document itself, its information, servers, tags and components.

use super::keys;
use super::operations::{
    CALLBACK, EXAMPLE, HEADER, LINK, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE,
};
use super::schema::SCHEMA;
use super::security::{SECURITY_REQUIREMENT, SECURITY_SCHEME};
use super::table::{Object, ValueKind, may, must};

pub(super) static OPENAPI: Object = Object::new(
    "an OpenAPI Object",
    &[
        must("openapi", ValueKind::Text),
        must("info", ValueKind::Object(&INFO)),
        may("externalDocs", ValueKind::Object(&EXTERNAL_DOCS)),
        may("servers", ValueKind::List(&ValueKind::Object(&SERVER))),
        may("security", ValueKind::List(&SECURITY_REQUIREMENT)),
        may("tags", ValueKind::List(&ValueKind::Object(&TAG))),
        must(
            "paths",
            ValueKind::Map(&keys::PATH, &ValueKind::Ref(&PATH_ITEM)),
        ),
        may("components", ValueKind::Object(&COMPONENTS)),
    ],
)
.hints(&[
    ("webhooks", "OpenAPI 3.1 has it, 3.0 does not: remove it"),
    (
        "jsonSchemaDialect",
        "OpenAPI 3.1 has it, 3.0 does not: remove it",
    ),
    ("swagger", "remove it: `openapi: 3.0.3` is the version"),
    ("host", "write `servers: [{url: https://…}]`"),
    ("basePath", "write `servers: [{url: https://…}]`"),
    ("schemes", "write `servers: [{url: https://…}]`"),
    ("definitions", "move the schemas to `components/schemas`"),
    (
        "securityDefinitions",
        "move the schemes to `components/securitySchemes`",
    ),
    (
        "parameters",
        "move the parameters to `components/parameters`",
    ),
    ("responses", "move the responses to `components/responses`"),
    (
        "consumes",
        "write the media types under `content` of each request body",
    ),
    (
        "produces",
        "write the media types under `content` of each response",
    ),
])
.loose();

pub(crate) static INFO: Object = Object::new(
    "an Info Object",
    &[
        must("title", ValueKind::Text),
        must("version", ValueKind::Text),
        may("description", ValueKind::Text),
        may("termsOfService", ValueKind::Text),
        may("contact", ValueKind::Object(&CONTACT)),
        may("license", ValueKind::Object(&LICENSE)),
    ],
)
.hints(&[(
    "summary",
    "OpenAPI 3.1 has it, 3.0 does not: write it into `description`",
)])
.loose();

static CONTACT: Object = Object::new(
    "a Contact Object",
    &[
        may("name", ValueKind::Text),
        may("url", ValueKind::Text),
        may("email", ValueKind::Text),
    ],
)
.loose();

static LICENSE: Object = Object::new(
    "a License Object",
    &[must("name", ValueKind::Text), may("url", ValueKind::Text)],
)
.hints(&[(
    "identifier",
    "OpenAPI 3.1 has it, 3.0 does not: write it as `name`",
)])
.loose();

pub(crate) static SERVER: Object = Object::new(
    "a Server Object",
    &[
        must("url", ValueKind::Text),
        may("description", ValueKind::Text),
        may(
            "variables",
            ValueKind::Map(&keys::ANY, &ValueKind::Object(&SERVER_VARIABLE)),
        ),
    ],
);

static SERVER_VARIABLE: Object = Object::new(
    "a Server Variable Object",
    &[
        may("enum", ValueKind::List(&ValueKind::Text)),
        must("default", ValueKind::Text),
        may("description", ValueKind::Text),
    ],
);

static COMPONENTS: Object = Object::new(
    "a Components Object",
    &[
        may(
            "securitySchemes",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&SECURITY_SCHEME)),
        ),
        may(
            "parameters",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&PARAMETER)),
        ),
        may(
            "headers",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&HEADER)),
        ),
        may(
            "requestBodies",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&REQUEST_BODY)),
        ),
        may(
            "responses",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&RESPONSE)),
        ),
        may(
            "schemas",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&SCHEMA)),
        ),
        may(
            "examples",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&EXAMPLE)),
        ),
        may(
            "links",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&LINK)),
        ),
        may(
            "callbacks",
            ValueKind::Map(&keys::COMPONENT, &ValueKind::Ref(&CALLBACK)),
        ),
    ],
)
.hints(&[(
    "pathItems",
    "OpenAPI 3.1 has it, 3.0 does not: write the paths under `paths`",
)])
.loose();

pub(crate) static TAG: Object = Object::new(
    "a Tag Object",
    &[
        must("name", ValueKind::Text),
        may("description", ValueKind::Text),
        may("externalDocs", ValueKind::Object(&EXTERNAL_DOCS)),
    ],
)
.loose();

pub(super) static EXTERNAL_DOCS: Object = Object::new(
    "an External Documentation Object",
    &[
        may("description", ValueKind::Text),
        must("url", ValueKind::Text),
    ],
)
.loose();
