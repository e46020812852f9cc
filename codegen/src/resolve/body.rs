//! Request bodies.

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use crate::model::{Body, BodyKind, Fold, Media, Ty, essence, includes_json};
use crate::pointer::Pointer;

use super::resolver::Resolver;
use super::words::stated;

impl Resolver<'_> {
    /// The body of an operation in all its media types.
    pub(super) fn body(
        &mut self,
        pointer: &Pointer,
        item: ReferenceOr<RequestBody>,
    ) -> Option<Body> {
        let (at, body) = self.follow(pointer, item)?;
        if at != *pointer {
            self.ledger.folded(&at, Fold::Component);
        }
        let RequestBody {
            description,
            content,
            required,
            extensions: _,
        } = body;
        let place = at.push("content");
        let mut media = Vec::new();
        for (media_type, said) in content {
            let pointer = place.push(&media_type);
            if self.skips(&pointer) {
                continue;
            }
            media.push(self.media(pointer, media_type, said)?);
        }
        Some(Body {
            pointer: at,
            required,
            description: stated(description),
            media,
        })
    }

    fn media(&mut self, pointer: Pointer, media_type: String, said: MediaType) -> Option<Media> {
        let MediaType {
            schema,
            example,
            examples,
            encoding: _,
            extensions: _,
        } = said;
        let place = pointer.push("examples");
        let listed = examples.into_iter().find_map(|(name, item)| {
            let (_, example) = self.follow(&place.push(&name), item)?;
            example.value
        });
        let ty = match schema {
            Some(schema) => Some(self.schema(&pointer.push("schema"), schema)?.ty),
            None => None,
        };
        // Of a range the runtime sends what it can: JSON, unless the schema is one of texts or files.
        let is_json = includes_json(&media_type)
            && ty
                .as_ref()
                .is_some_and(|ty| !matches!(ty, Ty::Text | Ty::Binary));
        let kind = match is_json {
            true => BodyKind::Json,
            false => kind(&media_type),
        };
        Some(Media {
            kind,
            pointer,
            media_type,
            ty,
            example: example.or(listed),
        })
    }
}

/// How a media type is written; parameters such as `charset` do not matter.
pub(super) fn kind(media_type: &str) -> BodyKind {
    match essence(media_type).as_str() {
        "application/json" => BodyKind::Json,
        "application/x-www-form-urlencoded" => BodyKind::Form,
        other if other.ends_with("+json") => BodyKind::Json,
        other if other.starts_with("multipart/") => BodyKind::Multipart,
        other if other.starts_with("text/") => BodyKind::Text,
        _ => BodyKind::Binary,
    }
}

#[cfg(test)]
mod tests {
    use super::{BodyKind, kind};

    #[test]
    fn media_types_are_told_by_their_essence() {
        for (media_type, wanted) in [
            ("application/json", BodyKind::Json),
            ("Application/JSON; charset=utf-8", BodyKind::Json),
            ("application/problem+json", BodyKind::Json),
            ("application/x-www-form-urlencoded", BodyKind::Form),
            ("multipart/form-data", BodyKind::Multipart),
            ("text/csv", BodyKind::Text),
            ("application/zip", BodyKind::Binary),
            ("application/vnd.tcpdump.pcap", BodyKind::Binary),
        ] {
            assert_eq!(kind(media_type), wanted, "{media_type}");
        }
    }
}
