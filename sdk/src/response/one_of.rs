//! Operations with several kinds of success, distinguished by status and media type.
//!
//! In: the head of a response, and the table of an operation's kinds. Out: the enum of that operation, as its variant for the head, or
//! as the catch-all with the status and the body as they came. The generator writes the enum and the table.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::decode::{self, Json};
use crate::error::{ApiError, Error};
use crate::response::error_body::refused;
use crate::response::kind::{ResponseKind, Wants, sealed};
use crate::response::raw::{RawResponse, essence};
use crate::response::{Frame, Response};

/// One of several kinds of success. The call returns an enum.
#[derive(Debug)]
pub struct OneOf<T>(PhantomData<fn() -> T>);

/// An enum of the kinds of success of one operation. Generated enums implement it.
pub trait Successes: Sized + Send + 'static {
    #[doc(hidden)]
    const TABLE: &'static [Success<Self>];

    #[doc(hidden)]
    fn other(other: OtherResponse) -> Self;
}

/// One kind of success.
pub struct Success<T> {
    /// `200`, `2XX` or `default`.
    pub(crate) status: &'static str,
    /// The media types that it can have. None: it has no body, or one of any type.
    pub(crate) media: &'static [&'static str],
    pub(crate) wants: Wants,
    pub(crate) read: fn(RawResponse) -> Result<Response<T>, Error>,
}

impl<T: 'static> sealed::Sealed for OneOf<T> {}

impl<T: Successes> ResponseKind for OneOf<T> {
    type Output = T;

    const WANTS: Wants = match has_stream(T::TABLE) {
        true => Wants::ByHead(streams::<T>),
        false => Wants::Whole,
    };

    fn read(raw: RawResponse) -> Result<Response<T>, Error> {
        match choose(T::TABLE, raw.facts.status, &raw.headers) {
            Some(success) => (success.read)(raw),
            None => other(raw),
        }
    }
}

const fn has_stream<T>(table: &[Success<T>]) -> bool {
    let mut index = 0;
    while index < table.len() {
        if table[index].wants.may_stream() {
            return true;
        }
        index += 1;
    }
    false
}

/// Whether the response with this head is a stream.
fn streams<T: Successes>(status: StatusCode, headers: &HeaderMap) -> bool {
    choose(T::TABLE, Some(status), headers).is_some_and(|success| success.wants.may_stream())
}

/// The kind of a response. The status decides first: the same number, else a range, else `default`; then the media type.
///
/// Where only one kind has the status, other media types fit too, since some servers label JSON as text: reading it is strict. But what
/// is labelled as JSON or HTML is neither a file nor a text, if these have another type.
fn choose<T>(
    table: &'static [Success<T>],
    status: Option<StatusCode>,
    headers: &HeaderMap,
) -> Option<&'static Success<T>> {
    let status = status?;
    let closest = table.iter().map(|success| distance(success.status, status));
    let closest = closest.flatten().min()?;
    let fitting = table
        .iter()
        .filter(|success| distance(success.status, status) == Some(closest));
    let fitting: Vec<&Success<T>> = fitting.collect();
    let media = essence(headers);
    let named = media.as_deref().and_then(|media| {
        let mut fitting = fitting.iter();
        fitting.find(|success| success.media.contains(&media))
    });
    let included = || {
        let media = media.as_deref()?;
        let includes =
            |success: &&&Success<T>| success.media.iter().any(|range| includes(range, media));
        fitting.iter().find(includes)
    };
    if let Some(success) = named.or_else(included) {
        return Some(success);
    }
    match fitting.as_slice() {
        [only] if only.takes(media.as_deref()) => Some(only),
        _ => None,
    }
}

impl<T> Success<T> {
    /// Whether it can have this media type, which is not one of its own.
    fn takes(&self, media: Option<&str>) -> bool {
        let is_json = |media: &str| media == "application/json" || media.ends_with("+json");
        let is_html = |media: &str| matches!(media, "text/html" | "application/xhtml+xml");
        let reads_json = self.media.is_empty() || self.media.iter().any(|own| is_json(own));
        reads_json || !media.is_some_and(|media| is_json(media) || is_html(media))
    }
}

/// How far a status of the document is from that of a response. `None`: it does not include it.
fn distance(stated: &str, status: StatusCode) -> Option<u8> {
    if stated == status.as_str() {
        return Some(0);
    }
    let digit = stated.strip_suffix("XX");
    if digit.is_some_and(|digit| status.as_str().starts_with(digit)) {
        return Some(1);
    }
    (stated == "default").then_some(2)
}

/// Whether a range such as `*/*` or `text/*` includes a media type.
fn includes(range: &str, media: &str) -> bool {
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => media.starts_with(start),
        None => false,
    }
}

/// A response that no kind fits. An envelope that reports a failure is an error.
fn other<T: Successes>(raw: RawResponse) -> Result<Response<T>, Error> {
    let body = raw.bytes();
    let tree = decode::tree(&body, raw.limits.depth).ok();
    let refusal = tree.as_ref().and_then(|tree| refusal(tree.root()));
    if let Some(error) = refusal {
        return Err(raw.fail(error));
    }
    let other = OtherResponse {
        status: raw.facts.status.unwrap_or_default(),
        media_type: essence(&raw.headers),
        body: body.clone(),
    };
    let frame = Frame {
        body,
        ..Frame::default()
    };
    Ok(Response::new(
        T::other(other),
        raw.facts,
        raw.headers,
        frame,
    ))
}

/// The error of an envelope that reports a failure.
fn refusal(body: Json<'_>) -> Option<Error> {
    let success = body.get("success").and_then(Json::as_bool);
    let errors = body.get("errors").map(ApiError::list).unwrap_or_default();
    (success == Some(false)).then(|| refused(errors).in_envelope(true))
}

/// A successful response with a status or a media type that this version does not know for its operation, as it came.
///
/// Its `Debug` prints the body's length only.
#[derive(Clone, PartialEq, Eq)]
pub struct OtherResponse {
    status: StatusCode,
    media_type: Option<String>,
    body: Bytes,
}

impl OtherResponse {
    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the media type: `Content-Type` without its parameters, in lower case. `None` if the service sent none.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// Returns the body as received.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Debug for OtherResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherResponse")
            .field("status", &self.status)
            .field("media_type", &self.media_type)
            .field("body_length", &self.body.len())
            .finish()
    }
}

/// Implements [`Successes`] for an enum: the status and the media types of each variant, and the kind by which its value is read. A
/// variant without a kind has no value.
#[allow(
    unused_macros,
    reason = "generated code uses it where its document needs it"
)]
macro_rules! successes {
    (
        enum $name:ident {
            $(#[success($status:literal $(, $media:literal)*)] $variant:ident $(($kind:ty))?),+ $(,)?
        }
    ) => {
        impl $crate::response::one_of::Successes for $name {
            const TABLE: &'static [$crate::response::one_of::Success<Self>] = &[$(
                $crate::response::one_of::Success {
                    status: $status,
                    media: &[$($media),*],
                    wants: $crate::response::one_of::successes!(@ wants $($kind)?),
                    read: |raw| $crate::response::one_of::successes!(@ read raw $variant $($kind)?),
                }
            ),+];

            fn other(other: $crate::response::one_of::OtherResponse) -> Self {
                Self::Other(other)
            }
        }
    };
    (@ wants) => {
        $crate::response::kind::Wants::Whole
    };
    (@ wants $kind:ty) => {
        <$kind as $crate::response::kind::ResponseKind>::WANTS
    };
    (@ read $raw:ident $variant:ident) => {
        <$crate::response::kind::Empty as $crate::response::kind::ResponseKind>::read($raw)
            .map(|response| response.map(|()| Self::$variant))
    };
    (@ read $raw:ident $variant:ident $kind:ty) => {
        <$kind as $crate::response::kind::ResponseKind>::read($raw)
            .map(|response| response.map(Self::$variant))
    };
}

pub(crate) use successes;

#[cfg(test)]
mod tests {
    use super::{OneOf, OtherResponse, Success, choose};
    use crate::response::download::Download;
    use crate::response::kind::{Binary, ResponseKind, Single, Wants};
    use crate::response::plain_text::PlainText;
    use http::header::CONTENT_TYPE;
    use http::{HeaderMap, StatusCode};

    #[allow(
        clippy::large_enum_variant,
        dead_code,
        reason = "the table is tested, not the values"
    )]
    #[derive(Debug)]
    enum Lamp {
        Ok(u8),
        Text(String),
        File(Download),
        Success(u8),
        Gone,
        Other(OtherResponse),
    }

    super::successes! {
        enum Lamp {
            #[success("200", "application/json")]
            Ok(Single<u8>),
            #[success("200", "text/csv", "text/markdown")]
            Text(PlainText),
            #[success("201", "application/pdf")]
            File(Binary),
            #[success("2XX", "application/json")]
            Success(Single<u8>),
            #[success("204")]
            Gone,
        }
    }

    fn chosen(status: u16, media: Option<&str>) -> Option<usize> {
        let table = <Lamp as super::Successes>::TABLE;
        let mut headers = HeaderMap::new();
        if let Some(media) = media {
            headers.insert(CONTENT_TYPE, media.parse().unwrap());
        }
        let found = choose(table, StatusCode::from_u16(status).ok(), &headers)?;
        table
            .iter()
            .position(|success: &Success<Lamp>| std::ptr::eq(success, found))
    }

    #[test]
    fn b124_status_and_media_type_choose_the_kind() {
        for (status, media, wanted) in [
            (200, Some("application/json; charset=utf-8"), Some(0)),
            (200, Some("Text/Markdown"), Some(1)),
            // Two kinds have the status, and neither the type.
            (200, Some("application/pdf"), None),
            (200, None, None),
            // One kind has the status: a file is not labelled as JSON, but may lack a type.
            (201, Some("application/pdf"), Some(2)),
            (201, Some("application/octet-stream"), Some(2)),
            (201, None, Some(2)),
            (201, Some("application/json"), None),
            (201, Some("text/html"), None),
            // JSON may be labelled as text.
            (202, Some("text/plain"), Some(3)),
            (204, None, Some(4)),
        ] {
            assert_eq!(chosen(status, media), wanted, "{status} {media:?}");
        }
    }

    #[test]
    fn b124_only_files_are_streams() {
        let Wants::ByHead(streams) = OneOf::<Lamp>::WANTS else {
            panic!("a kind is a file");
        };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, "application/pdf".parse().unwrap());
        assert!(streams(StatusCode::CREATED, &headers));
        assert!(!streams(StatusCode::OK, &headers));
        headers.insert(CONTENT_TYPE, "application/json".parse().unwrap());
        assert!(!streams(StatusCode::CREATED, &headers));
    }
}
