//! Security: the schemes of the document, and which of them an operation requires.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as Said};

use crate::model::{Requirement, Security, SecurityScheme};
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

    /// The requirements of an operation: its own, or those of the document. Alternatives with a skipped scheme are left out, unless
    /// there are no others.
    pub(super) fn requirements(
        &mut self,
        operation: &Pointer,
        own: Option<Vec<SecurityRequirement>>,
    ) -> Security {
        let (pointer, said) = match own {
            Some(own) => (operation.push("security"), own),
            None => (
                Pointer::root().push("security"),
                self.document.openapi().security.clone().unwrap_or_default(),
            ),
        };
        let alternatives: Vec<(usize, Vec<Requirement>)> =
            said.into_iter().map(requirement).enumerate().collect();
        let (skipped, others): (Vec<_>, Vec<_>) =
            alternatives.into_iter().partition(|(_, alternative)| {
                let mut names = alternative.iter().map(|wanted| &wanted.scheme);
                names.any(|name| self.config.skip.peek(&scheme_at(name)).is_some())
            });
        if others.is_empty() {
            return Security {
                pointer,
                alternatives: skipped,
            };
        }
        for wanted in skipped.iter().flat_map(|(_, alternative)| alternative) {
            // The entry is in effect.
            let _ = self.config.skip.get(&scheme_at(&wanted.scheme));
        }
        Security {
            pointer,
            alternatives: others,
        }
    }
}

fn requirement(said: SecurityRequirement) -> Vec<Requirement> {
    let schemes = said.into_iter();
    schemes
        .map(|(scheme, scopes)| Requirement { scheme, scopes })
        .collect()
}

/// The node of a scheme.
fn scheme_at(name: &str) -> Pointer {
    let components = Pointer::root().push("components");
    components.push("securitySchemes").push(name)
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
