//! Compares the outcome of a call with what the service saw of it.
//!
//! In: the plan of a call, the attempts that reached the service, and what the client reported. Out: one line per broken promise.

use cloudflare_magic::{Error, ErrorKind};

use crate::action::Form;
use crate::calls::CallResult;
use crate::fault::Fault;
use crate::plan::{Plan, SENDINGS};
use crate::responses::id;
use crate::service::Sending;

/// How many attempts do not count at most: on connections that are being retired, and those that are refused because there are too
/// many calls.
const UNCOUNTED: usize = 10;

/// A call that has ended.
pub(crate) struct Outcome {
    pub(crate) call: usize,
    pub(crate) plan: Plan,
    pub(crate) result: Result<CallResult, Error>,
    /// Whether it took so long that a time limit can have ended any of its attempts.
    pub(crate) is_slow: bool,
}

impl Outcome {
    /// The number of attempts that the client reports.
    pub(crate) fn attempts(&self) -> usize {
        let attempts = match &self.result {
            Ok(result) => result.attempts,
            Err(error) => error.attempts(),
        };
        attempts as usize
    }

    /// The promises that were broken.
    pub(crate) fn broken(&self, sendings: &[Sending]) -> Vec<String> {
        let mut broken = self.sent_too_often(sendings);
        match &self.result {
            Ok(result) => broken.extend(self.wrong_result(result, sendings)),
            Err(error) => {
                broken.extend(self.wrong_error(error, sendings));
                broken.extend(self.dishonest(error, sendings));
            }
        }
        let place = format!("call {}: {:?}, {sendings:?}", self.call, self.plan.action);
        let outcome = match &self.result {
            Ok(_) => "success".to_owned(),
            Err(error) => error.to_string(),
        };
        let lines = broken.into_iter();
        lines
            .map(|promise| format!("{promise}\n    {place}\n    {outcome}"))
            .collect()
    }

    /// Checks that an action that must not be done twice is sent again only after a response that there are too many calls, or after
    /// a proof that it was not processed. A request that ends before its body leaves is proof too, which the service cannot
    /// see: it has the head and not the end of the request.
    fn sent_too_often(&self, sendings: &[Sending]) -> Vec<String> {
        let mut broken = Vec::new();
        let attempts = self.attempts();
        // Attempts that the server says it did not process do not count, and refusals do not while the service accepts other calls.
        let counts = |sending: &&Sending| {
            let fault = sending.fault;
            !matches!(fault, Fault::Retired | Fault::RefusedStream) && !fault.is_too_many()
        };
        let counted = sendings.iter().filter(counts).count();
        let refused = sendings
            .iter()
            .filter(|sending| sending.fault.is_too_many());
        let most = SENDINGS + UNCOUNTED + refused.count();
        if counted > SENDINGS || attempts > most || sendings.len() > attempts {
            let sent = sendings.len();
            broken.push(format!("sent {sent} times in {attempts} attempts"));
        }
        if self.plan.action.is_once() {
            let (_, before) = sendings.split_last().unzip();
            let wrong = before.unwrap_or_default().iter();
            broken.extend(
                wrong
                    .filter(|sending| {
                        let is_proved =
                            sending.fault.is_too_many() || sending.fault.is_unprocessed();
                        !(is_proved || sending.is_incomplete())
                    })
                    .map(|sending| format!("sent again after {:?}", sending.fault)),
            );
            let accepted = sendings.iter().filter(|sending| sending.accepted).count();
            if accepted > 1 {
                broken.push(format!("accepted {accepted} times"));
            }
        }
        broken
    }

    /// Checks that the result is one that the service sent to this call.
    fn wrong_result(&self, result: &CallResult, sendings: &[Sending]) -> Vec<String> {
        let action = self.plan.action;
        let mut broken = Vec::new();
        let was_sent = sendings
            .last()
            .is_some_and(|sending| sending.accepted && sending.fault.lets_succeed(action));
        if !was_sent {
            broken.push("a success that the service did not send".to_owned());
        }
        let own = id(self.call);
        let is_own = !result.ids.is_empty() && result.ids.iter().all(|id| *id == own);
        if action.form() != Form::Nothing && !is_own {
            broken.push(format!("the result of another call: {:?}", result.ids));
        }
        broken
    }

    /// Checks that the error fits the faults of the call's attempts.
    fn wrong_error(&self, error: &Error, sendings: &[Sending]) -> Vec<String> {
        let mut broken = Vec::new();
        let kind = error.kind();
        // The gate can delay a call beyond its deadline, or reject it.
        let never_tried = error.is_rate_limited() || error.is_timeout();
        if error.attempts() == 0 && !(never_tried && sendings.is_empty()) {
            broken.push("an error without an attempt".to_owned());
        }
        // An attempt that did not reach the service failed with its connection, a new one or a reused one.
        let unseen = self.attempts() > sendings.len();
        let is_connection =
            matches!(kind, ErrorKind::Connect | ErrorKind::Io) || error.is_timeout();
        let by_connection = unseen && is_connection;
        let by_gate = error.attempts() == 0 && never_tried;
        let by_fault = sendings
            .last()
            .is_some_and(|sending| sending.fault.allows(kind, self.plan.action));
        // An attempt that was under way when another one ended its connection.
        let is_cut = sendings.last().is_some_and(|sending| sending.is_cut);
        let by_cut =
            is_cut && matches!(kind, ErrorKind::Io | ErrorKind::Truncated | ErrorKind::Http);
        // A time limit came after the head of a failing response.
        let by_limit = self.is_slow && kind == ErrorKind::Http;
        if !(by_connection || by_gate || by_fault || by_cut || by_limit) {
            broken.push(format!("the wrong error: {kind:?}"));
        }
        broken
    }

    /// Checks that a processed call is never reported as certainly not processed, and a rejected call not as perhaps processed.
    fn dishonest(&self, error: &Error, sendings: &[Sending]) -> Vec<String> {
        let action = self.plan.action;
        let maybe = error.may_have_been_processed();
        let accepted = sendings.iter().any(|sending| sending.accepted);
        if action.is_read() {
            return Vec::from_iter(maybe.then(|| "a read that has effects".to_owned()));
        }
        if accepted && !maybe {
            return vec!["an accepted call is reported as certainly not processed".to_owned()];
        }
        let refused = sendings.len() == self.attempts()
            && sendings.iter().all(|sending| sending.fault.is_refusal())
            && error.status().is_some();
        if refused && action.is_once() && maybe {
            return vec!["a refused call is reported as perhaps processed".to_owned()];
        }
        // Unless the end of the connection or a time limit came before the proof.
        let is_unprocessed = |sending: &Sending| {
            let is_proved = sending.fault.is_unprocessed() || sending.fault.is_too_many();
            is_proved && !sending.is_cut && !error.is_timeout() && !self.is_slow
        };
        let unprocessed = sendings.len() == self.attempts() && sendings.iter().all(is_unprocessed);
        if unprocessed && maybe {
            return vec!["an unprocessed call is reported as perhaps processed".to_owned()];
        }
        Vec::new()
    }
}
