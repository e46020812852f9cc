//! Security schemes, their OAuth flows, and the requirements that name them.

use crate::document::node::Node;

use super::keys;
use super::table::{Object, ValueKind, may, must};
use super::walk::{NodeEntry, Walk};

pub(super) static SECURITY_SCHEME: Object = Object::new(
    "a Security Scheme Object",
    &[
        may("description", ValueKind::Text),
        must(
            "type",
            ValueKind::Choice(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        may("in", ValueKind::Choice(&["query", "header", "cookie"])),
        may("name", ValueKind::Text),
        may("scheme", ValueKind::Text),
        may("bearerFormat", ValueKind::Text),
        may("flows", ValueKind::Object(&OAUTH_FLOWS)),
        may("openIdConnectUrl", ValueKind::Text),
    ],
)
.hints(&[
    ("flow", "write `flows: {…}`"),
    ("authorizationUrl", "move it under `flows`"),
    ("tokenUrl", "move it under `flows`"),
    ("scopes", "move it under `flows`"),
])
.rule(scheme);

static OAUTH_FLOWS: Object = Object::new(
    "an OAuth Flows Object",
    &[
        may("implicit", ValueKind::Object(&IMPLICIT)),
        may("password", ValueKind::Object(&PASSWORD)),
        may("clientCredentials", ValueKind::Object(&CLIENT_CREDENTIALS)),
        may("authorizationCode", ValueKind::Object(&AUTHORIZATION_CODE)),
    ],
)
.hints(&[
    ("application", "OpenAPI 3.0 calls it `clientCredentials`"),
    ("accessCode", "OpenAPI 3.0 calls it `authorizationCode`"),
]);

const SCOPES: ValueKind = ValueKind::Map(&keys::ANY, &ValueKind::Text);

static IMPLICIT: Object = Object::new(
    "an implicit OAuth Flow Object",
    &[
        must("authorizationUrl", ValueKind::Text),
        may("refreshUrl", ValueKind::Text),
        must("scopes", SCOPES),
    ],
);

static PASSWORD: Object = Object::new(
    "a password OAuth Flow Object",
    &[
        must("tokenUrl", ValueKind::Text),
        may("refreshUrl", ValueKind::Text),
        must("scopes", SCOPES),
    ],
);

static CLIENT_CREDENTIALS: Object = Object::new(
    "a client credentials OAuth Flow Object",
    &[
        must("tokenUrl", ValueKind::Text),
        may("refreshUrl", ValueKind::Text),
        must("scopes", SCOPES),
    ],
);

static AUTHORIZATION_CODE: Object = Object::new(
    "an authorization code OAuth Flow Object",
    &[
        must("authorizationUrl", ValueKind::Text),
        must("tokenUrl", ValueKind::Text),
        may("refreshUrl", ValueKind::Text),
        must("scopes", SCOPES),
    ],
);

/// Names of schemes with the scopes that each must grant.
pub(super) static SECURITY_REQUIREMENT: ValueKind = ValueKind::Custom(requirement);

/// What each type of scheme requires.
fn scheme<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    let kind = place.node.get("type").and_then(Node::as_str).unwrap_or("");
    let needed: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => &[],
    };
    for key in needed.iter().filter(|key| place.node.get(key).is_none()) {
        let message = format!("a security scheme of type `{kind}` needs `{key}`");
        walk.fault_on_key(place, message, format!("write `{key}: …`"));
    }
}

fn requirement<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    walk.visit(
        place,
        ValueKind::Map(&keys::ANY, &ValueKind::List(&ValueKind::Text)),
    );
    for entry in place.node.entries() {
        let name = walk.within(&entry.key, |walk| super::walk::Use {
            pointer: walk.pointer(),
            place: NodeEntry::of(entry),
            text: &entry.key,
        });
        walk.security_schemes.push(name);
    }
}
