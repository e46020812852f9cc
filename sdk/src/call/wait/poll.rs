//! One poll of a waiter.
//!
//! In: a call. Out: its value, with the state and the reasons from its JSON. They are read from the same tree as the type, so that
//! the path of the state can be data.

use std::borrow::Cow;

use super::spec::WaiterSpec;
use crate::base::BoxFuture;
use crate::call::Call;
use crate::decode::{self, DEEPEST, Json};
use crate::error::{ApiError, CallFacts, Error, ErrorKind};
use crate::request::operation::Endpoint;
use crate::response::kind::{List, ResponseKind, Single};
use crate::response::list::ListRequest;

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
        let shown = Shown::one(response.body(), &spec);
        let facts = response.facts().clone();
        Ok(Polled::new(facts, response.into_inner(), shown))
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
    let list = call.as_request().list();
    Box::pin(async move {
        let response = call.send().await?;
        let shown = Shown::item((response.body(), list), (key, &id), &spec);
        let facts = response.facts().clone();
        let found = shown.and_then(|(index, shown)| {
            let value = response.into_inner().into_iter().nth(index)?;
            Some((value, shown))
        });
        match found {
            Some((value, shown)) => Ok(Polled::new(facts, value, shown)),
            None => {
                let message = format!("the list has no item whose `{key}` is `{id}`");
                Err(Error::new(ErrorKind::WaitFailed, message).with_call(facts))
            }
        }
    })
}

impl<T> Polled<T> {
    fn new(facts: CallFacts, value: T, shown: Shown) -> Self {
        let Shown { state, reasons } = shown;
        Self {
            value,
            state,
            reasons,
            facts,
        }
    }
}

/// The state and the reasons in the JSON of a value.
#[derive(Default)]
struct Shown {
    state: Option<String>,
    reasons: Vec<ApiError>,
}

impl Shown {
    /// Of the result in a body. The call has read the body as a type already, so it is a tree.
    fn one(body: &[u8], spec: &WaiterSpec) -> Self {
        let tree = decode::tree(body, DEEPEST).ok();
        let result = tree.as_ref().and_then(|tree| tree.root().get("result"));
        result.map(|json| Self::new(json, spec)).unwrap_or_default()
    }

    /// Of the item with this text under this key, with its index.
    fn item(
        (body, list): (&[u8], ListRequest),
        (key, id): (&str, &str),
        spec: &WaiterSpec,
    ) -> Option<(usize, Self)> {
        let tree = decode::tree(body, DEEPEST).ok()?;
        let is_it = |item: &Json<'_>| item.get(key).and_then(Json::as_text).as_deref() == Some(id);
        let mut items = list.result(tree.root()).ok()??.items().ok()?.enumerate();
        let (index, json) = items.find(|(_, item)| is_it(item))?;
        Some((index, Self::new(json, spec)))
    }

    fn new(json: Json<'_>, spec: &WaiterSpec) -> Self {
        let state = json.at(spec.state).and_then(Json::as_text);
        let reasons = spec.reasons.iter().filter_map(|path| json.at(path));
        Self {
            state: state.map(Cow::into_owned),
            reasons: reasons
                .flat_map(ApiError::list)
                .filter(|reason| reason.code().is_some() || !reason.message().is_empty())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, WaiterSpec};
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

    fn poll(json: &Value) -> Shown {
        Shown::one(json!({ "result": json }).to_string().as_bytes(), &SPEC)
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
