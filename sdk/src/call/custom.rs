//! Requests to endpoints that this SDK lacks.
//!
//! In: a method, a path below the base URL, a query, a body. Out: a [`Call`] like any other: the same credentials, checks,
//! retries, limits and errors. It knows nothing of the endpoint, so what the answer is must be said.

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::client::Client;
use crate::request::Request;
use crate::request::operation::{Endpoint, Operation};
use crate::request::scope::Scope;
use crate::response::kind::{Binary, Empty, List, Raw, ResponseKind, Single};

impl Client {
    /// Begins a request to an endpoint that this SDK lacks. `path` stands below the base URL.
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
    /// The path begins with a slash and has only letters, digits and ``-._~:@!$&'()*+,;=`` between its slashes. What would need
    /// escaping is refused, and so are `.` and `..`: an id from elsewhere must not lead to another endpoint.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "a method is given as a constant"
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

/// The operation that stands for a method. Its name is all that errors say of the endpoint: a path can hold anything.
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
/// Its last method says what the answer is, and gives a [`Call`] with all the options that calls have.
#[must_use = "a request does nothing until it is made a call, and that is awaited"]
pub struct CustomRequest {
    request: Request,
}

impl CustomRequest {
    /// Adds a query parameter. One that is added again is sent again.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "numbers, texts and ids alike are given as they are"
    )]
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        let name = name.into();
        self.request.add_query(name, &value.to_string());
        self
    }

    /// Sends a body, as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.request.set_json(body);
        self
    }

    /// Whether it may be sent again when nobody knows if the service has processed it. Where this is not said, the method
    /// tells: all but `POST` and `PATCH` may.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.request.operation.repeatable = repeatable;
        self
    }

    /// The answer is one result: the `result` of the envelope.
    pub fn result<T: DeserializeOwned + Send + 'static>(self) -> Call<Custom<Single<T>>> {
        Call::from_request(self.request)
    }

    /// The answer is a whole list. One that says it holds only a part of it is an error.
    pub fn list<T: DeserializeOwned + Send + 'static>(self) -> Call<Custom<List<T>>> {
        Call::from_request(self.request)
    }

    /// The answer has no result.
    pub fn empty(self) -> Call<Custom<Empty>> {
        Call::from_request(self.request)
    }

    /// The answer is whatever comes with a status of success: its body is not looked at.
    pub fn raw(self) -> Call<Custom<Raw>> {
        Call::from_request(self.request)
    }

    /// The answer is a file.
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

/// The endpoint behind [`Client::request`], and behind [`Call::raw`].
#[derive(Debug)]
pub struct Custom<A>(PhantomData<fn() -> A>);

impl<A: ResponseKind + 'static> Endpoint for Custom<A> {
    type Response = A;

    /// Stands for any: each request brings its own.
    const OPERATION: Operation = Operation::get("request.get", "");
}

impl<E> Call<E> {
    /// Takes the body of the answer as it comes, whatever the operation promises. Failing statuses are errors all the same.
    pub fn raw(self) -> Call<Custom<Raw>> {
        Call::from_request(self.into_request())
    }
}
