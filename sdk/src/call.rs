//! A call: an endpoint with its arguments, not sent yet.
//!
//! In: the arguments of a generated method and the values of its setters. Out: the response, once the call is awaited. The part
//! that does not depend on the endpoint's type is in [`Request`], so that little is compiled per endpoint.

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

/// The type of the value that an endpoint's calls return.
type Output<E> = <<E as Endpoint>::Response as ResponseKind>::Output;

/// A call that is not sent yet.
///
/// `.await` sends it and returns the value; [`Call::send`] returns the whole [`Response`]. A call owns its client and arguments.
///
/// A call is no future, but turns into one. Functions that take a future, such as `tokio::spawn`, `join!` and `block_on`, need
/// [`into_future`](Call::into_future), or [`send`](Call::send):
///
/// ```no_run
/// use std::future::IntoFuture;
///
/// # async fn run(account: cloudflare_magic::api::Account) -> Result<(), Box<dyn std::error::Error>> {
/// let task = tokio::spawn(account.pcaps().list().into_future());
/// let (captures, buckets) = tokio::join!(task, account.pcaps().ownership().list().send());
/// println!("{} captures, {} buckets", captures??.len(), buckets?.value().len());
/// # Ok(())
/// # }
/// ```
///
/// What the types of this version lack can be sent with [`query`](Call::query), [`header`](Call::header) and
/// [`body_field`](Call::body_field). Fields of a response that they lack are in [`Response::body`].
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<E> {
    // Boxed, so that setters and futures move a pointer and not half a kilobyte.
    request: Box<Request>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Call<E> {
    /// Sends the call and returns the whole response: the value, status, headers and facts of the call.
    pub async fn send(self) -> Result<Response<Output<E>>, Error> {
        spans::call(self.request, |request| async {
            let raw = pipeline::run(request, E::Response::WANTS).await?;
            let secrets = raw.secrets.clone();
            secrets.blank(|| drift::reading(raw.operation, || E::Response::read(raw), is_misfit))
        })
        .await
    }
}

/// Whether an error means that a body does not match its type.
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

// Options of one call, which override the client's.
impl<E> Call<E> {
    /// Sets a header. Headers that contain credentials, select the host or frame the message are refused when the call is sent.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.request.set_user_header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a query parameter that this version has no setter for. A name that is added twice is sent twice, one that has a setter
    /// besides the setter's value.
    ///
    /// ```no_run
    /// # async fn run(account: cloudflare_magic::api::Account) -> Result<(), cloudflare_magic::Error> {
    /// let captures = account.pcaps().list().query("created_after", "2026-07-01").await?;
    /// # Ok(())
    /// # }
    /// ```
    #[allow(
        clippy::needless_pass_by_value,
        reason = "numbers, texts and ids are passed by value"
    )]
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        let name = name.into();
        self.request.add_query(name, &value.to_string());
        self
    }

    /// Sets a field of the JSON body that its type lacks in this version. Replaces a field of that name.
    ///
    /// The call is refused if its body is not an object, or if its method has no body. Where a call has a setter for the whole body,
    /// that setter comes first.
    ///
    /// ```no_run
    /// use cloudflare_magic::{CloudType, CreateProvider};
    ///
    /// # async fn run(account: cloudflare_magic::api::Account) -> Result<(), cloudflare_magic::Error> {
    /// let provider = CreateProvider::new(CloudType::Aws, "production");
    /// let providers = account.magic_cloud().providers();
    /// let created = providers.create(provider).body_field("labels", ["net", "eu"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[allow(
        clippy::needless_pass_by_value,
        reason = "numbers, texts and lists are passed by value"
    )]
    pub fn body_field(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.request.set_body_field(name.as_ref(), &value);
        self
    }

    /// Limits each attempt of this call as a whole. For a download it applies until the last byte.
    ///
    /// A call that may be retried can make several attempts, and the limit starts again with each: to limit the call with all its
    /// attempts, use [`deadline`](Self::deadline).
    pub fn timeout(mut self, total: Duration) -> Self {
        self.request.options.total = Some(total);
        self
    }

    /// Limits this call as a whole, over all its attempts and the waits between them.
    ///
    /// It applies once, whatever the number of attempts; [`timeout`](Self::timeout) limits each attempt. The call fails at once if its
    /// next wait would end after the deadline. For a download it applies until the last byte.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.request.options.deadline = Some(deadline);
        self
    }

    /// Limits the time to open a connection, if this call needs a new one.
    ///
    /// A custom transport finds the limit in the request's extensions: [`Exchange`](crate::transport::Exchange).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.connect = Some(timeout);
        self
    }

    /// Limits the time from sending the request to the head of its response.
    pub fn headers_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.headers = Some(timeout);
        self
    }

    /// Limits the time between two chunks of the body.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.idle = Some(timeout);
        self
    }

    /// Limits the size of the response's body, in bytes, counted after decompression. It does not apply to a download, whose
    /// [`bytes`](crate::Download::bytes) takes a limit of its own.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.request.options.body = Some(bytes);
        self
    }

    /// Sets the maximum number of attempts of this call. With 1 it is never retried. A higher number does not make an operation
    /// repeatable.
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

    pub(crate) fn as_request(&self) -> &Request {
        &self.request
    }

    pub(crate) fn as_request_mut(&mut self) -> &mut Request {
        &mut self.request
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

    /// Calls a setter if there is a value.
    pub(crate) fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }

    pub(crate) fn client(&self) -> &Client {
        self.request.client()
    }

    /// Sets an array whose key is repeated for each value. An empty array is not sent.
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

    /// Sets an array that is sent as one parameter, its values separated by `separator`. An empty array is not sent.
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

    /// Sets a parameter that is written by its style.
    #[cfg(feature = "styles")]
    pub(crate) fn set_styled<T: Serialize>(
        mut self,
        styled: &crate::request::style::Styled<'static>,
        value: T,
    ) -> Self {
        self.request.set_styled(styled, &value);
        self
    }

    /// Sets the body to a text.
    #[cfg(feature = "bodies")]
    pub(crate) fn set_text<T: ToString>(mut self, body: impl Into<T>) -> Self {
        self.request.set_text(body.into().to_string());
        self
    }

    /// Sets the body to a file.
    #[cfg(feature = "bodies")]
    pub(crate) fn set_file(mut self, body: impl Into<crate::types::upload::FileUpload>) -> Self {
        self.request.set_file(body.into());
        self
    }

    /// Sets the body to a form. `encodings` has the properties with a style of their own.
    #[cfg(feature = "bodies")]
    pub(crate) fn set_form<T: Serialize>(
        mut self,
        encodings: &[crate::request::style::Styled<'_>],
        body: impl Into<T>,
    ) -> Self {
        self.request.set_form(&body.into(), encodings);
        self
    }

    /// Sets the body to parts. `types` has the properties with a media type of their own.
    #[cfg(feature = "bodies")]
    pub(crate) fn set_multipart<T: Serialize>(
        mut self,
        types: &[(&str, &str)],
        body: impl Into<T>,
    ) -> Self {
        self.request.set_multipart(&body.into(), types);
        self
    }

    /// Sends the body in a media type that is not the first one of the operation.
    #[cfg(feature = "bodies")]
    pub(crate) fn sends(mut self, media_type: &'static str) -> Self {
        self.request.operation.sends = media_type;
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
