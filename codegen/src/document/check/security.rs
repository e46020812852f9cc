//! Security schemes, their OAuth flows, and the requirements that name them.

use crate::document::node::Node;

use super::keys;
use super::table::{Kind, Object, may, must};
use super::walk::{Place, Walk};

pub(super) static SECURITY_SCHEME: Object = Object::new(
    "a Security Scheme Object",
    &[
        may("description", Kind::Text),
        must(
            "type",
            Kind::Choice(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        may("in", Kind::Choice(&["query", "header", "cookie"])),
        may("name", Kind::Text),
        may("scheme", Kind::Text),
        may("bearerFormat", Kind::Text),
        may("flows", Kind::Object(&OAUTH_FLOWS)),
        may("openIdConnectUrl", Kind::Text),
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
        may("implicit", Kind::Object(&IMPLICIT)),
        may("password", Kind::Object(&PASSWORD)),
        may("clientCredentials", Kind::Object(&CLIENT_CREDENTIALS)),
        may("authorizationCode", Kind::Object(&AUTHORIZATION_CODE)),
    ],
)
.hints(&[
    ("application", "OpenAPI 3.0 calls it `clientCredentials`"),
    ("accessCode", "OpenAPI 3.0 calls it `authorizationCode`"),
]);

const SCOPES: Kind = Kind::Map(&keys::ANY, &Kind::Text);

static IMPLICIT: Object = Object::new(
    "an implicit OAuth Flow Object",
    &[
        must("authorizationUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", SCOPES),
    ],
);

static PASSWORD: Object = Object::new(
    "a password OAuth Flow Object",
    &[
        must("tokenUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", SCOPES),
    ],
);

static CLIENT_CREDENTIALS: Object = Object::new(
    "a client credentials OAuth Flow Object",
    &[
        must("tokenUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", SCOPES),
    ],
);

static AUTHORIZATION_CODE: Object = Object::new(
    "an authorization code OAuth Flow Object",
    &[
        must("authorizationUrl", Kind::Text),
        must("tokenUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", SCOPES),
    ],
);

/// Names of schemes with the scopes that each must grant.
pub(super) static SECURITY_REQUIREMENT: Kind = Kind::Custom(requirement);

/// What each type of scheme requires.
fn scheme<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
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

fn requirement<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    walk.visit(place, Kind::Map(&keys::ANY, &Kind::List(&Kind::Text)));
    for entry in place.node.entries() {
        let name = walk.within(&entry.key, |walk| super::walk::Use {
            pointer: walk.pointer(),
            place: Place::of(entry),
            text: &entry.key,
        });
        walk.security_schemes.push(name);
    }
}
