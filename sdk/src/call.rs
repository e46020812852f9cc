//! A call: an endpoint with its arguments, not sent yet.
//!
//! In: the arguments of a generated method and what its setters add. Out: the answer, once it is awaited. All that does not
//! depend on the endpoint's type is in [`Request`], so that little is compiled per endpoint.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use serde::Serialize;

use crate::base::BoxFuture;
use crate::base::drift;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::pipeline;
use crate::pipeline::spans;
use crate::request::Request;
use crate::request::operation::Endpoint;
use crate::request::scope::Scope;
use crate::response::Response;
use crate::response::kind::ResponseKind;

pub(crate) mod custom;
pub(crate) mod paging;
pub(crate) mod wait;

/// What an endpoint gives.
type Output<E> = <<E as Endpoint>::Response as ResponseKind>::Output;

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
        spans::call(self.request, |request| async {
            let reply = pipeline::run(request, E::Response::WANTS).await?;
            drift::reading(reply.operation, || E::Response::read(reply), is_misfit)
        })
        .await
    }
}

/// Whether an error means that a body does not fit its type.
fn is_misfit(error: &Error) -> bool {
    error.kind() == ErrorKind::Decode
}

impl<E: Endpoint> IntoFuture for Call<E> {
    type Output = Result<Output<E>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(Response::into_inner) })
    }
}

// Options of one call, in place of the client's.
impl<E> Call<E> {
    /// Adds a header. Those that carry credentials, decide where the request goes or frame it are refused when it is sent.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.request.set_user_header(name.as_ref(), value.as_ref());
        self
    }

    /// Limits each attempt of this call as a whole. It holds for a download too, to its last byte.
    ///
    /// It holds for one attempt, and a call that may be repeated can make several, each with a limit of its own: what limits the
    /// call with all its attempts is [`deadline`](Self::deadline).
    pub fn timeout(mut self, total: Duration) -> Self {
        self.request.options.total = Some(total);
        self
    }

    /// Limits this call as a whole, over all its attempts and the waits between them.
    ///
    /// It holds once for the call, however often it is tried; a single attempt is limited by [`timeout`](Self::timeout). No wait
    /// begins that would outlast it: the call then fails at once. It holds for a download too, to its last byte.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.request.options.deadline = Some(deadline);
        self
    }

    /// Limits the time to open a connection, should this call need a new one.
    ///
    /// Connections opened under another limit than the client's are kept apart from its others. A transport of your own
    /// finds the limit in the request's extensions, as [`ConnectTimeout`](crate::transport::ConnectTimeout).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.connect = Some(timeout);
        self
    }

    /// Limits the time from sending the request to the head of its answer.
    pub fn headers_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.headers = Some(timeout);
        self
    }

    /// Limits the time between two pieces of the body.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.idle = Some(timeout);
        self
    }

    /// Limits the size of the answer's body, in bytes, counted after decompression. A download has no such limit: its
    /// [`bytes`](crate::Download::bytes) takes one.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.request.options.body = Some(bytes);
        self
    }

    /// How often this call is tried in all. With 1 it is never repeated. More attempts do not make a call repeatable that
    /// must be sent once.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.request.options.attempts = Some(attempts.max(1));
        self
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

#[allow(dead_code, reason = "generated handles use what their document needs")]
impl Scope {
    /// Starts a call.
    pub(crate) fn call<E: Endpoint>(&self) -> Call<E> {
        Call::from_request(Request::new(self.clone(), E::OPERATION))
    }
}

// For generated code, which names the type of each parameter: `set_path::<PcapId>("pcap_id", pcap_id)`.
#[allow(dead_code, reason = "generated calls use what their document needs")]
impl<E: Endpoint> Call<E> {
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
