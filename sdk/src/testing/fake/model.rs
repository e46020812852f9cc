//! The model of the service, for the transport in memory and for the server: a request, and the outcome.
//!
//! In: a method, a path, headers and a body. Out: a response, or a broken connection, and how long to wait before it. It
//! has no sockets and no clock. The order of the checks is that of the service as far as it is known: credentials, rate limit, path,
//! permission, feature, the shape of the request, the operation.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;

use super::access::Access;
use super::account::Feature;
use super::call::Call;
use super::failure::{Failure, code};
use super::levers::{Levers, Trouble};
use super::limits::Remaining;
use super::render::{Render, render};
use super::routes::{self, Found};
use super::success::Success;
use super::validation;
use super::world::World;
use crate::testing::request::pairs;
use crate::transport::{Fault, Sent};

/// The path of the service's API.
pub(crate) const BASE: &str = "/client/v4";

/// The fake without a transport and without a server.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) world: World,
    pub(crate) access: Access,
    pub(crate) levers: Levers,
    /// How many seconds of the fake pass in a second of its clients.
    pub(crate) speed: u32,
}

/// What a client sees of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    Response(Response<Bytes>),
    Broken(Fault, Sent),
}

/// A request with its outcome.
#[derive(Debug)]
pub(crate) struct Handled {
    /// The name of the operation; `None` if the path is not known. The program prints it.
    #[cfg(feature = "fake-service")]
    pub(crate) operation: Option<&'static str>,
    pub(crate) outcome: Outcome,
    /// How long the response takes, in the fake's time.
    pub(crate) delay: Duration,
}

impl Model {
    /// Handles a request that comes now.
    pub(crate) fn handle(&mut self, request: &Request<Bytes>) -> Handled {
        let found = self.find(request);
        let operation = found.as_ref().map(|found| found.route.operation.name());
        let delay = operation.map_or(Duration::ZERO, |operation| self.levers.delay_of(operation));
        let trouble = operation.and_then(|operation| self.levers.take(operation));
        let outcome = match trouble {
            Some(Trouble::Breaks(fault, sent)) => Outcome::Broken(fault, sent),
            Some(Trouble::Fails(failure)) => self.response(&Err(failure), None),
            Some(Trouble::LosesResponse) => {
                let _lost = self.result(request, found);
                Outcome::Broken(Fault::Io, Sent::Maybe)
            }
            None => {
                let (remaining, result) = self.result(request, found);
                self.response(&result, remaining)
            }
        };
        Handled {
            #[cfg(feature = "fake-service")]
            operation,
            outcome,
            delay,
        }
    }

    fn find(&self, request: &Request<Bytes>) -> Option<Found> {
        let path = request.uri().path().strip_prefix(BASE)?;
        routes::find(request.method(), path)
    }

    /// The response of this result.
    pub(crate) fn response(
        &mut self,
        result: &Result<Success, Failure>,
        remaining: Option<Remaining>,
    ) -> Outcome {
        Outcome::Response(self.rendered(result, remaining))
    }

    /// This result as a response of HTTP.
    pub(crate) fn rendered(
        &mut self,
        result: &Result<Success, Failure>,
        remaining: Option<Remaining>,
    ) -> Response<Bytes> {
        render(&Render {
            result,
            remaining,
            ray: self.world.rays.hex(16),
            now: self.world.now,
            speed: self.speed,
        })
    }

    fn result(
        &mut self,
        request: &Request<Bytes>,
        found: Option<Found>,
    ) -> (Option<Remaining>, Result<Success, Failure>) {
        let user = match self.access.user(request.headers()) {
            Ok(user) => user,
            Err(failure) => return (None, Err(failure)),
        };
        let (remaining, failure) = self.world.limits.count(&user.name, self.world.now);
        let result = match (failure, found) {
            (Some(failure), _) => Err(failure),
            (None, None) => Err(no_route()),
            (None, Some(found)) => user
                .may_call(&found.route.operation)
                .and_then(|()| self.operation(request, &found))
                .map_err(|failure| match found.route.feature {
                    // Their errors have a code and a message, and nothing else.
                    Feature::Pcaps => failure.in_words(),
                    Feature::MagicCloud => failure,
                }),
        };
        (remaining, result)
    }

    fn operation(&mut self, request: &Request<Bytes>, found: &Found) -> Result<Success, Failure> {
        let route = found.route;
        let Some(mut env) = self.world.env(&found.account) else {
            return Err(no_route());
        };
        if !env.account.features.has(route.feature) {
            return Err(feature_off(route.feature));
        }
        let query = request.uri().query().map(pairs).unwrap_or_default();
        let body = read(request.body())?;
        validation::check(route.operation.name(), &query, &body)?;
        let call = Call {
            path: &found.path,
            query: &query,
            body: &body,
        };
        (route.handler)(&mut env, &call)
    }
}

fn no_route() -> Failure {
    Failure::new(
        404,
        code::NO_ROUTE,
        "there is no such path, or it does not know this method",
    )
}

/// The failure of an account without the feature. Of PCAPs no code is known.
fn feature_off(feature: Feature) -> Failure {
    match feature {
        Feature::MagicCloud => {
            Failure::new(403, code::FEATURE_OFF, "the account lacks this feature")
        }
        Feature::Pcaps => Failure::new(
            403,
            code::BAD_REQUEST,
            "the plan of this account has no packet captures",
        ),
    }
}

/// The body as JSON; `null` if there is none.
fn read(body: &Bytes) -> Result<Value, Failure> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body)
        .map_err(|error| Failure::bad_request("", format!("the body is not JSON: {error}")))
}
