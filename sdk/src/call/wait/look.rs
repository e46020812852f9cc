//! One look at what is waited for.
//!
//! In: the answer of a call. Out: the value, with the state and the reasons that its JSON holds. The JSON is read beside the
//! type, so that where a state stands can be data.

use serde_json::Value;

use super::plan::Wait;
use crate::base::BoxFuture;
use crate::call::Call;
use crate::decode;
use crate::error::{ApiError, CallFacts, Error, ErrorKind};
use crate::request::operation::Endpoint;
use crate::response::Response;
use crate::response::kind::{List, ResponseKind, Single};

/// What a look showed.
pub(super) struct Look<T> {
    pub(super) value: T,
    pub(super) state: Option<String>,
    /// Why it failed, as far as the service says.
    pub(super) reasons: Vec<ApiError>,
    pub(super) facts: CallFacts,
}

/// A look under way.
pub(super) type Looking<T> = BoxFuture<'static, Result<Look<T>, Error>>;

/// Looks at what a call gives.
pub(super) fn at_one<E, T>(call: Call<E>, wait: Wait) -> Looking<T>
where
    E: Endpoint<Response = Single<T>>,
    Single<T>: ResponseKind<Output = T>,
    T: Send + 'static,
{
    Box::pin(async move {
        let answer = call.send().await?;
        let json = result(&answer);
        Ok(Look::new(
            answer.facts().clone(),
            answer.into_inner(),
            &json,
            &wait,
        ))
    })
}

/// Looks at the item of a list whose `key` is `id`.
pub(super) fn at_item<E, T>(call: Call<E>, key: &'static str, id: String, wait: Wait) -> Looking<T>
where
    E: Endpoint<Response = List<T>>,
    List<T>: ResponseKind<Output = Vec<T>>,
    T: Send + 'static,
{
    Box::pin(async move {
        let answer = call.send().await?;
        let (json, facts) = (result(&answer), answer.facts().clone());
        let items = json.as_array().map(Vec::as_slice).unwrap_or_default();
        let is_it = |item: &Value| item.get(key).and_then(Value::as_str) == Some(&id);
        let found = items.iter().position(is_it).and_then(|index| {
            let value = answer.into_inner().into_iter().nth(index)?;
            Some((value, items.get(index)?))
        });
        match found {
            Some((value, json)) => Ok(Look::new(facts, value, json, &wait)),
            None => {
                let message = format!("the list has no item whose `{key}` is `{id}`");
                Err(Error::new(ErrorKind::WaitFailed, message).with_call(facts))
            }
        }
    })
}

/// The result as JSON. The call has read it as a type already, so it is there.
fn result<T>(answer: &Response<T>) -> Value {
    let mut body = decode::value(answer.body()).unwrap_or_default();
    body.get_mut("result").map(Value::take).unwrap_or_default()
}

impl<T> Look<T> {
    fn new(facts: CallFacts, value: T, json: &Value, wait: &Wait) -> Self {
        let reasons = wait.reasons.iter().filter_map(|path| at(json, path));
        let state = at(json, wait.state).and_then(Value::as_str);
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

/// What stands at a path.
fn at<'a>(json: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(json, |json, key| json.get(key))
}

#[cfg(test)]
mod tests {
    use super::{Look, Wait};
    use crate::error::CallFacts;
    use serde_json::{Value, json};

    const WAIT: Wait =
        Wait::new("w", &["status", "state"], 1, 1).reasons(&[&["why"], &["status", "errors"]]);

    fn look(json: &Value) -> Look<()> {
        Look::new(CallFacts::default(), (), json, &WAIT)
    }

    #[test]
    fn b56_reasons_of_any_shape_are_read() {
        let read = look(&json!({
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
        let read = look(&json!({"why": "", "status": null}));
        assert!(read.reasons.is_empty() && read.state.is_none());
    }
}
