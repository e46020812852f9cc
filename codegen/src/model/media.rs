//! Media types: their essence, ranges such as `*/*`, and which one the runtime names.

use super::{BodyKind, Content, Media, Operation, ResponseKind};

/// What the runtime sends and asks for where the document leaves the choice.
const JSON: &str = "application/json";

/// The media type without parameters such as `charset`, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether it is a range of media types, JSON among them: `*/*` or `application/*`.
pub(crate) fn includes_json(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "application/*")
}

/// The type of JSON that the runtime names in a header: of a range, `application/json`.
fn json(media_type: &str) -> String {
    match includes_json(media_type) {
        true => JSON.to_owned(),
        false => essence(media_type),
    }
}

impl Media {
    /// `Content-Type` of a request with this body. One of a range has that of its file.
    pub(crate) fn sent_as(&self) -> String {
        match self.kind {
            BodyKind::Json => json(&self.media_type),
            BodyKind::Text => self.media_type.trim().to_owned(),
            BodyKind::Form | BodyKind::Multipart | BodyKind::Binary => essence(&self.media_type),
        }
    }

    /// The charset of a text, where it is not UTF-8.
    pub(crate) fn foreign_charset(&self) -> Option<String> {
        let parameters = self.media_type.split(';').skip(1);
        let mut parameters = parameters.filter_map(|parameter| parameter.trim().split_once('='));
        let (_, charset) = parameters.find(|(name, _)| name.eq_ignore_ascii_case("charset"))?;
        let charset = charset.trim_matches('"');
        let is_utf8 = ["utf-8", "us-ascii"]
            .iter()
            .any(|known| charset.eq_ignore_ascii_case(known));
        (!is_utf8).then(|| charset.to_owned())
    }
}

impl Content {
    /// `Accept` of a request for this content; `None` where there is none.
    pub(crate) fn accepted_as(&self) -> Option<String> {
        let media_type = self.media_type.as_ref()?;
        Some(match &self.kind {
            ResponseKind::Binary(_) | ResponseKind::Text(_) => essence(media_type),
            ResponseKind::Result { .. } | ResponseKind::Json(_) | ResponseKind::Empty => {
                json(media_type)
            }
        })
    }
}

impl Operation {
    /// `Accept`, where it is not `application/json`.
    pub(crate) fn accepts(&self) -> Option<String> {
        let contents = self
            .responses
            .iter()
            .flat_map(|response| &response.contents);
        // Of several kinds the service can take the first, and of JSON there is a type.
        let mut contents: Vec<&Content> = contents.collect();
        contents.sort_by_key(|content| content.kind.ty().is_none());
        let mut accepted: Vec<String> = Vec::new();
        let mut json: Vec<&ResponseKind> = Vec::new();
        for content in contents {
            // The same JSON under two names is asked for once.
            let is_again = content.kind.ty().is_some() && json.contains(&&content.kind);
            let media_type = content.accepted_as().filter(|_| !is_again);
            json.push(&content.kind);
            accepted.extend(media_type.filter(|media_type| !accepted.contains(media_type)));
        }
        let accepted = accepted.join(", ");
        (!accepted.is_empty() && accepted != JSON).then_some(accepted)
    }

    /// `Content-Type`, where it is not `application/json`.
    pub(crate) fn sends(&self) -> Option<String> {
        let sent = self.body.as_ref()?.media.first()?.sent_as();
        (sent != JSON).then_some(sent)
    }
}
