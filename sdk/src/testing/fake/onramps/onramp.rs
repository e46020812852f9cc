//! An on-ramp, as the fake remembers it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::part::Part;
use super::progress::{Progress, Run};
use super::settings::Settings;
use crate::testing::fake::moment::Moment;
use crate::testing::fake::providers::{Client, Cloud};

/// An on-ramp.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Onramp {
    pub(crate) id: String,
    /// Counts the on-ramps of the account, in the order of their creation.
    pub(crate) number: u64,
    pub(crate) kind: Kind,
    pub(crate) cloud: Cloud,
    pub(crate) region: String,
    /// The integration through which it builds.
    pub(crate) provider_id: String,
    pub(crate) cloud_asn: Option<i64>,
    pub(crate) dynamic_routing: bool,
    pub(crate) adopted_hub_id: Option<String>,
    pub(crate) settings: Settings,
    pub(crate) state: Lifecycle,
    /// Why the last process failed.
    pub(crate) trouble: Option<Trouble>,
    /// What goes on now.
    pub(crate) run: Run,
    pub(crate) plan_progress: Progress,
    pub(crate) apply_progress: Progress,
    /// What is to be built, by the last plan.
    pub(crate) plan: Option<Vec<Part>>,
    pub(crate) built: Vec<Part>,
    /// The resource ids of parts, by key: the same in each plan.
    pub(crate) part_ids: BTreeMap<String, String>,
    pub(crate) updated_at: Moment,
    pub(crate) last_planned_at: Option<Moment>,
    pub(crate) last_applied_at: Option<Moment>,
    pub(crate) last_exported_at: Option<Moment>,
}

/// What an on-ramp connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Single,
    Hub,
}

/// The state of an on-ramp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lifecycle {
    NeedsApply,
    PendingPlan,
    Planning,
    PlanFailed,
    PendingApproval,
    PendingApply,
    Applying,
    ApplyFailed,
    Active,
    PendingDestroy,
    Destroying,
    DestroyFailed,
}

/// Why a process failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trouble {
    /// The id of the resource or the on-ramp that it is about.
    pub(crate) about: String,
    pub(crate) message: String,
}

impl Trouble {
    pub(crate) fn new(about: &str, message: impl Into<String>) -> Self {
        Self {
            about: about.to_owned(),
            message: message.into(),
        }
    }
}

impl Onramp {
    /// The ids of the VPCs that it connects.
    pub(crate) fn networks(&self) -> Vec<&str> {
        let single = self.settings.vpc.iter();
        let attached = self.settings.attached_vpcs.iter();
        single.chain(attached).map(String::as_str).collect()
    }

    /// The id of its hub, once there is one.
    pub(crate) fn hub(&self) -> Option<&str> {
        let built = self.built.iter().find(|part| part.key == "hub");
        let built = built.map(|part| part.resource.id.as_str());
        self.adopted_hub_id.as_deref().or(built)
    }

    /// The on-ramp, as integrations and resources name it.
    pub(crate) fn client(&self) -> Client {
        Client {
            id: self.id.clone(),
            name: self.settings.name.clone(),
        }
    }

    /// Ends what goes on now: what was to happen to it does not happen any more.
    pub(crate) fn enter(&mut self, state: Lifecycle, now: Moment) {
        self.state = state;
        self.run = Run {
            number: self.run.number + 1,
            began: now,
            ..Run::default()
        };
    }
}

impl Kind {
    /// The kind of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Single, Self::Hub];
        all.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in requests and responses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Single => "OnrampTypeSingle",
            Self::Hub => "OnrampTypeHub",
        }
    }
}

impl Lifecycle {
    /// Its name in responses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NeedsApply => "OnrampNeedsApply",
            Self::PendingPlan => "OnrampPendingPlan",
            Self::Planning => "OnrampPlanning",
            Self::PlanFailed => "OnrampPlanFailed",
            Self::PendingApproval => "OnrampPendingApproval",
            Self::PendingApply => "OnrampPendingApply",
            Self::Applying => "OnrampApplying",
            Self::ApplyFailed => "OnrampApplyFailed",
            Self::Active => "OnrampActive",
            Self::PendingDestroy => "OnrampPendingDestroy",
            Self::Destroying => "OnrampDestroying",
            Self::DestroyFailed => "OnrampDestroyFailed",
        }
    }

    /// What is being done to the on-ramp, if something is.
    pub(crate) fn process(self) -> Option<&'static str> {
        match self {
            Self::PendingPlan | Self::Planning => Some("planned"),
            Self::PendingApply | Self::Applying => Some("applied"),
            Self::PendingDestroy | Self::Destroying => Some("destroyed"),
            _ => None,
        }
    }
}
