//! Security: the schemes of the document, and which of them an operation requires.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as Said};

use crate::config::Config;
use crate::model::{
    Api, Operation, Requirement, Resource, Security, SecurityScheme, Sent, SentPlace, sent,
};
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
            let is_named = self.config.credentials.contains_key(&name);
            let scheme = match scheme(said) {
                SecurityScheme::Http { scheme } if scheme == "bearer" && is_named => {
                    SecurityScheme::NamedBearer
                }
                scheme => scheme,
            };
            schemes.insert(name, scheme);
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
        let said = said.into_iter().map(requirement).enumerate();
        let mut alternatives: Vec<(usize, Vec<Requirement>)> = Vec::new();
        for (index, requirement) in said {
            for group in self.groups(requirement) {
                if !alternatives.iter().any(|(_, known)| *known == group) {
                    alternatives.push((index, group));
                }
            }
        }
        let (skipped, others): (Vec<_>, Vec<_>) =
            alternatives.into_iter().partition(|(_, alternative)| {
                let mut names = alternative.iter().map(|wanted| &wanted.scheme);
                names.any(|name| self.config.skip.peek(&scheme_at(name)).is_some())
            });
        if others.is_empty() {
            return Security {
                pointer,
                alternatives: skipped,
                sent: Vec::new(),
            };
        }
        for wanted in skipped.iter().flat_map(|(_, alternative)| alternative) {
            // The entry is in effect.
            let _ = self.config.skip.get(&scheme_at(&wanted.scheme));
        }
        Security {
            pointer,
            alternatives: others,
            sent: Vec::new(),
        }
    }
}

impl Resolver<'_> {
    /// The groups of `sdk.toml`, where a requirement lists all of their schemes together; else the requirement itself.
    fn groups(&self, requirement: Vec<Requirement>) -> Vec<Vec<Requirement>> {
        let Some(rule) = &self.config.any_of else {
            return vec![requirement];
        };
        let listed: BTreeSet<&str> = requirement
            .iter()
            .map(|part| part.scheme.as_str())
            .collect();
        let wanted: BTreeSet<&str> = rule.value.iter().flatten().map(String::as_str).collect();
        if listed != wanted || rule.value.len() < 2 {
            return vec![requirement];
        }
        rule.mark();
        let parts = |group: &Vec<String>| {
            let parts = requirement.iter();
            parts
                .filter(|part| group.contains(&part.scheme))
                .cloned()
                .collect()
        };
        rule.value.iter().map(parts).collect()
    }
}

/// Decides what the runtime sends for each operation: the client's own credentials where the operation takes these, with what `sdk.toml`
/// lists beside them; else whatever it takes.
pub(super) fn choose(api: &mut Api, config: &Config) {
    let schemes = std::mem::take(&mut api.security_schemes);
    each(&mut api.root, &mut |operation| {
        operation.security.sent = chosen(&schemes, &operation.security, config);
    });
    api.security_schemes = schemes;
    let resources = api.root.walk().into_iter();
    let mut operations = resources.flat_map(|resource| &resource.operations);
    if operations.any(|operation| !operation.security.sent.is_empty()) {
        // A client may then be without credentials of its own: an operation that takes nothing is sent nothing.
        each(&mut api.root, &mut |operation| {
            let Security {
                alternatives, sent, ..
            } = &mut operation.security;
            if alternatives
                .iter()
                .all(|(_, alternative)| alternative.is_empty())
            {
                *sent = vec![Vec::new()];
            }
        });
    }
}

fn each(resource: &mut Resource, visit: &mut impl FnMut(&mut Operation)) {
    resource.operations.iter_mut().for_each(&mut *visit);
    for child in &mut resource.children {
        each(child, visit);
    }
}

fn chosen(
    schemes: &IndexMap<String, SecurityScheme>,
    security: &Security,
    config: &Config,
) -> Vec<Vec<Sent>> {
    let is_named = |part: &Sent| matches!(part, Sent::Named { .. });
    let alternatives = security.alternatives.iter().filter_map(|(_, alternative)| {
        let rules = alternative.iter();
        let rules = rules.filter_map(|wanted| config.credentials.get(&wanted.scheme));
        Some((sent(schemes, alternative)?, rules.collect::<Vec<_>>()))
    });
    let mut alternatives: Vec<_> = alternatives.collect();
    let is_own = |parts: &[Sent]| !parts.is_empty() && !parts.iter().any(is_named);
    let takes_own = alternatives.iter().any(|(parts, _)| is_own(parts));
    alternatives.retain(|(parts, rules)| {
        let is_bearer = |part: &Sent| {
            matches!(
                part,
                Sent::Named {
                    place: SentPlace::Bearer,
                    ..
                }
            )
        };
        // An entry is in effect where it offers something beside the own credentials, or tells a bearer token from the API token.
        if takes_own || parts.iter().any(is_bearer) {
            rules.iter().for_each(|rule| rule.mark());
        }
        !takes_own || !rules.is_empty() || !parts.iter().any(is_named)
    });
    let sent: Vec<Vec<Sent>> = alternatives.into_iter().map(|(parts, _)| parts).collect();
    match sent.iter().flatten().any(is_named) {
        true => sent,
        false => Vec::new(),
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
