//! A catalog sync, as the fake remembers it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::testing::fake::failure::{Failure, Problem};
use crate::testing::fake::moment::Moment;

/// The destination of a sync that writes nothing.
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";

/// A catalog sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sync {
    pub(crate) id: String,
    /// Counts the syncs of the account, in the order of their creation.
    pub(crate) number: u64,
    /// The id of the list that it writes. `None`: it writes nothing.
    pub(crate) list_id: Option<String>,
    pub(crate) settings: Settings,
    /// Why the last run failed.
    pub(crate) trouble: Option<Trouble>,
    /// The last discovery whose resources the last successful run had.
    pub(crate) includes_discoveries_until: Option<Moment>,
    pub(crate) last_attempted_at: Option<Moment>,
    pub(crate) last_successful_at: Option<Moment>,
    pub(crate) last_user_update_at: Moment,
}

/// What can be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) policy: String,
    /// Whether it runs after each discovery.
    pub(crate) is_auto: bool,
}

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trouble {
    /// What it is about: `policy`, or `destination`.
    pub(crate) about: String,
    pub(crate) code: i64,
    pub(crate) message: String,
}

impl Trouble {
    /// A failure that has to do with this.
    pub(crate) fn new(about: &str, failure: &Failure) -> Self {
        let first = failure.errors.first();
        Self {
            about: about.to_owned(),
            code: first.map_or(0, |problem| problem.code),
            message: first
                .map(|problem| problem.message.clone())
                .unwrap_or_default(),
        }
    }
}

impl Sync {
    /// The kind of its destination.
    pub(crate) fn destination_type(&self) -> &'static str {
        match self.list_id {
            Some(_) => "ZERO_TRUST_LIST",
            None => "NONE",
        }
    }

    /// The sync as JSON.
    pub(crate) fn json(&self) -> Value {
        let time = |moment: Option<Moment>| moment.map(Moment::text).unwrap_or_default();
        let errors = self.trouble.iter().map(|trouble| {
            let error = Problem::new(trouble.code, trouble.message.as_str());
            (trouble.about.clone(), error.json())
        });
        let settings = &self.settings;
        json!({
            "id": self.id,
            "name": settings.name,
            "description": settings.description,
            "policy": settings.policy,
            "update_mode": if settings.is_auto { "AUTO" } else { "MANUAL" },
            "destination_type": self.destination_type(),
            "destination_id": self.list_id.as_deref().unwrap_or(NOTHING),
            "errors": errors.collect::<Map<_, _>>(),
            "includes_discoveries_until": time(self.includes_discoveries_until),
            "last_attempted_update_at": time(self.last_attempted_at),
            "last_successful_update_at": time(self.last_successful_at),
            "last_user_update_at": self.last_user_update_at.text(),
        })
    }
}
