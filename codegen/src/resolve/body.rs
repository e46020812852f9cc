//! Request bodies.
//!
//! A body is sent in its first media type, JSON before others; each further one has a method of its own, whose name ends with what it is. A
//! further one of the same content as JSON, and a further one of bytes, is no other way to send it.

use openapiv3::{MediaType, ReferenceOr, RequestBody};
use serde_json::Value;

use crate::document::is_media_type;
use crate::model::{Body, BodyKind, Fold, Media, Ty, essence, includes_json};
use crate::pointer::Pointer;
use crate::report::Code;

use super::resolver::Resolver;
use super::words::stated;

/// A media type that has been taken: its name, how it is written, and its schema as the document has it.
type Taken = (String, BodyKind, Option<Value>);

impl Resolver<'_> {
    /// The body of an operation in all its media types; `None` where it has none.
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
        let (mut content, wrong): (Vec<_>, Vec<_>) = content
            .into_iter()
            .partition(|(media_type, _)| is_media_type(media_type));
        for (media_type, _) in &wrong {
            self.fold_whole(&place.push(media_type), Fold::MediaType);
        }
        if content.is_empty() && !wrong.is_empty() {
            self.fault_of(
                Code::Body,
                &place,
                "the body has no media type in which it can be sent",
                "write one such as `application/json` in spec/overlay.yaml",
            );
            return None;
        }
        content.sort_by_key(|(media_type, _)| general_kind(media_type) != BodyKind::Json);
        let mut media: Vec<Media> = Vec::new();
        let mut taken: Vec<Taken> = Vec::new();
        for (media_type, said) in content {
            let pointer = place.push(&media_type);
            if self.skips(&pointer) || self.repeats(&pointer, &media_type, &mut taken) {
                continue;
            }
            let mut found = self.media(pointer, media_type, said)?;
            found.suffix = suffix(&media, &found);
            media.push(found);
        }
        (!media.is_empty()).then(|| Body {
            pointer: at,
            required,
            description: stated(description),
            media,
        })
    }

    /// Whether an earlier media type sends the same; with a note.
    fn repeats(&mut self, pointer: &Pointer, media_type: &str, taken: &mut Vec<Taken>) -> bool {
        let schema = self.document.at::<Value>(&pointer.push("schema")).ok();
        let kind = general_kind(media_type);
        let same = taken.iter().find(|(_, known, earlier)| match known {
            BodyKind::Json => {
                schema.is_some() && *earlier == schema && !self.is_word(kind, schema.as_ref())
            }
            BodyKind::Binary => kind == BodyKind::Binary,
            BodyKind::Form | BodyKind::Multipart | BodyKind::Text => false,
        });
        let Some((sent, known, _)) = same else {
            taken.push((media_type.to_owned(), kind, schema));
            return false;
        };
        let (message, help) = match known {
            BodyKind::Binary => (
                format!("a body of type `{media_type}` is sent as one of `{sent}`"),
                "nothing has to be done: callers set the media type of the file",
            ),
            _ => (
                format!(
                    "the body has the schema of `{sent}` in `{media_type}` too; it is sent as `{sent}`"
                ),
                "nothing has to be done; to send the other one, skip this media type under [skip] in spec/sdk.toml, or remove it in spec/overlay.yaml",
            ),
        };
        self.ledger.folded(pointer, Fold::MediaType);
        self.note(Code::Ignored, pointer, message, help);
        true
    }

    /// Whether a schema is one of a text that is no object: as text it is another content than as JSON.
    fn is_word(&self, kind: BodyKind, schema: Option<&Value>) -> bool {
        let referred = schema
            .and_then(|schema| schema.get("$ref"))
            .and_then(Value::as_str)
            .and_then(|target| Pointer::parse(target.strip_prefix('#')?))
            .and_then(|target| self.document.at::<Value>(&target).ok());
        let schema = referred.as_ref().or(schema);
        let has = |key: &str| schema.is_some_and(|schema| schema.get(key).is_some());
        let is_object = has("properties")
            || schema.and_then(|schema| schema.get("type")) == Some(&Value::from("object"));
        kind == BodyKind::Binary || (kind == BodyKind::Text && !is_object)
    }

    fn media(&mut self, pointer: Pointer, media_type: String, said: MediaType) -> Option<Media> {
        let MediaType {
            schema,
            example,
            examples,
            encoding,
            extensions: _,
        } = said;
        let place = pointer.push("examples");
        let listed = examples.into_iter().find_map(|(name, item)| {
            let (_, example) = self.follow(&place.push(&name), item)?;
            example.value
        });
        let plain = kind(&media_type);
        let is_range = includes_json(&media_type);
        let ty = match schema {
            // Of bytes the schema says nothing that a file could not be.
            Some(_) if plain == BodyKind::Binary && !is_range => {
                self.fold_whole(&pointer.push("schema"), Fold::MediaType);
                None
            }
            Some(schema) => Some(self.schema(&pointer.push("schema"), schema)?.ty),
            None => None,
        };
        // Of a range the runtime sends what it can: JSON, unless the schema is one of texts or files.
        let is_json = is_range
            && ty
                .as_ref()
                .is_some_and(|ty| !matches!(ty, Ty::Text | Ty::Binary));
        let kind = match is_json {
            true => BodyKind::Json,
            false => plain,
        };
        let ty = match (kind, ty) {
            (BodyKind::Json, None) => Some(Ty::Any),
            (BodyKind::Form | BodyKind::Multipart, None) => Some(Ty::Object),
            (_, ty) => ty,
        };
        let encodings = self.encodings(&pointer, kind, encoding);
        Some(Media {
            kind,
            suffix: None,
            encodings,
            pointer,
            media_type,
            ty,
            example: example.or(listed),
        })
    }
}

/// What the name of the method of a further media type ends with.
fn suffix(earlier: &[Media], media: &Media) -> Option<String> {
    if earlier.is_empty() {
        return None;
    }
    if earlier.iter().any(|earlier| earlier.kind == media.kind) {
        let essence = essence(&media.media_type);
        let subtype = essence.split('/').next_back().unwrap_or_default();
        return Some(heck::AsSnakeCase(subtype).to_string());
    }
    let word = match media.kind {
        BodyKind::Json => "json",
        BodyKind::Form => "form",
        BodyKind::Multipart => "multipart",
        BodyKind::Text => "text",
        BodyKind::Binary => "file",
    };
    Some(word.to_owned())
}

/// How a media type is written where its schema is not looked at.
fn general_kind(media_type: &str) -> BodyKind {
    match includes_json(media_type) {
        true => BodyKind::Json,
        false => kind(media_type),
    }
}

/// How a media type is written; parameters such as `charset` do not matter.
pub(super) fn kind(media_type: &str) -> BodyKind {
    match essence(media_type).as_str() {
        "application/json" => BodyKind::Json,
        "application/x-www-form-urlencoded" => BodyKind::Form,
        other if other.ends_with("+json") => BodyKind::Json,
        other if other.starts_with("multipart/") => BodyKind::Multipart,
        // It may never end.
        "text/event-stream" => BodyKind::Binary,
        other if other.starts_with("text/") => BodyKind::Text,
        _ => BodyKind::Binary,
    }
}

#[cfg(test)]
mod tests {
    use super::{BodyKind, kind};

    #[test]
    fn media_types_are_recognised_by_their_essence() {
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
