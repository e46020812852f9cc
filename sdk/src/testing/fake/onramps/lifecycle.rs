//! Planning, applying and destroying on-ramps.
//!
//! | state | what comes next |
//! |---|---|
//! | needs apply, plan failed, apply failed, active | `plan`: pending, then planning |
//! | planning | pending approval; active if nothing is to be done; or plan failed |
//! | pending approval | `apply`, which approves the plan: pending, then applying; or `plan` again |
//! | applying | active, or apply failed |
//! | any | `delete` with `destroy`: pending, then destroying; then it is gone, or destroy failed |

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::blueprint::draw;
use super::catalog;
use super::onramp::{Lifecycle, Onramp, Trouble};
use super::part::{Part, built_after, changes};
use super::progress::Progress;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::Failure;
use crate::testing::fake::process::FakeProcess;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// How long a process waits before it begins.
const PENDING: Duration = Duration::from_secs(5);
const PLANNING: Duration = Duration::from_secs(55);
/// An hour at most is documented.
const APPLYING: Duration = Duration::from_secs(20 * 60);
const DESTROYING: Duration = Duration::from_secs(10 * 60);

/// Something that happens to an on-ramp in time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    onramp: String,
    run: u64,
    step: Step,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Step {
    BeginsPlanning,
    EndsPlanning,
    BeginsApplying,
    EndsApplying,
    BeginsDestroying,
    EndsDestroying,
}

pub(crate) fn plan(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let mut onramp = idle(env, call.id())?;
    if onramp.state == Lifecycle::DestroyFailed {
        return Err(Failure::conflict("the on-ramp is partly destroyed"));
    }
    let drawn = draw(env, &onramp);
    onramp.part_ids = drawn.part_ids;
    let steps = drawn.parts.map_or(1, |parts| parts.len());
    (onramp.plan, onramp.trouble) = (None, None);
    onramp.plan_progress = Progress::none(steps);
    onramp.apply_progress = Progress::default();
    go(
        env,
        onramp,
        Lifecycle::PendingPlan,
        PENDING,
        Step::BeginsPlanning,
    );
    Ok(Success::accepted())
}

pub(crate) fn apply(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let mut onramp = idle(env, call.id())?;
    let plan = onramp.plan.as_deref();
    let Some(plan) = plan.filter(|_| onramp.state == Lifecycle::PendingApproval) else {
        let message = "the on-ramp has no plan that could be applied: plan it first";
        return Err(Failure::conflict(message));
    };
    onramp.apply_progress = Progress::none(steps(&onramp.built, plan));
    go(
        env,
        onramp,
        Lifecycle::PendingApply,
        PENDING,
        Step::BeginsApplying,
    );
    Ok(Success::accepted())
}

pub(crate) fn delete(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let mut onramp = match call.flag("force") {
        true => env.account.onramps.get(call.id())?.clone(),
        false => idle(env, call.id())?,
    };
    let deleted = Success::ok(json!({"id": onramp.id}));
    if call.flag("destroy") && !onramp.built.is_empty() {
        onramp.trouble = None;
        go(
            env,
            onramp,
            Lifecycle::PendingDestroy,
            PENDING,
            Step::BeginsDestroying,
        );
    } else {
        // What was built stays, in the cloud and in the catalog.
        env.account.onramps.by_id.remove(&onramp.id);
    }
    Ok(deleted)
}

/// The on-ramp, unless something goes on.
fn idle(env: &Env<'_>, id: &str) -> Result<Onramp, Failure> {
    let onramp = env.account.onramps.get(id)?;
    match onramp.state.process() {
        Some(process) => Err(Failure::conflict(format!("the on-ramp is being {process}"))),
        None => Ok(onramp.clone()),
    }
}

/// Enters a state, and lets this happen after it.
fn go(env: &mut Env<'_>, mut onramp: Onramp, state: Lifecycle, lasts: Duration, step: Step) {
    onramp.enter(state, env.now);
    onramp.run.lasts = lasts;
    let event = Event {
        onramp: onramp.id.clone(),
        run: onramp.run.number,
        step,
    };
    env.after(lasts, event);
    env.account.onramps.put(onramp);
}

/// Enters a state in which nothing goes on.
fn rest(env: &mut Env<'_>, mut onramp: Onramp, state: Lifecycle, trouble: Option<Trouble>) {
    onramp.trouble = trouble;
    onramp.enter(state, env.now);
    env.account.onramps.put(onramp);
}

impl Event {
    /// Lets it happen, unless the on-ramp is gone or does something else.
    pub(crate) fn happen(self, env: &mut Env<'_>) {
        let onramp = env.account.onramps.by_id.get(&self.onramp);
        let Some(onramp) = onramp.filter(|onramp| onramp.run.number == self.run) else {
            return;
        };
        let onramp = onramp.clone();
        match self.step {
            Step::BeginsPlanning => {
                go(
                    env,
                    onramp,
                    Lifecycle::Planning,
                    PLANNING,
                    Step::EndsPlanning,
                );
            }
            Step::BeginsApplying => {
                go(
                    env,
                    onramp,
                    Lifecycle::Applying,
                    APPLYING,
                    Step::EndsApplying,
                );
            }
            Step::BeginsDestroying => {
                go(
                    env,
                    onramp,
                    Lifecycle::Destroying,
                    DESTROYING,
                    Step::EndsDestroying,
                );
            }
            Step::EndsPlanning => end_planning(env, onramp),
            Step::EndsApplying => end_applying(env, onramp),
            Step::EndsDestroying => end_destroying(env, onramp),
        }
    }
}

fn end_planning(env: &mut Env<'_>, mut onramp: Onramp) {
    let drawn = draw(env, &onramp);
    onramp.part_ids = drawn.part_ids;
    let failed = env.fails(FakeProcess::Plan);
    let failed = failed.map(|reason| Trouble::new(&onramp.id, reason));
    let parts = match failed.map_or(drawn.parts, Err) {
        Ok(parts) => parts,
        Err(trouble) => return rest(env, onramp, Lifecycle::PlanFailed, Some(trouble)),
    };
    onramp.plan_progress = Progress::full(parts.len());
    onramp.last_planned_at = Some(env.now);
    let state = match steps(&onramp.built, &parts) {
        0 => Lifecycle::Active,
        _ => Lifecycle::PendingApproval,
    };
    onramp.plan = Some(parts);
    rest(env, onramp, state, None);
}

fn end_applying(env: &mut Env<'_>, mut onramp: Onramp) {
    let plan = onramp.plan.clone().unwrap_or_default();
    let total = steps(&onramp.built, &plan);
    let failed = env.fails(FakeProcess::Apply);
    let made = if failed.is_some() { total / 2 } else { total };
    let trouble = failed.map(|reason| {
        let changes = changes(&onramp.built, &plan);
        let mut left = changes.iter().filter(|change| change.action() != "no_op");
        let part = left.nth(made).and_then(super::part::Change::part);
        let about = part.map_or(onramp.id.as_str(), |part| &part.resource.id);
        Trouble::new(about, reason)
    });
    let built = built_after(&onramp.built, &plan, made);
    catalog::show(env, &onramp.id, &onramp.built, &built);
    onramp.built = built;
    onramp.apply_progress = Progress { done: made, total };
    if trouble.is_some() {
        // What is left has to be planned anew.
        onramp.plan = None;
        return rest(env, onramp, Lifecycle::ApplyFailed, trouble);
    }
    onramp.last_applied_at = Some(env.now);
    rest(env, onramp, Lifecycle::Active, None);
}

fn end_destroying(env: &mut Env<'_>, onramp: Onramp) {
    if let Some(reason) = env.fails(FakeProcess::Destroy) {
        let about = onramp.built.first();
        let about = about.map_or(onramp.id.as_str(), |part| &part.resource.id);
        let trouble = Some(Trouble::new(about, reason));
        return rest(env, onramp, Lifecycle::DestroyFailed, trouble);
    }
    catalog::show(env, &onramp.id, &onramp.built, &[]);
    env.account.onramps.by_id.remove(&onramp.id);
}

/// How many changes there are.
fn steps(built: &[Part], plan: &[Part]) -> usize {
    let changes = changes(built, plan);
    let changed = changes.iter().filter(|change| change.action() != "no_op");
    changed.count()
}
