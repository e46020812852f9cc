//! Responses: what a successful one carries, and what failures carry beside the envelope that the runtime's error reads.

use openapiv3::{MediaType, ReferenceOr, Responses, SchemaKind, StatusCode, Type};

use crate::document::is_media_type;
use crate::model::{
    BodyKind, Content, Failure, Fold, Header, Response, ResponseKind, Ty, includes_json,
};
use crate::pointer::Pointer;

use super::body::kind as body_kind;
use super::resolved::Resolved;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// The successful responses, and the failures.
    pub(super) fn responses(
        &mut self,
        pointer: &Pointer,
        said: Responses,
    ) -> (Vec<Response>, Vec<Failure>) {
        let Responses {
            default,
            responses,
            extensions: _,
        } = said;
        let mut successful = Vec::new();
        let mut failures = Vec::new();
        let listed = responses
            .into_iter()
            .map(|(status, response)| (status_name(&status), response));
        let default = default.map(|response| ("default".to_owned(), response));
        let keys = self.document.keys(pointer);
        for (status, response) in listed.chain(default) {
            // The document may have `4xx`.
            let key = keys.iter().find(|key| key.eq_ignore_ascii_case(&status));
            let place = pointer.push(key.unwrap_or(&status));
            if self.skips(&place) {
                continue;
            }
            let is_successful =
                status.starts_with('2') || (status == "default" && successful.is_empty());
            if is_successful {
                successful.extend(self.successful(&place, status, response));
            } else {
                failures.extend(self.failing(&place, status, response));
            }
        }
        (successful, failures)
    }

    fn successful(
        &mut self,
        pointer: &Pointer,
        status: String,
        item: ReferenceOr<openapiv3::Response>,
    ) -> Option<Response> {
        let (at, response) = self.follow(pointer, item)?;
        self.ledger.emitted(pointer);
        if at != *pointer {
            self.ledger.folded(&at, Fold::Component);
        }
        let openapiv3::Response {
            description,
            headers,
            content,
            links: _,
            extensions: _,
        } = response;
        let place = at.push("content");
        let mut contents = Vec::new();
        for (media_type, media) in content {
            let pointer = place.push(&media_type);
            if self.skips(&pointer) {
                continue;
            }
            let media_type = readable(media_type);
            let kind = self.response_kind(&pointer, media_type.clone(), media)?;
            let facts = self.envelopes.get(&pointer.push("schema"));
            let unread = facts.map_or_else(Vec::new, |facts| facts.unread.clone());
            contents.push(Content {
                pointer,
                media_type: Some(media_type),
                kind,
                unread,
            });
        }
        if contents.is_empty() {
            contents.push(Content {
                pointer: at.clone(),
                media_type: None,
                kind: ResponseKind::Empty,
                unread: Vec::new(),
            });
        }
        let place = at.push("headers");
        let mut known = Vec::new();
        for (name, header) in headers {
            let pointer = place.push(&name);
            let (target, header) = self.follow(&pointer, header)?;
            self.ledger.folded(&pointer, Fold::Header);
            if target != pointer {
                self.ledger.folded(&target, Fold::Header);
            }
            known.push(Header {
                name,
                description: header.description,
            });
        }
        Some(Response {
            pointer: at,
            status,
            description,
            contents,
            headers: known,
        })
    }

    fn response_kind(
        &mut self,
        pointer: &Pointer,
        media_type: String,
        media: MediaType,
    ) -> Option<ResponseKind> {
        let MediaType {
            schema,
            example: _,
            examples: _,
            encoding: _,
            extensions: _,
        } = media;
        let place = pointer.push("schema");
        let schema = match schema {
            Some(schema) if includes_json(&media_type) => {
                if let Some(kind) = self.envelope(&place, &schema) {
                    return kind;
                }
                let resolved = self.schema(&place, schema)?;
                return Some(match resolved.ty {
                    Ty::Text | Ty::Binary => ResponseKind::Binary(media_type),
                    _ => ResponseKind::Json(resolved.member()),
                });
            }
            schema => schema,
        };
        match (body_kind(&media_type), schema) {
            (BodyKind::Json, Some(schema)) => {
                if let Some(kind) = self.envelope(&place, &schema) {
                    return kind;
                }
                let resolved = self.schema(&place, schema)?;
                Some(match resolved.ty {
                    // A file of JSON; a text that can be one is a text.
                    Ty::Binary if !self.is_choice(&place) => ResponseKind::Binary(media_type),
                    Ty::Binary => ResponseKind::Json(Ty::Text),
                    _ => ResponseKind::Json(resolved.member()),
                })
            }
            (BodyKind::Json, None) => Some(ResponseKind::Json(Ty::Any)),
            (kind, schema) => {
                // Of a text or of bytes the schema says nothing that the type has.
                if schema.is_some() {
                    self.fold_whole(&place, Fold::MediaType);
                }
                Some(match kind {
                    BodyKind::Text => ResponseKind::Text(media_type),
                    BodyKind::Json | BodyKind::Form | BodyKind::Multipart | BodyKind::Binary => {
                        ResponseKind::Binary(media_type)
                    }
                })
            }
        }
    }

    /// Folds a failure, and returns the types of its body that are not the envelope.
    fn failing(
        &mut self,
        pointer: &Pointer,
        status: String,
        item: ReferenceOr<openapiv3::Response>,
    ) -> Option<Failure> {
        let (at, response) = self.follow(pointer, item)?;
        self.ledger.folded(pointer, Fold::Failure);
        if at != *pointer {
            self.ledger.folded(&at, Fold::Failure);
        }
        let place = at.push("content");
        let mut types = Vec::new();
        for (media_type, media) in response.content {
            let pointer = place.push(&media_type).push("schema");
            let media_type = readable(media_type);
            let Some(schema) = media.schema else {
                continue;
            };
            let is_json = body_kind(&media_type) == BodyKind::Json
                || (includes_json(&media_type) && !self.is_plain(&pointer, &schema));
            if is_json {
                self.failure_types(&pointer, schema, &mut types);
            }
        }
        Some(Failure { status, types })
    }

    /// The types of a failure's body: those of a choice each by itself, without the envelopes among them.
    fn failure_types(
        &mut self,
        pointer: &Pointer,
        schema: ReferenceOr<openapiv3::Schema>,
        types: &mut Vec<Ty>,
    ) {
        if self.failure(pointer, &schema) {
            return;
        }
        let is_object = self.members(pointer, schema.clone()).is_some();
        let choice = match is_object {
            true => None,
            false => self.choice(pointer, &schema),
        };
        let Some((target, choice)) = choice else {
            let resolved = self.schema(pointer, schema);
            // Any JSON says nothing about the body.
            let ty = resolved.map(Resolved::member).filter(|ty| *ty != Ty::Any);
            types.extend(ty.filter(|ty| !types.contains(ty)));
            return;
        };
        if target != *pointer {
            self.ledger.folded(&target, Fold::Failure);
        }
        for (place, member) in choice {
            self.failure_types(&place, member, types);
        }
    }
}

impl Resolver<'_> {
    /// Whether a schema is a choice.
    fn is_choice(&self, pointer: &Pointer) -> bool {
        let node = self.document.node(&self.end(pointer));
        let has = |key: &str| node.is_some_and(|node| node.get(key).is_some());
        has("oneOf") || has("anyOf")
    }

    /// Whether a schema is one of texts or files.
    fn is_plain(&mut self, pointer: &Pointer, schema: &ReferenceOr<openapiv3::Schema>) -> bool {
        let found = self.follow(pointer, schema.clone());
        found.is_some_and(|(_, schema)| {
            let kind = &schema.schema_kind;
            matches!(kind, SchemaKind::Type(Type::String(_)))
        })
    }
}

/// The media type, or any if it is none.
fn readable(media_type: String) -> String {
    match is_media_type(&media_type) {
        true => media_type,
        false => "*/*".to_owned(),
    }
}

fn status_name(status: &StatusCode) -> String {
    match status {
        StatusCode::Code(code) => code.to_string(),
        StatusCode::Range(digit) => format!("{digit}XX"),
    }
}
