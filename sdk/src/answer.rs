//! The kinds of answers: what becomes of a successful reply.
//!
//! In: a [`Reply`]. Out: a [`Response`] with the operation's value, or an error with the facts of the call. An operation
//! names its kind in [`Endpoint::Answer`](crate::endpoint::Endpoint::Answer).

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::download::Download;
use crate::envelope::{self, Envelope};
use crate::error::{Error, ErrorKind};
use crate::operation::Wants;
use crate::page::Page;
use crate::reply::Reply;
use crate::response::{Frame, Response};

/// What an operation answers. Only the kinds of this module exist.
pub trait Answer: sealed::Sealed {
    /// What the call gives.
    type Output: Send + 'static;

    #[doc(hidden)]
    const WANTS: Wants = Wants::Whole;

    #[doc(hidden)]
    fn read(reply: Reply) -> Result<Response<Self::Output>, Error>;
}

/// Keeps [`Answer`] to the kinds of this module.
mod sealed {
    pub trait Sealed: 'static {}

    impl<T: 'static> Sealed for super::Single<T> {}
    impl<T: 'static> Sealed for super::List<T> {}
    impl<T: 'static> Sealed for super::Paged<T> {}
    impl Sealed for super::Empty {}
    impl Sealed for super::Binary {}
    impl Sealed for super::Raw {}
}

/// One result: the `result` of the envelope.
#[derive(Debug)]
pub struct Single<T>(PhantomData<fn() -> T>);

/// A whole list. An answer that says it holds only a part of it is an error.
#[derive(Debug)]
pub struct List<T>(PhantomData<fn() -> T>);

/// One page of a list.
#[derive(Debug)]
pub struct Paged<T>(PhantomData<fn() -> T>);

/// No result.
#[derive(Debug)]
pub enum Empty {}

/// A file.
#[derive(Debug)]
pub enum Binary {}

/// The body as it comes.
#[derive(Debug)]
pub enum Raw {}

impl<T: DeserializeOwned + Send + 'static> Answer for Single<T> {
    type Output = T;

    fn read(reply: Reply) -> Result<Response<T>, Error> {
        let body = reply.json()?;
        let envelope = envelope::read::<T>(&body).map_err(|error| reply.fail(error))?;
        let (result, frame) = envelope.split();
        match result {
            Some(value) => Ok(respond(reply, value, frame)),
            None => Err(reply.fail(envelope::no_result())),
        }
    }
}

impl<T: DeserializeOwned + Send + 'static> Answer for List<T> {
    type Output = Vec<T>;

    fn read(reply: Reply) -> Result<Response<Vec<T>>, Error> {
        let (items, envelope) = items(&reply)?;
        let missing = envelope
            .result_info
            .as_ref()
            .and_then(|info| info.missing(items.len()));
        match missing {
            Some(why) => Err(reply.fail(Error::new(ErrorKind::Incomplete, why))),
            None => Ok(respond(reply, items, envelope)),
        }
    }
}

impl<T: DeserializeOwned + Send + 'static> Answer for Paged<T> {
    type Output = Page<T>;

    fn read(reply: Reply) -> Result<Response<Page<T>>, Error> {
        let (items, envelope) = items(&reply)?;
        let page = Page::new(items, envelope.result_info.clone().unwrap_or_default());
        Ok(respond(reply, page, envelope))
    }
}

impl Answer for Empty {
    type Output = ();

    fn read(reply: Reply) -> Result<Response<()>, Error> {
        let envelope = envelope::read_empty(&reply.json()?).map_err(|error| reply.fail(error))?;
        Ok(respond(reply, (), envelope))
    }
}

impl Answer for Binary {
    type Output = Download;

    const WANTS: Wants = Wants::Stream;

    fn read(reply: Reply) -> Result<Response<Download>, Error> {
        let (facts, headers) = (reply.facts.clone(), reply.headers.clone());
        Ok(Response::new(
            Download::new(reply),
            facts,
            headers,
            Frame::default(),
        ))
    }
}

impl Answer for Raw {
    type Output = Bytes;

    fn read(reply: Reply) -> Result<Response<Bytes>, Error> {
        let body = reply.bytes();
        let frame = Frame {
            body: body.clone(),
            ..Frame::default()
        };
        Ok(Response::new(body, reply.facts, reply.headers, frame))
    }
}

/// The items of a list. `null` is the empty list; a missing `result` is not.
fn items<T: DeserializeOwned>(reply: &Reply) -> Result<(Vec<T>, Envelope<()>), Error> {
    let body = reply.json()?;
    let envelope = envelope::read::<Option<Vec<T>>>(&body).map_err(|error| reply.fail(error))?;
    let (items, frame) = envelope.split();
    let items = items.ok_or_else(|| reply.fail(envelope::no_result()))?;
    Ok((items.unwrap_or_default(), frame))
}

fn respond<T>(reply: Reply, value: T, envelope: Envelope<()>) -> Response<T> {
    let frame = Frame {
        messages: envelope.messages,
        result_info: envelope.result_info,
        body: reply.bytes(),
    };
    Response::new(value, reply.facts, reply.headers, frame)
}
