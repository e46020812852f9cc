//! Security: the schemes of the document, and which of them an operation requires.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as Said};

use crate::model::SecurityScheme;
use crate::pointer::Pointer;

use super::resolver::Resolver;

impl Resolver<'_> {
    /// The security schemes under `components`.
    pub(super) fn security_schemes(&mut self) -> IndexMap<String, SecurityScheme> {
        let place = Pointer::root().push("components").push("securitySchemes");
        let listed = self
            .document
            .openapi()
            .components
            .clone()
            .unwrap_or_default()
            .security_schemes;
        let mut schemes = IndexMap::new();
        for (name, item) in listed {
            let Some((_, said)) = self.follow(&place.push(&name), item) else {
                continue;
            };
            schemes.insert(name, scheme(said));
        }
        schemes
    }

    /// The requirements of an operation: its own, or those of the document. Any one of the outer list, all of the inner.
    pub(super) fn requirements(&self, own: Option<Vec<SecurityRequirement>>) -> Vec<Vec<String>> {
        let said = own
            .or_else(|| self.document.openapi().security.clone())
            .unwrap_or_default();
        said.into_iter()
            .map(|requirement| requirement.into_keys().collect())
            .collect()
    }
}

fn scheme(said: Said) -> SecurityScheme {
    match said {
        Said::APIKey {
            location,
            name,
            description: _,
            extensions: _,
        } => SecurityScheme::ApiKey {
            location: match location {
                APIKeyLocation::Query => "query",
                APIKeyLocation::Header => "header",
                APIKeyLocation::Cookie => "cookie",
            }
            .to_owned(),
            name,
        },
        Said::HTTP {
            scheme,
            bearer_format: _,
            description: _,
            extensions: _,
        } => SecurityScheme::Http {
            scheme: scheme.to_ascii_lowercase(),
        },
        Said::OAuth2 {
            flows: _,
            description: _,
            extensions: _,
        } => SecurityScheme::OAuth2,
        Said::OpenIDConnect {
            open_id_connect_url,
            description: _,
            extensions: _,
        } => SecurityScheme::OpenIdConnect {
            url: open_id_connect_url,
        },
    }
}
