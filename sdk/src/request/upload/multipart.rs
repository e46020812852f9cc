//! `multipart/form-data`: RFC 7578.
//!
//! In: a value whose properties are the parts. Out: the parts in the order of the properties, as bytes or as a stream. By OpenAPI 3.0.3 a
//! word is text, an object is JSON, a list is one part for each of its items, a file is its content. Null is not sent.

use std::collections::VecDeque;
use std::io;

use bytes::{Bytes, BytesMut};
use serde::Serialize;

use crate::decode::{DEEPEST, Json, Tree};
use crate::types::secret;
use crate::types::upload::{Collected, FileUpload, InTurn, Piece, UploadBody, collect, unique};

/// The media type of objects.
const JSON: &str = "application/json";

/// The parts of a body.
pub(super) struct Multipart {
    boundary: String,
    parts: Vec<Part>,
}

/// One part: the lines before its content, and the content.
struct Part {
    head: String,
    content: FileUpload,
}

impl Multipart {
    /// The parts of an object. `types` has media types by property.
    pub(super) fn of(value: &impl Serialize, types: &[(&str, &str)]) -> Result<Self, String> {
        let collected = secret::sending(|| collect(value))
            .map_err(|error| format!("the body cannot be written: {error}"))?;
        let tree = Tree::parse(&collected.text, DEEPEST).map_err(|fault| fault.to_string())?;
        let fields = tree.root().object();
        let fields = fields.map_err(|_| "the body of parts is no object".to_owned())?;
        let mut parts = Vec::new();
        for (key, value) in fields.entries() {
            let name = key.as_text().unwrap_or_default();
            let media_type = types.iter().find(|(known, _)| *known == name);
            let media_type = media_type.map(|(_, media_type)| *media_type);
            let is_json = media_type.is_some_and(|media_type| media_type.ends_with("json"));
            match value.items() {
                Ok(items) if !is_json => {
                    for item in items {
                        parts.extend(part(&collected, &name, item, media_type)?);
                    }
                }
                _ => parts.extend(part(&collected, &name, value, media_type)?),
            }
        }
        Ok(Self {
            boundary: unique(),
            parts,
        })
    }

    pub(super) fn media_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    pub(super) fn is_spent(&self) -> bool {
        self.parts.iter().any(|part| part.content.is_spent())
    }

    /// The whole, where all of it is in memory.
    pub(super) fn content(&self) -> Option<Bytes> {
        let mut whole = BytesMut::new();
        for part in &self.parts {
            whole.extend_from_slice(self.head(part).as_bytes());
            whole.extend_from_slice(part.content.content()?);
            whole.extend_from_slice(b"\r\n");
        }
        whole.extend_from_slice(self.end().as_bytes());
        Some(whole.freeze())
    }

    /// Opens all files, so that one that is not there is found before anything is sent.
    pub(super) async fn open(&self) -> io::Result<UploadBody> {
        let mut pieces = VecDeque::new();
        let mut length = Some(0_u64);
        let mut add = |piece: Piece, bytes: Option<u64>| {
            length = length.zip(bytes).map(|(sum, bytes)| sum + bytes);
            pieces.push_back(piece);
        };
        let text = |text: String| {
            let bytes = text.len() as u64;
            (Piece::Bytes(text.into()), Some(bytes))
        };
        for part in &self.parts {
            let body = part.content.open().await?;
            let bytes = body.length();
            for (piece, bytes) in [
                text(self.head(part)),
                (Piece::Body(body), bytes),
                text("\r\n".to_owned()),
            ] {
                add(piece, bytes);
            }
        }
        let (end, bytes) = text(self.end());
        add(end, bytes);
        Ok(UploadBody::new(Box::pin(InTurn(pieces)), length))
    }

    fn head(&self, part: &Part) -> String {
        format!("--{}\r\n{}\r\n", self.boundary, part.head)
    }

    fn end(&self) -> String {
        format!("--{}--\r\n", self.boundary)
    }
}

/// One value as a part; `None` for null.
fn part(
    collected: &Collected,
    name: &str,
    value: Json<'_>,
    media_type: Option<&str>,
) -> Result<Option<Part>, String> {
    if value.is_null() {
        return Ok(None);
    }
    let text = value.as_text();
    if let Some(file) = text.as_deref().and_then(|text| collected.file(text)) {
        let media_type = file.media().or(media_type).unwrap_or(super::BYTES);
        // Without a name many servers take a file for a text.
        let file_name = file.name().unwrap_or(name);
        let head = head(name, Some(file_name), Some(media_type))?;
        let content = file.clone();
        return Ok(Some(Part { head, content }));
    }
    if collected.has_file(value.raw()) {
        return Err(format!(
            "`{name}` has a file inside an object, which JSON cannot have"
        ));
    }
    let is_nested = value.object().is_ok() || value.items().is_ok();
    let is_json = is_nested || media_type.is_some_and(|media_type| media_type.ends_with("json"));
    let content = match text {
        Some(text) if !is_json => text.into_owned(),
        _ => value.raw().to_owned(),
    };
    let media_type = media_type.or(is_json.then_some(JSON));
    let head = head(name, None, media_type)?;
    let content = FileUpload::bytes(content);
    Ok(Some(Part { head, content }))
}

fn head(name: &str, file_name: Option<&str>, media_type: Option<&str>) -> Result<String, String> {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
    if let Some(file_name) = file_name {
        head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
    }
    head.push_str("\r\n");
    if let Some(media_type) = media_type {
        let is_printable = |c: char| c.is_ascii_graphic() || c == ' ';
        if !media_type.chars().all(is_printable) {
            return Err(format!("the media type of `{name}` is not one"));
        }
        head.push_str(&format!("Content-Type: {media_type}\r\n"));
    }
    Ok(head)
}

/// What would end a name is encoded, as browsers do.
fn quoted(name: &str) -> String {
    let name = name.replace('"', "%22");
    name.replace('\r', "%0D").replace('\n', "%0A")
}
