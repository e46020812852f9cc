//! How the runtime writes a parameter: as one word, as a list of words, or by its style.
//!
//! In: a parameter and the types of the API. Out: the way, which `emit` follows, or why there is none.

use super::Api;
use super::media::essence;
use super::parameter::{Location, Parameter, Style};
use super::ty::{Scalar, TypeKind};
use super::type_ref::Ty;

/// How the runtime writes a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// As one word.
    Word,
    /// As a list in the query: the key is repeated, or the words are joined by a separator.
    List,
    /// By its style, which takes the feature `styles` of the SDK.
    Styled,
}

/// The longest id that the runtime accepts in a path.
const LONGEST_ID: usize = 128;

impl Api {
    /// How a parameter is written, or why it cannot be.
    pub(crate) fn written(&self, parameter: &Parameter) -> Result<Written, &'static str> {
        let Parameter {
            location,
            style,
            ty,
            is_id,
            explode,
            allow_reserved,
            content,
            ..
        } = parameter;
        if *location == Location::Header {
            check_header(&parameter.name)?;
        }
        let kind = self.value_kind(ty).ok_or("binary data in a parameter")?;
        if kind == ValueKind::Secret && matches!(location, Location::Path | Location::Query) {
            return Err("a secret text in an address, which servers and proxies write down");
        }
        if let Some(media_type) = content {
            return match essence(media_type).as_str() {
                "application/json" => Ok(Written::Styled),
                media_type if media_type.ends_with("+json") => Ok(Written::Styled),
                "text/plain" if matches!(kind, ValueKind::Word | ValueKind::Id) => {
                    Ok(Written::Styled)
                }
                _ => Err("a parameter whose `content` is not JSON"),
            };
        }
        Ok(match (location, style, kind) {
            (_, Style::DeepObject, _) if self.can_be_deep(ty) => Written::Styled,
            (_, Style::DeepObject, _) => {
                return Err("the style `deepObject` for something that is no object");
            }
            (Location::Path, Style::Simple, ValueKind::Id) if *is_id => Written::Word,
            (Location::Path, Style::Simple, _) if self.is_plain(ty) => Written::Word,
            (Location::Query, _, ValueKind::Word | ValueKind::Id) if !allow_reserved => {
                Written::Word
            }
            (Location::Header, _, ValueKind::Word | ValueKind::Id) => Written::Word,
            (Location::Query, _, ValueKind::Words) if !allow_reserved || *explode => Written::List,
            _ => Written::Styled,
        })
    }

    /// Whether a value of this type can have the style `deepObject`, which is one of objects.
    pub(crate) fn can_be_deep(&self, ty: &Ty) -> bool {
        let kind = self.value_kind(ty);
        let is_object = matches!(kind, Some(ValueKind::Object | ValueKind::Other));
        is_object && !matches!(ty, Ty::List(_))
    }

    /// `None` for binary data.
    fn value_kind(&self, ty: &Ty) -> Option<ValueKind> {
        Some(match ty {
            Ty::Bool | Ty::Integer(_) | Ty::Float(_) | Ty::Text | Ty::Timestamp => ValueKind::Word,
            Ty::Id(_) => ValueKind::Id,
            Ty::Secret => ValueKind::Secret,
            Ty::Binary | Ty::File => return None,
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                match self.types.get(pointer).map(|ty| &ty.kind) {
                    Some(TypeKind::Enum(list)) if list.is_text() || list.is_integer() => {
                        ValueKind::Word
                    }
                    Some(TypeKind::Struct(_)) => ValueKind::Object,
                    Some(TypeKind::Enum(_) | TypeKind::Union(_)) | None => ValueKind::Other,
                }
            }
            Ty::List(item) => match self.value_kind(item)? {
                ValueKind::Word | ValueKind::Id => ValueKind::Words,
                ValueKind::Secret => ValueKind::Secret,
                ValueKind::Words | ValueKind::Object | ValueKind::Other => ValueKind::Other,
            },
            Ty::Map(_) | Ty::Object => ValueKind::Object,
            Ty::Nullable(inner) => match self.value_kind(inner)? {
                ValueKind::Secret => ValueKind::Secret,
                _ => ValueKind::Other,
            },
            Ty::Any => ValueKind::Other,
        })
    }

    /// Whether all values that the document lists pass the check of ids.
    fn is_plain(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Bool | Ty::Integer(_) => true,
            Ty::Named(pointer) => match self.types.get(pointer).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(list)) => list.values.iter().all(|value| match &value.value {
                    Scalar::Text(text) => is_plain_text(text),
                    Scalar::Integer(_) | Scalar::Bool(_) => true,
                    Scalar::Number(_) => false,
                }),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a value of this parameter can hold a list or an object below its first level, for which no style has a form.
    pub(crate) fn is_nested(&self, parameter: &Parameter) -> bool {
        let is_word = |ty: &Ty| {
            let kind = self.value_kind(ty);
            matches!(
                kind,
                Some(ValueKind::Word | ValueKind::Id | ValueKind::Secret)
            )
        };
        if parameter.content.is_some() {
            return false;
        }
        match &parameter.ty {
            Ty::List(item) | Ty::Map(item) => !is_word(item),
            Ty::Named(pointer) | Ty::Boxed(pointer) => {
                match self.types.get(pointer).map(|ty| &ty.kind) {
                    Some(TypeKind::Struct(object)) => {
                        object.fields.iter().any(|field| !is_word(&field.ty))
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

/// What a value is, as far as styles tell values apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ValueKind {
    Word,
    Id,
    Secret,
    /// A list of words.
    Words,
    Object,
    /// Anything, or one of several kinds.
    Other,
}

/// Headers that frame the message, select the host or carry credentials: only the runtime sets them.
const OWN_HEADERS: [&str; 11] = [
    "connection",
    "content-length",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Errors for a header that cannot be sent, or that only the runtime sets.
fn check_header(name: &str) -> Result<(), &'static str> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err("a header with a name that HTTP does not allow");
    }
    if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        return Err("a header that only the client sets");
    }
    Ok(())
}

fn is_plain_text(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::is_plain_text;

    #[test]
    fn plain_text_is_what_an_id_may_be() {
        assert!(is_plain_text("aZ09-_"));
        for text in ["", "a.b", "a b", "é", &"a".repeat(129)] {
            assert!(!is_plain_text(text), "{text}");
        }
    }
}
