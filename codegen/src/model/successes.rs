//! The kinds of success of an operation: one, or several that status and media type tell apart.

use crate::pointer::Pointer;

use super::{Content, Operation, ResponseKind};

/// One kind of success.
#[derive(Clone, Debug)]
pub struct Success<'a> {
    /// The node: the response, or one of its contents where it has several kinds.
    pub pointer: &'a Pointer,
    /// `200`, `2XX` or `default`.
    pub status: &'a str,
    /// The document's description of the response.
    pub description: &'a str,
    /// The media types that it can have; none where there is no body.
    pub media: Vec<String>,
    /// What it carries.
    pub kind: &'a ResponseKind,
    /// Whether no other kind has its status.
    pub is_alone: bool,
}

impl ResponseKind {
    /// Whether the runtime reads two kinds alike: all files, and all texts, whatever their media types.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Binary(_), Self::Binary(_)) | (Self::Text(_), Self::Text(_)) => true,
            (one, other) => one == other,
        }
    }
}

impl Operation {
    /// Whether a successful response can carry one of several kinds.
    pub(crate) fn has_several_kinds(&self) -> bool {
        let mut kinds = self.response_kinds();
        let first = kinds.next();
        first.is_some_and(|first| kinds.any(|kind| !kind.is_like(first)))
    }

    /// The kinds of success, in document order, where there are several; none where there is one.
    pub(crate) fn several_kinds(&self) -> Vec<Success<'_>> {
        if !self.has_several_kinds() {
            return Vec::new();
        }
        let mut found: Vec<Success<'_>> = Vec::new();
        for response in &self.responses {
            let first = found.len();
            for content in &response.contents {
                let alike = |success: &&mut Success<'_>| success.kind.is_like(&content.kind);
                match found[first..].iter_mut().find(alike) {
                    Some(success) => success.media.extend(content.accepted_as()),
                    None => found.push(success(response, content)),
                }
            }
            if let [only] = &mut found[first..] {
                only.is_alone = true;
                only.pointer = &response.pointer;
            }
        }
        found
    }
}

fn success<'a>(response: &'a super::Response, content: &'a Content) -> Success<'a> {
    Success {
        pointer: &content.pointer,
        status: &response.status,
        description: &response.description,
        media: content.accepted_as().into_iter().collect(),
        kind: &content.kind,
        is_alone: false,
    }
}
