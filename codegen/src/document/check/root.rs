//! The objects at the top of a document: the document itself, its information, servers, tags and components.

use super::keys;
use super::operations::{
    CALLBACK, EXAMPLE, HEADER, LINK, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE,
};
use super::schema::SCHEMA;
use super::security::{SECURITY_REQUIREMENT, SECURITY_SCHEME};
use super::table::{Kind, Object, may, must};

pub(super) static OPENAPI: Object = Object::new(
    "an OpenAPI Object",
    &[
        must("openapi", Kind::Text),
        must("info", Kind::Object(&INFO)),
        may("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        may("servers", Kind::List(&Kind::Object(&SERVER))),
        may("security", Kind::List(&SECURITY_REQUIREMENT)),
        may("tags", Kind::List(&Kind::Object(&TAG))),
        must("paths", Kind::Map(&keys::PATH, &Kind::Ref(&PATH_ITEM))),
        may("components", Kind::Object(&COMPONENTS)),
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
]);

pub(crate) static INFO: Object = Object::new(
    "an Info Object",
    &[
        must("title", Kind::Text),
        must("version", Kind::Text),
        may("description", Kind::Text),
        may("termsOfService", Kind::Text),
        may("contact", Kind::Object(&CONTACT)),
        may("license", Kind::Object(&LICENSE)),
    ],
)
.hints(&[(
    "summary",
    "OpenAPI 3.1 has it, 3.0 does not: write it into `description`",
)]);

static CONTACT: Object = Object::new(
    "a Contact Object",
    &[
        may("name", Kind::Text),
        may("url", Kind::Text),
        may("email", Kind::Text),
    ],
);

static LICENSE: Object = Object::new(
    "a License Object",
    &[must("name", Kind::Text), may("url", Kind::Text)],
)
.hints(&[(
    "identifier",
    "OpenAPI 3.1 has it, 3.0 does not: write it as `name`",
)]);

pub(crate) static SERVER: Object = Object::new(
    "a Server Object",
    &[
        must("url", Kind::Text),
        may("description", Kind::Text),
        may(
            "variables",
            Kind::Map(&keys::ANY, &Kind::Object(&SERVER_VARIABLE)),
        ),
    ],
);

static SERVER_VARIABLE: Object = Object::new(
    "a Server Variable Object",
    &[
        may("enum", Kind::List(&Kind::Text)),
        must("default", Kind::Text),
        may("description", Kind::Text),
    ],
);

static COMPONENTS: Object = Object::new(
    "a Components Object",
    &[
        may(
            "securitySchemes",
            Kind::Map(&keys::COMPONENT, &Kind::Ref(&SECURITY_SCHEME)),
        ),
        may(
            "parameters",
            Kind::Map(&keys::COMPONENT, &Kind::Ref(&PARAMETER)),
        ),
        may("headers", Kind::Map(&keys::COMPONENT, &Kind::Ref(&HEADER))),
        may(
            "requestBodies",
            Kind::Map(&keys::COMPONENT, &Kind::Ref(&REQUEST_BODY)),
        ),
        may(
            "responses",
            Kind::Map(&keys::COMPONENT, &Kind::Ref(&RESPONSE)),
        ),
        may("schemas", Kind::Map(&keys::COMPONENT, &Kind::Ref(&SCHEMA))),
        may(
            "examples",
            Kind::Map(&keys::COMPONENT, &Kind::Ref(&EXAMPLE)),
        ),
        may("links", Kind::Map(&keys::COMPONENT, &Kind::Ref(&LINK))),
        may(
            "callbacks",
            Kind::Map(&keys::COMPONENT, &Kind::Ref(&CALLBACK)),
        ),
    ],
)
.hints(&[(
    "pathItems",
    "OpenAPI 3.1 has it, 3.0 does not: write the paths under `paths`",
)]);

pub(crate) static TAG: Object = Object::new(
    "a Tag Object",
    &[
        must("name", Kind::Text),
        may("description", Kind::Text),
        may("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);

pub(super) static EXTERNAL_DOCS: Object = Object::new(
    "an External Documentation Object",
    &[may("description", Kind::Text), must("url", Kind::Text)],
);
