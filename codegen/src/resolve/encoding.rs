//! `encoding` of a form or of a body of parts: how single properties are written.

use indexmap::IndexMap;
use openapiv3::{Encoding, QueryStyle};

use crate::model::{BodyKind, PropertyEncoding, Style};
use crate::pointer::Pointer;
use crate::report::Code;

use super::resolver::Resolver;

impl Resolver<'_> {
    /// The properties that are written in another way than by default. What OpenAPI ignores for this kind of body is left out.
    pub(super) fn encodings(
        &mut self,
        media: &Pointer,
        kind: BodyKind,
        said: IndexMap<String, Encoding>,
    ) -> Vec<PropertyEncoding> {
        if !matches!(kind, BodyKind::Form | BodyKind::Multipart) {
            return Vec::new();
        }
        let mut encodings = Vec::new();
        for (name, encoding) in said {
            let pointer = media.push("encoding").push(&name);
            let states = |key: &str| self.document.node(&pointer.push(key)).is_some();
            let (has_style, has_explode) = (states("style"), states("explode"));
            let Encoding {
                content_type,
                headers,
                style,
                explode,
                allow_reserved,
                ..
            } = encoding;
            if !headers.is_empty() && kind == BodyKind::Multipart {
                self.note(
                    Code::Ignored,
                    &pointer.push("headers"),
                    format!(
                        "the part `{name}` is sent without the headers that the document states"
                    ),
                    "nothing has to be done if they are optional; else skip the operation",
                );
            }
            let is_styled = kind == BodyKind::Form && (has_style || has_explode || allow_reserved);
            let style = style.map_or(Style::Form, |style| match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            });
            let exploded = match has_explode {
                true => explode,
                false => style == Style::Form,
            };
            // Of several types, and of a range, the first that is one type.
            let types = content_type.as_deref().unwrap_or_default();
            let mut types = types.split(',').map(str::trim);
            let media_type = types.find(|name| !name.is_empty() && !name.contains('*'));
            let media_type = media_type.map(str::to_owned);
            if is_styled || media_type.is_some() {
                encodings.push(PropertyEncoding {
                    name,
                    media_type,
                    style: is_styled.then_some(style),
                    explode: is_styled && exploded,
                    allow_reserved: is_styled && allow_reserved,
                });
            }
        }
        encodings
    }
}
