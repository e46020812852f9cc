//! The table of counts that the test prints.
//!
//! In: the outcomes of the calls, and what reached the service. Out: a table with one line per fault of the first attempt.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::fault::Fault;
use crate::outcome::Outcome;
use crate::service::Sending;

/// The counts of the calls with the same first fault.
#[derive(Default)]
struct Line {
    calls: usize,
    results: usize,
    sent_again: usize,
    accepted: usize,
    errors: BTreeMap<String, usize>,
}

impl Line {
    fn add(&mut self, outcome: &Outcome, sendings: &[Sending]) {
        self.calls += 1;
        self.sent_again += outcome.attempts().saturating_sub(1);
        if outcome.plan.action.is_once() {
            self.accepted += sendings.iter().filter(|sending| sending.accepted).count();
        }
        match &outcome.result {
            Ok(_) => self.results += 1,
            Err(error) => {
                let kind = format!("{:?}", error.kind());
                let kind = kind.replace(" { phase: ", ":").replace(" }", "");
                *self.errors.entry(kind).or_default() += 1;
            }
        }
    }

    fn write(&self, name: &str, out: &mut String) {
        let errors: Vec<_> = self
            .errors
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        let Self {
            calls,
            results,
            sent_again,
            accepted,
            ..
        } = self;
        let errors = errors.join(", ");
        // Writing into a `String` never fails.
        let _ = writeln!(
            out,
            "{name:<20} {calls:>6} {results:>7} {sent_again:>10} {accepted:>12}  {errors}"
        );
    }
}

/// The table. The outcomes are in the order of the calls.
pub(crate) fn table(outcomes: &[Outcome], log: &[Vec<Sending>]) -> String {
    let mut lines = BTreeMap::<Option<Fault>, Line>::new();
    let mut all = Line::default();
    for outcome in outcomes {
        let sendings = &log[outcome.call];
        let met = sendings.first().map(|sending| sending.fault);
        lines.entry(met).or_default().add(outcome, sendings);
        all.add(outcome, sendings);
    }
    let mut out =
        String::from("met first             calls results sent again once: accepted  errors\n");
    for (fault, line) in &lines {
        let name = fault.map_or("(never arrived)".to_owned(), |fault| format!("{fault:?}"));
        line.write(&name, &mut out);
    }
    all.write("all", &mut out);
    out
}
