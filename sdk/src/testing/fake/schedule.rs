//! What is going to happen, and when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use super::world::Env;
use super::{catalog_syncs, onramps, pcaps, providers};

/// Something that happens to an account at its moment: the end, or a step, of a process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Event {
    Pcaps(pcaps::Event),
    Providers(providers::Event),
    Onramps(onramps::Event),
    CatalogSyncs(catalog_syncs::Event),
}

impl Event {
    /// Lets it happen.
    pub(crate) fn happen(self, env: &mut Env<'_>) {
        match self {
            Self::Pcaps(event) => event.happen(env),
            Self::Providers(event) => event.happen(env),
            Self::Onramps(event) => event.happen(env),
            Self::CatalogSyncs(event) => event.happen(env),
        }
    }
}

impl From<pcaps::Event> for Event {
    fn from(event: pcaps::Event) -> Self {
        Self::Pcaps(event)
    }
}

impl From<providers::Event> for Event {
    fn from(event: providers::Event) -> Self {
        Self::Providers(event)
    }
}

impl From<onramps::Event> for Event {
    fn from(event: onramps::Event) -> Self {
        Self::Onramps(event)
    }
}

impl From<catalog_syncs::Event> for Event {
    fn from(event: catalog_syncs::Event) -> Self {
        Self::CatalogSyncs(event)
    }
}

/// Events in the order of their moments; those of one moment in the order in which they were added.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Schedule {
    added: u64,
    #[serde(with = "pairs")]
    events: BTreeMap<(Moment, u64), (String, Event)>,
}

impl Schedule {
    /// Adds an event. What is due at the end of time does not happen: processes that repeat would do so forever.
    pub(crate) fn add(&mut self, moment: Moment, account: &str, event: Event) {
        if moment == Moment::LAST {
            return;
        }
        self.added += 1;
        self.events
            .insert((moment, self.added), (account.to_owned(), event));
    }

    /// Takes out the next event that is due until this moment.
    pub(crate) fn next_until(&mut self, now: Moment) -> Option<(Moment, String, Event)> {
        let first = self
            .events
            .first_entry()
            .filter(|entry| entry.key().0 <= now)?;
        let moment = first.key().0;
        let (account, event) = first.remove();
        Some((moment, account, event))
    }
}

/// The events as a list, since the keys of a JSON object are texts.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<K, V, S>(map: &BTreeMap<K, V>, to: S) -> Result<S::Ok, S::Error>
    where
        K: Serialize,
        V: Serialize,
        S: Serializer,
    {
        map.iter().collect::<Vec<_>>().serialize(to)
    }

    pub(super) fn deserialize<'de, K, V, D>(from: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Vec::<(K, V)>::deserialize(from).map(BTreeMap::from_iter)
    }
}
