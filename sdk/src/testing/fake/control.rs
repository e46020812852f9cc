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

/// A command: the path below `/fake`, an example of its query, and what it does.
struct Command {
    method: Method,
    path: &'static str,
    query: &'static str,
    what: &'static str,
    run: fn(&mut State, &Query) -> Result<Success, Failure>,
}

const fn get(path: &'static str, query: &'static str, what: &'static str, run: Run) -> Command {
    Command {
        method: Method::GET,
        path,
        query,
        what,
        run,
    }
}

const fn post(path: &'static str, query: &'static str, what: &'static str, run: Run) -> Command {
    Command {
        method: Method::POST,
        path,
        query,
        what,
        run,
    }
}

type Run = fn(&mut State, &Query) -> Result<Success, Failure>;

type Query = Vec<(String, String)>;

/// The longest duration: all that happens in it is worked out at once, and other requests wait.
const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// All commands, in the order of the index.
static COMMANDS: [Command; 11] = [
    get("", "", "the list of these commands", |_, _| {
        Ok(Success::ok(index()))
    }),
    get("/state", "", "the whole state", whole_state),
    get(
        "/requests",
        "",
        "the requests so far, one line each",
        requests,
    ),
    get(
        "/objects",
        "?uri=gs://bucket/directory/file.txt",
        "an object of a bucket as it is, or the list of the objects in a directory",
        objects,
    ),
    post(
        "/advance",
        "?seconds=600",
        "lets so much time pass at once",
        advance,
    ),
    post(
        "/fail",
        "?operation=pcaps.list&status=503&code=1001&message=text",
        "fails the next request to an operation",
        fail,
    ),
    post(
        "/lose",
        "?operation=pcaps.create",
        "processes the next request to an operation, and breaks the connection before the response",
        lose,
    ),
    post(
        "/delay",
        "?operation=pcaps.list&seconds=5",
        "lets each response of an operation take so long",
        delay,
    ),
    post(
        "/fail-process",
        "?process=Discovery&reason=text",
        "fails the process of this kind that ends next",
        fail_process,
    ),
    post(
        "/deny-writes",
        "?uri=gs://bucket",
        "forbids the service to write to a bucket",
        |state, query| permit(state, query, false),
    ),
    post(
        "/allow-writes",
        "?uri=gs://bucket",
        "permits it again",
        |state, query| permit(state, query, true),
    ),
];

/// Runs the command of a request. `None`: it is a request to the service.
pub(crate) fn run(state: &mut State, request: &Request<Bytes>) -> Option<Result<Success, Failure>> {
    let path = request.uri().path().strip_prefix(BASE)?;
    let path = path.strip_prefix("/fake")?;
    if !path.is_empty() && !path.starts_with('/') {
        return None;
    }
    let is_it = |command: &&Command| {
        command.method == *request.method() && command.path == path.trim_end_matches('/')
    };
    let Some(command) = COMMANDS.iter().find(is_it) else {
        let why = format!("there is no such command of the fake: GET {BASE}/fake lists them");
        return Some(Err(Failure::new(404, code::NO_ROUTE, why)));
    };
    let query = request.uri().query().map(pairs).unwrap_or_default();
    Some((command.run)(state, &query))
}

fn index() -> Value {
    let commands = COMMANDS.iter().map(
        |Command {
             method,
             path,
             query,
             what,
             ..
         }| {
            json!({"request": format!("{method} {BASE}/fake{path}{query}"), "what": what})
        },
    );
    commands.collect()
}

fn whole_state(state: &mut State, _: &Query) -> Result<Success, Failure> {
    let world = serde_json::to_value(&state.model.world);
    world
        .map(Success::ok)
        .map_err(|error| Failure::new(500, code::UNKNOWN_TO_THE_FAKE, error.to_string()))
}

fn objects(state: &mut State, query: &Query) -> Result<Success, Failure> {
    let place = place(query)?;
    let objects = &state.model.world.objects;
    if let Some(bytes) = objects.read(&place) {
        return Ok(Success::file(200, "application/octet-stream", None, bytes));
    }
    match objects.list(&place) {
        below if below.is_empty() => Err(Failure::not_found("object", &place.path)),
        below => Ok(Success::ok(json!(below))),
    }
}

fn requests(state: &mut State, _: &Query) -> Result<Success, Failure> {
    let lines = state
        .requests
        .iter()
        .map(|request| Value::from(request.line()));
    Ok(Success::ok(lines.collect()))
}

fn advance(state: &mut State, query: &Query) -> Result<Success, Failure> {
    state.advance(seconds(query)?);
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

fn lose(state: &mut State, query: &Query) -> Result<Success, Failure> {
    let operation = operation(query)?;
    state.model.levers.add(operation, Trouble::LosesResponse);
    Ok(Success::ok(Value::Null))
}

fn delay(state: &mut State, query: &Query) -> Result<Success, Failure> {
    let operation = operation(query)?;
    state.model.levers.delay(operation, seconds(query)?);
    Ok(Success::ok(Value::Null))
}

fn permit(state: &mut State, query: &Query, writes: bool) -> Result<Success, Failure> {
    let place = place(query)?;
    state.model.world.objects.permit(&place, writes);
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

/// The bucket that the query names, or a place in it.
fn place(query: &Query) -> Result<Place, Failure> {
    let uri = value_of(query, "uri").unwrap_or_default();
    Place::parse(uri).ok_or_else(|| bad("uri", "not the URI of a bucket"))
}

fn seconds(query: &Query) -> Result<Duration, Failure> {
    let seconds: f64 = number(query, "seconds")?;
    let duration = Duration::try_from_secs_f64(seconds).ok();
    let duration = duration.filter(|duration| *duration <= YEAR);
    duration.ok_or_else(|| bad("seconds", "not a duration of at most a year"))
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
