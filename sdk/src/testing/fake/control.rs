//! The levers of a test as requests, for clients that are not in this process.
//!
//! In: a request below `/fake/`. Out: what it asked for, in the same envelope as the service's. They need no credentials and count for no
//! rate limit.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::value_of;
use super::failure::{Failure, Problem, code};
use super::levers::Trouble;
use super::model::BASE;
use super::pcaps::place::Place;
use super::process::FakeProcess;
use super::routes;
use super::state::State;
use super::success::Success;
use crate::testing::request::pairs;

/// The commands, as the index lists them.
const COMMANDS: [(&str, &str, &str); 7] = [
    ("GET", "/fake", "the list of these commands"),
    ("GET", "/fake/state", "the whole state"),
    (
        "GET",
        "/fake/objects?uri=gs://bucket/directory/file.txt",
        "an object of a bucket as it is, or the list of the objects in a directory",
    ),
    (
        "POST",
        "/fake/advance?seconds=600",
        "lets so much time pass at once",
    ),
    (
        "POST",
        "/fake/fail?operation=pcaps.list&status=503&code=1001&message=text",
        "fails the next request to an operation",
    ),
    (
        "POST",
        "/fake/lose?operation=pcaps.create",
        "processes the next request to an operation, and breaks the connection before the response",
    ),
    (
        "POST",
        "/fake/fail-process?process=Discovery&reason=text",
        "fails the process of this kind that ends next",
    ),
];

type Query = Vec<(String, String)>;

/// Runs the command of a request. `None`: it is a request to the service.
pub(crate) fn run(state: &mut State, request: &Request<Bytes>) -> Option<Result<Success, Failure>> {
    let path = request.uri().path().strip_prefix(BASE)?;
    let command = path.strip_prefix("/fake")?;
    if !command.is_empty() && !command.starts_with('/') {
        return None;
    }
    let query = request.uri().query().map(pairs).unwrap_or_default();
    Some(match (request.method(), command) {
        (&Method::GET, "" | "/") => Ok(Success::ok(index())),
        (&Method::GET, "/state") => whole_state(state),
        (&Method::GET, "/objects") => objects(state, &query),
        (&Method::POST, "/advance") => advance(state, &query),
        (&Method::POST, "/fail") => fail(state, &query),
        (&Method::POST, "/lose") => operation(&query).map(|operation| {
            state.model.levers.add(operation, Trouble::LosesResponse);
            Success::ok(Value::Null)
        }),
        (&Method::POST, "/fail-process") => fail_process(state, &query),
        _ => Err(Failure::new(
            404,
            code::NO_ROUTE,
            format!("there is no such command of the fake: GET {BASE}/fake lists them"),
        )),
    })
}

fn index() -> Value {
    let commands = COMMANDS.iter().map(
        |(method, path, what)| json!({"request": format!("{method} {BASE}{path}"), "what": what}),
    );
    commands.collect()
}

fn whole_state(state: &State) -> Result<Success, Failure> {
    let world = serde_json::to_value(&state.model.world);
    world
        .map(Success::ok)
        .map_err(|error| Failure::new(500, code::UNKNOWN_TO_THE_FAKE, error.to_string()))
}

fn objects(state: &State, query: &Query) -> Result<Success, Failure> {
    let uri = value_of(query, "uri").unwrap_or_default();
    let place = Place::parse(uri).ok_or_else(|| bad("uri", "not the URI of a bucket"))?;
    let objects = &state.model.world.objects;
    if let Some(bytes) = objects.read(&place) {
        return Ok(Success::file(200, "application/octet-stream", None, bytes));
    }
    match objects.list(&place) {
        below if below.is_empty() => Err(Failure::not_found("object", &place.path)),
        below => Ok(Success::ok(json!(below))),
    }
}

fn advance(state: &mut State, query: &Query) -> Result<Success, Failure> {
    let seconds: f64 = number(query, "seconds")?;
    let by = Duration::try_from_secs_f64(seconds).map_err(|_| bad("seconds", "not a duration"))?;
    state.advance(by);
    Ok(Success::ok(json!({"now": state.model.world.now.text()})))
}

fn fail(state: &mut State, query: &Query) -> Result<Success, Failure> {
    let operation = operation(query)?;
    let status: u16 = number(query, "status")?;
    if !(400..1000).contains(&status) {
        return Err(bad("status", "not the status of a failure"));
    }
    let message = value_of(query, "message").unwrap_or("failed, because a test says so");
    let failure = Failure::new(status, number(query, "code")?, message);
    state.model.levers.add(operation, Trouble::Fails(failure));
    Ok(Success::ok(Value::Null))
}

fn fail_process(state: &mut State, query: &Query) -> Result<Success, Failure> {
    let name = value_of(query, "process").unwrap_or_default();
    let process = FakeProcess::deserialize(Value::from(name))
        .map_err(|error| bad("process", &error.to_string()))?;
    let reason = value_of(query, "reason").unwrap_or("failed, because a test says so");
    let failing = &mut state.model.world.failing;
    failing
        .entry(process)
        .or_default()
        .push_back(reason.to_owned());
    Ok(Success::ok(Value::Null))
}

/// The operation that the query names.
fn operation(query: &Query) -> Result<&'static str, Failure> {
    let name = value_of(query, "operation").unwrap_or_default();
    let mut names = routes::all().map(|route| route.operation.name());
    names.find(|known| *known == name).ok_or_else(|| {
        bad(
            "operation",
            "no operation has this name: they are like `pcaps.create`",
        )
    })
}

fn number<T: std::str::FromStr>(query: &Query, name: &str) -> Result<T, Failure> {
    let text = value_of(query, name).unwrap_or_default();
    text.parse().map_err(|_| bad(name, "not a number"))
}

fn bad(parameter: &str, why: &str) -> Failure {
    let problem = Problem::new(code::BAD_REQUEST, why).of_parameter(parameter);
    Failure::with(400, vec![problem])
}
