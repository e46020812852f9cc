//! All that the fake remembers: accounts with what is in them, the objects in buckets, what is going to happen, and the rate limits.
//!
//! In: moments. Out: an [`Env`] for a handler, after everything that was due has happened, in order. It can be written as JSON and
//! read back. It reads no clock.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::{Account, Features};
use super::ids::Ids;
use super::limits::Limits;
use super::moment::Moment;
use super::pcaps::objects::ObjectStore;
use super::process::FakeProcess;
use super::schedule::{Event, Schedule};

/// The state of the fake.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct World {
    /// The moment of the latest request or event.
    pub(crate) now: Moment,
    pub(crate) ids: Ids,
    /// Ids of responses: apart, so that the ids of items do not depend on how often something was read.
    pub(crate) rays: Ids,
    pub(crate) accounts: BTreeMap<String, Account>,
    /// The features of accounts that are not in the list above. `None`: there are no others.
    pub(crate) others: Option<Features>,
    pub(crate) objects: ObjectStore,
    pub(crate) limits: Limits,
    /// Whether buckets have `destinaton_conf` in responses, as the service has sent it.
    pub(crate) old_spelling: bool,
    /// Processes that are to fail next, with the reason.
    pub(crate) failing: BTreeMap<FakeProcess, VecDeque<String>>,
    schedule: Schedule,
    /// How many events have happened since the fake was started.
    #[serde(skip)]
    pub(crate) happened: u64,
}

/// What a handler works with: one account, and what all accounts share.
pub(crate) struct Env<'a> {
    /// The moment of the request or event.
    pub(crate) now: Moment,
    pub(crate) account_id: &'a str,
    pub(crate) account: &'a mut Account,
    pub(crate) ids: &'a mut Ids,
    pub(crate) objects: &'a mut ObjectStore,
    pub(crate) old_spelling: bool,
    failing: &'a mut BTreeMap<FakeProcess, VecDeque<String>>,
    schedule: &'a mut Schedule,
}

impl World {
    /// A world in which nothing has happened yet.
    pub(crate) fn new(seed: u64, limits: Limits) -> Self {
        Self {
            now: Moment::default(),
            ids: Ids::new(seed),
            rays: Ids::new(seed ^ 0x7261_7973),
            accounts: BTreeMap::new(),
            others: Some(Features::default()),
            objects: ObjectStore::default(),
            limits,
            old_spelling: false,
            failing: BTreeMap::new(),
            schedule: Schedule::default(),
            happened: 0,
        }
    }

    /// Lets everything happen that is due until this moment. Never goes back.
    pub(crate) fn run_until(&mut self, now: Moment) {
        while let Some((moment, account, event)) = self.schedule.next_until(now) {
            self.now = self.now.max(moment);
            self.happened += 1;
            if let Some(mut env) = self.env(&account) {
                event.happen(&mut env);
            }
        }
        self.now = self.now.max(now);
    }

    /// The account, as handlers work with it. `None`: there is no such account.
    pub(crate) fn env<'a>(&'a mut self, account_id: &'a str) -> Option<Env<'a>> {
        if !self.accounts.contains_key(account_id) {
            let account = Account::new(self.others?);
            self.accounts.insert(account_id.to_owned(), account);
        }
        Some(Env {
            now: self.now,
            account_id,
            account: self.accounts.get_mut(account_id)?,
            ids: &mut self.ids,
            objects: &mut self.objects,
            old_spelling: self.old_spelling,
            failing: &mut self.failing,
            schedule: &mut self.schedule,
        })
    }
}

impl Env<'_> {
    /// Lets this happen to the account, so much later.
    pub(crate) fn after(&mut self, wait: Duration, event: impl Into<Event>) {
        let moment = self.now.plus(wait);
        self.schedule.add(moment, self.account_id, event.into());
    }

    /// Whether a process that ends now is to fail, and why. Each failure that a test asked for is used once.
    pub(crate) fn fails(&mut self, process: FakeProcess) -> Option<String> {
        self.failing.get_mut(&process)?.pop_front()
    }
}
