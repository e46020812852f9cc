//! The states of items, and which may follow which.
//!
//! In: responses, step by step. Out: the transitions that the tables do not allow. The names are those of the document's enums; a state
//! that they lack is found by the schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// One kind of state: where it is in the response of an item, and what may follow what.
struct Machine {
    kind: &'static str,
    /// The operations whose results show it begin with this.
    operations: &'static str,
    pointer: &'static str,
    /// The states in which an item can be seen first.
    first: &'static [&'static str],
    /// What happens in time.
    alone: &'static [(&'static str, &'static [&'static str])],
    /// What a request can begin.
    asked: &'static [(&'static str, &'static [&'static str])],
}

const MACHINES: [Machine; 6] = [
    Machine {
        kind: "capture",
        operations: "magic-pcap-collection-",
        pointer: "/status",
        first: &["pending", "running"],
        alone: &[
            ("pending", &["running", "failed"]),
            (
                "running",
                &["conversion_pending", "success", "complete", "failed"],
            ),
            ("conversion_pending", &["conversion_running", "failed"]),
            ("conversion_running", &["success", "complete", "failed"]),
        ],
        // Stopped before its time.
        asked: &[("pending", &["success", "complete"])],
    },
    Machine {
        kind: "bucket",
        operations: "magic-pcap-collection-",
        pointer: "/status",
        first: &["pending"],
        alone: &[("pending", &["success", "failed"])],
        asked: &[("failed", &["pending"])],
    },
    Machine {
        kind: "integration",
        operations: "providers-",
        pointer: "/lifecycle_state",
        first: &["PENDING_SETUP", "ACTIVE"],
        // Once its credentials were checked.
        alone: &[("PENDING_SETUP", &["ACTIVE"])],
        asked: &[("ACTIVE", &["PENDING_SETUP", "RETIRED"])],
    },
    DISCOVERY,
    Machine {
        kind: "discovery, version 2",
        pointer: "/state_v2",
        ..DISCOVERY
    },
    Machine {
        kind: "on-ramp",
        operations: "onramps-",
        pointer: "/status/lifecycle_state",
        first: &["OnrampNeedsApply"],
        alone: &[
            ("OnrampPendingPlan", &["OnrampPlanning"]),
            // Active: there was nothing to change.
            (
                "OnrampPlanning",
                &["OnrampPlanFailed", "OnrampPendingApproval", "OnrampActive"],
            ),
            ("OnrampPendingApply", &["OnrampApplying"]),
            ("OnrampApplying", &["OnrampApplyFailed", "OnrampActive"]),
            ("OnrampPendingDestroy", &["OnrampDestroying"]),
            ("OnrampDestroying", &["OnrampDestroyFailed"]),
        ],
        asked: &[
            (
                "OnrampNeedsApply",
                &["OnrampPendingPlan", "OnrampPendingDestroy"],
            ),
            ("OnrampPlanFailed", AFTER_A_PROCESS),
            (
                "OnrampPendingApproval",
                &[
                    "OnrampNeedsApply",
                    "OnrampPendingPlan",
                    "OnrampPendingApply",
                    "OnrampPendingDestroy",
                ],
            ),
            ("OnrampApplyFailed", AFTER_A_PROCESS),
            ("OnrampActive", AFTER_A_PROCESS),
            ("OnrampDestroyFailed", AFTER_A_PROCESS),
            // With `force`.
            ("OnrampPendingPlan", &["OnrampPendingDestroy"]),
            ("OnrampPlanning", &["OnrampPendingDestroy"]),
            ("OnrampPendingApply", &["OnrampPendingDestroy"]),
            ("OnrampApplying", &["OnrampPendingDestroy"]),
        ],
    },
];

const DISCOVERY: Machine = Machine {
    kind: "discovery",
    operations: "providers-",
    pointer: "/state",
    first: &["UNSPECIFIED", "PENDING"],
    alone: &[
        ("PENDING", &["DISCOVERING", "FAILED"]),
        ("DISCOVERING", &["SUCCEEDED", "FAILED"]),
        // A discovery a day.
        ("SUCCEEDED", &["PENDING"]),
        ("FAILED", &["PENDING"]),
    ],
    asked: &[("UNSPECIFIED", &["PENDING"])],
};

/// Changed, planned anew, or destroyed.
const AFTER_A_PROCESS: &[&str] = &[
    "OnrampNeedsApply",
    "OnrampPendingPlan",
    "OnrampPendingDestroy",
];

/// The states that were seen last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// By machine and id: the state, and the number of requests before it.
    states: BTreeMap<(&'static str, String), (String, usize)>,
    /// How many transitions were seen, by machine and state.
    pub(crate) met: BTreeMap<(&'static str, String), usize>,
}

impl Seen {
    /// Looks at the result of an operation, after so many requests. Returns the transitions that are not allowed.
    pub(crate) fn look(&mut self, operation: &str, result: &Value, requests: usize) -> Vec<String> {
        let items = match result {
            Value::Array(items) => items.as_slice(),
            item => std::slice::from_ref(item),
        };
        let machines = MACHINES
            .iter()
            .filter(|machine| operation.starts_with(machine.operations));
        let mut found = Vec::new();
        for machine in machines.filter(|machine| machine.shows(operation)) {
            for item in items {
                let state = item.pointer(machine.pointer).and_then(Value::as_str);
                let (Some(id), Some(state)) = (item["id"].as_str(), state) else {
                    continue;
                };
                found.extend(self.enter(machine, id, state, requests));
            }
        }
        found
    }

    fn enter(
        &mut self,
        machine: &Machine,
        id: &str,
        state: &str,
        requests: usize,
    ) -> Option<String> {
        *self
            .met
            .entry((machine.kind, state.to_owned()))
            .or_default() += 1;
        let key = (machine.kind, id.to_owned());
        let last = self.states.insert(key, (state.to_owned(), requests));
        // What the last request began may have come after its response.
        let (from, reachable) = match &last {
            Some((from, before)) => (
                from.as_str(),
                machine.reachable(&[from], requests - before + 1),
            ),
            // It may be long ago that it was created.
            None => ("nothing", machine.reachable(machine.first, requests)),
        };
        let is_allowed = reachable.contains(state);
        (!is_allowed).then(|| format!("{} {id}: from {from} to {state}", machine.kind))
    }
}

impl Machine {
    /// Captures and buckets have the same start of their operations' names.
    fn shows(&self, operation: &str) -> bool {
        match self.kind {
            "capture" => {
                operation.contains("packet-capture-requests") || operation.contains("pcap-request")
            }
            "bucket" => operation.contains("bucket"),
            _ => true,
        }
    }

    /// The states that an item can be in after so many requests and any time.
    fn reachable<'a>(&self, from: &[&'a str], requests: usize) -> BTreeSet<&'a str>
    where
        Self: 'a,
        'static: 'a,
    {
        let mut states: BTreeSet<&'a str> = from.iter().copied().collect();
        for request in 0..=requests {
            while grow(&mut states, self.alone) {}
            // A state is never more requests away than there are states.
            if request == requests || !grow(&mut states, self.asked) {
                break;
            }
        }
        while grow(&mut states, self.alone) {}
        states
    }
}

/// Adds what follows one of the states in one step. Returns whether something was new.
fn grow(states: &mut BTreeSet<&str>, table: &[(&'static str, &'static [&'static str])]) -> bool {
    let before = states.len();
    let next: Vec<&str> = table
        .iter()
        .filter(|(from, _)| states.contains(from))
        .flat_map(|(_, to)| to.iter().copied())
        .collect();
    states.extend(next);
    states.len() > before
}
