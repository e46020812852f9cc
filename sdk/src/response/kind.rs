//! The kinds of responses: how a successful response is read.
//!
//! In: a [`RawResponse`]. Out: a [`Response`] with the operation's value, or an error with the facts of the call. An operation
//! names its kind in [`Endpoint::Response`](crate::endpoint::Endpoint::Response).

use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::decode::{Fault, FromJson, Json, by_serde};
use crate::error::{Error, ErrorKind};
use crate::response::download::Download;
use crate::response::envelope::{self, Envelope};
use crate::response::page::Page;
use crate::response::raw::RawResponse;
use crate::response::{Frame, Response};

/// How the body of a successful response is read.
#[derive(Clone, Copy, Debug)]
pub enum Wants {
    /// As a whole, into memory.
    Whole,
    /// As a stream, by the caller.
    Stream,
    /// As a stream where the function says so for the head of the response, else as a whole.
    #[cfg(feature = "responses")]
    ByHead(fn(StatusCode, &HeaderMap) -> bool),
}

impl Wants {
    /// Whether the response can be a stream.
    pub(crate) const fn may_stream(self) -> bool {
        !matches!(self, Self::Whole)
    }

    /// Whether the response with this head is a stream.
    pub(crate) fn streams(self, status: StatusCode, headers: &HeaderMap) -> bool {
        // Only a feature looks at the head.
        let _ = (status, headers);
        match self {
            Self::Whole => false,
            Self::Stream => true,
            #[cfg(feature = "responses")]
            Self::ByHead(streams) => streams(status, headers),
        }
    }
}

/// The kind of an operation's response. Only the kinds of this module exist.
pub trait ResponseKind: sealed::Sealed {
    /// The type that the call returns.
    type Output: Send + 'static;

    #[doc(hidden)]
    const WANTS: Wants = Wants::Whole;

    #[doc(hidden)]
    fn read(raw: RawResponse) -> Result<Response<Self::Output>, Error>;
}

/// Keeps [`ResponseKind`] to the kinds of this module.
pub(crate) mod sealed {
    /// A kind of response, whether or not what is in it can be read.
    pub trait Sealed: 'static {}

    impl<T: 'static> Sealed for super::Single<T> {}
    impl<T: 'static> Sealed for super::List<T> {}
    impl<T: 'static> Sealed for super::Paged<T> {}
    impl<A: Sealed> Sealed for super::Serde<A> {}
    impl Sealed for super::Empty {}
    impl Sealed for super::Binary {}
    impl Sealed for super::Raw {}
}

/// One result: the `result` of the envelope.
#[derive(Debug)]
pub struct Single<T>(PhantomData<fn() -> T>);

/// A whole list. A response that says it has only a part of the list is an error, which has the items, unless the call allows it.
#[derive(Debug)]
pub struct List<T>(PhantomData<fn() -> T>);

/// One page of a list.
#[derive(Debug)]
pub struct Paged<T>(PhantomData<fn() -> T>);

/// The same kind, with results of types that are not of this crate: they are read by way of their `Deserialize`.
#[derive(Debug)]
pub struct Serde<A>(PhantomData<fn() -> A>);

/// No result.
#[derive(Debug)]
pub enum Empty {}

/// A file.
#[derive(Debug)]
pub enum Binary {}

/// The body, unread.
#[derive(Debug)]
pub enum Raw {}

impl<T: FromJson + Send + 'static> ResponseKind for Single<T> {
    type Output = T;

    fn read(raw: RawResponse) -> Result<Response<T>, Error> {
        single(raw, T::from_json)
    }
}

impl<T: FromJson + Send + Sync + 'static> ResponseKind for List<T> {
    type Output = Vec<T>;

    fn read(raw: RawResponse) -> Result<Response<Vec<T>>, Error> {
        list(raw, Option::from_json)
    }
}

impl<T: DeserializeOwned + Send + 'static> ResponseKind for Serde<Single<T>> {
    type Output = T;

    fn read(raw: RawResponse) -> Result<Response<T>, Error> {
        single(raw, by_serde)
    }
}

impl<T: DeserializeOwned + Send + Sync + 'static> ResponseKind for Serde<List<T>> {
    type Output = Vec<T>;

    fn read(raw: RawResponse) -> Result<Response<Vec<T>>, Error> {
        list(raw, by_serde)
    }
}

impl<T: FromJson + Send + 'static> ResponseKind for Paged<T> {
    type Output = Page<T>;

    fn read(raw: RawResponse) -> Result<Response<Page<T>>, Error> {
        page(raw, Option::from_json)
    }
}

impl<T: DeserializeOwned + Send + 'static> ResponseKind for Serde<Paged<T>> {
    type Output = Page<T>;

    fn read(raw: RawResponse) -> Result<Response<Page<T>>, Error> {
        page(raw, by_serde)
    }
}

/// The kinds of responses that have items: a whole list, or a page of one.
pub trait ListKind: ResponseKind {}

impl<T> ListKind for List<T> where Self: ResponseKind {}
impl<T> ListKind for Paged<T> where Self: ResponseKind {}
impl<T> ListKind for Serde<List<T>> where Self: ResponseKind {}
impl<T> ListKind for Serde<Paged<T>> where Self: ResponseKind {}

impl ResponseKind for Empty {
    type Output = ();

    fn read(raw: RawResponse) -> Result<Response<()>, Error> {
        let envelope = envelope::read_empty(&raw.bytes(), raw.limits.depth);
        let envelope = envelope.map_err(|error| raw.fail(error))?;
        Ok(respond(raw, (), envelope))
    }
}

impl ResponseKind for Binary {
    type Output = Download;

    const WANTS: Wants = Wants::Stream;

    fn read(raw: RawResponse) -> Result<Response<Download>, Error> {
        let (facts, headers) = (raw.facts.clone(), raw.headers.clone());
        Ok(Response::new(
            Download::new(raw),
            facts,
            headers,
            Frame::default(),
        ))
    }
}

impl ResponseKind for Raw {
    type Output = Bytes;

    fn read(raw: RawResponse) -> Result<Response<Bytes>, Error> {
        let body = raw.bytes();
        let frame = Frame {
            body: body.clone(),
            ..Frame::default()
        };
        Ok(Response::new(body, raw.facts, raw.headers, frame))
    }
}

/// Kinds without a result are the same either way.
macro_rules! without_result {
    ($($kind:ident)*) => {
        $(
            impl ResponseKind for Serde<$kind> {
                type Output = <$kind as ResponseKind>::Output;

                const WANTS: Wants = $kind::WANTS;

                fn read(raw: RawResponse) -> Result<Response<Self::Output>, Error> {
                    $kind::read(raw)
                }
            }
        )*
    };
}

without_result! { Empty Binary Raw }

/// How a value is read.
pub(crate) type Reader<T> = fn(Json<'_>) -> Result<T, Fault>;

fn single<T>(raw: RawResponse, read: Reader<T>) -> Result<Response<T>, Error> {
    let (value, envelope) = result(&raw, read)?;
    Ok(respond(raw, value, envelope))
}

fn list<T: Send + Sync + 'static>(
    raw: RawResponse,
    read: Reader<Option<Vec<T>>>,
) -> Result<Response<Vec<T>>, Error> {
    let (items, envelope) = items(&raw, read)?;
    let info = envelope.result_info.as_ref();
    match info.and_then(|info| info.missing(items.len(), raw.list)) {
        Some(why) => {
            let error = Error::new(ErrorKind::Incomplete, why);
            Err(raw.fail(error.with_last_value(items)))
        }
        None => Ok(respond(raw, items, envelope)),
    }
}

fn page<T>(raw: RawResponse, read: Reader<Option<Vec<T>>>) -> Result<Response<Page<T>>, Error> {
    let (items, envelope) = items(&raw, read)?;
    let info = envelope.result_info.clone().unwrap_or_default();
    let page = Page::new(items, info, raw.list);
    Ok(respond(raw, page, envelope))
}

/// The items of a list. `null` is the empty list; a missing `result` is not.
fn items<T>(raw: &RawResponse, read: Reader<Option<Vec<T>>>) -> Result<(Vec<T>, Envelope), Error> {
    let (items, envelope) = result(raw, read)?;
    Ok((items.unwrap_or_default(), envelope))
}

fn result<T>(raw: &RawResponse, read: Reader<T>) -> Result<(T, Envelope), Error> {
    match envelope::read(&raw.bytes(), raw.limits.depth, raw.list, read) {
        Ok((Some(value), envelope)) => Ok((value, envelope)),
        Ok((None, _)) => Err(raw.fail(envelope::no_result())),
        Err(error) => Err(raw.fail(error)),
    }
}

fn respond<T>(raw: RawResponse, value: T, envelope: Envelope) -> Response<T> {
    let frame = Frame {
        messages: envelope.messages,
        result_info: envelope.result_info,
        body: raw.bytes(),
    };
    Response::new(value, raw.facts, raw.headers, frame)
}
