//! One poll of a waiter.
//!
//! In: a call. Out: its value, with the state and the reasons from its JSON. The JSON is read beside the type, so that the path of
//! the state can be data.

use serde_json::Value;

use super::spec::WaiterSpec;
use crate::base::BoxFuture;
use crate::call::Call;
use crate::decode;
use crate::error::{ApiError, CallFacts, Error, ErrorKind};
use crate::request::operation::Endpoint;
use crate::response::Response;
use crate::response::kind::{List, ResponseKind, Single};

/// The result of a poll.
pub(super) struct Polled<T> {
    pub(super) value: T,
    pub(super) state: Option<String>,
    /// The service's reasons for a failure.
    pub(super) reasons: Vec<ApiError>,
    pub(super) facts: CallFacts,
}

/// A poll that is not finished.
pub(super) type Polling<T> = BoxFuture<'static, Result<Polled<T>, Error>>;

/// Polls the result of a call.
pub(super) fn one<E, T>(call: Call<E>, spec: WaiterSpec) -> Polling<T>
where
    E: Endpoint<Response = Single<T>>,
    Single<T>: ResponseKind<Output = T>,
    T: Send + 'static,
{
    Box::pin(async move {
        let response = call.send().await?;
        let json = result(&response);
        Ok(Polled::new(
            response.facts().clone(),
            response.into_inner(),
            &json,
            &spec,
        ))
    })
}

/// Polls the item of a list whose `key` is `id`.
pub(super) fn item<E, T>(
    call: Call<E>,
    key: &'static str,
    id: String,
    spec: WaiterSpec,
) -> Polling<T>
where
    E: Endpoint<Response = List<T>>,
    List<T>: ResponseKind<Output = Vec<T>>,
    T: Send + 'static,
{
    Box::pin(async move {
        let response = call.send().await?;
        let (json, facts) = (result(&response), response.facts().clone());
        let items = json.as_array().map(Vec::as_slice).unwrap_or_default();
        let is_it = |item: &Value| item.get(key).and_then(Value::as_str) == Some(&id);
        let found = items.iter().position(is_it).and_then(|index| {
            let value = response.into_inner().into_iter().nth(index)?;
            Some((value, items.get(index)?))
        });
        match found {
            Some((value, json)) => Ok(Polled::new(facts, value, json, &spec)),
            None => {
                let message = format!("the list has no item whose `{key}` is `{id}`");
                Err(Error::new(ErrorKind::WaitFailed, message).with_call(facts))
            }
        }
    })
}

/// The result as JSON. The call has already read it as a type, so it is there.
fn result<T>(response: &Response<T>) -> Value {
    let mut body = decode::value(response.body()).unwrap_or_default();
    body.get_mut("result").map(Value::take).unwrap_or_default()
}

impl<T> Polled<T> {
    fn new(facts: CallFacts, value: T, json: &Value, spec: &WaiterSpec) -> Self {
        let reasons = spec.reasons.iter().filter_map(|path| at(json, path));
        let state = at(json, spec.state).and_then(Value::as_str);
        Self {
            value,
            state: state.map(str::to_owned),
            reasons: reasons
                .flat_map(ApiError::list)
                .filter(|reason| reason.code().is_some() || !reason.message().is_empty())
                .collect(),
            facts,
        }
    }
}

/// The value at a path.
fn at<'a>(json: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(json, |json, key| json.get(key))
}

#[cfg(test)]
mod tests {
    use super::{Polled, WaiterSpec};
    use crate::error::CallFacts;
    use serde_json::{Value, json};
    use std::time::Duration;

    const SPEC: WaiterSpec = WaiterSpec {
        name: "w",
        state: &["status", "state"],
        ready: &[],
        pending: &[],
        failed: &[],
        reasons: &[&["why"], &["status", "errors"]],
        confirmed: false,
        interval: Duration::from_secs(1),
        limit: Duration::from_secs(1),
    };

    fn poll(json: &Value) -> Polled<()> {
        Polled::new(CallFacts::default(), (), json, &SPEC)
    }

    #[test]
    fn b56_reasons_of_any_shape_are_read() {
        let read = poll(&json!({
            "why": "disk full",
            "status": {"state": "Failed", "errors": {"a": {"code": 103_001, "message": "no", "meta": {"trace_id": "t"}}}},
        }));
        assert_eq!(read.state.as_deref(), Some("Failed"));
        let words: Vec<_> = read.reasons.iter().map(ToString::to_string).collect();
        assert_eq!(words, ["disk full", "[103001] no"]);
        assert_eq!(read.reasons[1].trace_id(), Some("t"));
    }

    #[test]
    fn b56_nothing_is_no_reason() {
        let read = poll(&json!({"why": "", "status": null}));
        assert!(read.reasons.is_empty() && read.state.is_none());
    }
}
