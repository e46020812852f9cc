//! Holds what a call gave against what the service saw of it.
//!
//! In: the plan of a call, the sendings that reached the service, and what the client reported. Out: broken promises, in words.

use cloudflare_magic::{Error, ErrorKind};

use crate::action::Form;
use crate::answers::id;
use crate::calls::Given;
use crate::plan::{Plan, SENDINGS};
use crate::service::Sending;

/// A call that has come to its end.
pub(crate) struct Outcome {
    pub(crate) call: usize,
    pub(crate) plan: Plan,
    pub(crate) given: Result<Given, Error>,
}

impl Outcome {
    /// How often the client says that it tried.
    pub(crate) fn attempts(&self) -> usize {
        let attempts = match &self.given {
            Ok(given) => given.attempts,
            Err(error) => error.attempts(),
        };
        attempts as usize
    }

    /// The promises that were broken.
    pub(crate) fn broken(&self, sendings: &[Sending]) -> Vec<String> {
        let mut broken = self.sent_too_often(sendings);
        match &self.given {
            Ok(given) => broken.extend(self.wrong_result(given, sendings)),
            Err(error) => {
                broken.extend(self.wrong_error(error, sendings));
                broken.extend(self.dishonest(error, sendings));
            }
        }
        let place = format!("call {}: {:?}, {sendings:?}", self.call, self.plan.action);
        let outcome = match &self.given {
            Ok(_) => "success".to_owned(),
            Err(error) => error.to_string(),
        };
        let told = broken.into_iter();
        told.map(|promise| format!("{promise}\n    {place}\n    {outcome}"))
            .collect()
    }

    /// What must not be done twice is sent again only after the service said that there are too many calls.
    fn sent_too_often(&self, sendings: &[Sending]) -> Vec<String> {
        let mut broken = Vec::new();
        let attempts = self.attempts();
        if attempts > SENDINGS || sendings.len() > attempts {
            let sent = sendings.len();
            broken.push(format!("sent {sent} times in {attempts} attempts"));
        }
        if self.plan.action.is_once() {
            let (_, before) = sendings.split_last().unzip();
            let wrong = before.unwrap_or_default().iter();
            broken.extend(
                wrong
                    .filter(|sending| !sending.fault.is_too_many())
                    .map(|sending| format!("sent again after {:?}", sending.fault)),
            );
            let accepted = sendings.iter().filter(|sending| sending.accepted).count();
            if accepted > 1 {
                broken.push(format!("accepted {accepted} times"));
            }
        }
        broken
    }

    /// A result is one that the service gave, to this call.
    fn wrong_result(&self, given: &Given, sendings: &[Sending]) -> Vec<String> {
        let action = self.plan.action;
        let mut broken = Vec::new();
        let granted = sendings
            .last()
            .is_some_and(|sending| sending.accepted && sending.fault.lets_succeed(action));
        if !granted {
            broken.push("a success that the service did not give".to_owned());
        }
        let own = id(self.call);
        let is_own = !given.ids.is_empty() && given.ids.iter().all(|id| *id == own);
        if action.form() != Form::Nothing && !is_own {
            broken.push(format!("the result of another call: {:?}", given.ids));
        }
        broken
    }

    /// An error fits to what was done to the call.
    fn wrong_error(&self, error: &Error, sendings: &[Sending]) -> Vec<String> {
        let mut broken = Vec::new();
        let kind = error.kind();
        // The gate may let a call pass too late, or not at all.
        let never_tried = error.is_rate_limited() || error.is_timeout();
        if error.attempts() == 0 && !(never_tried && sendings.is_empty()) {
            broken.push("an error without an attempt".to_owned());
        }
        // What did not reach the service met the end of a connection, a new one or one that was used before.
        let unseen = self.attempts() > sendings.len();
        let line = matches!(kind, ErrorKind::Connect | ErrorKind::Io) || error.is_timeout();
        let by_line = unseen && line;
        let by_gate = error.attempts() == 0 && never_tried;
        let by_fault = sendings
            .last()
            .is_some_and(|sending| sending.fault.allows(kind, self.plan.action));
        if !(by_line || by_gate || by_fault) {
            broken.push(format!("the wrong error: {kind:?}"));
        }
        broken
    }

    /// What was done is never reported as surely not done; and what was surely not done not as done perhaps.
    fn dishonest(&self, error: &Error, sendings: &[Sending]) -> Vec<String> {
        let action = self.plan.action;
        let maybe = error.may_have_been_processed();
        let accepted = sendings.iter().any(|sending| sending.accepted);
        if action.is_read() {
            return Vec::from_iter(maybe.then(|| "a read that has effects".to_owned()));
        }
        if accepted && !maybe {
            return vec!["an accepted call is reported as surely not processed".to_owned()];
        }
        let refused = sendings.len() == self.attempts()
            && sendings.iter().all(|sending| sending.fault.is_refusal())
            && error.status().is_some();
        if refused && action.is_once() && maybe {
            return vec!["a refused call is reported as perhaps processed".to_owned()];
        }
        Vec::new()
    }
}
