//! A call: an endpoint with its arguments, not sent yet.
//!
//! In: the arguments of a generated method and what its setters add. Out: the answer, once it is awaited. All that does not
//! depend on the endpoint's type is in [`Request`], so that little is compiled per endpoint.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;

use crate::BoxFuture;
use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::operation::Endpoint;
use crate::pipeline;
use crate::request::{Place, Request};
use crate::response::Response;
use crate::trace;

mod options;

/// What an endpoint gives.
type Output<E> = <<E as Endpoint>::Answer as Answer>::Output;

/// A call that is not sent yet.
///
/// `.await` sends it and gives the value; [`Call::send`] gives the whole [`Response`]. It owns all that it needs.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<E> {
    // Boxed, so that setters and futures hand on a pointer and not half a kilobyte.
    request: Box<Request>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Call<E> {
    /// Sends the call and gives the answer with everything around its value.
    pub async fn send(self) -> Result<Response<Output<E>>, Error> {
        trace::call(self.request, |request| async {
            let reply = pipeline::run(request, E::Answer::WANTS).await?;
            trace::reading(reply.operation, || E::Answer::read(reply))
        })
        .await
    }
}

impl<E: Endpoint> IntoFuture for Call<E> {
    type Output = Result<Output<E>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(Response::into_inner) })
    }
}

impl<E> Call<E> {
    pub(crate) fn from_request(request: impl Into<Box<Request>>) -> Self {
        Self {
            request: request.into(),
            endpoint: PhantomData,
        }
    }

    pub(crate) fn into_request(self) -> Box<Request> {
        self.request
    }
}

// For generated code, which names the type of each parameter: `set_path::<PcapId>("pcap_id", pcap_id)`.
#[allow(dead_code, reason = "generated calls use what their document needs")]
impl<E: Endpoint> Call<E> {
    pub(crate) fn new(place: Arc<Place>) -> Self {
        Self::from_request(Request::new(place, E::OPERATION))
    }

    pub(crate) fn set_path<T: ToString>(mut self, name: &'static str, value: impl Into<T>) -> Self {
        self.request.set_path(name, value.into().to_string());
        self
    }

    pub(crate) fn set_query<T: ToString>(
        mut self,
        name: &'static str,
        value: impl Into<T>,
    ) -> Self {
        self.request.set_query(name, &value.into().to_string());
        self
    }

    pub(crate) fn client(&self) -> &Client {
        self.request.client()
    }

    /// The value of a query parameter, as it is encoded.
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        self.request.query(name)
    }

    /// An array that repeats its key; none of the values: not sent at all.
    pub(crate) fn set_query_each<T: ToString>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = impl Into<T>>,
    ) -> Self {
        self.request.clear_query(name);
        for value in values {
            self.request.add_query(name, &value.into().to_string());
        }
        self
    }

    /// An array in one parameter, its values apart by `separator`.
    pub(crate) fn set_query_joined<T: ToString>(
        mut self,
        name: &'static str,
        separator: &str,
        values: impl IntoIterator<Item = impl Into<T>>,
    ) -> Self {
        let values: Vec<_> = values
            .into_iter()
            .map(|value| value.into().to_string())
            .collect();
        self.request.set_query_joined(name, separator, &values);
        self
    }

    pub(crate) fn set_header<T: ToString>(
        mut self,
        name: &'static str,
        value: impl Into<T>,
    ) -> Self {
        self.request.set_header(name, &value.into().to_string());
        self
    }

    pub(crate) fn set_json<T: Serialize>(mut self, body: impl Into<T>) -> Self {
        self.request.set_json(&body.into());
        self
    }
}

impl<E> Clone for Call<E> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            endpoint: PhantomData,
        }
    }
}

impl<E> fmt::Debug for Call<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.fmt(f)
    }
}
