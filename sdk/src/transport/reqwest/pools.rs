//! The pools of connections of a transport, and which of them a call uses.
//!
//! In: the settings, and what kind of call it is. Out: a client of reqwest, which has a pool of its own. Calls and downloads have
//! separate pools: a download that is not read keeps a stream, and a connection has a limited number of streams. Each tokio runtime
//! has separate pools too: a connection is driven by the runtime that opened it, and does not work without it.
//!
//! reqwest cannot close one connection of a pool. When an exchange times out, its pool is retired instead: later calls use a new
//! one, and the calls under way end on the old one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use reqwest::Client;
use tokio::runtime::{Handle, Id};

use super::client::{Settings, new_client};
use super::dial::Dials;

/// The most pools that are kept: of a program with one runtime for each core of a large machine, all. A program that makes new runtimes
/// again and again loses the pools that were not used for the longest time.
const MOST: usize = 256;

/// The pools of a transport.
pub(super) struct Pools {
    settings: Settings,
    /// Whether the server has refused HTTP/2.
    http1_only: AtomicBool,
    pools: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// The pool that was used last is the last.
    pools: Vec<Pool>,
    /// How many pools were made so far.
    made: u64,
}

struct Pool {
    purpose: Purpose,
    number: u64,
    client: Client,
    dials: Dials,
}

/// What a pool is for.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Purpose {
    runtime: Option<Id>,
    downloads: bool,
}

/// A pool that a call uses.
pub(super) struct Leased {
    pub(super) client: Client,
    pub(super) dials: Dials,
    /// The number of the pool. No two pools of a transport have the same.
    pub(super) number: u64,
}

impl Pools {
    /// The pools for these settings. One is made at once, so that settings that cannot be used are found.
    pub(super) fn new(settings: Settings) -> Result<Self, String> {
        drop(new_client(&settings, Dials::default(), false)?);
        Ok(Self {
            settings,
            http1_only: AtomicBool::new(false),
            pools: Mutex::default(),
        })
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The pool for calls or for downloads, made on first use.
    pub(super) fn lease(&self, downloads: bool) -> Result<Leased, String> {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let purpose = Purpose { runtime, downloads };
        let mut kept = self.lock();
        if let Some(leased) = kept.lease(purpose) {
            return Ok(leased);
        }
        let http1_only = self.http1_only.load(Ordering::Acquire);
        let dials = Dials::default();
        let client = new_client(&self.settings, dials.clone(), http1_only)?;
        let number = kept.made;
        kept.made += 1;
        if kept.pools.len() == MOST {
            kept.pools.remove(0);
        }
        let pool = Pool {
            purpose,
            number,
            client,
            dials,
        };
        let leased = pool.lease();
        kept.pools.push(pool);
        Ok(leased)
    }

    /// Retires a pool: later calls do not use it. Does nothing if it is retired already.
    pub(super) fn retire(&self, number: u64) {
        self.lock().pools.retain(|pool| pool.number != number);
    }

    /// The server has refused HTTP/2: retires all pools, and from now on speaks HTTP/1.1.
    pub(super) fn use_http1(&self) {
        if !self.http1_only.swap(true, Ordering::AcqRel) {
            self.lock().pools.clear();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn lease(&mut self, purpose: Purpose) -> Option<Leased> {
        let found = |pool: &Pool| pool.purpose == purpose;
        let at = self.pools.iter().rposition(found)?;
        self.pools[at..].rotate_left(1);
        self.pools.last().map(Pool::lease)
    }
}

impl Pool {
    fn lease(&self) -> Leased {
        Leased {
            client: self.client.clone(),
            dials: self.dials.clone(),
            number: self.number,
        }
    }
}
