//! Requests to endpoints that this SDK lacks.
//!
//! In: a method, a path relative to the base URL, a query, a body. Out: a [`Call`] like any other: the same credentials, checks,
//! retries, limits and errors. The endpoint is unknown here, so the application chooses the kind of the response.

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::call::paging::{Items, Pages};
use crate::client::Client;
#[cfg(feature = "credentials")]
use crate::client::schemes::SecurityScheme;
use crate::request::Request;
use crate::request::operation::{Endpoint, Operation};
use crate::request::scope::Scope;
#[cfg(feature = "cursors")]
use crate::response::cursor::CursorPaging;
use crate::response::kind::{Binary, Empty, List, Paged, Raw, ResponseKind, Serde, Single};
#[cfg(feature = "cursors")]
use crate::response::list::ListKey;
#[cfg(feature = "responses")]
use crate::response::{plain_json::PlainJson, plain_text::PlainText};

impl Client {
    /// Starts a request to an endpoint that this SDK lacks. `path` is relative to the base URL.
    ///
    /// ```no_run
    /// use cloudflare_magic::{Client, Method};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tunnel {
    ///     id: String,
    /// }
    ///
    /// # async fn run(client: Client) -> Result<(), cloudflare_magic::Error> {
    /// let tunnels = client
    ///     .request(Method::GET, "/accounts/023e105f4ecef8ad9ca31a8372d0c353/cfd_tunnel")
    ///     .query("is_deleted", false)
    ///     .list::<Tunnel>()
    ///     .await?;
    /// # for tunnel in tunnels { println!("{}", tunnel.id); }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The path must start with a slash and have only ASCII letters, digits and ``-._~:@!$&'()*+,;=`` between its slashes. Other
    /// characters are refused, and so are empty, `.` and `..` segments and a slash at the end: an untrusted id must not select another
    /// endpoint.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "a method is passed as a constant"
    )]
    pub fn request(&self, method: Method, path: impl Into<String>) -> CustomRequest {
        let mut request = Request::new(Scope::new(self), operation(&method));
        if request.operation.method() != method {
            request.refuse(format!("the method {method} cannot be used"));
        }
        request.set_custom_path(path.into());
        CustomRequest { request }
    }
}

/// The operation of a method. Errors contain its name, not the path: a path can contain secrets.
fn operation(method: &Method) -> Operation {
    const PATH: &str = "";
    match *method {
        Method::HEAD => Operation::head("request.head", PATH),
        Method::OPTIONS => Operation::options("request.options", PATH),
        Method::POST => Operation::post("request.post", PATH),
        Method::PUT => Operation::put("request.put", PATH),
        Method::PATCH => Operation::patch("request.patch", PATH),
        Method::DELETE => Operation::delete("request.delete", PATH),
        _ => Operation::get("request.get", PATH),
    }
}

/// A request to an endpoint that this SDK lacks. See [`Client::request`].
///
/// Its last method chooses the kind of the response, and returns a [`Call`] with all the options that calls have.
#[must_use = "a request does nothing until it is turned into a call that is awaited"]
pub struct CustomRequest {
    request: Request,
}

impl CustomRequest {
    /// Adds a query parameter. A name that is added twice is sent twice.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "numbers, texts and ids are passed by value"
    )]
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        let name = name.into();
        self.request.add_query(name, &value.to_string());
        self
    }

    /// Sets the body, sent as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.request.set_json(body);
        self
    }

    /// Sets the body, sent as text. Its media type is `text/plain`, unless a header `content-type` is set on the call.
    #[cfg(feature = "bodies")]
    pub fn text_body(mut self, body: impl Into<String>) -> Self {
        self.request.operation.sends = "text/plain; charset=utf-8";
        self.request.set_text(body.into());
        self
    }

    /// Sets the body, sent as a file: read while it is sent, and without a limit on the whole unless the call sets one.
    #[cfg(feature = "bodies")]
    pub fn file(mut self, file: impl Into<crate::types::upload::FileUpload>) -> Self {
        self.request.operation.sends = "application/octet-stream";
        self.request.set_file(file.into());
        self
    }

    /// Sets the body, sent as a form: `application/x-www-form-urlencoded`. It must be an object.
    #[cfg(feature = "bodies")]
    pub fn form(mut self, body: &impl Serialize) -> Self {
        self.request.operation.sends = "application/x-www-form-urlencoded";
        self.request.set_form(body, &[]);
        self
    }

    /// Sets the body, sent as parts: `multipart/form-data`, one part for each property and for each item of a list. Objects are sent as
    /// JSON, and a [`FileUpload`](crate::FileUpload) as a file.
    #[cfg(feature = "bodies")]
    pub fn multipart(mut self, body: &impl Serialize) -> Self {
        self.request.set_multipart(body, &[]);
        self
    }

    /// Sends these credentials, all together, in place of the API token or key; none at all with `[]`. They are set on the client by the
    /// names of their schemes, as [`ClientBuilder::credential`](crate::ClientBuilder::credential) says. Without this setting a custom
    /// request takes the API token or the API key, and never a credential that is set by a name.
    ///
    /// ```no_run
    /// use cloudflare_magic::endpoint::SecurityScheme;
    /// use cloudflare_magic::{Client, Method};
    ///
    /// # async fn run() -> Result<(), cloudflare_magic::Error> {
    /// let client = Client::builder().credential("service", "the key").build()?;
    /// let items = client
    ///     .request(Method::GET, "/items")
    ///     .credentials([SecurityScheme::header("service", "X-Service-Key")])
    ///     .list::<String>()
    ///     .await?;
    /// # for item in items { println!("{item}"); }
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "credentials")]
    pub fn credentials(mut self, schemes: impl IntoIterator<Item = SecurityScheme>) -> Self {
        self.request.set_schemes(schemes.into_iter().collect());
        self
    }

    /// Sets whether the request may be retried when it is unknown whether the service has processed it. Default: true for all
    /// methods but `POST` and `PATCH`.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.request.operation.repeatable = repeatable;
        self
    }

    /// Returns a call whose response is one result: the `result` of the envelope.
    pub fn result<T: DeserializeOwned + Send + 'static>(self) -> Call<Custom<Single<T>>> {
        Call::from_request(self.request)
    }

    /// Returns a call whose response is a whole list. A response that says that there are more items, by its totals or by a cursor, is
    /// an error of kind [`Incomplete`](crate::ErrorKind::Incomplete) that [has the items](crate::Error::last_value), unless the call
    /// [allows it](Call::allow_incomplete).
    pub fn list<T: DeserializeOwned + Send + Sync + 'static>(self) -> Call<Custom<List<T>>> {
        Call::from_request(self.request)
    }

    /// Returns a call whose response is one page of a list. The query parameters `page` and `per_page` select it, where the endpoint has
    /// them.
    ///
    /// [`Call::pages`] and [`Call::items`] request the further pages: with the parameter `cursor` if the response has a cursor in its
    /// `result_info` and no number of the page, else with `page`. Lists with cursors elsewhere, or with another parameter, need the feature
    /// `cursors` and its method `by_cursor`.
    pub fn paged<T: DeserializeOwned + Send + 'static>(self) -> Call<Custom<Paged<T>>> {
        Call::from_request(self.request)
    }

    /// Sets how a list is paged by cursors: the query parameter that takes a cursor, and the keys that lead to the cursor of the next page in
    /// the body of a response. The last page has none there, or an empty one. Its pages are never selected by number.
    ///
    /// ```no_run
    /// use cloudflare_magic::{Client, Method};
    ///
    /// # async fn run(client: Client) -> Result<(), cloudflare_magic::Error> {
    /// let mut items = client
    ///     .request(Method::GET, "/accounts/023e105f4ecef8ad9ca31a8372d0c353/items")
    ///     .by_cursor("page_token", &["result_info", "next_page_token"])
    ///     .items::<serde_json::Value>();
    /// # while let Some(item) = items.next().await { println!("{}", item?); }
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "cursors")]
    pub fn by_cursor(mut self, parameter: &'static str, next: &'static [&'static str]) -> Self {
        let place = next;
        self.request.operation.cursors = Some(CursorPaging { parameter, place });
        self
    }

    /// Sets the property of `result` that is the list, where `result` is an object with more in it: `items` of `{"items": [], "count": 0}`.
    /// It must be there; `null` is the empty list. All of `result` is read with [`Response::extra`](crate::Response::extra), which the
    /// feature `responses` has.
    ///
    /// ```no_run
    /// use cloudflare_magic::{Client, Method};
    ///
    /// # async fn run(client: Client) -> Result<(), cloudflare_magic::Error> {
    /// let mut reports = client
    ///     .request(Method::GET, "/accounts/023e105f4ecef8ad9ca31a8372d0c353/abuse-reports")
    ///     .list_key("reports")
    ///     .items::<serde_json::Value>();
    /// # while let Some(report) = reports.next().await { println!("{}", report?); }
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "cursors")]
    pub fn list_key(mut self, key: &'static str) -> Self {
        let (name, required) = (key, true);
        self.request.operation.list_key = Some(ListKey { name, required });
        self
    }

    /// Returns the pages of a list. The same as [`pages`](Call::pages) of [`paged`](Self::paged).
    pub fn pages<T: DeserializeOwned + Send + 'static>(self) -> Pages<T> {
        self.paged().pages()
    }

    /// Returns the items of all pages of a list. The same as [`items`](Call::items) of [`paged`](Self::paged).
    ///
    /// ```no_run
    /// use cloudflare_magic::{Client, Method};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tunnel {
    ///     id: String,
    /// }
    ///
    /// # async fn run(client: Client) -> Result<(), cloudflare_magic::Error> {
    /// let mut tunnels = client
    ///     .request(Method::GET, "/accounts/023e105f4ecef8ad9ca31a8372d0c353/cfd_tunnel")
    ///     .query("per_page", 100)
    ///     .items::<Tunnel>();
    /// while let Some(tunnel) = tunnels.next().await {
    ///     println!("{}", tunnel?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<T: DeserializeOwned + Send + 'static>(self) -> Items<T> {
        self.paged().items()
    }

    /// Returns a call whose response has no result.
    pub fn empty(self) -> Call<Custom<Empty>> {
        Call::from_request(self.request)
    }

    /// Returns a call that returns the body of any response with a status of success, without parsing it.
    pub fn raw(self) -> Call<Custom<Raw>> {
        Call::from_request(self.request)
    }

    /// Returns a call whose response is JSON without the envelope: the whole body is the value. An envelope that reports a failure is an
    /// error.
    #[cfg(feature = "responses")]
    pub fn plain_json<T: DeserializeOwned + Send + 'static>(self) -> Call<Custom<PlainJson<T>>> {
        Call::from_request(self.request)
    }

    /// Returns a call whose response is a text. `accepts` is its media type, such as `text/csv`. JSON and HTML in place of it are an
    /// error.
    #[cfg(feature = "responses")]
    pub fn text(mut self, accepts: &'static str) -> Call<Custom<PlainText>> {
        self.request.operation.accepts = accepts;
        Call::from_request(self.request)
    }

    /// Returns a call whose response is a file.
    pub fn download(mut self) -> Call<Custom<Binary>> {
        self.request.operation.accepts = "application/octet-stream";
        Call::from_request(self.request)
    }
}

impl fmt::Debug for CustomRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.fmt(f)
    }
}

/// The endpoint of the calls that [`Client::request`] and [`Call::raw`] return.
#[derive(Debug)]
pub struct Custom<A>(PhantomData<fn() -> A>);

impl<A: 'static> Endpoint for Custom<A>
where
    Serde<A>: ResponseKind,
{
    type Response = Serde<A>;

    /// A placeholder: each request has its own operation.
    const OPERATION: Operation = Operation::get("request.get", "");
}

impl<E> Call<E> {
    /// Changes the call to return the body of the response without parsing it. Failing statuses are errors as for other calls.
    pub fn raw(self) -> Call<Custom<Raw>> {
        Call::from_request(self.into_request())
    }
}
