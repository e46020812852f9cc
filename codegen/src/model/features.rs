//! The features of the SDK that generated code needs: parts of the runtime that are off by default.

use std::collections::BTreeSet;

use super::{Api, BodyKind, Paging, Resource, ResponseKind, Written};

/// A feature of the SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// `bodies`.
    Bodies,
    /// `credentials`.
    Credentials,
    /// `cursors`.
    Cursors,
    /// `responses`.
    Responses,
    /// `styles`.
    Styles,
}

impl Feature {
    /// Its name in the manifest of the SDK.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bodies => "bodies",
            Self::Credentials => "credentials",
            Self::Cursors => "cursors",
            Self::Responses => "responses",
            Self::Styles => "styles",
        }
    }

    /// What of the document needs it.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Bodies => "bodies of requests other than JSON",
            Self::Credentials => "credentials other than an API token or an email with an API key",
            Self::Cursors => "lists that are paged by cursors, or inside an object",
            Self::Responses => "responses other than the envelope and files",
            Self::Styles => "parameters in all styles",
        }
    }
}

impl Api {
    /// The features that the code for this document needs.
    pub fn features(&self) -> BTreeSet<Feature> {
        self.features_below(&self.root)
    }

    /// Those that a resource and all below it need.
    pub fn features_below(&self, resource: &Resource) -> BTreeSet<Feature> {
        let resources = resource.walk().into_iter();
        resources
            .flat_map(|resource| self.features_here(resource))
            .collect()
    }

    /// Those that the method needs that returns the handle of a resource.
    pub fn features_of_handle(&self, resource: &Resource) -> BTreeSet<Feature> {
        let mut parameters = resource.parameters.iter();
        let is_styled = parameters.any(|parameter| self.written(parameter) == Ok(Written::Styled));
        is_styled.then_some(Feature::Styles).into_iter().collect()
    }

    /// Those that the operations of a resource need.
    pub fn features_here(&self, resource: &Resource) -> BTreeSet<Feature> {
        let mut needed = BTreeSet::new();
        for operation in &resource.operations {
            if !operation.security.sent.is_empty() {
                needed.insert(Feature::Credentials);
            }
            let by_cursor = matches!(operation.paging, Some(Paging::Cursor(_)));
            if by_cursor || operation.list_inside.is_some() {
                needed.insert(Feature::Cursors);
            }
            let mut kinds = operation.response_kinds();
            let is_plain = |kind| matches!(kind, &ResponseKind::Json(_) | &ResponseKind::Text(_));
            let mut failures = operation.failures.iter();
            let has_typed = failures.any(|failure| !failure.types.is_empty());
            if has_typed || operation.has_several_kinds() || kinds.any(is_plain) {
                needed.insert(Feature::Responses);
            }
            let mut media = operation.body.iter().flat_map(|body| &body.media);
            if media.any(|media| media.kind != BodyKind::Json) {
                needed.insert(Feature::Bodies);
            }
            let mut parameters = operation.parameters.iter();
            if parameters.any(|parameter| self.written(parameter) == Ok(Written::Styled)) {
                needed.insert(Feature::Styles);
            }
        }
        needed
    }
}
